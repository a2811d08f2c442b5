import { type ReactNode, useCallback, useMemo } from 'react'
import { openUnit } from '../../state/navigation.ts'
import { useSimulator } from '../../state/simulator.ts'
import type { Mover } from '../../state/simulator-calls.ts'
import { loadMoreMovers, type MoverStore, setActiveMover } from '../../state/simulator-lists.ts'
import { points, score } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { changeText, titleOf, unitOfPath } from '../parameter-words.ts'
import { useServices } from '../services.tsx'
import { channelOf, stageOf } from '../words.ts'
import { withUnitHead } from './level-words.ts'

const COLUMNS: readonly GridColumn[] = [
  { id: 'name', header: 'Workspace', width: 'minmax(120px, 1fr)', isSortable: false },
  {
    id: 'score',
    header: 'Score',
    means: 'In the base, and in the scenario.',
    align: 'end',
    width: '96px',
    isSortable: false,
  },
  { id: 'stage', header: 'Stage', width: '118px', isSortable: false },
  { id: 'destination', header: 'Goes to', width: '132px', isSortable: false },
  {
    id: 'cause',
    header: 'Because of',
    means:
      'The one change that moves it: the change whose removal alone puts it back; where there is none, the one with the largest difference, marked “mostly”.',
    width: 'minmax(150px, 1.35fr)',
    isSortable: false,
  },
]

type Props = Readonly<{ store: MoverStore; label: string }>

/** Units with where they were, where they would be, and the one change behind it. Enter opens the unit. */
export function MoverTable({ store, label }: Props): ReactNode {
  const { client } = useServices()
  const level = useSimulator(state => state.opened?.level ?? 'workspace')
  const columns = useMemo(() => withUnitHead(COLUMNS, level), [level])
  const rows = store(state => state.rows)
  const total = store(state => state.total)
  const active = store(state => state.active)
  const onVisible = useCallback(
    (_first: number, last: number) => perform(loadMoreMovers(client, store, last + 1)),
    [client, store],
  )
  return (
    <VirtualTable
      label={label}
      columns={columns}
      count={total}
      rowHeight={32}
      sort={null}
      onSort={() => undefined}
      active={active}
      onActive={place => setActiveMover(store, place)}
      onOpen={place => {
        const row = rows[place]
        if (row !== undefined) openUnit(row.unitId, level)
      }}
      onVisible={onVisible}
      cellsOf={place => {
        const row = rows[place]
        return row === undefined ? null : cellsOf(row)
      }}
    />
  )
}

function cellsOf(row: Mover): readonly ReactNode[] {
  const { unitName, unitId, base, scenario, difference } = row
  return [
    <span key="name" className="name-cell__name clip" title={row.accountName ?? undefined}>
      {unitName ?? unitId}
    </span>,
    <span key="score" className="number" title={`${points(difference)} points`}>
      <span className="muted">{score(base.score)} →</span> {score(scenario.score)}
    </span>,
    <StageMove key="stage" from={base.stage} to={scenario.stage} />,
    <DestinationMove key="destination" from={base.destination} to={scenario.destination} />,
    <Cause key="cause" cause={row.cause} />,
  ]
}

type MoveProps = Readonly<{ from: string; to: string }>

function StageMove({ from, to }: MoveProps): ReactNode {
  const [before, after] = [stageOf(from), stageOf(to)]
  return (
    <span className="with-mark" title={from === to ? undefined : `${before.label} before`}>
      {from !== to && (
        <>
          <LevelGlyph level={before.level} color={before.color} />
          <span className="muted">→</span>
        </>
      )}
      <LevelGlyph level={after.level} color={after.color} />
      <span className={from === to ? 'clip muted' : 'clip'}>{after.label}</span>
    </span>
  )
}

function DestinationMove({ from, to }: MoveProps): ReactNode {
  const [before, after] = [channelOf(from), channelOf(to)]
  const [Before, After] = [before.icon, after.icon]
  return (
    <span className="with-mark" title={from === to ? undefined : `${before.label} before`}>
      {from !== to && (
        <>
          <Before size={14} strokeWidth={1.75} color={before.color} aria-label={before.label} />
          <span className="muted">→</span>
        </>
      )}
      <After size={14} strokeWidth={1.75} color={after.color} aria-hidden />
      <span className={from === to ? 'clip muted' : 'clip'}>{after.label}</span>
    </span>
  )
}

function Cause({ cause }: Readonly<{ cause: Mover['cause'] }>): ReactNode {
  if (cause === null) return <span className="muted">nothing moved it</span>
  // who is who may move a unit without another number of persons
  const isSame = cause.from === cause.to
  const text = isSame ? '' : changeText(cause.from, cause.to, unitOfPath(cause.path))
  return (
    <span className="clip" title={`${titleOf(cause.path)} ${text}, ${points(cause.points)} points`}>
      {!cause.isAlone && <span className="muted">mostly </span>}
      {titleOf(cause.path)} <span className="muted">{text}</span>
    </span>
  )
}
