import { type ReactNode, useCallback, useEffect, useMemo } from 'react'
import { DESTINATIONS } from '#schema/policy'
import { useSimulator } from '../../state/simulator.ts'
import type { FragilityPage } from '../../state/simulator-calls.ts'
import { loadFragility, loadMoreFragility, openFlips, useFragility } from '../../state/simulator-fragility.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, points, score, share } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { channelOf, DESTINATION_ORDER, stageOf } from '../words.ts'
import { FlipStrip } from './FlipStrip.tsx'
import { unitsName, withUnitHead } from './level-words.ts'

type Row = FragilityPage['rows'][number]

const COLUMNS: readonly GridColumn[] = [
  { id: 'name', header: 'Workspace', width: 'minmax(130px, 1fr)', isSortable: false },
  { id: 'score', header: 'Score', align: 'end', width: '44px', isSortable: false },
  { id: 'stage', header: 'Stage', width: '82px', isSortable: false },
  { id: 'destination', header: 'Goes to', width: '118px', isSortable: false },
  {
    id: 'down',
    header: 'With fewer points',
    means: 'The nearest lower score at which it would go elsewhere.',
    width: 'minmax(132px, 0.8fr)',
    isSortable: false,
  },
  {
    id: 'up',
    header: 'With more points',
    means: 'The nearest higher score at which it would go elsewhere.',
    width: 'minmax(132px, 0.8fr)',
    isSortable: false,
  },
]

/** How close everybody is to going elsewhere. */
export function FragilityTab(): ReactNode {
  const { client } = useServices()
  const settled = useSimulator(state => state.settled)
  const runId = useSimulator(state => state.opened?.runId)
  const level = useSimulator(state => state.opened?.level ?? 'workspace')
  const queue = useFragility(state => state.queue)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scenario or run has other edges
  useEffect(() => perform(loadFragility(client, useFragility.getState().queue)), [client, settled, runId])
  return (
    <div className="movers">
      <div className="movers__bar">
        <select
          className="choice-field fragility__queue"
          aria-label="Whose edges"
          value={queue ?? ''}
          onChange={event => {
            const chosen = DESTINATIONS.find(known => known === event.currentTarget.value)
            perform(loadFragility(client, chosen ?? null))
          }}
        >
          <option value="">All {unitsName(level).toLowerCase()}</option>
          {DESTINATION_ORDER.map(id => (
            <option key={id} value={id}>
              {channelOf(id).label}
            </option>
          ))}
        </select>
        <Near />
      </div>
      <List />
      <FlipStrip />
    </div>
  )
}

function Near(): ReactNode {
  const { status, units, near, share: part } = useFragility()
  if (status !== 'ready') return null
  return (
    <span role="status">
      <strong>{count(near)}</strong> of {count(units)} <span className="muted">({share(part)})</span> would go elsewhere
      with 3 points more or less
    </span>
  )
}

function List(): ReactNode {
  const { client } = useServices()
  const { status, units, rows, active, queue } = useFragility()
  const level = useSimulator(state => state.opened?.level ?? 'workspace')
  const columns = useMemo(() => withUnitHead(COLUMNS, level), [level])
  const onVisible = useCallback(
    (_first: number, last: number) => perform(loadMoreFragility(client, last + 1)),
    [client],
  )
  if (status === 'failed') return <Retry title="The list cannot be shown" again={() => loadFragility(client, queue)} />
  if (status !== 'ready') return <SkeletonRows rows={8} label="The edges are being found" />
  if (units === 0) return <EmptyState title="Nobody goes there">Choose another destination.</EmptyState>
  const open = (place: number): void => perform(openFlips(client, place))
  return (
    <div className="movers__list">
      <VirtualTable
        label="Closest to going elsewhere"
        columns={columns}
        count={units}
        rowHeight={32}
        sort={null}
        onSort={() => undefined}
        active={active}
        onActive={place => useFragility.setState({ active: place })}
        onOpen={open}
        onVisible={onVisible}
        cellsOf={place => {
          const row = rows[place]
          return row === undefined ? null : cellsOf(row)
        }}
      />
    </div>
  )
}

function cellsOf(row: Row): readonly ReactNode[] {
  const stage = stageOf(row.stage)
  const { label, icon: Icon, color } = channelOf(row.destination)
  return [
    <span key="name" className="name-cell__name clip">
      {row.unitName ?? row.unitId}
    </span>,
    score(row.score),
    <span key="stage" className="with-mark">
      <LevelGlyph level={stage.level} color={stage.color} /> {stage.label}
    </span>,
    <span key="destination" className="with-mark">
      <Icon size={14} strokeWidth={1.75} color={color} aria-hidden /> <span className="clip">{label}</span>
    </span>,
    <Edge key="down" edge={row.down} sign={-1} />,
    <Edge key="up" edge={row.up} sign={1} />,
  ]
}

const CLOSE = 3

function Edge({ edge, sign }: Readonly<{ edge: Row['up']; sign: 1 | -1 }>): ReactNode {
  if (edge === null) return <span className="muted">no other place</span>
  const { label } = channelOf(edge.destination)
  return (
    <span className={Math.abs(edge.points) <= CLOSE ? 'clip' : 'clip muted'}>
      {points(sign * Math.abs(edge.points))} to {label}
    </span>
  )
}
