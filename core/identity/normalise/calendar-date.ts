/** Days that forms and databases write for "not known". */
const NOT_KNOWN = new Set([
  19000101, 19010101, 18991230, 18991231, 10101, 99991231, 11111111, 19700101, 17530101, 20000000,
])
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Which of two numbers before the year is the day, where the text does not say. */
export type DateOrder = 'dmy' | 'mdy'

/**
 * A calendar date as one number, `yyyymmdd`. A date that cannot be (month 13) is kept as it stands, so that a slip of the
 * hand can still be told from another date.
 *
 * @param text `1962-12-26`, `19621226`, `26.12.1962`, `12/26/1962`, `26 Dec 1962`, with or without a time after it
 * @param order of day and month where both could be either
 * @returns 0 where it is no date or stands for "not known" (1900-01-01, 9999-12-31 ...)
 *
 * Source: docs/methods/identity.md, "Dates of birth".
 */
export function readDate(text: string | null, order: DateOrder = 'dmy'): number {
  const plain = (text ?? '').trim().toLowerCase()
  if (plain === '') return 0
  const found = isoDate(plain) ?? partedDate(plain, order) ?? namedDate(plain) ?? 0
  return NOT_KNOWN.has(found) ? 0 : found
}

/**
 * Which order of day and month the dates of a column prove.
 *
 * @param texts cells
 * @returns `mdy` where a second number is a day and no first number is; `dmy` in every other case
 *
 * Source: docs/methods/identity.md, "Dates of birth".
 */
export function dateOrderOf(texts: Iterable<string>): DateOrder {
  let isMonthFirst = false
  for (const text of texts) {
    const match = /^\s*(\d\d?)[-/. ](\d\d?)[-/. ]\d{4}/.exec(text)
    if (match === null) continue
    if (Number(match[1]) > 12) return 'dmy'
    if (Number(match[2]) > 12) isMonthFirst = true
  }
  return isMonthFirst ? 'mdy' : 'dmy'
}

function isoDate(text: string): number | null {
  const match =
    /^(\d{4})[-/. ]?(\d\d)[-/. ]?(\d\d)(?:$|[t ])/.exec(text) ?? /^(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:$|[t ])/.exec(text)
  return match === null ? null : dateOf(match[1], match[2], match[3])
}

function partedDate(text: string, order: DateOrder): number | null {
  const match = /^(\d\d?)[-/. ](\d\d?)[-/. ](\d{4})(?:$|\D)/.exec(text)
  if (match === null) return null
  const [a, b] = [Number(match[1]), Number(match[2])]
  const isMonthFirst = b > 12 || (a <= 12 && order === 'mdy')
  return isMonthFirst ? dateOf(match[3], match[1], match[2]) : dateOf(match[3], match[2], match[1])
}

function namedDate(text: string): number | null {
  const words = text.match(/[a-z]+|\d+/g) ?? []
  const month = words.findIndex(word => MONTHS.includes(word.slice(0, 3)) && /^[a-z]{3,9}$/.test(word))
  const year = words.find(word => /^\d{4}$/.test(word))
  const day = words.find(word => /^\d\d?$/.test(word))
  if (month < 0 || year === undefined || day === undefined) return null
  return dateOf(year, String(MONTHS.indexOf((words[month] ?? '').slice(0, 3)) + 1), day)
}

function dateOf(year: string | undefined, month: string | undefined, day: string | undefined): number {
  return Number(year) * 10_000 + Number(month) * 100 + Number(day)
}
