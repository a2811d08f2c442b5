import type { ReactNode } from 'react'
import { type Moves, useThresholds } from '../../state/identity-thresholds.ts'
import { bits, count, counted } from '../../ui/format.ts'

type Move = Moves['moves'][number]

/** The groups that would newly join, or fall apart, strongest first. */
export function MoveList(): ReactNode {
  const moves = useThresholds(state => state.moves)
  const moved = useThresholds(state => state.moved)
  const isMoved = useThresholds(state => state.thresholds?.[state.moved] !== state.draft?.[state.moved])
  if (!isMoved || moves === null || moves.direction === 'none')
    return (
      <section className="moves" aria-labelledby="moves-title">
        <h3 id="moves-title" className="section-title">
          What would change
        </h3>
        <p className="soft">
          {isMoved
            ? 'Nothing joins and nothing falls apart between here and what is in force.'
            : 'Move a handle to see which people would newly join or fall apart. Nothing is changed by it.'}
        </p>
      </section>
    )
  const doing = moves.direction === 'join' ? 'newly join' : 'fall apart'
  return (
    <section className="moves" aria-labelledby="moves-title">
      <h3 id="moves-title" className="section-title">
        {counted(moves.total, 'group')} would {doing}
        {moved === 'review' && <span className="muted"> if all asked were one</span>}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
      <ul className="moves__list" tabIndex={0} aria-label={`Groups that would ${doing}`}>
        {moves.moves.map((move, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: moves have no identity but their place
          <MoveLine key={i} move={move} />
        ))}
        {moves.total > moves.moves.length && (
          <li className="muted">and {count(moves.total - moves.moves.length)} more, weaker ones</li>
        )}
      </ul>
    </section>
  )
}

function MoveLine({ move }: Readonly<{ move: Move }>): ReactNode {
  return (
    <li className="moves__line">
      <span className="number">{bits(move.bits)}</span>
      <Group group={move.left} />
      <Group group={move.right} />
    </li>
  )
}

function Group({ group }: Readonly<{ group: Move['left'] }>): ReactNode {
  const names = group.members.map(({ title }) => title).join(', ')
  const [first] = group.members
  return (
    <span className="two-lines" title={names}>
      <span className="clip">
        {first?.title ?? ''}
        {group.size > 1 && <span className="muted"> and {count(group.size - 1)} more</span>}
      </span>
      <span className="clip muted moves__subtitle">{first?.subtitle}</span>
    </span>
  )
}
