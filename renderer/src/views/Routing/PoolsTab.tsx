import { Button } from '@mantine/core'
import { Undo2, Users } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useProject } from '../../state/project.ts'
import { undoGiven } from '../../state/routing-give.ts'
import { loadPools, type Pool, type Pools, usePools } from '../../state/routing-pools.ts'
import { setRoutingView } from '../../state/routing-view.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted, date } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { PoolLine } from './PoolLine.tsx'
import { WaitingUnits } from './WaitingUnits.tsx'
import { WorkPanel } from './WorkPanel.tsx'

/** Who works what now: the people of each pool in the order of their turns, their room this week, and what waits for it. */
export function PoolsTab(): ReactNode {
  const { client } = useServices()
  const status = usePools(state => state.status)
  const pools = usePools(state => state.pools)
  const ownerId = usePools(state => state.ownerId)
  const runId = useProject(state => state.summary?.scoreRun?.runId ?? null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other scores give other work
  useEffect(() => perform(loadPools(client)), [client, runId])
  if (status === 'failed') return <Retry title="The pools cannot be shown" again={() => loadPools(client)} />
  if (pools === null) return <SkeletonRows rows={12} label="The pools are being read" />
  return (
    <div className="pools-tab">
      <div className="pools-tab__main">
        <Bar pools={pools} />
        <div className="scroll">
          {pools.teams.every(({ members, others }) => members.length + others.length === 0) ? (
            <NoPeople />
          ) : (
            <PoolTable pools={pools} />
          )}
        </div>
      </div>
      {ownerId !== null && <WorkPanel key={ownerId} ownerId={ownerId} pools={pools} />}
    </div>
  )
}

function Bar({ pools }: Readonly<{ pools: Pools }>): ReactNode {
  const { client } = useServices()
  const canUndo = usePools(state => state.past.length > 0)
  const week = `Week to ${date(Date.parse(pools.weekTo))}`
  return (
    <div className="filter-bar rules-tab__bar" role="toolbar" aria-label="Pools">
      <span
        className="muted clip"
        title={`${week}. The best score is given out first; whoever got the least this week takes it. What a suppression stops, and what the CRM names an owner for, is not given out.`}
      >
        {week} · the pools give out what is not stopped and has no owner in the CRM, best score first
      </span>
      <div className="screen__spacer" />
      {canUndo && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Undo2 size={14} aria-hidden />}
          onClick={() => perform(undoGiven(client))}
        >
          Undo the last change
        </Button>
      )}
    </div>
  )
}

function NoPeople(): ReactNode {
  return (
    <EmptyState
      icon={<Users size={24} strokeWidth={1.5} />}
      title="The pools have nobody"
      action={
        <Button variant="default" onClick={() => setRoutingView({ tab: 'teams' })}>
          Add people in Teams
        </Button>
      }
    >
      Import the CRM users with their team, or name people here. Until then a workspace has a team and no owner.
    </EmptyState>
  )
}

function PoolTable({ pools }: Readonly<{ pools: Pools }>): ReactNode {
  return (
    <table className="data-table pools" aria-label="People of the pools and their work">
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col" title="Who takes the next workspace of the pool, the one after, and so on.">
            Turn
          </th>
          <th scope="col">This week</th>
          <th
            scope="col"
            className="number"
            title="Workspaces that the pools gave this person, until they are released."
          >
            Assigned
          </th>
          <th
            scope="col"
            className="number"
            title="Workspaces of the newest scores whose owner this is, also because the CRM says so."
          >
            Owns
          </th>
        </tr>
      </thead>
      {pools.teams.map(pool => (
        <PoolBody key={pool.team} pool={pool} />
      ))}
    </table>
  )
}

function PoolBody({ pool }: Readonly<{ pool: Pool }>): ReactNode {
  const { team, members, others, overCapacity } = pool
  const most = Math.max(1, ...members.map(({ capacity, takenThisWeek }) => Math.max(capacity ?? 0, takenThisWeek)))
  return (
    <tbody>
      <tr className="pools__head">
        <th scope="rowgroup" colSpan={5}>
          <span className="section-title">{team} pool</span> <span className="muted">{poolText(pool)}</span>
        </th>
      </tr>
      {members.map(member => (
        <PoolLine key={member.ownerId} person={member} team={team} most={most} />
      ))}
      {others.map(other => (
        <PoolLine
          key={other.ownerId}
          person={{ ...other, email: null, capacity: null, owned: null, turn: null }}
          team={team}
          most={most}
          outside={other.isKnown ? (other.team ?? 'no team') : null}
        />
      ))}
      {overCapacity > 0 && <WaitingUnits pool={pool} />}
    </tbody>
  )
}

/** `5 people · 12 given out this week, of room for 52 · overflow to the AE pool · 3 wait for room` */
function poolText({ members, overflowTo, overCapacity }: Pool): string {
  if (members.length === 0) return 'nobody; its workspaces have a team and no owner'
  const taken = members.reduce((sum, { takenThisWeek }) => sum + takenThisWeek, 0)
  const isOpen = members.some(({ capacity }) => capacity === null)
  const room = members.reduce((sum, { capacity }) => sum + (capacity ?? 0), 0)
  const parts = [
    counted(members.length, 'person', 'people'),
    `${count(taken)} given out this week, ${isOpen ? 'no limit' : `of room for ${count(room)}`}`,
    overflowTo === null ? 'no overflow' : `overflow to the ${overflowTo} pool`,
    ...(overCapacity > 0 ? [`${count(overCapacity)} over capacity`] : []),
  ]
  return parts.join(' · ')
}
