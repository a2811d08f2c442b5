import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { entriesOf, useTaxonomy } from '../../state/taxonomy.ts'
import { setView } from '../../state/taxonomy-view.ts'
import { ColumnHead } from '../../ui/ColumnHead.tsx'
import { count } from '../../ui/format.ts'
import { kindsVerdict } from './category-words.ts'
import { KindLine } from './KindLine.tsx'

const HEADS = [
  { id: 'place', header: '#', means: 'The first kind that takes a name has it.', align: 'end' },
  { id: 'kind', header: 'Kind' },
  { id: 'category', header: 'Category', means: 'The bucket of the score whose key events these are.' },
  { id: 'patterns', header: 'Patterns', align: 'end' },
  { id: 'names', header: 'Names', align: 'end' },
  { id: 'events', header: 'Events', align: 'end' },
  { id: 'share', header: 'Share', align: 'end' },
  { id: 'points', header: 'Points', means: 'Of its signals, for one occurrence, before caps and decay.', align: 'end' },
  { id: 'note', header: 'Note' },
  { id: 'move', header: 'Order', align: 'end' },
] as const

/** The kinds in the order in which they are tried. */
export function KindsTab(): ReactNode {
  const entries = useTaxonomy(entriesOf)
  const preview = useTaxonomy(state => state.preview)
  const [isIdleOnly, setIdleOnly] = useState(false)
  if (preview === null) return null
  const idle = preview.entries.filter(({ names }) => names === 0).length
  const shown = entries
    .map((entry, place) => ({ entry, place }))
    .filter(({ place }) => !isIdleOnly || preview.entries[place]?.names === 0)
  const verdict = kindsVerdict(entries.length)
  return (
    <div className="names">
      <div className="filter-bar names__bar" role="toolbar" aria-label="Kinds">
        <button
          type="button"
          className={isIdleOnly ? 'plain chip is-on' : 'plain chip'}
          aria-pressed={isIdleOnly}
          onClick={() => setIdleOnly(!isIdleOnly)}
        >
          No name <span className="chip__count">{count(idle)}</span>
        </button>
        <span className={verdict.isGood ? 'muted clip' : 'clip'}>{verdict.means}</span>
        <div className="screen__spacer" />
        <Button size="compact-sm" variant="default" onClick={() => setView({ dialog: 'new' })}>
          New kind
        </Button>
      </div>
      <div className="kinds scroll">
        <table className="data-table" aria-label="Kinds in their order">
          <thead>
            <tr>
              {HEADS.map(head => (
                <ColumnHead key={head.id} column={head} direction={null} onSort={undefined} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ entry, place }) => (
              <KindLine key={entry.kind} entry={entry} place={place} of={entries.length} preview={preview} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
