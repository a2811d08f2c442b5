import type { HeldNow } from '../../state/physical-files.ts'
import { count } from '../../ui/format.ts'

/** What a held row says, without the line and column that stand beside it. */
export function withoutPlace(message: string): string {
  const text = message.replace(/^line \d+(, [^:"]+)?: */i, '')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `6 fixed, 2 left out, 1 superseded`: what became of held rows; empty where they are all held still. */
export function sinceWords({ fixed, leftOut, superseded }: Omit<HeldNow, 'held'>): string {
  const parts = [
    [fixed, 'fixed'],
    [leftOut, 'left out'],
    [superseded, 'superseded'],
  ] as const
  return parts.flatMap(([rows, what]) => (rows > 0 ? [`${count(rows)} ${what}`] : [])).join(', ')
}

/** A rule in a few words; a rule that has none is shown by its code. */
export function ruleTitle(code: string): string {
  return TITLES[code] ?? code
}

const TITLES: Readonly<Record<string, string>> = {
  'row/too-few-fields': 'Fewer fields than the header',
  'row/too-many-fields': 'More fields than the header',
  'row/unterminated-quote': 'A quote that is not closed',
  'row/stray-quote': 'Text behind a closing quote',
  'row/too-long': 'Longer than a record may be',
  'row/bad-encoding': 'Bytes that are no text',
  'row/not-json': 'Not valid JSON',
  'row/not-an-object': 'JSON, but no object',
  'row/too-deep': 'Nested too deeply',
  'row/total': 'Looks like a total',
  'row/no-subject': 'No workspace, account or user',
  'value/missing': 'No value, but needed',
  'value/not-a-time': 'Not a time',
  'value/impossible-date': 'A date that does not exist',
  'value/time-out-of-range': 'Outside 1970 to 2199',
  'value/not-a-number': 'Not a number',
  'value/not-an-integer': 'Not a whole number',
  'value/not-a-boolean': 'Neither yes nor no',
  'value/not-in-list': 'Not one of the listed values',
  'value/not-json': 'Not valid JSON',
  'value/rounded-number': 'Rounded by a spreadsheet',
  'value/cell-error': 'An error of a spreadsheet',
  'value/serial-date': 'Day number of a spreadsheet',
  'value/lost-date': 'A time without its date',
}

export const READING_LABELS = {
  dmy: 'day-month-year',
  mdy: 'month-day-year',
  excel: 'spreadsheet day numbers',
  epoch_s: 'seconds since 1970',
  epoch_ms: 'milliseconds since 1970',
  epoch_us: 'microseconds since 1970',
  epoch_ns: 'nanoseconds since 1970',
  'decimal-point': 'decimal point',
  'decimal-comma': 'decimal comma',
} as const

export const FIX_LABELS = {
  read: 'Read as',
  pattern: 'Read by a pattern',
  replace: 'Replace one value',
  empty: 'Leave the cell empty',
  set: 'Write in every row',
  pad: 'Take missing fields as empty',
  cut: 'Leave out the extra fields',
  'plain-quotes': 'Take quotes as plain characters',
  'as-record': 'Load the rows as they are',
  'leave-out': 'Leave the rows out',
  'take-back': 'Hold the rows again',
} as const
