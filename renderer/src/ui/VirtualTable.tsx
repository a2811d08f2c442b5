// biome-ignore-all lint/a11y/useSemanticElements: only what is on screen exists, absolutely placed, so table elements cannot be used
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its row by aria-activedescendant
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { SortButton } from './ColumnHead.tsx'
import { VirtualRow } from './VirtualRow.tsx'

export type GridColumn = Readonly<{
  id: string
  header: string
  means?: string
  align?: 'start' | 'end'
  /** A track of CSS grid: `200px`, `minmax(160px, 1fr)`. */
  width: string
  isSortable: boolean
}>

export type GridSort = Readonly<{ id: string; descending: boolean }>

type Props = Readonly<{
  label: string
  columns: readonly GridColumn[]
  count: number
  rowHeight: number
  sort: GridSort | null
  onSort: (columnId: string) => void
  /** Place of the row the keyboard is on; -1 for none. */
  active: number
  onActive: (index: number) => void
  onOpen: (index: number) => void
  /** Called with the first and last place on screen, so that their rows can be fetched. */
  onVisible: (first: number, last: number) => void
  /** One row's cells in the order of the columns; null while it is on its way. */
  cellsOf: (index: number) => readonly ReactNode[] | null
}>

/** A table of any length: only what is on screen exists. Arrows, page keys, home and end move; Enter opens. */
export function VirtualTable(props: Props): ReactNode {
  const { columns, count, rowHeight, active, onVisible } = props
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: 28,
    initialRect: { width: 1000, height: 640 },
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= first) onVisible(first, last)
  }, [first, last, onVisible])
  useEffect(() => {
    if (active >= 0 && active < count) virtual.scrollToIndex(active, { align: 'auto' })
  }, [active, count, virtual])
  const tracks = columns.map(column => column.width).join(' ')
  return (
    <div
      ref={scroller}
      className="virtual-table"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active >= first && active <= last ? `${id}-${active}` : undefined}
      onKeyDown={event => onKey(event, props)}
      onFocus={event => {
        if (active < 0 && count > 0 && event.currentTarget.matches(':focus-visible')) props.onActive(0)
      }}
    >
      <Head columns={columns} tracks={tracks} sort={props.sort} onSort={props.onSort} />
      <div role="rowgroup" className="virtual-table__body" style={{ height: virtual.getTotalSize() }}>
        {items.map(item => (
          <VirtualRow
            key={item.key}
            id={`${id}-${item.index}`}
            index={item.index}
            top={item.start}
            height={rowHeight}
            tracks={tracks}
            columns={columns}
            isActive={item.index === active}
            cells={props.cellsOf(item.index)}
            onOpen={props.onOpen}
          />
        ))}
      </div>
    </div>
  )
}

type HeadProps = Readonly<{ tracks: string }> & Pick<Props, 'columns' | 'sort' | 'onSort'>

function Head({ columns, tracks, sort, onSort }: HeadProps): ReactNode {
  return (
    <div role="rowgroup" className="virtual-table__head">
      <div role="row" aria-rowindex={1} className="virtual-table__row" style={{ gridTemplateColumns: tracks }}>
        {columns.map(column => {
          const direction = sort?.id === column.id ? (sort.descending ? 'descending' : 'ascending') : null
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={column.isSortable ? (direction ?? 'none') : undefined}
              className={column.align === 'end' ? 'virtual-table__cell number' : 'virtual-table__cell'}
            >
              {column.isSortable ? (
                <SortButton
                  header={column.header}
                  means={column.means}
                  direction={direction}
                  onSort={() => onSort(column.id)}
                />
              ) : (
                <span title={column.means}>{column.header}</span>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

const PAGE = 15

function onKey(event: KeyboardEvent, { active, count, onActive, onOpen }: Props): void {
  if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    j: active + 1,
    k: active - 1,
    PageDown: active + PAGE,
    PageUp: active - PAGE,
    Home: 0,
    End: count - 1,
  }
  const next = moves[event.key]
  if (next !== undefined) {
    event.preventDefault()
    if (count > 0) onActive(Math.max(0, Math.min(count - 1, next)))
  } else if ((event.key === 'Enter' || event.key === ' ') && active >= 0) {
    event.preventDefault()
    onOpen(active)
  }
}
