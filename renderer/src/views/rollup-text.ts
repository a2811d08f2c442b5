import { count, dateTime, decimal, NONE, percent, words } from '../ui/format.ts'
import type { RollupUnit } from './rollup-words.ts'

export type RollupValue = number | string | boolean | null

/** A rollup in its unit; unknown is a dash. */
export function rollupText(value: RollupValue, unit: RollupUnit): string {
  if (value === null) return NONE
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return words(value)
  if (unit === 'ratio') return percent(value)
  if (unit === 'instant') return dateTime(value)
  if (unit === 'days') return `${count(value)} d`
  if (unit === 'hours') return `${decimal(value)} h`
  return unit === 'points' || unit === 'money' ? decimal(value) : count(value)
}
