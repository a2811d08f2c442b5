import { type Command, Option } from 'commander'
import { parseAsOf } from '#lib/as-of'
import { AppError } from '#lib/errors'
import { calendarOf } from '#lib/time'

export type ReadingOptions = Readonly<{
  dateOrder?: 'dmy' | 'mdy' | 'ymd'
  dateFormat?: string
  decimal?: '.' | ','
  timeZone?: string
  encoding?: string
  recordsAt?: string
  escape?: 'backslash' | 'none'
}>
export type MapOption = Readonly<{ map?: string }>
/** Files of archives that are not imported with the others. */
export type LeaveOutOption = Readonly<{ leaveOut?: readonly string[] }>
export type ScoringOptions = Readonly<{
  asOf?: string
  model?: string
  routing?: string
  identity?: 'matched' | 'explicit'
  level?: Level
}>

/** What gets a score: each workspace, or each account with its workspaces pooled. */
export type Level = 'workspace' | 'account'

/** Answers to what a file cannot prove by itself. */
export function withReadingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--date-order <order>', 'order of day, month and year in the files').choices(['dmy', 'mdy', 'ymd']),
    )
    .option(
      '--date-format <pattern>',
      'pattern of dates, such as DD/MM/YY HH:mm; excel for day numbers of a spreadsheet',
    )
    .addOption(new Option('--decimal <character>', 'decimal separator of numbers in the files').choices(['.', ',']))
    .option('--time-zone <zone>', 'IANA zone of times without an offset (default: UTC)')
    .option('--encoding <name>', 'encoding of files that are not UTF-8: windows-1252, shift_jis, gb18030, ...')
    .option('--records-at <path>', 'list of records in JSON documents that have it, such as users or data.users')
    .addOption(
      new Option('--escape <kind>', 'delimited files: whether a backslash escapes the character behind it').choices([
        'backslash',
        'none',
      ]),
    )
}

export function withMapOption(command: Command): Command {
  return command.option('--map <file>', 'mappings of columns, a JSON file as pql inspect --write-map writes it')
}

/** @param level what may get a score, where a command says so itself */
export function withScoringOptions(command: Command, level = levelOption('what gets a score')): Command {
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
    .addOption(level)
}

export function levelOption(description: string): Option {
  return new Option('--level <level>', `${description} (default: workspace)`).choices(['workspace', 'account'])
}

/** The reading answers that were given, as the import wants them. */
export function readingOf(options: ReadingOptions): ReadingOptions {
  const { dateOrder, dateFormat, decimal, timeZone, encoding, recordsAt } = options
  return {
    ...(dateFormat === undefined ? {} : { dateFormat }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(recordsAt === undefined ? {} : { recordsAt }),
    ...(options.escape === undefined ? {} : { escape: options.escape }),
  }
}

/** Refused before anything is read, so that a slip of the hand costs no import. */
export function checkAsOf(asOf: string | undefined): void {
  if (asOf === undefined) return
  try {
    parseAsOf(asOf, calendarOf('UTC'))
  } catch (cause) {
    throw new AppError(
      'usage/bad-argument',
      `--as-of ${asOf} is neither a date (2026-05-31) nor an instant (2026-05-31T12:00:00Z)`,
      { option: '--as-of', value: asOf },
      { cause },
    )
  }
}
