import type { FilePlan, HeldCode } from '#schema/import'
import { type Column, TABLES, type TableName } from '#schema/tables'

/** What a message about a held record can tell. */
export type HeldFacts = Readonly<{
  code: HeldCode
  line: number
  column: string
  value: string
  table: TableName
  /** What a parser found, empty where nothing is to be added. */
  detail: string
  /** Text of the record, where it is kept. */
  raw?: string | undefined
  /** What backslashes are in its file. */
  escape?: FilePlan['escape']
}>

const SHOWN = 80

/**
 * One held record in a sentence or two: where, what was found, which rule it breaks, what to do.
 *
 * Source: docs/methods/import.md, "Held records".
 */
export function heldMessage(facts: HeldFacts): string {
  const [rule, remedy] = WORDS[facts.code](facts)
  const place = facts.column === '' ? `Line ${facts.line}` : `Line ${facts.line}, ${facts.column}`
  const subject = facts.value === '' ? (facts.column === '' ? 'the record' : 'the cell') : quoted(facts.value)
  const detail = facts.detail === '' ? '' : ` (${facts.detail})`
  return `${place}: ${subject} ${rule}${detail}. ${remedy}.`
}

function quoted(value: string): string {
  const line = value.replace(/\s+/g, ' ')
  return `"${line.length > SHOWN ? `${line.slice(0, SHOWN)}...` : line}"`
}

type Words = (facts: HeldFacts) => readonly [rule: string, remedy: string]
const always =
  (rule: string, remedy: string): Words =>
  () => [rule, remedy]

/** A backslash before a quote, a delimiter or a line break, as MySQL and Redshift write them. */
const ESCAPED = /\\(?:["',;|\t\r\n]|$)/
const UNESCAPED =
  'It has a backslash before a quote, a delimiter or a line break, which is read as a character like any other: choose that backslashes escape (Backslashes on the board, --escape backslash), export the file with quotes around fields and doubled inside, or correct the record'

/** As `always`, with another remedy for records of programs that escape by backslashes. */
const orEscaped =
  (rule: string, remedy: string): Words =>
  ({ raw = '', ...facts }) => [rule, facts.escape !== 'backslash' && ESCAPED.test(raw) ? UNESCAPED : remedy]

/** A day in numbers whose year has two digits. */
const SHORT_YEAR = /^\d{1,2}([-/.])\d{1,2}\1\d{2}(?:\D|$)/
const QUOTES = 'Put quotes around the whole field and double the quotes inside it'

const WORDS: Readonly<Record<HeldCode, Words>> = {
  'row/too-few-fields': orEscaped('has fewer fields than the header', 'Add the missing fields, empty ones too'),
  'row/too-many-fields': orEscaped(
    'has more fields than the header',
    'Put quotes around fields that contain the delimiter, or remove the extra ones',
  ),
  'row/unterminated-quote': orEscaped('opens a quote that is not closed', `${QUOTES}, or remove the quote`),
  'row/stray-quote': orEscaped('has text behind a closing quote', QUOTES),
  'row/too-long': always('is longer than one record may be', 'Shorten it, or check for a missing line break'),
  'row/bad-encoding': always('has bytes that are not text in the encoding of the file', 'Save the file as UTF-8'),
  'row/not-json': always('is not valid JSON', 'Correct the record'),
  'row/not-an-object': always('is JSON, but not an object', 'Write each record as an object'),
  'row/too-deep': always('is nested too deeply', 'Flatten the record'),
  'row/total': always(
    'looks like a total, a line of types or the end of a report, not like a row',
    'Leave it out, or load it as it is if it is one',
  ),
  'row/no-subject': always('names no workspace, account or user', 'Fill in workspace_id, account_id or user_id'),
  'value/missing': ({ table, value }) => {
    if (value.startsWith('$device:'))
      return [
        'is an anonymous device and no user',
        'Leave the row out, or take the column from another one, such as an address',
      ]
    const what = value === '' ? 'is empty' : 'stands for nothing here'
    return [`${what}, and every row of ${table} needs one`, 'Fill it in or remove the row']
  },
  'value/not-a-time': ({ value }) => [
    'is not a time',
    SHORT_YEAR.test(value)
      ? 'Say the pattern of the column, such as --date-format DD/MM/YY, or write it as 2026-05-31'
      : 'Write it as 2026-05-31 or 2026-05-31T12:00:00Z, the year with four digits',
  ],
  'value/impossible-date': always('does not exist in the calendar or on the clock', 'Correct it or leave it empty'),
  'value/time-out-of-range': always('lies outside 1970 to 2199', 'Correct it, or check the unit of the column'),
  'value/not-a-number': always('is not a number', 'Write digits with one decimal mark, without a percent sign'),
  'value/not-an-integer': always('is not a whole number', 'Write it without a fraction'),
  'value/not-a-boolean': always('is neither yes nor no', 'Write true or false'),
  'value/not-in-list': facts => [`is not one of ${valuesOf(facts).join(', ')}`, 'Use one of these values'],
  'value/not-json': ({ table, column }) => [
    columnOf(table, column)?.type === 'list' ? 'is not a valid JSON array' : 'is not a valid JSON object',
    'Correct it or leave it empty',
  ],
  'value/rounded-number': always(
    'is a long number that a spreadsheet has rounded, so that its last digits are lost',
    'Export the file again and do not save it from the spreadsheet',
  ),
  'value/cell-error': always(
    'is what a spreadsheet shows where it has no value or no room for it',
    'Widen the column or mend its formula and save again, or export the file again',
  ),
  'value/serial-date': always(
    'is the day number that a spreadsheet keeps for a date',
    'Format the column as yyyy-mm-dd and save again, or say --date-format excel',
  ),
  'value/lost-date': always(
    'is a time of day whose date a spreadsheet has cut off',
    'Export the file again and do not save it from the spreadsheet',
  ),
}

function columnOf(table: TableName, name: string): Column | undefined {
  const columns: Readonly<Record<string, Column>> = TABLES[table].columns
  return columns[name]
}

function valuesOf({ table, column }: HeldFacts): readonly string[] {
  return columnOf(table, column)?.values ?? []
}
