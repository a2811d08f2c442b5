// biome-ignore-all lint/a11y/useSemanticElements: a cell of a grid that is not a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its cell by aria-activedescendant
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { editCell, editedText, useHeldEdits } from '../../state/held-edits.ts'
import { chosenGroup, type HeldEntry, useHeldRows } from '../../state/held-rows.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { type GridColumn, textAt } from './held-columns.ts'
import { afterEdit, cellId, type GridCursor } from './held-keys.ts'

type Props = Readonly<{
  at: Readonly<{ row: number; column: number }>
  row: HeldEntry
  column: GridColumn
  /** The cursor, where it is on this cell. */
  cursor: GridCursor | null
  isEditable: boolean
  bounds: Readonly<{ lastRow: number; width: number }>
  onCursor: (cursor: GridCursor) => void
  onApply: () => void
}>

/** One cell of a held row: marked where it is at fault or edited, a field while it is edited. */
export function HeldCell(props: Props): ReactNode {
  const { at, row, column, cursor, isEditable, onCursor } = props
  const edit = useHeldEdits(state => state.edits[row.heldId])
  const typed = editedText(edit, column.place)
  const before = textAt(row, column.place)
  const isEditing = cursor !== null && cursor.typed !== null
  const wasEdited = column.place.kind === 'cell' && row.edited.includes(column.place.at)
  const marks = [
    'held-grid__cell',
    column.isFault ? 'is-fault' : '',
    column.place.kind === 'record' ? 'is-record' : '',
    typed !== null ? 'is-edited' : wasEdited ? 'was-edited' : '',
    cursor !== null ? 'is-on' : '',
  ]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      id={cellId(at)}
      role="gridcell"
      aria-selected={cursor !== null}
      className={marks.filter(mark => mark !== '').join(' ')}
      onClick={() => {
        if (!isEditing) onCursor({ ...at, typed: null })
      }}
      onDoubleClick={() => {
        if (isEditable && !isEditing) onCursor({ ...at, typed: undefined })
      }}
    >
      {isEditing ? (
        <CellField {...props} text={cursor.typed ?? typed ?? before} label={`${column.header}, line ${row.line}`} />
      ) : (
        <CellText text={typed ?? before} isFault={column.isFault} />
      )}
    </div>
  )
}

function CellText({ text, isFault }: Readonly<{ text: string; isFault: boolean }>): ReactNode {
  if (text === '') return isFault ? <span className="held-grid__empty">empty</span> : null
  return (
    <span className="clip" title={text.length > 24 ? text : undefined}>
      {text}
    </span>
  )
}

type FieldProps = Props & Readonly<{ text: string; label: string }>

function CellField({ row, column, cursor, bounds, onCursor, onApply, text: first, label }: FieldProps): ReactNode {
  const { client } = useServices()
  const [text, setText] = useState(first)
  const field = useRef<HTMLInputElement>(null)
  const isOver = useRef(false)
  useEffect(() => {
    field.current?.focus()
    if (cursor?.typed === undefined) field.current?.select()
  }, [cursor])
  const keep = (): void => {
    isOver.current = true
    const group = chosenGroup(useHeldRows.getState())
    if (group === null) return
    const place = { importId: group.importId, heldId: row.heldId, before: textAt(row, column.place) }
    perform(editCell(client, place, column.place, text))
  }
  const leave = (step: Parameters<typeof afterEdit>[1]): void => {
    if (cursor !== null) onCursor(afterEdit(cursor, step, bounds))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'Tab') return
    event.preventDefault()
    const isApply = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    if (event.key === 'Escape') isOver.current = true
    else keep()
    leave(isApply ? 'stay' : stepOf(event))
    if (isApply) onApply()
  }
  return (
    <input
      ref={field}
      className="held-grid__field"
      aria-label={label}
      value={text}
      spellCheck={false}
      autoComplete="off"
      onChange={event => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (isOver.current) return
        keep()
        leave('stay')
      }}
    />
  )
}

function stepOf({ key, shiftKey }: KeyboardEvent): Parameters<typeof afterEdit>[1] {
  if (key === 'Tab') return shiftKey ? 'before' : 'next'
  return key === 'Enter' ? 'below' : 'stay'
}
