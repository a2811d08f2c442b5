// biome-ignore-all lint/a11y/useSemanticElements: only what is on screen exists, absolutely placed, so table elements cannot be used
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its cell by aria-activedescendant
import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useHeldEdits } from '../../state/held-edits.ts'
import type { HeldEntry } from '../../state/held-rows.ts'
import { HeldCell } from './HeldCell.tsx'
import type { GridColumn } from './held-columns.ts'
import type { GridCursor } from './held-keys.ts'
import { withoutPlace } from './held-text.ts'

type Props = Readonly<{
  index: number
  top: number
  height: number
  tracks: string
  columns: readonly GridColumn[]
  /** Null while it is on its way. */
  row: HeldEntry | null
  /** Where it is in this row. */
  cursor: GridCursor | null
  isEditable: boolean
  lastRow: number
  onCursor: (cursor: GridCursor) => void
  onApply: () => void
}>

/** One held row: its line, with what an edit of it comes to, and its cells. */
export function HeldGridRow(props: Props): ReactNode {
  const { index, row, columns, cursor, onCursor, isEditable } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={cursor === null ? 'held-grid__row' : 'held-grid__row is-active'}
      style={{ transform: `translateY(${props.top}px)`, height: props.height, gridTemplateColumns: props.tracks }}
    >
      <div role="rowheader" className="held-grid__cell held-grid__line number">
        {row === null ? <span className="skeleton-bar" style={{ width: 32 }} /> : <LineMark row={row} />}
      </div>
      {columns.map((column, place) =>
        row === null ? (
          <div key={column.key} role="gridcell" className="held-grid__cell">
            <span className="skeleton-bar" style={{ width: `${40 + ((index * 31 + place * 17) % 40)}%` }} />
          </div>
        ) : (
          <HeldCell
            key={column.key}
            at={{ row: index, column: place }}
            {...{ row, column, isEditable, onCursor }}
            cursor={cursor?.column === place ? cursor : null}
            onApply={props.onApply}
            bounds={{ lastRow: props.lastRow, width: columns.length }}
          />
        ),
      )}
    </div>
  )
}

/** The line, and once the row is edited whether it would load. */
function LineMark({ row }: Readonly<{ row: HeldEntry }>): ReactNode {
  const verdict = useHeldEdits(state => state.outcome?.verdicts.find(each => each.heldId === row.heldId) ?? null)
  const isEdited = useHeldEdits(state => state.edits[row.heldId] !== undefined)
  return (
    <>
      {isEdited && verdict !== null && (
        <span
          className={verdict.message === null ? 'held-mark is-good' : 'held-mark is-bad'}
          title={verdict.message === null ? 'Would load' : withoutPlace(verdict.message)}
        >
          {verdict.message === null ? (
            <CircleCheck size={13} aria-label="would load" />
          ) : (
            <CircleAlert size={13} aria-label="still held" />
          )}
        </span>
      )}
      {row.line}
    </>
  )
}
