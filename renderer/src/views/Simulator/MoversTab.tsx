import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import { loadMovers, type MoversBy, useMovers } from '../../state/simulator-lists.ts'
import { changesOf } from '../../state/simulator-scenario.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { unitName } from './level-words.ts'
import { MoverTable } from './MoverTable.tsx'

const KINDS: readonly Readonly<{ value: MoversBy; label: string }>[] = [
  { value: 'any', label: 'Stage or destination' },
  { value: 'stage', label: 'Stage' },
  { value: 'destination', label: 'Destination' },
  { value: 'score', label: 'Any score' },
]

/** Who moves, the largest difference first. */
export function MoversTab(): ReactNode {
  const { client } = useServices()
  const [by, setBy] = useState<MoversBy>('any')
  const settled = useSimulator(state => state.settled)
  const runId = useSimulator(state => state.opened?.runId)
  const level = useSimulator(state => state.opened?.level ?? 'workspace')
  const total = useMovers(state => state.total)
  const isReady = useMovers(state => state.status === 'ready')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scenario or run moves others
  useEffect(() => perform(loadMovers(client, useMovers, { by })), [client, by, settled, runId])
  return (
    <div className="movers">
      <div className="movers__bar">
        <SegmentedControl
          size="xs"
          aria-label="What has to change"
          data={[...KINDS]}
          value={by}
          onChange={value => setBy(KINDS.find(kind => kind.value === value)?.value ?? 'any')}
        />
        <div className="screen__spacer" />
        <span className="muted" role="status">
          {isReady ? counted(total, unitName(level)) : ''}
        </span>
        <ScoreMoves />
      </div>
      <List hasChanges={changesOf(settled).length > 0} again={() => loadMovers(client, useMovers, { by })} />
    </div>
  )
}

function ScoreMoves(): ReactNode {
  const up = useSimulator(state => state.answer?.movers.up ?? 0)
  const down = useSimulator(state => state.answer?.movers.down ?? 0)
  return (
    <span className="muted">
      {count(up)} {up === 1 ? 'score rises' : 'scores rise'}, {count(down)} {down === 1 ? 'falls' : 'fall'}
    </span>
  )
}

type ListProps = Readonly<{ hasChanges: boolean; again: () => Promise<void> }>

function List({ hasChanges, again }: ListProps): ReactNode {
  const status = useMovers(state => state.status)
  const isEmpty = useMovers(state => state.total === 0)
  const isOld = useSimulator(state => state.scenario !== state.settled)
  if (status === 'failed') return <Retry title="The list cannot be shown" again={again} />
  if (status !== 'ready') return <SkeletonRows rows={8} label="Movers are being found" />
  if (isEmpty)
    return (
      <EmptyState title="Nobody moves">
        {hasChanges
          ? 'The changes are too small to take anybody over a threshold. Score changes are under Any score.'
          : 'Change a threshold or another parameter, and who moves is listed here with the reason.'}
      </EmptyState>
    )
  return (
    <div className="movers__list" aria-busy={isOld}>
      <MoverTable store={useMovers} label="Movers" />
    </div>
  )
}
