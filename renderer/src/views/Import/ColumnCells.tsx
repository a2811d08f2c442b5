import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { pick } from '../../state/mapping-board.ts'
import type { Line } from '../../state/mapping-lines.ts'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { count } from '../../ui/format.ts'
import { BoardCell } from './BoardCell.tsx'
import { chooseField, endPick, fillField } from './board-acts.ts'
import { fieldChoices, headerChoices } from './board-choices.tsx'
import { proofWords, readingWords, TYPES } from './board-words.ts'
import { type Choice, ChoiceList } from './ChoiceList.tsx'
import { RowPicker } from './RowPicker.tsx'

type Props = Readonly<{ file: BoardFile; line: Line; rowId: string; isPicking: boolean; isFixed: boolean }>

/** A column: its header, the field it fills, what its values prove, and some of them. */
export function ColumnCells({ file, line, rowId, isPicking, isFixed }: Props): ReactNode {
  return (
    <>
      <BoardCell className="board-cell--header">
        {line.header === null ? (
          <span className="muted">every row</span>
        ) : (
          <code className="clip" title={line.header}>
            {line.header}
          </code>
        )}
        {line.others.length > 0 && (
          <span className="muted board-others" title={`Else from ${line.others.join(', ')}`}>
            +{count(line.others.length)}
          </span>
        )}
      </BoardCell>
      <BoardCell>
        <FieldButton file={file} line={line} rowId={rowId} isPicking={isPicking} isFixed={isFixed} />
      </BoardCell>
      <BoardCell>
        <ReadAs line={line} />
      </BoardCell>
      <BoardCell>
        <Samples samples={line.mapped?.constant === undefined ? line.samples : [line.mapped.constant]} />
      </BoardCell>
    </>
  )
}

function FieldButton({ file, line, rowId, isPicking, isFixed }: Props): ReactNode {
  if (line.use === 'secret') return <span className="muted clip">Secret, not read</span>
  const label = line.header === null ? `Column for ${line.field ?? ''}` : `Field of ${line.header}`
  return (
    <RowPicker label={label} isOpen={isPicking} list={() => <FieldList file={file} line={line} label={label} />}>
      <button
        type="button"
        tabIndex={-1}
        className={line.field === null ? 'plain pick-button is-aside' : 'plain pick-button'}
        disabled={isFixed}
        onClick={() => pick(rowId)}
      >
        <FieldName line={line} />
        <ChevronDown size={12} className="pick-button__mark" aria-hidden />
      </button>
    </RowPicker>
  )
}

function FieldName({ line }: Readonly<{ line: Line }>): ReactNode {
  if (line.field !== null)
    return (
      <code className="clip" title={line.field}>
        {line.field}
        {line.isRequired && (
          <span className="needed-mark" title="Needed">
            *
          </span>
        )}
      </code>
    )
  return <span className="clip">{line.use === 'custom' ? 'Custom field' : 'Left out'}</span>
}

type ListProps = Readonly<{ file: BoardFile; line: Line; label: string }>

function FieldList({ file, line, label }: ListProps): ReactNode {
  const { tableNo, field } = line
  if (line.header === null && field !== null) return <HeaderList file={file} tableNo={tableNo} field={field} />
  const table = file.tables[tableNo]
  return (
    <ChoiceList
      label={label}
      placeholder="Find a field"
      choices={table === undefined ? [] : fieldChoices(table, line)}
      onChoose={choice => chooseField(file, line, choice)}
      onClose={endPick}
    />
  )
}

type HeaderListProps = Readonly<{ file: BoardFile; tableNo: number; field: string }>

/** The columns that could fill a field, or one value for every row. */
export function HeaderList({ file, tableNo, field }: HeaderListProps): ReactNode {
  const constant = (typed: string): Choice => ({
    id: `constant:${typed}`,
    label: `“${typed}” in every row`,
    text: typed,
    hint: 'the same value',
  })
  return (
    <ChoiceList
      label={`Column for ${field}`}
      placeholder="Find a column, or type one value for every row"
      choices={headerChoices(file, tableNo, field)}
      typedChoice={constant}
      onChoose={choice => fillField(file, { tableNo, field }, choice)}
      onClose={endPick}
    />
  )
}

function ReadAs({ line }: Readonly<{ line: Line }>): ReactNode {
  if (line.use !== 'field') return <span className="muted">text</span>
  const proof = proofWords(line) || (TYPES[line.type] ?? line.type)
  const reading = line.proof?.reading ?? null
  const isGood = line.proof !== null && line.faults.length === 0 && line.question === null && line.proof.filled > 0
  return (
    <span className={isGood ? 'board-proof is-good' : 'board-proof'}>
      <span className="clip" title={proof}>
        {proof}
      </span>
      {reading !== null && line.question === null && reading !== 'decimal .' && reading !== 'iso' && (
        <span className="muted clip" title={readingWords(reading)}>
          {readingWords(reading)}
        </span>
      )}
    </span>
  )
}

export function Samples({ samples }: Readonly<{ samples: readonly string[] }>): ReactNode {
  const shown = [...new Set(samples.filter(sample => sample.trim() !== ''))].slice(0, 4)
  if (shown.length === 0) return <span className="muted">empty</span>
  return (
    <span className="board-samples clip" title={shown.join('\n')}>
      {shown.map((sample, place) => (
        <span key={sample}>
          {place > 0 && <span className="board-samples__gap"> · </span>}
          {sample}
        </span>
      ))}
    </span>
  )
}
