import { type Day, formatDay, formatInstant, type Instant } from '#lib/time'

/**
 * One column of a file.
 *
 * - `text`: what people typed, and sentences; made harmless where a spreadsheet would run it
 * - `id`: a key that other files join on; made harmless only where running it would do harm
 * - `plain`: numbers, days, instants, flags and words of our own; never touched
 */
export type Column<R> = Readonly<{ name: string; kind: 'text' | 'id' | 'plain'; read: (row: R) => string }>

type Missing = null | undefined

/**
 * A column of what people typed.
 *
 * @param read text of a row; null and undefined are written empty
 */
export function text<R>(name: string, read: (row: R) => string | Missing): Column<R> {
  return { name, kind: 'text', read: row => read(row) ?? '' }
}

/**
 * A column of keys.
 *
 * @param read key of a row; null and undefined are written empty
 */
export function id<R>(name: string, read: (row: R) => string | Missing): Column<R> {
  return { name, kind: 'id', read: row => read(row) ?? '' }
}

/**
 * A column of words of our own: stages, channels, statuses.
 *
 * @param read word of a row; null and undefined are written empty
 */
export function word<R>(name: string, read: (row: R) => string | Missing): Column<R> {
  return { name, kind: 'plain', read: row => read(row) ?? '' }
}

/**
 * A column of numbers in their shortest form that reads back to the same number; -0 is 0.
 *
 * @param read number of a row; null, undefined and NaN are written empty
 */
export function number<R>(name: string, read: (row: R) => number | Missing): Column<R> {
  return { name, kind: 'plain', read: row => shortest(read(row)) }
}

/**
 * A column of numbers with one decimal.
 *
 * @param read number of a row, already rounded to a tenth
 */
export function tenths<R>(name: string, read: (row: R) => number): Column<R> {
  return { name, kind: 'plain', read: row => read(row).toFixed(1) }
}

/**
 * A column of `true` and `false`.
 *
 * @param read flag of a row; null and undefined are written empty
 */
export function flag<R>(name: string, read: (row: R) => boolean | Missing): Column<R> {
  return { name, kind: 'plain', read: row => String(read(row) ?? '') }
}

/**
 * A column of calendar days, YYYY-MM-DD.
 *
 * @param read day number of a row; null and undefined are written empty
 */
export function day<R>(name: string, read: (row: R) => Day | Missing): Column<R> {
  const write = (value: Day | Missing): string => (value === null || value === undefined ? '' : formatDay(value))
  return { name, kind: 'plain', read: row => write(read(row)) }
}

/**
 * A column of instants, ISO 8601 in UTC with milliseconds.
 *
 * @param read ms of a row; null, undefined and NaN are written empty
 */
export function instant<R>(name: string, read: (row: R) => Instant | Missing): Column<R> {
  const write = (value: Instant | Missing): string =>
    value === null || value === undefined || Number.isNaN(value) ? '' : formatInstant(value)
  return { name, kind: 'plain', read: row => write(read(row)) }
}

/** Parts of one cell. */
export const LIST_SEPARATOR = ';'

function shortest(value: number | Missing): string {
  return value === null || value === undefined || Number.isNaN(value) ? '' : String(value + 0)
}
