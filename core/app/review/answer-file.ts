import { PERSON_FIELDS, type PersonField } from '#schema/person-values'
import type { Job } from '../jobs.ts'
import { readRecordCells } from '../record-cells.ts'
import type { SourceFile } from '../source-file.ts'
import type { Answer, Question, Relation } from './answers.ts'

const QUESTIONS: readonly string[] = ['persons', 'workspaces', 'companies', 'accounts', 'signups'] satisfies Question[]
const ANSWERS: readonly string[] = ['same', 'different', 'skip'] satisfies Answer['answer'][]
const RELATIONS: readonly string[] = ['merge', 'group', 'environment-of', 'agency-of', 'unrelated'] satisfies Relation[]
/** What a record of the file may say about one person, instead of an answer about two records. */
const ABOUT_ONE: readonly string[] = ['split', 'pin']

/** Users that are taken out of their person together. */
export type SplitWish = Readonly<{ kind: 'split'; users: readonly string[]; note: string }>
/** The value of a field that holds for the person of a user; null: what the records say. */
export type PinWish = Readonly<{ kind: 'pin'; id: string; field: PersonField; value: string | null }>
type Wish = Readonly<{ record: number; wish: SplitWish | PinWish }>
type Numbered = Readonly<{ record: number; answer: Answer }>
type Broken = Readonly<{ record: number; message: string }>

/** What a file of answers says, in its order, and the records that say nothing. The first record behind the header is number 1. */
export type AnswerFile = Readonly<{
  answers: readonly Numbered[]
  wishes: readonly Wish[]
  broken: readonly Broken[]
  rows: number
}>

export async function readAnswers(file: SourceFile, job: Job): Promise<AnswerFile> {
  const wanted = ['question', 'a', 'b', 'answer']
  const { columns } = await readRecordCells(file, wanted, job, ['relation', 'note', 'field', 'value'])
  const rows = columns.get('a')?.length ?? 0
  const answers: Numbered[] = []
  const wishes: Wish[] = []
  const broken: Broken[] = []
  for (let i = 0; i < rows; i++) {
    const cell = (name: string): string => (columns.get(name)?.[i] ?? '').trim()
    const record = i + 1
    const isAboutOne = ABOUT_ONE.includes(cell('answer'))
    const message = isAboutOne ? wishFault(cell) : faultOf(cell)
    if (message !== null) broken.push({ record, message })
    else if (isAboutOne) wishes.push({ record, wish: wishOf(cell) })
    else answers.push({ record, answer: answerOf(cell) })
  }
  return { answers, wishes, broken, rows }
}

type Cell = (name: string) => string

const oneOf = (cell: Cell, name: string, values: readonly string[]): string | null =>
  values.includes(cell(name)) ? null : `${name} is "${cell(name)}"; expected one of ${values.join(', ')}`

function faultOf(cell: Cell): string | null {
  if (cell('a') === '' || cell('b') === '') return 'a and b name the two records, and one of them is empty'
  if (cell('relation') !== '' && cell('question') !== 'workspaces') return 'only two workspaces have a relation'
  return (
    oneOf(cell, 'question', QUESTIONS) ??
    oneOf(cell, 'answer', [...ANSWERS, ...ABOUT_ONE]) ??
    (cell('relation') === '' ? null : oneOf(cell, 'relation', RELATIONS))
  )
}

function wishFault(cell: Cell): string | null {
  const answer = cell('answer')
  if (cell('question') !== 'persons') return `${answer} is about persons, not about "${cell('question')}"`
  if (cell('a') === '') return `a names the user that the ${answer} is about, and it is empty`
  if (cell('b') !== '') return `a ${answer} is about one person: b stays empty`
  return answer === 'pin' ? oneOf(cell, 'field', PERSON_FIELDS) : null
}

/** Each cell was checked. */
function wishOf(cell: Cell): SplitWish | PinWish {
  if (cell('answer') === 'split') {
    const users = cell('a').split(';')
    return { kind: 'split', users: users.map(id => id.trim()).filter(id => id !== ''), note: cell('note') }
  }
  const value = cell('value')
  return { kind: 'pin', id: cell('a'), field: cell('field') as PersonField, value: value === '' ? null : value }
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
