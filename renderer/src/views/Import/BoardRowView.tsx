// biome-ignore-all lint/a11y/useSemanticElements: only what is on screen exists, absolutely placed, so table elements cannot be used
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its row by aria-activedescendant
import { memo, type ReactNode } from 'react'
import { activate, setOpened } from '../../state/mapping-board.ts'
import type { BoardRow } from '../../state/mapping-rows.ts'
import { AskCells } from './AskCells.tsx'
import { ColumnCells } from './ColumnCells.tsx'
import { FileCells } from './FileCells.tsx'
import { FoldCells } from './FoldCells.tsx'
import { FaultCells, NoteCells } from './NoteCells.tsx'

type Props = Readonly<{
  id: string
  index: number
  top: number
  row: BoardRow
  isActive: boolean
  isPicking: boolean
  isFixed: boolean
}>

/** One row of the board, placed by the grid. */
export const BoardRowView = memo(function BoardRowView(props: Props): ReactNode {
  const { row, isActive } = props
  const classes = ['board-row', `board-row--${row.kind}`, `is-level-${row.level}`, isActive ? 'is-active' : '']
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.index + 2}
      aria-level={row.level}
      aria-expanded={row.isOpen ?? undefined}
      aria-selected={isActive}
      className={classes.join(' ')}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => choose(row)}
    >
      <Cells row={row} isPicking={props.isPicking} isFixed={props.isFixed} />
    </div>
  )
})

/** What is folded away under one line has nothing else to show than itself. */
function choose(row: BoardRow): void {
  activate(row.id)
  if (row.kind === 'fold') setOpened(row.id, row.isOpen !== true)
}

type CellsProps = Readonly<{ row: BoardRow; isPicking: boolean; isFixed: boolean }>

function Cells({ row, isPicking, isFixed }: CellsProps): ReactNode {
  switch (row.kind) {
    case 'file':
      return <FileCells row={row} isPicking={isPicking} isFixed={isFixed} />
    case 'column':
      return <ColumnCells file={row.file} line={row.line} rowId={row.id} isPicking={isPicking} isFixed={isFixed} />
    case 'ask':
      return <AskCells row={row} isPicking={isPicking} isFixed={isFixed} />
    case 'fault':
      return <FaultCells row={row} isPicking={isPicking} isFixed={isFixed} />
    case 'note':
      return <NoteCells row={row} isPicking={isPicking} isFixed={isFixed} />
    default:
      return <FoldCells row={row} />
  }
}
