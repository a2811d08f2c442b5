import { AppError } from '#lib/errors'
import { HELD_READINGS, type HeldFix } from '#schema/held'

/** Flags of `pql held fix` that say what is done: one of them. */
export type FixOptions = Readonly<{
  value?: string
  to?: string
  empty?: true
  leaveOut?: true
  takeBack?: true
  dateFormat?: string
  decimal?: '.' | ','
  pad?: true
  cut?: true
  plainQuotes?: true
  asRecord?: true
}>

/** What the flags ask for. @throws AppError usage/bad-argument where they ask for nothing, or for two things */
export function fixOf(options: FixOptions): HeldFix {
  const { value, to, dateFormat, decimal } = options
  const asked: HeldFix[] = [
    ...(dateFormat === undefined ? [] : [readingOf(dateFormat)]),
    ...(decimal === undefined
      ? []
      : [{ kind: 'read' as const, as: decimal === ',' ? ('decimal-comma' as const) : ('decimal-point' as const) }]),
    ...(to === undefined
      ? []
      : [value === undefined ? { kind: 'set' as const, to } : { kind: 'replace' as const, value, to }]),
    ...PLAIN.flatMap(([flag, kind]) => (options[flag] === true ? [{ kind }] : [])),
  ]
  const [fix] = asked
  if (value !== undefined && to === undefined)
    throw refusal('--value names the value that is replaced; say by what with --to')
  if (fix === undefined || asked.length > 1)
    throw refusal(
      `say what is to be done by one of --value with --to, --to, --empty, --date-format, --decimal, --pad, --cut, --plain-quotes, --as-record, --leave-out, --take-back${asked.length > 1 ? '; two were given' : ''}`,
    )
  return fix
}

const PLAIN = [
  ['empty', 'empty'],
  ['leaveOut', 'leave-out'],
  ['takeBack', 'take-back'],
  ['pad', 'pad'],
  ['cut', 'cut'],
  ['plainQuotes', 'plain-quotes'],
  ['asRecord', 'as-record'],
] as const

/** A name of a reading, or a pattern. */
function readingOf(format: string): HeldFix {
  const as = HELD_READINGS.find(name => name === format.toLowerCase())
  return as === undefined ? { kind: 'pattern', pattern: format } : { kind: 'read', as }
}

function refusal(message: string): AppError {
  return new AppError('usage/bad-argument', message, { command: 'held fix' })
}
