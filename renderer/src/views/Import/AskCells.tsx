import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { othersAsking, placesAsking } from '../../state/board-answers.ts'
import { useImports } from '../../state/imports.ts'
import { pick, useBoard } from '../../state/mapping-board.ts'
import type { Ask, Line, Question } from '../../state/mapping-lines.ts'
import { type BoardFile, type BoardRow, boardFiles } from '../../state/mapping-rows.ts'
import { count } from '../../ui/format.ts'
import { BoardCell } from './BoardCell.tsx'
import { answer, answerEncoding, endPick } from './board-acts.ts'
import { answerWords, keyWords, questionWords, tableWords } from './board-words.ts'
import { type Choice, ChoiceList } from './ChoiceList.tsx'
import { HeaderList } from './ColumnCells.tsx'
import { encodingChoices, grouped } from './encoding-choices.ts'
import { KeyAnswers, KeyList } from './KeyAnswers.tsx'
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
      {ask.kind === 'key' && <KeyAnswers file={file} ask={ask} isFixed={isFixed} />}
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
    case 'key':
      return keyWords(ask.doubt)
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

function encodingWords({ readings }: Ask & { kind: 'encoding' }): string {
  const read = readings
    .filter(({ samples }) => samples !== '')
    .map(({ encoding, samples }) => ` As ${encoding} it reads ${samples.replaceAll(' | ', ', ')}.`)
  return `Which encoding is it? The file is not UTF-8.${read.join('')}`
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
  const others = useOthersAsking(file, ask)
  if (ask.kind === 'missing') return <HeaderList file={file} tableNo={ask.tableNo} field={ask.field} />
  if (ask.kind === 'encoding')
    return (
      <ChoiceList
        label="Encoding of the file"
        placeholder="Find an encoding"
        choices={encodingChoices(ask.readings, others > 0 ? filesGroup(others) : null)}
        onChoose={choice => answerEncoding(file, choice)}
        onClose={endPick}
      />
    )
  if (ask.kind === 'key') return <KeyList file={file} ask={ask} />
  if (ask.kind !== 'reading') return null
  return (
    <ChoiceList
      label={`How ${ask.line.header ?? ask.question.field} is read`}
      placeholder="Find an answer"
      choices={[...answerChoices(file, ask.line, ask.question), ...filesChoices(ask.question, others)]}
      onChoose={choice => answer(file, ask.line, ask.question, choice)}
      onClose={endPick}
    />
  )
}

function answerChoices(file: BoardFile, line: Line, question: Question): readonly Choice[] {
  const same = placesAsking(file, question.setting).length
  const own = question.answers.map((each): Choice => {
    const { label, reads } = answerWords(question, each)
    return { id: each, label, text: label, hint: reads }
  })
  if (same < 2) return own
  const all = question.answers.map((each): Choice => {
    const { label } = answerWords(question, each)
    return { id: `${each} all`, label: `${label} in all ${same}`, text: `${label} all` }
  })
  return [
    ...grouped(own, `For ${line.header ?? question.field}`),
    ...grouped(all, `For all ${same} columns of this file`),
  ]
}

/** The same answers, for this file and the others that ask the same. */
function filesChoices(question: Question, others: number): readonly Choice[] {
  if (others === 0) return []
  const all = question.answers.map((each): Choice => {
    const { label } = answerWords(question, each)
    return { id: `${each} files`, label, text: `${label} files` }
  })
  return grouped(all, filesGroup(others))
}

const filesGroup = (others: number): string =>
  `For this file and the ${others === 1 ? 'other one' : `${count(others)} others`} that ${others === 1 ? 'asks' : 'ask'} this`

/** How many other files ask the same. */
function useOthersAsking(file: BoardFile, ask: Ask): number {
  const plan = useImports(state => state.plan)
  const entries = useBoard(state => state.entries)
  if (ask.kind !== 'reading' && ask.kind !== 'encoding') return 0
  const setting = ask.kind === 'encoding' ? 'encoding' : ask.question.setting
  return othersAsking(boardFiles(plan, entries), { key: file.key, setting }).length
}
