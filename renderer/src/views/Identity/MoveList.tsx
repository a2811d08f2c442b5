import type { ReactNode } from 'react'
import { type Moves, useThresholds } from '../../state/identity-thresholds.ts'
import { alignedBits, count, counted } from '../../ui/format.ts'

type Move = Moves['moves'][number]

/** The groups that would newly join, or fall apart, strongest first. */
export function MoveList(): ReactNode {
  const moves = useThresholds(state => state.moves)
  const nearest = useThresholds(state => state.nearest)
  const moved = useThresholds(state => state.moved)
  const isMoved = useThresholds(state => state.thresholds?.[state.moved] !== state.draft?.[state.moved])
  if (!isMoved && nearest !== null && nearest.total > 0)
    return (
      <section className="moves" aria-labelledby="moves-title">
        <h3 id="moves-title" className="section-title">
          Nearest to being joined
        </h3>
        <p className="soft">
          {counted(nearest.total, 'union')} between asking and joining. Move a handle to see what joins or falls apart.
        </p>
        <Moved moves={nearest} label="Groups nearest to being joined" />
      </section>
    )
  if (!isMoved || moves === null || moves.direction === 'none')
    return (
      <section className="moves" aria-labelledby="moves-title">
        <h3 id="moves-title" className="section-title">
          What would change
        </h3>
        <p className="soft">
          {isMoved
            ? 'Nothing joins and nothing falls apart between here and what is in force.'
            : 'Nothing waits between asking and joining. Move a handle to see which people would newly join or fall apart; nothing is changed by it.'}
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
      <Moved moves={moves} label={`Groups that would ${doing}`} />
    </section>
  )
}

function Moved({ moves: { moves, total }, label }: Readonly<{ moves: Moves; label: string }>): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too
    <ul className="moves__list" tabIndex={0} aria-label={label}>
      {moves.map((move, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: moves have no identity but their place
        <MoveLine key={i} move={move} />
      ))}
      {total > moves.length && <li className="muted">and {count(total - moves.length)} more, weaker ones</li>}
    </ul>
  )
}

function MoveLine({ move }: Readonly<{ move: Move }>): ReactNode {
  return (
    <li className="moves__line">
      <span className="number">{alignedBits(move.bits)}</span>
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
