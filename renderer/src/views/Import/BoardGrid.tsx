// biome-ignore-all lint/a11y/useSemanticElements: only what is on screen exists, absolutely placed, so table elements cannot be used
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its row by aria-activedescendant
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { useBoard } from '../../state/mapping-board.ts'
import type { BoardFile, BoardRow } from '../../state/mapping-rows.ts'
import { BoardRowView } from './BoardRowView.tsx'
import { onBoardKey } from './board-keys.ts'

type Props = Readonly<{
  rows: readonly BoardRow[]
  /** Place of the row the keyboard is on. */
  at: number
  files: readonly BoardFile[]
  isFixed: boolean
}>

const HEADS = ['File, column', 'Table, field', 'Read as', 'Why, samples']
const ROW = 32
const HEAD = 28

/** Files and what is in them as one tree of rows. Arrows move and fold; Enter opens the choice of the row. */
export function BoardGrid({ rows, at, files, isFixed }: Props): ReactNode {
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const picking = useBoard(state => state.picking)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: index => rows[index]?.id ?? index,
    overscan: 10,
    // the head takes its height from what is on screen
    scrollPaddingEnd: HEAD + 8,
    initialRect: { width: 740, height: 640 },
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, virtual])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target === event.currentTarget) onBoardKey(event, { rows, at, files, isFixed })
  }
  return (
    <div
      ref={scroller}
      id="mapping-board"
      className="board-grid"
      role="treegrid"
      tabIndex={0}
      aria-label="Files and columns"
      aria-rowcount={rows.length + 1}
      aria-colcount={HEADS.length}
      aria-activedescendant={at >= first && at <= last ? `${id}-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="board-grid__head">
        <div role="row" aria-rowindex={1} className="board-row board-row--head">
          {HEADS.map(head => (
            <div key={head} role="columnheader" className="board-cell">
              {head}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="board-grid__body" style={{ height: virtual.getTotalSize() }}>
        {items.map(item => {
          const row = rows[item.index]
          return row === undefined ? null : (
            <BoardRowView
              key={item.key}
              id={`${id}-${item.index}`}
              index={item.index}
              top={item.start}
              row={row}
              isActive={item.index === at}
              isPicking={picking === row.id && !isFixed}
              isFixed={isFixed}
            />
          )
        })}
      </div>
    </div>
  )
}
