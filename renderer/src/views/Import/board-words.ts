import { MONTHS } from '#lib/written'
import type { TableName } from '#schema/tables'
import type { FilePlan } from '../../state/mapping-board.ts'
import type { Fault, KeyAsk, Line, Question } from '../../state/mapping-lines.ts'
import { bytes, count, counted, words } from '../../ui/format.ts'

export const tableWords = (table: TableName): string => words(table).replace('Crm', 'CRM')

/** `people` in `export.zip/people.csv`: the name alone. */
export const baseName = (file: string): string =>
  file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)

/** The list of a document whose records are read; null where none is yet. */
export function listRead({ table, recordsAt }: Pick<FilePlan, 'table' | 'recordsAt'>): string | null {
  return recordsAt ?? (table === null ? null : 'data')
}

export const TYPES: Readonly<Record<string, string>> = {
  id: 'id',
  text: 'text',
  email: 'email',
  ip: 'IP address',
  moment: 'time',
  number: 'number',
  integer: 'whole number',
  money: 'amount',
  boolean: 'yes or no',
  enum: 'one of a list',
  list: 'list',
  json: 'JSON',
}

const NOUNS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  moment: ['time', 'times'],
  number: ['number', 'numbers'],
  integer: ['whole number', 'whole numbers'],
  money: ['amount', 'amounts'],
  boolean: ['yes or no', 'yes or no'],
  email: ['value', 'values'],
}

/** `1,204 of 1,204 times`: how many of the filled cells can be read as what the field wants. */
export function proofWords({ proof, type }: Line): string {
  if (proof === null) return ''
  const bad = proof.faults.reduce((sum, fault) => (fault.code === 'value/missing' ? sum : sum + fault.count), 0)
  const [one, many] = NOUNS[type] ?? ['value', 'values']
  if (proof.filled === 0) return 'empty in every row'
  const good = count(proof.filled - bad)
  return NOUNS[type] === undefined && bad === 0
    ? counted(proof.filled, 'value')
    : `${good} of ${counted(proof.filled, one, many)}`
}

const READINGS: Readonly<Record<string, string>> = {
  iso: 'ISO 8601',
  ymd: 'year first',
  named_month: 'month by name',
  dmy: 'day first',
  mdy: 'month first',
  either: 'either way',
  epoch_s: 'epoch in s',
  epoch_ms: 'epoch in ms',
  epoch_us: 'epoch in µs',
  epoch_ns: 'epoch in ns',
  small: 'number too small to tell',
  zoneless: 'without a time zone',
  point: 'decimal point',
  comma: 'decimal comma',
  '.': 'decimal point',
  ',': 'decimal comma',
  'decimal .': 'decimal point',
  'decimal ,': 'decimal comma',
}

export const readingWords = (reading: string): string => READINGS[reading] ?? words(reading).toLowerCase()

/** The same as a label: `Day first`. */
export const readingLabel = (reading: string): string => words(readingWords(reading))

/** What each answer to a question would make of its example. */
export function answerWords(
  { setting, example }: Question,
  answer: string,
): Readonly<{ label: string; reads: string }> {
  if (setting === 'decimal') {
    const grouping = answer === '.' ? /,/g : /\./g
    const number = Number(
      example
        .replace(/[^\d.,-]/g, '')
        .replace(grouping, '')
        .replace(',', '.'),
    )
    return {
      label: readingLabel(answer),
      reads: Number.isFinite(number) ? `${example} is ${String(number)}` : '',
    }
  }
  const short = shortYearWords(example, answer)
  if (short !== null) return { label: readingLabel(answer), reads: short }
  const parts = /^\D*(\d{1,2})\D(\d{1,2})\D(\d{4})/.exec(example)
  const [, first = '', second = '', year = ''] = parts ?? []
  const [day, month] = answer === 'dmy' ? [first, second] : [second, first]
  const name = MONTHS[Number(month) - 1]
  return {
    label: readingLabel(answer),
    reads: parts === null || name === undefined ? '' : `${parts[0].trim()} is ${Number(day)} ${name} ${year}`,
  }
}

/** `26-MAY-01 is 1 MAY 2026`; null for dates that are not of this form. */
function shortYearWords(example: string, answer: string): string | null {
  const parts = /^(\d\d)-(\p{L}+)\.?-(\d\d)(?!\d)/u.exec(example)
  if (parts === null) return null
  const [text, first = '', month = '', second = ''] = parts
  const [day, year] = answer === 'ymd' ? [second, first] : [first, second]
  return `${text} is ${Number(day)} ${month} ${Number(year) < 50 ? 20 : 19}${year}`
}

/** `380 of 1,204 fit day first and month first, such as 03/04/2026; 824 fit day first only` */
export function questionWords({ answers, counts, both, example }: Question): string {
  const total = both + counts.reduce((sum, times) => sum + times, 0)
  const only = answers.flatMap((answer, place) => {
    const times = counts[place] ?? 0
    return times === 0 ? [] : [`${count(times)} fit ${readingWords(answer)} only`]
  })
  const fits = `${count(both)} of ${count(total)} fit ${answers.map(readingWords).join(' and ')}`
  return [example === '' ? fits : `${fits}, such as ${example}`, ...only].join('; ')
}

