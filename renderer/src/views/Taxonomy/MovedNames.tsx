import type { ReactNode } from 'react'
import type { Preview } from '../../state/taxonomy.ts'
import { count, counted } from '../../ui/format.ts'

const MOST_MOVED = 50

/** Names that would take another kind. */
export function MovedNames({ preview: { moved, movedTotal } }: Readonly<{ preview: Preview }>): ReactNode {
  if (movedTotal.names === 0) return null
  return (
    <section aria-label="Names that change kind">
      <h3 className="section-title">
        {counted(movedTotal.names, 'name')} with {counted(movedTotal.events, 'event')} take another kind
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
      <ul className="review__list" tabIndex={0}>
        {moved.slice(0, MOST_MOVED).map(({ name, from, to, events }) => (
          <li key={name} className="review__moved">
            <span className="clip">{name}</span>
            <span className="muted clip">
              {from === '' ? 'no kind' : from} → {to === '' ? 'no kind' : to}
            </span>
            <span className="number muted">{count(events)}</span>
          </li>
        ))}
      </ul>
      {movedTotal.names > MOST_MOVED && <p className="muted">and {count(movedTotal.names - MOST_MOVED)} more</p>}
    </section>
  )
}
