import type { Progress } from '#contract/method'
import { type Pace, paceOf, rateOf } from '#contract/pace'

/** Where progress is written: the terminal, or a log. */
type Output = Readonly<{ write(text: string): unknown; isTTY?: boolean; columns?: number }>

/** A terminal is written this often, a log line by line: a line of the same phase follows this long after the last. */
const TERMINAL_MS = 100
const LOG_MS = 10_000
const BAR_CELLS = 20
const FALLBACK_COLUMNS = 80

/**
 * Progress of one job after another: one line that is rewritten in place on a terminal, a line per phase and per ten seconds
 * elsewhere.
 *
 * @param now ms of a clock that is never set back
 */
export function progressLine(output: Output, now: () => number): (progress: Progress) => void {
  const isTerminal = output.isTTY === true
  let pace: Pace | null = null
  let key = ''
  let wroteAt = Number.NEGATIVE_INFINITY
  return progress => {
    const at = now()
    pace = paceOf(pace, progress, at)
    const isNew = keyOf(progress) !== key
    const isEnd = isTerminal && progress.done === progress.total
    if (!isNew && !isEnd && at - wroteAt < (isTerminal ? TERMINAL_MS : LOG_MS)) return
    key = keyOf(progress)
    wroteAt = at
    const text = progressText(progress, rateOf(pace, progress, at))
    if (isTerminal) output.write(rewritten(`${bar(progress)}${text}`, output, isEnd))
    else output.write(`${isNew ? key : text}\n`)
  }
}

function rewritten(line: string, { columns = FALLBACK_COLUMNS }: Output, isEnd: boolean): string {
  return `\r\u001b[2K${line.slice(0, columns - 1)}${isEnd ? '\n' : ''}`
}

/** `Reading events.csv (2 of 8)  45 %  900.0 of 2000.0 MB  1200000 rows  80.0 MB/s  14 s left` */
export function progressText(progress: Progress, rate: number | null): string {
  const { done, total, rows } = progress
  const parts = [keyOf(progress)]
  if (total !== null && total > 0) parts.push(`${Math.floor((100 * done) / total)} %`)
  parts.push(amount(progress))
  if (rows !== undefined) parts.push(`${rows} rows`)
  if (rate !== null && rate > 0 && progress.unit !== 'steps') {
    parts.push(`${inUnit(rate, progress.unit)}/s`)
    if (total !== null && done < total) parts.push(`${timeText((total - done) / rate)} left`)
  }
  return parts.join('  ')
}

function keyOf({ phase, subject, part }: Progress): string {
  const place = part === undefined || part.of < 2 ? '' : ` (${part.at} of ${part.of})`
  return `${phase}${subject === null ? '' : ` ${subject}`}${place}`
}

function bar({ done, total }: Progress): string {
  if (total === null || total === 0) return ''
  const filled = Math.min(BAR_CELLS, Math.floor((BAR_CELLS * done) / total))
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_CELLS - filled)}]  `
}

function amount({ done, total, unit }: Progress): string {
  if (total === null || total === 0) return inUnit(done, unit)
  return unit === 'bytes' ? `${megabytes(done)} of ${inUnit(total, unit)}` : `${done} of ${inUnit(total, unit)}`
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

function inUnit(value: number, unit: Progress['unit']): string {
  if (unit === 'bytes') return `${megabytes(value)} MB`
  return unit === 'rows' || unit === 'pairs' ? `${Math.round(value)} ${unit}` : String(Math.round(value))
}

function timeText(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
}
