import { placedEvents } from './events.ts'
import type { OracleModel } from './model.ts'
import type { Exports } from './tables.ts'
import { zoneOf } from './zone.ts'

const DAYS_30 = 30 * 86_400_000

/** The newest event that has enough others in the 30 days up to it, so that one stray date decides nothing. */
export function defaultAsOf(exports: Exports, model: OracleModel, columnZone: string | undefined): number {
  const zone = zoneOf(model.timeZone, columnZone)
  const always = { exports, model, zone, asOf: Number.POSITIVE_INFINITY, today: Number.POSITIVE_INFINITY }
  const times = placedEvents(always, 'stated')
    .map(event => event.ms)
    .sort((a, b) => b - a)
  const enough = Math.max(2, 0.001 * times.length)
  const isUsual = (ms: number): boolean => times.filter(other => other <= ms && other > ms - DAYS_30).length >= enough
  return times.find(isUsual) ?? times[0] ?? Number.NaN
}
