import type { ColumnPlan, DerivedField } from '#schema/import'
import type { TableName } from '#schema/tables'
import { DAY_ALONE, TIME_OF_DAY } from './value-fit.ts'

/** Normal forms of headers of the time a deal was won or lost, in the languages of the tools that have one for each. */
const WON = new Set(['wontime', 'wonat', 'wonon', 'gewonnenzeit', 'gewonnenam', 'gagnéle', 'dategagnée', 'ganadoel'])
const LOST = new Set(['losttime', 'lostat', 'loston', 'verlorenzeit', 'verlorenam', 'perduele', 'perdule', 'perdidoel'])

/** Normal forms of headers of the day of an event. */
const DAY = new Set(['date', 'day', 'eventdate', 'activitydate', 'logdate', 'datum', 'tag', 'fecha', 'data', 'jour'])
/** The same of its time of day. */
const TIME = new Set(['time', 'timeofday', 'eventtime', 'activitytime', 'logtime', 'uhrzeit', 'zeit', 'hora', 'heure'])

/**
 * When an event was, where one column has its day and another its time of day, by their headers and values.
 *
 * @param columns as the headers fill them so far
 * @param normalOf the form in which headers are compared
 * @param isOdd do the values of the column at this place look otherwise?
 * @returns the columns by their places, the day first, and the field that joins them; null where there are no two, or another column fills it
 *
 * Source: docs/methods/import.md, "Headers".
 */
export function joinedMoment(
  table: TableName,
  columns: readonly ColumnPlan[],
  normalOf: (header: string) => string,
  isOdd: (look: string, at: number) => boolean,
): Readonly<{ places: readonly number[]; field: DerivedField }> | null {
  if (table !== 'events') return null
  const filled = columns.findIndex(({ column }) => column === 'timestamp')
  const placeOf = (names: ReadonlySet<string>, look: string): number =>
    columns.findIndex(({ header, match }, at) => {
      return (match === 'custom' || at === filled) && names.has(normalOf(header)) && !isOdd(look, at)
    })
  const places = [placeOf(DAY, DAY_ALONE), placeOf(TIME, TIME_OF_DAY)]
  if (places.includes(-1) || (filled >= 0 && !places.includes(filled))) return null
  const from = places.map(at => columns[at]?.header ?? '')
  return { places, field: { column: 'timestamp', from, combine: 'join' } }
}

/**
 * When a deal was closed, where that is told by one time of winning and one of losing.
 *
 * @param columns as the headers fill them so far
 * @param normalOf the form in which headers are compared
 * @returns the columns by their places, and the field that they fill; null where there are none, or another column fills it
 *
 * Source: docs/methods/import.md, "Headers".
 */
export function joinedClosing(
  table: TableName,
  columns: readonly ColumnPlan[],
  normalOf: (header: string) => string,
): Readonly<{ places: readonly number[]; field: DerivedField }> | null {
  if (table !== 'deals' || columns.some(({ column }) => column === 'closed_at')) return null
  const places = [WON, LOST].flatMap(names => {
    const at = columns.findIndex(({ header, match }) => match === 'custom' && names.has(normalOf(header)))
    return at < 0 ? [] : [at]
  })
  if (places.length === 0) return null
  const from = places.map(at => columns[at]?.header ?? '')
  return { places, field: { column: 'closed_at', from, combine: 'first' } }
}
