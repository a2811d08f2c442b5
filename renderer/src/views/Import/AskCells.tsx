import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { pick } from '../../state/mapping-board.ts'
import type { Ask, Line, Question } from '../../state/mapping-lines.ts'
import type { BoardFile, BoardRow } from '../../state/mapping-rows.ts'
import { count } from '../../ui/format.ts'
import { BoardCell } from './BoardCell.tsx'
import { answer, answerEncoding, askingTheSame, endPick } from './board-acts.ts'
import { answerWords, questionWords, tableWords } from './board-words.ts'
import { type Choice, ChoiceList } from './ChoiceList.tsx'
import { HeaderList } from './ColumnCells.tsx'
import { RowPicker } from './RowPicker.tsx'

type Props = Readonly<{ row: BoardRow & { kind: 'ask' }; isPicking: boolean; isFixed: boolean }>

/** What somebody has to say something about, and the button that opens the answers. */
export function AskCells({ row, isPicking, isFixed }: Props): ReactNode {
  const { ask, file } = row
  return (
    <BoardCell isWide className="board-ask">
      <CircleHelp size={14} aria-hidden />
      <span className="clip" title={askWords(ask)}>
        {askWords(ask)}
      </span>
      {ask.kind === 'reading' && <QuickAnswers file={file} ask={ask} isFixed={isFixed} />}
      {ask.kind !== 'mostly-held' && ask.kind !== 'unreadable' && (
        <RowPicker label={askWords(ask)} isOpen={isPicking} list={() => <Answers file={file} ask={ask} />} width={400}>
          <button
            type="button"
            tabIndex={-1}
            className="plain text-button board-ask__open"
            disabled={isFixed}
            onClick={() => pick(row.id)}
          >
            {ask.kind === 'missing' ? 'Choose a column' : ask.kind === 'encoding' ? 'Choose' : 'More'}
          </button>
        </RowPicker>
      )}
    </BoardCell>
  )
}

/** One sentence: what is open, with counts. */
export function askWords(ask: Ask): string {
  switch (ask.kind) {
    case 'missing':
      return `Every row of ${tableWords(ask.table).toLowerCase().replace('crm', 'CRM')} needs ${ask.field}, and no column fills it`
    case 'encoding':
      return encodingWords(ask)
    case 'unreadable':
      return ask.message
    case 'mostly-held':
      return `${count(ask.held)} of ${count(ask.read)} rows would be held, and the import would stop: map it anew, or take it out`
    default:
      return questionWords(ask.question)
  }
}

/** Why a file is read as it is. What is asked is asked in words of its own: the reason would name a flag of the command line. */
export function reasonWords({ asks, plan }: BoardFile): string {
  const ask = asks.find(({ kind }) => kind === 'encoding')
  if (plan.table === null && plan.lists !== undefined) return listWords(plan.lists)
  return ask === undefined ? plan.reason : askWords(ask)
}

function listWords(lists: NonNullable<BoardFile['plan']['lists']>): string {
  const named = lists.map(({ path, records }) => `${path} (${count(records)})`).join(', ')
  return lists.length === 1
    ? `Its records seem to be the list ${named}: choose it`
    : `Choose the list to read: ${named}`
}

function encodingWords({ suggestion, samples }: Ask & { kind: 'encoding' }): string {
  const reads = samples === '' ? '' : ` As ${suggestion} it reads ${samples.replaceAll(' | ', ', ')}.`
  return `Which encoding is it? The file is not UTF-8.${reads}`
}

type ReadingAsk = Ask & { kind: 'reading' }

function QuickAnswers({
  file,
  ask,
  isFixed,
}: Readonly<{ file: BoardFile; ask: ReadingAsk; isFixed: boolean }>): ReactNode {
  const { question, line } = ask
  return (
    <span className="board-answers">
      {question.answers.map(each => {
        const { label, reads } = answerWords(question, each)
        return (
          <button
            key={each}
            type="button"
            tabIndex={-1}
            className="plain board-answer"
            title={reads}
            disabled={isFixed}
            onClick={() => answer(file, line, question, each)}
          >
            {label}
          </button>
        )
      })}
    </span>
  )
}

function Answers({ file, ask }: Readonly<{ file: BoardFile; ask: Ask }>): ReactNode {
  if (ask.kind === 'missing') return <HeaderList file={file} tableNo={ask.tableNo} field={ask.field} />
  if (ask.kind === 'encoding')
    return (
      <ChoiceList
        label="Encoding of the file"
        placeholder="Find an encoding"
        choices={encodingChoices(ask.suggestion)}
        onChoose={choice => answerEncoding(file, choice)}
        onClose={endPick}
      />
    )
  if (ask.kind !== 'reading') return null
  return (
    <ChoiceList
      label={`How ${ask.line.header ?? ask.question.field} is read`}
      placeholder="Find an answer"
      choices={answerChoices(file, ask.line, ask.question)}
      onChoose={choice => answer(file, ask.line, ask.question, choice)}
      onClose={endPick}
    />
  )
}

function answerChoices(file: BoardFile, line: Line, question: Question): readonly Choice[] {
  const same = askingTheSame(file, question).length
  const own = question.answers.map((each): Choice => {
    const { label, reads } = answerWords(question, each)
    return {
      id: each,
      label,
      text: label,
      hint: reads,
      ...(same > 1 ? { group: `For ${line.header ?? question.field}` } : {}),
    }
  })
  const grouped = own.map(({ group, ...choice }, place) =>
    place === 0 && group !== undefined ? { ...choice, group } : choice,
  )
  if (same < 2) return grouped
  const all = question.answers.map((each, place): Choice => {
    const { label } = answerWords(question, each)
    return {
      id: `${each} all`,
      label: `${label} in all ${same}`,
      text: `${label} all`,
      ...(place === 0 ? { group: `For all ${same} columns of this file` } : {}),
    }
  })
  return [...grouped, ...all]
}

function encodingChoices(suggestion: string): readonly Choice[] {
  return [
    { id: suggestion, label: suggestion, text: suggestion, hint: 'fits every row' },
    { id: 'utf-8', label: 'utf-8', text: 'utf-8', hint: 'hold the rows that are not' },
  ]
}
