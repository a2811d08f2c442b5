import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useCallback, useEffect, useMemo } from 'react'
import { useNavigation } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { useScoreColumns } from '../../state/score-columns.ts'
import { openListed } from '../../state/score-level.ts'
import {
  fetchVisible,
  followUnit,
  loadOrder,
  NO_FILTER,
  rowAt,
  type ScoreRow,
  setActive,
  sortBy,
  useScoreList,
} from '../../state/score-list.ts'
import { useScoreUnit } from '../../state/score-unit.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { cellOf } from './cells.tsx'
import { columnsFor, sortKeyOf } from './columns.ts'
import { applyFilter } from './filtering.ts'
import { LEVELS } from './level-words.ts'

/** The list, in the order the engine gave; rows come in as they scroll into view. */
export function ScoreTable(): ReactNode {
  const { client } = useServices()
  const { ref, width } = useElementSize()
  const status = useScoreList(state => state.status)
  const isEmpty = useScoreList(state => state.order.length === 0)
  return (
    <div className="score-table" ref={ref}>
      {status === 'failed' ? (
        <Retry title="The list cannot be shown" again={() => loadOrder(client)} />
      ) : status !== 'ready' ? (
        <SkeletonRows rows={12} label="Scores are being read" />
      ) : isEmpty ? (
        <NoMatch />
      ) : (
        <List width={width || 1000} />
      )}
    </div>
  )
}

function List({ width }: Readonly<{ width: number }>): ReactNode {
  const { client } = useServices()
  const order = useScoreList(state => state.order)
  const rows = useScoreList(state => state.rows)
  const active = useScoreList(state => state.active)
  const sort = useScoreList(state => state.sort)
  const isDescending = useScoreList(state => state.isDescending)
  const asOf = useProject(state => state.summary?.scoreRun?.asOf ?? null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new order means other rows in the same places
  const onVisible = useCallback(
    (first: number, last: number) => perform(fetchVisible(client, first, last)),
    [client, order],
  )
  const onOpen = useCallback((place: number) => {
    setActive(place)
    const row = rowAt(useScoreList.getState(), place)
    if (row !== null) openListed(row.unitId)
  }, [])
  useFollow(order)
  const level = useNavigation(state => state.level)
  const hidden = useScoreColumns(state => state.hidden)
  const columns = useMemo(() => columnsFor(width, level, hidden), [width, level, hidden])
  const cellsOf = useMemo(() => rememberingCells(columns, asOf), [columns, asOf])
  return (
    <VirtualTable
      label={`${LEVELS[level].title} by score`}
      columns={columns}
      count={order.length}
      rowHeight={32}
      sort={{ id: sort, descending: isDescending }}
      onSort={id => perform(sortBy(client, sortKeyOf(id)))}
      active={active}
      onActive={place => moveTo(place, onOpen)}
      onOpen={onOpen}
      onVisible={onVisible}
      cellsOf={place => {
        const row = rows[order[place] ?? -1]
        return row === undefined ? null : cellsOf(row)
      }}
    />
  )
}

/** Cells of rows, made once per row: a row that only moves is not drawn anew. */
function rememberingCells(
  columns: readonly GridColumn[],
  asOf: number | null,
): (row: ScoreRow) => readonly ReactNode[] {
  const known = new WeakMap<ScoreRow, readonly ReactNode[]>()
  return row => {
    const found = known.get(row)
    if (found !== undefined) return found
    const cells = columns.map(column => cellOf(column.id, row, asOf))
    known.set(row, cells)
    return cells
  }
}

/** A panel opened from the palette or the address marks its row, once both are here. */
function useFollow(order: Uint32Array): void {
  const openId = useNavigation(state => state.unitId)
  const shown = useScoreUnit(state => state.detail?.row ?? null)
  useEffect(() => {
    if (order.length === 0 || shown === null || shown.unitId !== openId) return
    followUnit(shown.unitNo)
  }, [order, shown, openId])
}

/** While a panel is open, the panel follows the list. */
function moveTo(place: number, open: (place: number) => void): void {
  if (useNavigation.getState().unitId === null) setActive(place)
  else open(place)
}

function NoMatch(): ReactNode {
  const level = useNavigation(state => state.level)
  const { client } = useServices()
  const action = (
    <button type="button" className="plain text-button" onClick={() => perform(applyFilter(client, NO_FILTER))}>
      Clear the filter
    </button>
  )
  return (
    <EmptyState title={`No ${LEVELS[level].one} fits the filter`} action={action}>
      Search looks at names, ids and accounts.
    </EmptyState>
  )
}
