import { type Command, Option } from 'commander'
import { AppError } from '#lib/errors'
import { daysFromCivil, formatDay } from '#lib/time'

export type ReadingOptions = Readonly<{
  dateOrder?: 'dmy' | 'mdy' | 'ymd'
  decimal?: '.' | ','
  timeZone?: string
  encoding?: string
}>
export type ScoringOptions = Readonly<{
  asOf?: string
  model?: string
  routing?: string
  identity?: 'matched' | 'explicit'
}>

/** Answers to what a file cannot prove by itself. */
export function withReadingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--date-order <order>', 'order of day, month and year in the files').choices(['dmy', 'mdy', 'ymd']),
    )
    .addOption(new Option('--decimal <character>', 'decimal separator of numbers in the files').choices(['.', ',']))
    .option('--time-zone <zone>', 'IANA zone of times without an offset (default: UTC)')
    .option('--encoding <name>', 'encoding of files that are not UTF-8')
}

export function withScoringOptions(command: Command): Command {
  return command
    .option(
      '--as-of <date or instant>',
      'score as of the end of this day, or of this instant (default: from the events)',
    )
    .option('--model <file>', 'scoring model, a JSON file')
    .option('--routing <file>', 'routing rules, a JSON file')
    .addOption(
      new Option('--identity <mode>', 'explicit: user ids as given, accounts by account_id alone').choices([
        'matched',
        'explicit',
      ]),
    )
}

/** The reading answers that were given, as the import wants them. */
export function readingOf(options: ReadingOptions): ReadingOptions {
  const { dateOrder, decimal, timeZone, encoding } = options
  return {
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(encoding === undefined ? {} : { encoding }),
  }
}

const AS_OF = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** Refused before anything is read, so that a slip of the hand costs no import. */
export function checkAsOf(asOf: string | undefined): void {
  if (asOf === undefined) return
  const match = AS_OF.exec(asOf)
  if (match !== null) {
    const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number)
    if (month >= 1 && month <= 12 && formatDay(daysFromCivil(year, month, day)) === asOf.slice(0, 10)) return
  }
  throw new AppError(
    'usage/bad-argument',
    `--as-of ${asOf} is neither a date (2026-05-31) nor an instant (2026-05-31T12:00:00Z)`,
    { option: '--as-of', value: asOf },
  )
}
