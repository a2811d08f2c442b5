import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { timesWithoutZone } from '../../state/board-answers.ts'
import { edit, pick } from '../../state/mapping-board.ts'
import { setAllSettings, setSettings } from '../../state/mapping-edits.ts'
import { type BoardFile, type BoardRow, isDoubt } from '../../state/mapping-rows.ts'
import { BoardCell } from './BoardCell.tsx'
import { answerOf, endPick, focusDetail, shareAnswer } from './board-acts.ts'
import { faultWords, linesWords } from './board-words.ts'
import { type Choice, ChoiceList } from './ChoiceList.tsx'
import { RowPicker } from './RowPicker.tsx'
import { timeZones } from './time-zones.ts'

type Shared = Readonly<{ isPicking: boolean; isFixed: boolean }>
type FaultProps = Shared & Readonly<{ row: BoardRow & { kind: 'fault' } }>

/** Values that cannot be read: what they are, how many, where; their rows would be held. */
export function FaultCells({ row, isPicking, isFixed }: FaultProps): ReactNode {
  const { fault, line, file } = row
  const values = [...new Set(fault.values.filter(value => value !== ''))].slice(0, 2)
  const isSerial = fault.code === 'value/serial-date' && line !== null
  return (
    <BoardCell isWide className="board-fault" title={fault.message}>
      <TriangleAlert size={14} aria-hidden />
      <span className="board-fault__what clip">{faultWords(fault)}</span>
      {values.length > 0 && <code className="board-fault__values clip">{values.join(', ')}</code>}
      <span className="muted clip">{linesWords(fault.lines, fault.count)}</span>
      {fault.code === 'value/not-a-boolean' && line !== null && line.proof?.values !== null && (
        <button
          type="button"
          tabIndex={-1}
          className="plain text-button board-ask__open"
          disabled={isFixed}
          onClick={focusDetail}
        >
          Map values
        </button>
      )}
      {isSerial && (
        <RowPicker
          label="Day numbers of a spreadsheet"
          isOpen={isPicking}
          list={() => (
            <ChoiceList
              label="Day numbers of a spreadsheet"
              placeholder="Find"
              choices={SERIAL_CHOICES}
              onChoose={choice => {
                const place = { tableNo: line.tableNo, field: line.field ?? '' }
                edit(file.plan, mapping =>
                  setSettings(mapping, place, { dateFormat: choice === 'excel' ? 'excel' : undefined }),
                )
                endPick()
              }}
              onClose={endPick}
            />
          )}
        >
          <OpenButton rowId={row.id} isFixed={isFixed}>
            Read as days
          </OpenButton>
        </RowPicker>
      )}
    </BoardCell>
  )
}

const SERIAL_CHOICES: readonly Choice[] = [
  { id: 'excel', label: 'Read as days of a spreadsheet', text: 'read as days', hint: '45321 is 30 Jan 2024' },
  { id: 'hold', label: 'Hold these rows', text: 'hold rows' },
]

type NoteProps = Shared & Readonly<{ row: BoardRow & { kind: 'note' } }>

/** Something that is read in a way worth knowing. */
export function NoteCells({ row, isPicking, isFixed }: NoteProps): ReactNode {
  const { note, file, tableNo } = row
  return (
    <BoardCell isWide className={isDoubt(note) ? 'board-note is-warn' : 'board-note'}>
      {isDoubt(note) ? <CircleAlert size={14} aria-hidden /> : <Info size={14} aria-hidden />}
      <span className="clip" title={note.message}>
        {note.message}
      </span>
      {VALUE_NOTES.has(note.code) && (
        <button type="button" tabIndex={-1} className="plain text-button board-ask__open" onClick={focusDetail}>
          Map values
        </button>
      )}
      {note.code === 'note/no-offset' && (
        <RowPicker
          label="Time zone of the file"
          isOpen={isPicking}
          list={() => (
            <ChoiceList
              label="Time zone of the file"
              placeholder="Find a time zone"
              choices={timeZones().map(zone => ({ id: zone, label: zone, text: zone }))}
              onChoose={zone => {
                setZone(file, tableNo, zone)
                endPick()
              }}
              onClose={endPick}
            />
          )}
        >
          <OpenButton rowId={row.id} isFixed={isFixed}>
            Choose a time zone
          </OpenButton>
        </RowPicker>
      )}
    </BoardCell>
  )
}

const VALUE_NOTES: ReadonlySet<string> = new Set(['note/unlisted-values', 'note/unmapped-values'])

/** Every time of the table whose zone nobody has said. */
function setZone(file: BoardFile, tableNo: number, timeZone: string): void {
  const times = timesWithoutZone(file, tableNo)
  edit(file.plan, mapping => setAllSettings(mapping, times, { timeZone }))
  shareAnswer(answerOf(file, 'timeZone', timeZone), false)
}

type OpenProps = Readonly<{ rowId: string; isFixed: boolean; children: string; ref?: React.Ref<HTMLButtonElement> }>

function OpenButton({ rowId, isFixed, children, ref }: OpenProps): ReactNode {
  return (
    <button
      ref={ref}
      type="button"
      tabIndex={-1}
      className="plain text-button board-ask__open"
      disabled={isFixed}
      onClick={() => pick(rowId)}
    >
      {children}
    </button>
  )
}
