import type { ReactNode } from 'react'
import { Definition } from '../ui/Definition.tsx'
import { type RollupValue, rollupText } from './rollup-text.ts'
import { ROLLUP_GROUPS } from './rollup-words.ts'

type Props = Readonly<{ values: Readonly<Record<string, RollupValue>> }>

/** Every rollup that a workspace has, group by group, each with its formula. */
export function Rollups({ values }: Props): ReactNode {
  return ROLLUP_GROUPS.map(({ title, rollups }) => (
    <section key={title} aria-label={title}>
      <h3 className="section-title">{title}</h3>
      <dl className="rollups">
        {rollups
          .filter(({ id }) => id in values)
          .map(({ id, label, means, unit }) => (
            <div key={id} className="rollups__line">
              <dt>
                <Definition means={means}>{label}</Definition>
              </dt>
              <dd>{rollupText(values[id] ?? null, unit)}</dd>
            </div>
          ))}
      </dl>
    </section>
  ))
}
