import { AppError } from '#lib/errors'
import type { ColumnPlan, FilePlan, HeldRow, Reading } from '#schema/import'
import type { TableName } from '#schema/tables'
import type { ColumnReader } from './column-reader.ts'
import { isSameReading, nameOfReading, type Verdict } from './proof.ts'
import type { RowCounts } from './row-reader.ts'

/** A file is judged by its held records once it has this many; at its end, once so many are held. */
const ENOUGH_RECORDS = 200
const ENOUGH_HELD = 20

/** How the columns of a file are to be read by all its rows, where that is not how they were read. */
export type Corrections = Readonly<{ readings: Readonly<Record<string, Reading>>; because: string }>

type Readers = ReadonlyMap<string, ColumnReader>

/**
 * Compares how columns were read with what their values prove.
 *
 * @returns null where all columns were read rightly; else all readings, corrected, and the reason in one sentence
 */
export function correctionsOf(plan: FilePlan, readers: Readers): Corrections | null {
  const wrong = verdictsOf(readers).filter(({ column, verdict }) => !isReadSo(plan, column, verdict.reading))
  const [first] = wrong
  if (first === undefined) return null
  const readings = { ...plan.readings, ...Object.fromEntries(wrong.map(c => [c.column, c.verdict.reading])) }
  return { readings, because: `All rows together show that ${first.column} is ${nameOfReading(first.verdict.reading)}` }
}

/** The readings that the values show, for every column of the file that leaves a choice. */
export function shownReadings(readers: Readers, columns: readonly ColumnPlan[]): Readonly<Record<string, Reading>> {
  const present = new Set(columns.map(({ column }) => column))
  const shown = verdictsOf(readers).filter(({ column }) => present.has(column))
  return Object.fromEntries(shown.map(({ column, verdict }) => [column, verdict.reading]))
}

/** What only the analyst can say about a column, with how many of its values speak for which answer. */
export type Question = Readonly<{
  column: string
  flag: string
  answers: readonly [string, string]
  /** Values that fit one answer only. */
  counts: readonly [number, number]
  /** Values that fit both, with different results. */
  both: number
  example: string
}>

/** The questions that the values leave open. */
export function questionsOf(readers: Readers): readonly Question[] {
  return verdictsOf(readers).flatMap(({ column, verdict }) => {
    if (verdict.status !== 'ambiguous') return []
    const { flag, answers, counts, both } = verdict
    return [{ column, flag, answers, counts, both, example: readers.get(column)?.example() ?? '' }]
  })
}

/** @throws AppError `import/ambiguous` where a column can be read in two ways that differ, and nobody said which */
export function refuseAmbiguous(plan: FilePlan, readers: Readers): void {
  for (const { column, verdict } of verdictsOf(readers)) {
    if (verdict.status === 'ambiguous') throw ambiguity(plan, column, verdict, readers.get(column)?.example() ?? '')
  }
}

function ambiguity(
  plan: FilePlan,
  column: string,
  verdict: Extract<Verdict, { status: 'ambiguous' }>,
  example: string,
): AppError {
  const { answers, counts, both, flag } = verdict
  const [a, b] = answers.map(answer => `${flag} ${answer}`)
  const message =
    `${plan.file}: ${column} can be read in two ways. ${both} values fit both "${answers[0]}" and "${answers[1]}" with ` +
    `different results${example === '' ? '' : `, such as ${example}`}; ${counts[0]} fit only "${answers[0]}" and ` +
    `${counts[1]} only "${answers[1]}". Say which it is: ${a} or ${b}; one answer counts for every file of the import that leaves it open.`
  return new AppError('import/ambiguous', message, {
    file: plan.file,
    column,
    header: plan.columns.find(each => each.column === column)?.header ?? column,
    flag,
    readings: answers.join(' '),
    onlyFirst: counts[0],
    onlySecond: counts[1],
    both,
    example,
  })
}

/**
 * @param atEnd have all records been read?
 * @throws AppError `import/mostly-held` where more than half of the records are held: from 200 records on, and at the end
 *   of a smaller file where more than 20 are
 */
export function refuseMostlyHeld(state: HeldState, atEnd: boolean): void {
  const { read, held } = state.counts
  const isEnough = read >= ENOUGH_RECORDS || (atEnd && held > ENOUGH_HELD)
  if (!isEnough || 2 * held <= read) return
  const [worst] = [...state.codes.values()].toSorted((a, b) => b.count - a.count)
  const { code = '', column = '', message = '' } = worst?.first ?? {}
  const where = column === '' ? '' : ` in ${column}`
  throw new AppError(
    'import/mostly-held',
    `${state.file}: ${held} of the first ${read} records cannot be read as ${state.table}, most of them ${code}${where}. ${message} If that does not help, this looks like the wrong format.`,
    { file: state.file, table: state.table, read, held, code, column },
  )
}

/** Records that were held for one rule and column: how many, and the first. */
export type HeldKind = Readonly<{ count: number; first: HeldRow }>

/** What has been held so far, by rule and column. */
export type HeldState = Readonly<{
  file: string
  table: TableName
  counts: RowCounts
  codes: ReadonlyMap<string, HeldKind>
}>

export function countHeld(codes: Map<string, HeldKind>, row: HeldRow): void {
  const key = `${row.code} ${row.column}`
  const { count = 0, first = row } = codes.get(key) ?? {}
  codes.set(key, { count: count + 1, first })
}

type ColumnVerdict = Readonly<{ column: string; verdict: Verdict }>

function verdictsOf(readers: Readers): readonly ColumnVerdict[] {
  return [...readers.values()].flatMap(({ column, verdict }) => {
    const found = verdict()
    return found === null ? [] : [{ column, verdict: found }]
  })
}

function isReadSo(plan: FilePlan, column: string, reading: Reading): boolean {
  const fallback: Reading = reading.kind === 'number' ? DEFAULT_NUMBER : DEFAULT_MOMENT
  return isSameReading(plan.readings[column] ?? fallback, reading)
}

const DEFAULT_NUMBER: Reading = { kind: 'number', decimal: '.' }
const DEFAULT_MOMENT: Reading = { kind: 'moment', form: 'iso' }
