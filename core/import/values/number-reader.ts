import { type FaultSlot, isSheetError, type ValueFault } from './fault.ts'
import { plainSpelling } from './plain-spelling.ts'

export type DecimalMark = '.' | ','
export type NumberKind = 'number' | 'integer' | 'money'

/** What the values of one column say about its decimal mark: fitting one only, or both with different results. */
export type NumberTally = Record<'point' | 'comma' | 'either', number>

/** Reads the numbers of one column. */
export type NumberReader = Readonly<{
  tally: NumberTally
  /** The first value that both marks fit with different results; empty where there is none. */
  example(): string
  /** @returns NaN where the value cannot be read, and `slot` says why */
  read(text: string, slot: FaultSlot): number
}>

/** Blanks and apostrophes that group digits by three, as in 12 345 or 12'345. */
const NEUTRAL_GROUPS = /^([+-]?\d{1,3})((?:[ \u00a0\u2009\u202f'’]\d{3})+)(?=\D|$)/
const PLAIN = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)$/
const POINT_GROUPS = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/
const COMMA_GROUPS = /^[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3})(?:\.\d*)?$/
const SCIENTIFIC = /^[+-]?\d+(?:\.\d+)?e[+-]?\d+$/i
/** Nothing to take off. */
const BARE = /^-?[\d.,]+$/
/** Can only be a decimal point. */
const POINTED = /^-?\d{1,15}\.\d{1,2}$/
const DIGITS = /^-?\d{1,15}$/

const CURRENCY_MARK = '(?:[A-Z]{0,3}\\p{Sc}|[A-Z]{3}|kr\\.?|zł|Kč|Ft|lei|Fr\\.?)'
const BEFORE = new RegExp(`^([+\\-\u2212]?)\\s*${CURRENCY_MARK}\\s*(?=[+\\-\u2212]?[\\d.,])`, 'u')
const AFTER = new RegExp(`(\\d[.,]?|\\d[-\u2212])\\s*${CURRENCY_MARK}$`, 'u')
/** `(1,234.50)`, `$(5.00)`: how accountants write what is owed. */
const IN_BRACKETS = new RegExp(
  `^(${CURRENCY_MARK})?\\s*\\(([^()+\\-\u2212]*\\d[^()+\\-\u2212]*)\\)\\s*(${CURRENCY_MARK})?$`,
  'u',
)
/** `123,45-`, as SAP writes it. Behind a bare decimal mark (`12.-`) the dash stands for no cents. */
const SIGN_BEHIND = /^(\d[\d.,'\u2019 \u00a0\u202f]*|[.,]\d+)(?<=\d)\s?[-\u2212]$/
/** The decimal and the grouping mark of Arabic, which are no others. */
const ARABIC_MARKS = /^[+-]?\d+(?:\u066c\d{3})*(?:\u066b\d*)?$/

/**
 * A reader for one column of numbers.
 *
 * Understood: an optional sign, digits grouped by three with the mark that is not the decimal one, with blanks or with
 * apostrophes (also grouped by two from the second group on, as in 12,34,567), a decimal fraction, powers of ten (1.5e3);
 * in money also a currency sign or a code of three capitals on either side, and brackets for a minus. The minus may stand
 * behind the digits. Arabic and full-width digits are read as others are. A percentage, NaN and Infinity are refused.
 *
 * @param kind `integer`: a fraction other than zeros is `value/not-an-integer`
 * @param decimal the decimal mark; the tally counts the values that decide it, whatever it is set to
 * @returns finite numbers
 *
 * Source: docs/methods/import.md, "Numbers".
 */
export function numberReader(kind: NumberKind, decimal: DecimalMark): NumberReader {
  const tally: NumberTally = { point: 0, comma: 0, either: 0 }
  const weigh = (point: number, comma: number): void => {
    const fitsPoint = fits(point, kind)
    const fitsComma = fits(comma, kind)
    if (fitsPoint && fitsComma) tally.either += point === comma ? 0 : 1
    else if (fitsPoint) tally.point++
    else if (fitsComma) tally.comma++
  }
  const isPointUsual = decimal === '.' && kind !== 'integer'
  let example = ''
  return {
    tally,
    example: () => example,
    read(text, slot) {
      if (DIGITS.test(text)) return Number(text) + 0
      if (isPointUsual && POINTED.test(text)) {
        tally.point++
        return Number(text) + 0
      }
      const bare = BARE.test(text) ? text : bareNumber(text, kind)
      const point = readNumber(bare, '.')
      const comma = readNumber(bare, ',')
      weigh(point, comma)
      if (example === '' && tally.either > 0) example = text
      const value = decimal === '.' ? point : comma
      if (!fits(value, kind)) slot.code = faultOf(text, value)
      return value + 0
    },
  }
}

/** Is a number of JSON, which has one spelling only, fit for the column? @returns NaN where it is not */
export function readJsonNumber(text: string, kind: NumberKind, slot: FaultSlot): number {
  const value = Number(text)
  if (!fits(value, kind)) slot.code = faultOf(text, value)
  return value + 0
}

function faultOf(text: string, value: number): ValueFault {
  if (isSheetError(text)) return 'value/cell-error'
  return Number.isFinite(value) ? 'value/not-an-integer' : 'value/not-a-number'
}

function fits(value: number, kind: NumberKind): boolean {
  return Number.isFinite(value) && (kind !== 'integer' || Number.isSafeInteger(value))
}

function bareNumber(text: string, kind: NumberKind): string {
  const plain = plainSpelling(text)
  const amount = kind === 'money' ? bareAmount(plain) : plain
  return amount
    .replace(SIGN_BEHIND, '-$1')
    .replace('\u2212', '-')
    .replace(NEUTRAL_GROUPS, (_all, first: string, groups: string) => first + groups.replace(/\D/g, ''))
}

function bareAmount(text: string): string {
  const signed = text.replace(IN_BRACKETS, '-$1$2$3')
  return signed.replace(BEFORE, '$1').replace(AFTER, '$1').trim()
}

/** @returns NaN where the text is no number with this decimal mark */
function readNumber(text: string, decimal: DecimalMark): number {
  if (ARABIC_MARKS.test(text)) return Number(text.replaceAll('\u066c', '').replace('\u066b', '.'))
  if (decimal === '.') {
    if (!text.includes(',') && (PLAIN.test(text) || SCIENTIFIC.test(text))) return Number(text)
    return COMMA_GROUPS.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN
  }
  const marked = text.replace(',', '.')
  if (!text.includes('.') && (PLAIN.test(text) || SCIENTIFIC.test(marked))) return Number(marked)
  return POINT_GROUPS.test(text) ? Number(text.replaceAll('.', '').replace(',', '.')) : Number.NaN
}
