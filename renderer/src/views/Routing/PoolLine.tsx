import { UserRoundX } from 'lucide-react'
import type { ReactNode } from 'react'
import { chooseOwner, type PoolMember, usePools } from '../../state/routing-pools.ts'
import { CapacityBar } from '../../ui/CapacityBar.tsx'
import { count } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

type Props = Readonly<{
  person: Omit<PoolMember, 'owned'> & Readonly<{ owned: number | null }>
  team: string
  /** What the whole width of the bar stands for. */
  most: number
  /** Team of somebody who holds work of the pool without being of it; null: nobody knows this person any more. */
  outside?: string | null | undefined
}>

/** One person with the turn, the room left this week, and what is held. */
export function PoolLine({ person, team, most, outside }: Props): ReactNode {
  const { client } = useServices()
  const isOpen = usePools(state => state.ownerId === person.ownerId)
  const { ownerId, name, email, assigned, owned } = person
  const open = (): void => perform(chooseOwner(client, isOpen ? null : ownerId))
  return (
    <tr className={isOpen ? 'is-choosable is-selected' : 'is-choosable'} onClick={open}>
      <td>
        <button type="button" className="plain data-table__choose" aria-pressed={isOpen}>
          <span className="clip" title={email ?? ownerId}>
            {name ?? email ?? ownerId}
          </span>
        </button>
      </td>
      <td>
        <Turn person={person} team={team} outside={outside} />
      </td>
      <td className="pools__week">
        <Week person={person} most={most} />
      </td>
      <td className="number">{count(assigned)}</td>
      <td className="number">{owned === null ? <span className="muted">–</span> : count(owned)}</td>
    </tr>
  )
}

function Turn({ person, team, outside }: Omit<Props, 'most'>): ReactNode {
  if (outside !== undefined)
    return outside === null ? (
      <span className="with-mark pools__warning">
        <UserRoundX size={14} aria-hidden />
        No longer known: given out anew with the next scores
      </span>
    ) : (
      <span className="muted">
        of {outside}, holds work of {team}
      </span>
    )
  if (person.capacity === 0)
    return (
      <span className="with-mark pools__warning">
        <UserRoundX size={14} aria-hidden />
        Away: takes nothing
      </span>
    )
  if (person.turn === null) return <span className="pools__warning">Full this week</span>
  return person.turn === 1 ? <span>Next</span> : <span className="muted">{count(person.turn)}</span>
}

function Week({ person: { takenThisWeek, capacity }, most }: Pick<Props, 'person' | 'most'>): ReactNode {
  return (
    <span className="with-mark">
      <CapacityBar
        value={takenThisWeek}
        base={takenThisWeek}
        capacity={capacity}
        most={most}
        color="var(--bucket-depth)"
      />
      <span className="pools__figures">
        {count(takenThisWeek)}
        <span className="muted">{capacity === null ? '' : ` of ${count(capacity)}`}</span>
      </span>
    </span>
  )
}
