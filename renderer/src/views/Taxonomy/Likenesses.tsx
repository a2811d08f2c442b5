import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { edit, useTaxonomy } from '../../state/taxonomy.ts'
import { mapNames } from '../../state/taxonomy-entries.ts'
import { percent } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Kinds that a name resembles, and why. Nothing is taken by itself. */
export function Likenesses({ name }: Readonly<{ name: string }>): ReactNode {
  const { client } = useServices()
  const suggestion = useTaxonomy(state => state.suggestions?.find(one => one.name === name) ?? null)
  if (suggestion === null) return null
  return (
    <section aria-label="Suggestions">
      <h3 className="section-title">Resembles</h3>
      <ul className="likenesses">
        {suggestion.likenesses.map(({ kind, score, why }) => (
          <li key={kind} className="likenesses__line">
            <span className="two-lines">
              <span>
                {kind} <span className="muted">{percent(score)}</span>
              </span>
              <span className="muted">{why}</span>
            </span>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => perform(edit(client, entries => mapNames(entries, [name], kind)))}
            >
              Accept
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
