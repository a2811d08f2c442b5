import type { ImportOptions, Reading } from '#schema/import'
import type { MomentForm, MomentTally } from './values/moment-reader.ts'
import type { DecimalMark, NumberTally } from './values/number-reader.ts'

/** How a column is to be read, as far as its own values and the analyst's answers tell. */
export type Verdict =
  | Readonly<{ status: 'proven'; reading: Reading }>
  /** Two readings fit and give different values. `reading` is used until somebody decides. */
  | Readonly<{
      status: 'ambiguous'
      reading: Reading
      flag: '--date-order' | '--decimal'
      answers: readonly [string, string]
      counts: readonly [number, number]
      /** Values that both readings fit, with different results. */
      both: number
    }>

/** Of the values that decide, this share may fit only the other reading and is then held as wrong: 1 in 50. */
const DIRT = 50

/**
 * The form of a column of moments.
 *
 * Numeric dates with the year last need an order, numbers a unit; where a column has both, the commoner kind decides and
 * the other is held. Names of months between two digits each need an order likewise: the day or the year first. The order is proven by the dates that fit one only; up to 1 in 50 of these may say otherwise. The
 * unit is told by magnitude.
 *
 * @param tally what all values of the column say
 * @param options the analyst's date order, used only where the values leave it open
 *
 * Source: docs/methods/import.md, "Proof".
 */
export function judgeMoments(tally: MomentTally, options: Pick<ImportOptions, 'dateOrder'>): Verdict {
  const { dmy, mdy, either } = tally
  const epochs = EPOCH_FORMS.reduce((total, form) => total + tally[form], 0)
  if (tally.short_year > Math.max(epochs, dmy + mdy + either))
    return unlessStray(
      judgeOrder(['dmy', 'ymd'], [tally.day_first, tally.year_first], tally.short_either, options),
      tally,
    )
  if (dmy + mdy + either === 0 && epochs === 0) return proven({ kind: 'moment', form: plainForm(tally) })
  if (epochs > dmy + mdy + either) return proven({ kind: 'moment', form: unitOf(tally) })
  return unlessStray(judgeOrder(['dmy', 'mdy'], [dmy, mdy], either, options), tally)
}

/** Of this many values or more that explain themselves, others that are fewer than 1 in 100 of all ask nothing and are held. */
const ENOUGH_PLAIN = 100

function unlessStray(verdict: Verdict, tally: MomentTally): Verdict {
  if (verdict.status === 'proven') return verdict
  const plain = tally.iso + tally.ymd + tally.named_month
  const orders = tally.dmy + tally.mdy + tally.either
  const others = EPOCH_FORMS.reduce((total, form) => total + tally[form], tally.small + tally.short_year + orders)
  if (plain < ENOUGH_PLAIN || 99 * others > plain) return verdict
  // As ymd, a year of two digits would be read as the first of the three.
  return proven({ kind: 'moment', form: tally.short_year > 0 ? 'iso' : plainForm(tally) })
}

/** An answer that is neither of the two orders answers something else. */
function judgeOrder<A extends 'dmy' | 'mdy' | 'ymd'>(
  orders: readonly [A, A],
  counts: readonly [number, number],
  both: number,
  { dateOrder }: Pick<ImportOptions, 'dateOrder'>,
): Verdict {
  const answer = orders.find(order => order === dateOrder)
  const order = twoWay(orders, counts, both, answer)
  const reading: Reading = { kind: 'moment', form: order.choice }
  if (order.isProven) return proven(reading)
  return { status: 'ambiguous', reading, flag: '--date-order', ...order.question }
}

/**
 * The decimal mark of a column of numbers, by the values that fit one mark only.
 *
 * @param tally what all values of the column say
 * @param options the analyst's mark, used only where the values leave it open
 * @returns a point where no value has any mark
 *
 * Source: docs/methods/import.md, "Proof".
 */
export function judgeNumbers(tally: NumberTally, options: Pick<ImportOptions, 'decimal'>): Verdict {
  const mark = twoWay(['.', ','], [tally.point, tally.comma], tally.either, options.decimal)
  const reading: Reading = { kind: 'number', decimal: mark.choice }
  if (mark.isProven) return proven(reading)
  return { status: 'ambiguous', reading, flag: '--decimal', ...mark.question }
}

/** Do two readings give the same values? Forms that explain themselves are read alike. */
export function isSameReading(a: Reading, b: Reading): boolean {
  if (a.kind === 'number' || b.kind === 'number') {
    return a.kind === 'number' && b.kind === 'number' && a.decimal === b.decimal
  }
  // A reading as ymd also reads years of two digits, which the others do not.
  return a.form === b.form || (explainsItself(a.form) && explainsItself(b.form))
}

/** The form of a moment column in a plan, as its reader takes it. */
export function formOf(reading: Reading | undefined): MomentForm {
  return reading?.kind === 'moment' ? reading.form : 'iso'
}

/** The decimal mark of a number column in a plan. */
export function decimalOf(reading: Reading | undefined): DecimalMark {
  return reading?.kind === 'number' ? reading.decimal : '.'
}

/** One reading in words. */
export function nameOfReading(reading: Reading): string {
  if (reading.kind === 'number') return reading.decimal === '.' ? 'decimal point' : 'decimal comma'
  return reading.form
}

const proven = (reading: Reading): Verdict => ({ status: 'proven', reading })

function explainsItself(form: MomentForm): boolean {
  return form === 'iso' || form === 'named_month'
}

function plainForm(tally: MomentTally): MomentForm {
  if (tally.named_month > tally.iso && tally.named_month >= tally.ymd) return 'named_month'
  return tally.ymd > tally.iso ? 'ymd' : 'iso'
}

const EPOCH_FORMS = ['epoch_s', 'epoch_ms', 'epoch_us', 'epoch_ns'] as const

/** The commonest unit; of equal ones the coarser. */
function unitOf(tally: MomentTally): MomentForm {
  return EPOCH_FORMS.reduce((best, form) => (tally[form] > tally[best] ? form : best))
}

type TwoWay<A extends string> = Readonly<{
  choice: A
  isProven: boolean
  question: Readonly<{ answers: readonly [string, string]; counts: readonly [number, number]; both: number }>
}>

function twoWay<A extends string>(
  answers: readonly [A, A],
  counts: readonly [number, number],
  both: number,
  answer: A | undefined,
): TwoWay<A> {
  const [few, many] = counts[0] < counts[1] ? [counts[0], counts[1]] : [counts[1], counts[0]]
  const leader = counts[0] >= counts[1] ? answers[0] : answers[1]
  const isDecided = many > 0 && few * DIRT <= many
  const isMoot = many === 0 && both === 0
  const question = { answers, counts, both }
  if (isDecided || isMoot) return { choice: leader, isProven: true, question }
  return { choice: answer ?? leader, isProven: answer !== undefined, question }
}
