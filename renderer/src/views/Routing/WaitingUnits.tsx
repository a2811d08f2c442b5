import type { ReactNode } from 'react'
import { giveWaiting } from '../../state/routing-give.ts'
import { type Pool, usePools } from '../../state/routing-pools.ts'
import { count, counted } from '../../ui/format.ts'
import { notifyDone, perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { UnitLink } from './UnitLink.tsx'

const SHOWN = 8

/** Workspaces that nobody of a pool has room for this week, best score first; each may be given to somebody all the same. */
export function WaitingUnits({ pool }: Readonly<{ pool: Pool }>): ReactNode {
  const { waiting, overCapacity, team } = pool
  const shown = waiting.slice(0, SHOWN)
  return (
    <tr className="pools__waiting">
      <td colSpan={5}>
        <p className="pools__warning">
          {counted(overCapacity, 'workspace waits', 'workspaces wait')} for room in the {team} pool, first in line next
          week
        </p>
        <ul className="waiting-units" aria-label={`Over capacity in the ${team} pool`}>
          {shown.map(unit => (
            <li key={unit.unitId}>
              <UnitLink unit={unit} />
              <Give unitId={unit.unitId} name={unit.unitName ?? unit.unitId} team={team} />
            </li>
          ))}
        </ul>
        {overCapacity > shown.length && <p className="muted">{count(overCapacity - shown.length)} more behind them.</p>}
      </td>
    </tr>
  )
}

type GiveProps = Readonly<{ unitId: string; name: string; team: string }>

function Give({ unitId, name, team }: GiveProps): ReactNode {
  const { client } = useServices()
  const give = async (owner: string): Promise<void> => {
    await giveWaiting(client, { unitId, team, owner })
    notifyDone('Given', `${name} goes there with the next scoring.`)
  }
  return (
    <PersonChoice label={`Give ${name} to`} title="Give to" except={null} onChoose={owner => perform(give(owner))} />
  )
}

type ChoiceProps = Readonly<{
  label: string
  title: string
  except: string | null
  isDisabled?: boolean
  onChoose: (ownerId: string) => void
}>

/** Somebody of the pools, to be given something. */
export function PersonChoice({ label, title, except, isDisabled = false, onChoose }: ChoiceProps): ReactNode {
  const pools = usePools(state => state.pools)
  return (
    <select
      className="choice-field person-choice"
      aria-label={label}
      disabled={isDisabled}
      value=""
      onChange={event => {
        if (event.currentTarget.value !== '') onChoose(event.currentTarget.value)
      }}
    >
      <option value="">{title} …</option>
      {(pools?.teams ?? []).map(({ team, members }) => (
        <optgroup key={team} label={`${team} pool`}>
          {members.map(({ ownerId, name, email }) => (
            <option key={ownerId} value={ownerId} disabled={ownerId === except}>
              {name ?? email ?? ownerId}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  )
}
