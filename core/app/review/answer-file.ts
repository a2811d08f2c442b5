import type { Job } from '../jobs.ts'
import { readRecordCells } from '../record-cells.ts'
import type { SourceFile } from '../source-file.ts'
import type { Answer, Question, Relation } from './answers.ts'

const QUESTIONS: readonly string[] = ['persons', 'workspaces', 'accounts', 'signups'] satisfies Question[]
const ANSWERS: readonly string[] = ['same', 'different', 'skip'] satisfies Answer['answer'][]
const RELATIONS: readonly string[] = ['merge', 'group', 'environment-of', 'agency-of', 'unrelated'] satisfies Relation[]

type Numbered = Readonly<{ record: number; answer: Answer }>
type Broken = Readonly<{ record: number; message: string }>

/** Answers of a file, and the records that are none. The first record behind the header is number 1. */
export async function readAnswers(
  file: SourceFile,
  job: Job,
): Promise<Readonly<{ answers: readonly Numbered[]; broken: readonly Broken[]; rows: number }>> {
  const { columns } = await readRecordCells(file, ['question', 'a', 'b', 'answer'], job, ['relation', 'note'])
  const rows = columns.get('a')?.length ?? 0
  const answers: Numbered[] = []
  const broken: Broken[] = []
  for (let i = 0; i < rows; i++) {
    const cell = (name: string): string => (columns.get(name)?.[i] ?? '').trim()
    const message = faultOf(cell)
    if (message === null) answers.push({ record: i + 1, answer: answerOf(cell) })
    else broken.push({ record: i + 1, message })
  }
  return { answers, broken, rows }
}

type Cell = (name: string) => string

function faultOf(cell: Cell): string | null {
  const oneOf = (name: string, values: readonly string[]): string | null =>
    values.includes(cell(name)) ? null : `${name} is "${cell(name)}"; expected one of ${values.join(', ')}`
  if (cell('a') === '' || cell('b') === '') return 'a and b name the two records, and one of them is empty'
  if (cell('relation') !== '' && cell('question') !== 'workspaces') return 'only two workspaces have a relation'
  return (
    oneOf('question', QUESTIONS) ??
    oneOf('answer', ANSWERS) ??
    (cell('relation') === '' ? null : oneOf('relation', RELATIONS))
  )
}

/** Each cell was checked. */
function answerOf(cell: Cell): Answer {
  const [relation, note] = [cell('relation'), cell('note')]
  return {
    pair: { question: cell('question') as Question, a: cell('a'), b: cell('b') },
    answer: cell('answer') as Answer['answer'],
    ...(relation === '' ? {} : { relation: relation as Relation }),
    ...(note === '' ? {} : { note }),
  }
}
