import type { KeyboardEvent } from 'react'

/** The cell the keyboard is on. `typed`: the text an edit begins with; null: it is not edited, undefined: as it stands. */
export type GridCursor = Readonly<{ row: number; column: number; typed: string | null | undefined }>

export const NOWHERE: GridCursor = { row: -1, column: 0, typed: null }

type Grid = Readonly<{
  cursor: GridCursor
  onCursor: (cursor: GridCursor) => void
  onApply: () => void
  total: number
  width: number
  isEditable: boolean
}>

const PAGE = 15

/** Arrows, page keys, home and end move; Enter, F2 or a letter edits; Ctrl or Cmd and Enter applies what was edited. */
export function onGridKey(event: KeyboardEvent, grid: Grid): void {
  if (event.target !== event.currentTarget) return
  const { cursor, onCursor } = grid
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    grid.onApply()
    return
  }
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const moved = moveOf(event.key, grid)
  if (moved !== null) {
    event.preventDefault()
    onCursor(moved)
    return
  }
  const typed = grid.isEditable && cursor.row >= 0 ? typedBy(event.key) : null
  if (typed === null) return
  event.preventDefault()
  event.stopPropagation()
  onCursor({ ...cursor, typed: typed.text })
}

/** The text an edit begins with; undefined: as it stands. Null: the key begins none. */
function typedBy(key: string): Readonly<{ text: string | undefined }> | null {
  if (key === 'Enter' || key === 'F2') return { text: undefined }
  if (key === 'Backspace' || key === 'Delete') return { text: '' }
  return key.length === 1 && key !== ' ' ? { text: key } : null
}

/** Names a cell for the grid, which has the focus and points at it. */
export function cellId({ row, column }: Readonly<{ row: number; column: number }>): string {
  return `held-cell-${row}-${column}`
}

/** The cell after an edit: below by Enter, beside by Tab. */
export function afterEdit(
  { row, column }: GridCursor,
  step: 'below' | 'next' | 'before' | 'stay',
  { lastRow, width }: Readonly<{ lastRow: number; width: number }>,
): GridCursor {
  if (step === 'stay') return { row, column, typed: null }
  if (step === 'below') return { row: Math.min(lastRow, row + 1), column, typed: null }
  const place = row * width + column + (step === 'next' ? 1 : -1)
  const kept = Math.max(0, Math.min((lastRow + 1) * width - 1, place))
  return { row: Math.floor(kept / width), column: kept % width, typed: undefined }
}

function moveOf(key: string, { cursor: { row, column }, total, width }: Grid): GridCursor | null {
  const moves: Readonly<Record<string, readonly [row: number, column: number]>> = {
    ArrowDown: [row + 1, column],
    ArrowUp: [row - 1, column],
    ArrowRight: [row, column + 1],
    ArrowLeft: [row, column - 1],
    PageDown: [row + PAGE, column],
    PageUp: [row - PAGE, column],
    Home: [0, column],
    End: [total - 1, column],
  }
  const move = moves[key]
  if (move === undefined || total === 0) return null
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value))
  return { row: clamp(move[0], total - 1), column: clamp(move[1], width - 1), typed: null }
}
