import { formatInstant } from '#lib/time'
import type { HealthColumn } from '../../state/health-rows.ts'
import { decimal, NONE, percent } from '../../ui/format.ts'

/** A value of a row as its column reads it; times are UTC, to the minute. */
export function valueText(value: string | number | null, kind: HealthColumn['kind']): string {
  if (value === null) return NONE
  if (kind === 'instant' && typeof value === 'number') return minute(formatInstant(value))
  if (kind === 'moment' && typeof value === 'string') return minute(value)
  if (kind === 'share' && typeof value === 'number') return value > 0 && value < 0.005 ? '< 1 %' : percent(value)
  return typeof value === 'number' ? decimal(value) : value
}

/** `2026-05-31 17:42` of an instant, `2026-05-31` of a day. */
function minute(moment: string): string {
  return moment.length === 10 ? moment : moment.replace('T', ' ').replace(/:\d\d\.\d{3}Z$/, '')
}
