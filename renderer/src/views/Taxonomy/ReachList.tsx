import type { ReactNode } from 'react'
import { type Reach, useReach } from '../../state/taxonomy-reach.ts'
import { count, counted } from '../../ui/format.ts'

type Fate = Reach['fates'][number]
const SHOWN = 8

const SAID: Readonly<Record<Fate['fate'], readonly [label: string, means: string]>> = {
  new: ['Get a kind', 'names without a kind'],
  taken: ['Taken from a later kind', 'this kind comes first, so they leave the other'],
  own: ['Here already', 'names that the kind takes as it is'],
  kept: ['Stay where they are', 'an earlier kind takes them first'],
}

/** Live: what the pattern that is being typed takes, and from whom. */
export function ReachList({ isShort = false }: Readonly<{ isShort?: boolean }>): ReactNode {
  const reach = useReach(state => state.reach)
  if (reach === null) return null
  if (reach.pattern === '')
    return <p className="reach__none">The pattern has no letter a–z, digit or star: it takes nothing.</p>
  const fates = reach.fates.filter(({ names }) => names > 0)
  if (fates.length === 0)
    return (
      <p className="reach__none" role="status">
        <code>{reach.pattern}</code> takes no name of this project.
      </p>
    )
  return (
    <div className="reach" role="status" aria-label={`Names of ${reach.pattern}`}>
      {fates.map(fate => (
        <FateLines key={fate.fate} fate={fate} shown={isShort ? 3 : SHOWN} />
      ))}
    </div>
  )
}

function FateLines({ fate: { fate, names, events, most }, shown }: Readonly<{ fate: Fate; shown: number }>): ReactNode {
  const [label, means] = SAID[fate]
  return (
    <section className={`reach__fate reach__fate--${fate}`} aria-label={label}>
      <p className="reach__title" title={means}>
        {label} <span className="muted">{counted(names, 'name')}</span>
        <span className="number muted">{count(events)}</span>
      </p>
      <ul>
        {most.slice(0, shown).map(name => (
          <li key={name.name} className="reach__line">
            <span className="clip">{name.name}</span>
            {(fate === 'taken' || fate === 'kept') && (
              <span className="muted clip">{fate === 'taken' ? `from ${name.kind}` : name.kind}</span>
            )}
            <span className="number muted">{count(name.events)}</span>
          </li>
        ))}
      </ul>
      {names > shown && <p className="muted reach__more">and {count(names - Math.min(shown, most.length))} more</p>}
    </section>
  )
}
