// biome-ignore-all lint/a11y/useSemanticElements: only what is on screen exists, absolutely placed, so table elements cannot be used
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its cell by aria-activedescendant
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import type { HeldEntry } from '../../state/held-rows.ts'
import { HeldGridRow } from './HeldGridRow.tsx'
import type { GridColumn } from './held-columns.ts'
import { cellId, type GridCursor, onGridKey } from './held-keys.ts'

type Props = Readonly<{
  label: string
  columns: readonly GridColumn[]
  rows: readonly HeldEntry[]
  total: number
  isEditable: boolean
  cursor: GridCursor
  onCursor: (cursor: GridCursor) => void
  onApply: () => void
  onVisible: (last: number) => void
}>

const ROW = 30
const LINE_WIDTH = 76

/** Held rows cell by cell: only what is on screen exists. Arrows move, Enter edits. */
export function HeldGrid(props: Props): ReactNode {
  const { columns, rows, total, cursor, onCursor, onVisible, isEditable } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    scrollPaddingStart: 30,
    initialRect: { width: 900, height: 480 },
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => onVisible(last), [last, onVisible])
  useEffect(() => {
    if (cursor.row < 0) return
    virtual.scrollToIndex(cursor.row, { align: 'auto' })
    document.getElementById(cellId(cursor))?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [cursor, virtual])
  useFocusBack(scroller, cursor)
  const tracks = [`${LINE_WIDTH}px`, ...columns.map(({ width }) => `${width}px`), '1fr'].join(' ')
  const isOn = rows[cursor.row] !== undefined && cursor.row <= last
  return (
    <div
      ref={scroller}
      className="virtual-table held-grid"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-readonly={!isEditable}
      aria-activedescendant={isOn ? cellId(cursor) : undefined}
      onKeyDown={event => onGridKey(event, { ...props, width: columns.length })}
      onFocus={event => {
        if (cursor.row < 0 && total > 0 && event.target === event.currentTarget)
          onCursor({ row: 0, column: 0, typed: null })
      }}
    >
      <Head columns={columns} tracks={tracks} />
      <div role="rowgroup" className="virtual-table__body" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ key, index, start }) => (
          <HeldGridRow
            key={key}
            index={index}
            top={start}
            height={ROW}
            tracks={tracks}
            columns={columns}
            row={rows[index] ?? null}
            cursor={cursor.row === index ? cursor : null}
            {...{ isEditable, onCursor }}
            onApply={props.onApply}
            lastRow={total - 1}
          />
        ))}
      </div>
    </div>
  )
}

function Head({ columns, tracks }: Readonly<{ columns: readonly GridColumn[]; tracks: string }>): ReactNode {
  return (
    <div role="rowgroup" className="virtual-table__head">
      <div role="row" aria-rowindex={1} className="held-grid__row" style={{ gridTemplateColumns: tracks }}>
        <div role="columnheader" className="held-grid__cell held-grid__line number">
          Line
        </div>
        {columns.map(({ key, header, isFault, place }) => (
          <div
            key={key}
            role="columnheader"
            className={isFault && place.kind !== 'record' ? 'held-grid__cell is-fault' : 'held-grid__cell'}
            title={header}
          >
            <span className="clip">{header}</span>
          </div>
        ))}
      </div>
    </div>
  )
}

/** The focus comes back to the grid when a cell is no longer edited. */
function useFocusBack(scroller: RefObject<HTMLDivElement | null>, { typed }: GridCursor): void {
  const wasEditing = useRef(false)
  // A rule that is done makes way for the next one, and what had the focus is gone.
  useEffect(() => {
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true })
  }, [scroller])
  useEffect(() => {
    if (wasEditing.current && typed === null) scroller.current?.focus({ preventScroll: true })
    wasEditing.current = typed !== null
  }, [scroller, typed])
}
