import { hasValues } from './header-line.ts'
import { readTimeText } from './values/time-text.ts'

/** What a type promises of the values below it, and what they may yet be: only where they are not even that is it no type. */
type Promised = Readonly<{ type: RegExp; isSo: (value: string) => boolean; mayBe: RegExp }>

const NUMBER =
  /^\(?[-+]?(?:\p{Sc}|[a-z]{2,3}\p{Sc}?)?\s?[-+]?[.,]?\d[\d.,'\s]*(?:e[-+]?\d{1,3})?(?:%|\p{Sc}|[a-z]{3})?\)?$/iu
const TIME = /^\d{1,4}[-/.]\d|^\d{9,}|\d:\d\d/
const TRUTH = /^(?:true|false|yes|no|on|off|[ynt01f])$/i

/** Types of text promise nothing. */
const PROMISED: readonly Promised[] = [
  {
    type: /^(?:u?int(?:eger)?|long|short|serial|float|double|real|num(?:ber|eric)|decimal|money|currency)$/i,
    isSo: value => NUMBER.test(value),
    mayBe: /\d/,
  },
  { type: /^bool(?:ean)?$/i, isSo: value => TRUTH.test(value), mayBe: /^\p{L}+$/u },
  { type: /^(?:date|time|datetime|timestamp)$/i, isSo: isTime, mayBe: /\d\D+\d|\d{4}/ },
  {
    type: /^(?:json|object|array|record|struct|list|variant|super)$/i,
    isSo: value => /^[[{]/.test(value),
    mayBe: /[,;|]/,
  },
]
const PLAIN = /^(?:string|str|text|char|symbol|enum|id)$/i
/** Written where there is no value. */
const NO_VALUE = /^(?:n\.?\/?a\.?|#n\/a|nan|null|nil|none|unknown|tb[da]|[-–—?]{1,3}|)$/i
/** What Qualtrics writes below its header and its row of question texts. */
const IMPORT_ID = /^\{"ImportId":.*\}$/
const LEAST_WORDS = 3
const LEAST_ROWS = 3
const LOOKED_AT = 200
/** Characters of a value looked at. */
const MOST_LENGTH = 100
/** Share of the values of a column that proves its type, and one that proves another. */
const IS_SO = 0.8
const IS_OTHER = 0.2

/**
 * How many records right below the header say what its columns are, where only what stands below them tells.
 *
 * - A record of which every filled cell is the mark of a survey's column (`{"ImportId":"QID1"}`), and the question texts above it.
 * - A record of three plain words of types or more that fills all columns (`string,number,date`), where four in five of the
 *   values below look like what it says, of each column that it says anything about; also with labels above it.
 *
 * @param records the first records below the header, one text per column
 * @returns 0 where the first record names types and the values below are others in every column: it is a row; null where
 *   nothing tells, or the columns disagree
 *
 * Source: docs/methods/import.md, "Formats".
 */
export function describedRows(records: readonly (readonly string[])[]): 0 | 1 | 2 | null {
  const [first = [], second = []] = records
  if (areMarks(first)) return 1
  if (areMarks(second)) return 2
  if (areTypes(first)) return fitOf(first, records.slice(1))
  const isLabelled = areTypes(second) && areLabels(first, second) && fitOf(second, records.slice(2)) === 1
  return isLabelled ? 2 : null
}

/** Does a record say what the columns are, in plain words or by the marks of a survey? */
export function isDescription(cells: readonly string[]): boolean {
  return areMarks(cells) || areTypes(cells)
}

function areMarks(cells: readonly string[]): boolean {
  const filled = cells.map(cell => cell.trim()).filter(cell => cell !== '')
  return filled.length > 0 && filled.every(cell => IMPORT_ID.test(cell))
}

function areTypes(cells: readonly string[]): boolean {
  return cells.length >= LEAST_WORDS && cells.every(cell => PLAIN.test(cell.trim()) || promisedBy(cell) !== null)
}

/** Is a record above the types no row: without a value that one of them takes, without an address, a number, a day or an id? */
function areLabels(cells: readonly string[], types: readonly string[]): boolean {
  if (hasValues(cells) || cells.some(isToken)) return false
  const typed = types.flatMap((type, at) => {
    const promised = promisedBy(type)
    return promised === null ? [] : [{ promised, label: valueIn(cells, at) }]
  })
  return typed.length > 0 && typed.every(({ promised, label }) => label !== null && !promised.isSo(label))
}

/** An id or a code: no label. */
function isToken(cell: string): boolean {
  return /\d/.test(cell) && !/\s/.test(cell.trim())
}

function promisedBy(cell: string): Promised | null {
  return PROMISED.find(({ type }) => type.test(cell.trim())) ?? null
}

function valueIn(cells: readonly string[], at: number): string | null {
  const value = (cells[at] ?? '').trim().slice(0, MOST_LENGTH)
  return NO_VALUE.test(value) ? null : value
}

function isTime(value: string): boolean {
  if (TIME.test(value)) return true
  const { kind } = readTimeText(value)
  return kind !== 'fault' && kind !== 'epoch'
}

/** Do the values below look like the types? Null where no type says anything, there are too few values, or they do in part. */
function fitOf(types: readonly string[], below: readonly (readonly string[])[]): 0 | 1 | null {
  if (below.length < LEAST_ROWS) return null
  const columns = types.flatMap((type, at) => {
    const promised = promisedBy(type)
    const values = below.slice(0, LOOKED_AT).flatMap(cells => valueIn(cells, at) ?? [])
    return promised === null || values.length === 0 ? [] : [columnFit(promised, values)]
  })
  const [first = null] = columns
  return columns.every(fit => fit === first) ? first : null
}

function columnFit({ isSo, mayBe }: Promised, values: readonly string[]): 0 | 1 | null {
  if (values.filter(isSo).length >= IS_SO * values.length) return 1
  return values.filter(value => isSo(value) || mayBe.test(value)).length < IS_OTHER * values.length ? 0 : null
}
