import { ChevronDown, ChevronRight, FileArchive, FileQuestion, FileSpreadsheet, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { answersOf, useAnswers } from '../../state/board-answers.ts'
import { dropFromPlan, readList } from '../../state/imports.ts'
import { activate, pick, setOpened } from '../../state/mapping-board.ts'
import { type BoardFile, type BoardRow, isByHand, knownHeaders } from '../../state/mapping-rows.ts'
import { bytes, count, counted, percent } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { answerLabel } from './AnswerOffer.tsx'
import { reasonWords } from './AskCells.tsx'
import { BoardCell } from './BoardCell.tsx'
import { chooseTable, endPick } from './board-acts.ts'
import { fileChoices } from './board-choices.tsx'
import { baseName, tableWords } from './board-words.ts'
import { ChoiceList } from './ChoiceList.tsx'
import { FileState } from './FileState.tsx'
import { RowPicker } from './RowPicker.tsx'

type Props = Readonly<{ row: BoardRow & { kind: 'file' }; isPicking: boolean; isFixed: boolean }>

/** A file: its name and size, the table it is taken for, how many rows can be loaded, and why. */
export function FileCells({ row, isPicking, isFixed }: Props): ReactNode {
  const { file } = row
  const { plan, tables } = file
  const { recognition } = plan
  return (
    <>
      <BoardCell className="board-cell--file">
        <Chevron row={row} />
        <FileMark file={file} />
        <span className="board-file__name clip" title={plan.file}>
          {baseName(plan.file)}
        </span>
        <span className="board-file__size">{bytes(plan.bytes)}</span>
      </BoardCell>
      <BoardCell>
        <TableButton file={file} rowId={row.id} isPicking={isPicking} isFixed={isFixed} />
      </BoardCell>
      <BoardCell>
        <FileState file={file} />
      </BoardCell>
      <BoardCell className="board-cell--last">
        <span className="muted clip" title={whyWords(file)}>
          {whyWords(file)}
        </span>
        {tables.length > 0 && recognition !== undefined && !isByHand(file) && (
          <span className="board-file__score" title="How sure the table is">
            {percent(recognition.score)}
          </span>
        )}
        <TakeOut file={file} isFixed={isFixed} />
      </BoardCell>
    </>
  )
}

export function Chevron({ row }: Readonly<{ row: Pick<BoardRow, 'id' | 'isOpen'> }>): ReactNode {
  if (row.isOpen === null) return <span className="board-chevron" />
  const Icon = row.isOpen ? ChevronDown : ChevronRight
  return (
    <button
      type="button"
      className="plain board-chevron"
      tabIndex={-1}
      aria-label={row.isOpen ? 'Fold' : 'Unfold'}
      onClick={event => {
        event.stopPropagation() // the row of a fold opens by itself
        activate(row.id)
        setOpened(row.id, row.isOpen !== true)
      }}
    >
      <Icon size={14} aria-hidden />
    </button>
  )
}

function FileMark({ file }: Readonly<{ file: BoardFile }>): ReactNode {
  const Icon =
    file.tables.length === 0 ? FileQuestion : file.plan.compression === 'none' ? FileSpreadsheet : FileArchive
  return <Icon size={14} className="board-file__mark" aria-hidden />
}

type ButtonProps = Readonly<{ file: BoardFile; rowId: string; isPicking: boolean; isFixed: boolean }>

function TableButton({ file, rowId, isPicking, isFixed }: ButtonProps): ReactNode {
  const { client } = useServices()
  const { plan, tables } = file
  const [first] = tables
  const name = first === undefined ? 'Fits no table' : tableWords(first.table)
  const choose = (choice: string): void => {
    if (!choice.startsWith('list:')) chooseTable(file, choice)
    else {
      perform(readList(client, plan, choice.slice('list:'.length)))
      endPick()
    }
  }
  if (plan.columns.length === 0 && plan.lists === undefined)
    return <span className="board-none">{plan.format === 'unknown' ? 'Cannot be read' : name}</span>
  return (
    <RowPicker
      label={`Table of ${plan.file}`}
      isOpen={isPicking}
      list={() => (
        <ChoiceList
          label={`Table of ${plan.file}`}
          placeholder="Find a table"
          choices={fileChoices(file)}
          onChoose={choose}
          onClose={endPick}
        />
      )}
    >
      <button
        type="button"
        tabIndex={-1}
        className={first === undefined ? 'plain pick-button is-none' : 'plain pick-button'}
        disabled={isFixed}
        onClick={() => pick(rowId)}
      >
        <span className="clip">{name}</span>
        {tables.length > 1 && <span className="muted">+{tables.length - 1}</span>}
        <ChevronDown size={12} className="pick-button__mark" aria-hidden />
      </button>
    </RowPicker>
  )
}

/** `Stripe subscriptions · 93 %`, `By header`, `Changed by hand`. */
function whyWords(file: BoardFile): string {
  const { plan, entry, tables } = file
  // The reason names the nearest table: what comes next to it stands in the detail.
  if (tables.length === 0) return reasonWords(file)
  if (isByHand(file)) return 'Table chosen by hand'
  const { recognition, origin } = plan
  const by = recognition?.by
  const what =
    by === 'mapping' ? `Remembered: ${origin ?? ''}` : by === 'preset' ? `${origin ?? ''} export` : headerWords(file)
  const read = plan.recordsAt === undefined ? what : `List "${plan.recordsAt}": ${what}`
  if (entry.edited === null || entry.edited === plan.mapping) return read
  const answers = answersOf(file, useAnswers.getState().given)
  if (answers.length === 0) return `${read}, changed`
  const said = answers.map(answer => `${answerLabel(answer)} as said of ${baseName(answer.file)}`)
  return `${said.join(', ')}; ${read}`
}

function headerWords(file: BoardFile): string {
  const known = knownHeaders(file)
  const all = file.plan.columns.length
  return known === all ? 'All headers known' : `${count(known)} of ${counted(all, 'header')} known`
}

function TakeOut({ file, isFixed }: Readonly<{ file: BoardFile; isFixed: boolean }>): ReactNode {
  const { shell } = useServices()
  const { plan } = file
  return (
    <button
      type="button"
      tabIndex={-1}
      className="plain board-out"
      aria-label={`Take ${plan.file} out`}
      title={`Take ${plan.file} out (X)`}
      disabled={isFixed}
      onClick={() => perform(dropFromPlan(shell, plan))}
    >
      <X size={14} aria-hidden />
    </button>
  )
}
