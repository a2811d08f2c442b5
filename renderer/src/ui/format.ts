import { roundTo } from '#lib/num'
import { civilFromDays, DAY_MS, type Day, formatInstant, type Instant } from '#lib/time'
import { MONTHS, writtenDay } from '#lib/written'

export { bitsText as bits } from '#lib/num'

/** The only place where figures are rounded and given their unit. Minus is U+2212, a missing figure is an en dash. */
export const NONE = '–'

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const upToTwo = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const sixDecimals = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })

const minus = (text: string): string => text.replace('-', '−')

/** `64,112` */
export function count(value: number | null): string {
  return value === null ? NONE : minus(whole.format(value))
}

/** `850`, `2k`, `1.5M`: for the ticks of an axis. */
export function tick(value: number): string {
  if (value < 1000) return whole.format(value)
  return value < 1_000_000 ? `${upToTwo.format(value / 1000)}k` : `${upToTwo.format(value / 1_000_000)}M`
}

/** `3 rows`, `1 row`; the plural adds an s where none is given. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** `12.35`; at most two decimals. */
export function decimal(value: number | null): string {
  return value === null ? NONE : minus(upToTwo.format(value))
}

/** `87.3`; always one decimal, as a score is given. */
export function score(value: number): string {
  return minus(oneDecimal.format(value))
}

/** `+14.2`, `−5.0`, `0.0` */
export function points(value: number): string {
  const text = oneDecimal.format(Math.abs(value))
  if (text === '0.0') return text
  return value < 0 ? `−${text}` : `+${text}`
}

/** `exactly −4.061278`: what stands behind points that are written to a tenth. */
export function exactly(value: number): string {
  return `exactly ${minus(sixDecimals.format(value))}`
}

/** Bits in a column of figures, so that their decimals stand below each other: `+7.00`, `−0.25`. */
export function alignedBits(value: number): string {
  const size = roundTo(Math.abs(value), 2)
  return `${size === 0 ? '' : value < 0 ? '−' : '+'}${size.toFixed(2)}`
}

/** `97 %`, `99 %`, `99.2 %`, `>99.9 %`: how likely evidence in bits makes something. */
export function likelihood(value: number): string {
  const ratio = 1 / (1 + 2 ** -value)
  if (ratio >= 0.9995) return '>99.9 %'
  return ratio > 0.985 || ratio < 0.015 ? share(ratio).replace('.0 ', ' ') : percent(ratio)
}

/** `+4`, `−1,200`, `0`: how a count differs from another. */
export function difference(value: number): string {
  return value > 0 ? `+${whole.format(value)}` : count(value)
}

/** `×1.3` */
export function factor(value: number): string {
  return `×${upToTwo.format(value)}`
}

/** `0.9995`: a figure that somebody set, with all its decimals. */
export function exact(value: number): string {
  return minus(String(value))
}

/** `42 %` of a ratio in 0..1. */
export function percent(ratio: number | null): string {
  return ratio === null ? NONE : `${minus(whole.format(ratio * 100))} %`
}

/** `79.7 %` of a ratio in 0..1: where small changes count. */
export function share(ratio: number | null): string {
  if (ratio === null) return NONE
  return ratio > 0 && ratio < 0.0005 ? '<0.1 %' : `${minus(oneDecimal.format(ratio * 100))} %`
}

/** `+11.1`, `−0.4`: the difference of two ratios in points of a hundred; empty where nothing would be seen of it. */
export function sharePoints(ratio: number): string {
  const text = points(ratio * 100)
  return text === '0.0' ? '' : text
}

/** `4.2 MB`, in powers of 1000. */
export function bytes(value: number): string {
  if (value < 1000) return `${whole.format(value)} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length, Math.floor(Math.log10(value) / 3))
  const scaled = value / 1000 ** power
  return `${scaled < 10 ? oneDecimal.format(scaled) : whole.format(scaled)} ${units[power - 1] ?? ''}`
}

/** `12 s`, `3 min`, `2 h 5 min`; never shows a precision that an estimate does not have. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `31 May 2026` */
export function day(value: Day | null): string {
  return value === null ? NONE : writtenDay(value)
}

/** `31 May`: for columns where the year is plain from the screen. */
export function shortDay(value: Day | null): string {
  if (value === null) return NONE
  const date = civilFromDays(value)
  return `${date.day} ${MONTHS[date.month - 1] ?? ''}`
}

/** `31 May 2026` of an instant, in UTC. */
export function date(value: Instant | null): string {
  return value === null ? NONE : day(Math.floor(value / DAY_MS))
}

/** `31 May 2026, 14:05 UTC` */
export function dateTime(value: Instant | null): string {
  return value === null ? NONE : `${dateTimeOfUtc(value)} UTC`
}

/** `1 Mar 2026, 14:05` of an instant, below a heading that says UTC. */
export function dateTimeOfUtc(value: Instant): string {
  return `${date(value)}, ${formatInstant(value).slice(11, 16)}`
}

/** `14:05:09` of an instant, in UTC. */
export function clock(value: Instant): string {
  return formatInstant(value).slice(11, 19)
}

/** `today`, `1 d ago`, `3 d ago`, counted back from another instant in calendar days of UTC. */
export function daysBefore(value: Instant | null, from: Instant | null): string {
  const dayOf = (instant: Instant | null): Day | null => (instant === null ? null : Math.floor(instant / DAY_MS))
  return daysBetween(dayOf(value), dayOf(from))
}

/** The same for two calendar days. */
export function daysBetween(value: Day | null, from: Day | null): string {
  if (value === null || from === null) return NONE
  return from <= value ? 'today' : `${count(from - value)} d ago`
}

const ABBREVIATIONS = /\b(?:api|arr|crm|csm|hq|icp|ip|mrr|nps|sdr|sso|url)\b/g

/** `key_action_completed` as `Key action completed`, `sso_subject` as `SSO subject`. */
export function words(name: string): string {
  const text = name
    .replaceAll('_', ' ')
    .trim()
    .replace(ABBREVIATIONS, letters => letters.toUpperCase())
  return text.charAt(0).toUpperCase() + text.slice(1)
}