/**
 * `2,310 of 2,400 user_id in events.csv are in external_id, 0 in id`, or `0 of 41 organization_id are in workspaces.csv`, file
 * by file.
 */
export function keyWords({ headers, other, files }: KeyAsk['doubt']): string {
  const now = headers.length === 0 ? 'the value of every row' : headers.join(', ')
  return files
    .map(({ file, column, ids, isAll, inKey, inOther }) => {
      const all = `${isAll ? '' : 'the first '}${count(ids)} ${column}`
      const of = `${all} in ${baseName(file)}`
      if (other === null) return `0 of ${all} are in ${baseName(file)}`
      return `${count(inOther)} of ${of} are in ${other}, ${count(inKey)} in ${now}`
    })
    .join('; ')
}

const FAULTS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'value/rounded-number': [
    'number rounded by a spreadsheet, last digits lost',
    'numbers rounded by a spreadsheet, last digits lost',
  ],
  'value/cell-error': ['spreadsheet error in place of a value', 'spreadsheet errors in place of values'],
  'value/serial-date': [
    'day number of a spreadsheet in place of a date',
    'day numbers of a spreadsheet in place of dates',
  ],
  'value/lost-date': ['time whose date a spreadsheet cut off', 'times whose date a spreadsheet cut off'],
  'value/missing': ['row has no usable value here, and needs one', 'rows have no usable value here, and need one'],
  'value/not-a-time': ['value is not a time', 'values are not times'],
  'value/impossible-date': ['date does not exist', 'dates do not exist'],
  'value/time-out-of-range': ['time outside 1970 to 2199', 'times outside 1970 to 2199'],
  'value/not-a-number': ['value is not a number', 'values are not numbers'],
  'value/not-an-integer': ['value is not a whole number', 'values are not whole numbers'],
  'value/not-a-boolean': ['value is neither yes nor no', 'values are neither yes nor no'],
  'value/not-in-list': ['value is not on the list', 'values are not on the list'],
  'value/not-json': ['value is not JSON', 'values are not JSON'],
  'row/bad-encoding': ['row has bytes that are not text', 'rows have bytes that are not text'],
  'row/too-few-fields': ['row has too few fields', 'rows have too few fields'],
  'row/too-many-fields': ['row has too many fields', 'rows have too many fields'],
  'row/stray-quote': ['row has text behind a closing quote', 'rows have text behind a closing quote'],
  'row/unterminated-quote': ['quote is never closed', 'quotes are never closed'],
  'row/too-long': ['line is too long for one record', 'lines are too long for one record'],
  'row/not-json': ['record is not valid JSON', 'records are not valid JSON'],
  'row/not-an-object': ['record is not an object', 'records are not objects'],
  'row/too-deep': ['record is nested too deeply', 'records are nested too deeply'],
  'row/total': ['row looks like a total', 'rows look like totals'],
  'row/no-subject': ['row names no workspace, account or user', 'rows name no workspace, account or user'],
}

/** `12 numbers rounded by a spreadsheet, last digits lost` */
export function faultWords({ code, count: times }: Pick<Fault, 'code' | 'count'>): string {
  const known = FAULTS[code]
  return known === undefined ? counted(times, code) : counted(times, known[0], known[1])
}

/** `lines 4, 9, 13 and 9 more` */
export function linesWords(lines: readonly number[], total: number): string {
  if (lines.length === 0) return ''
  const shown = lines.slice(0, 3)
  const rest = total - shown.length
  return `${shown.length === 1 ? 'line' : 'lines'} ${shown.join(', ')}${rest > 0 ? ` and ${count(rest)} more` : ''}`
}

const FORMATS = { csv: 'CSV', json: 'JSON', jsonl: 'JSON Lines', unknown: 'Unknown format' } as const
const DELIMITERS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }
const PACKINGS = { none: null, gzip: 'gzip', zip: 'in a zip archive' } as const
const NO_BREAK = '\u00A0'

/** `CSV · separated by comma · utf-8 · 4.2 MB · 23 columns` */
export function formatWords(plan: FilePlan): string {
  const delimiter = plan.delimiter === null ? null : `separated by ${DELIMITERS[plan.delimiter] ?? plan.delimiter}`
  const columns = plan.columns.length === 0 ? null : counted(plan.columns.length, 'column')
  const encoding = plan.encoding === 'unknown' ? null : plan.encoding
  const backslashes = plan.escape === 'backslash' ? 'backslashes escape' : null
  return [
    FORMATS[plan.format],
    delimiter,
    backslashes,
    encoding,
    PACKINGS[plan.compression],
    bytes(plan.bytes),
    columns,
  ]
    .flatMap(part => (part === null || part === '' ? [] : [part.replaceAll(' ', NO_BREAK)]))
    .join(' · ')
}
