import type { ColumnPlan, DerivedField } from '#schema/import'
import type { TableName } from '#schema/tables'

/** Normal forms of headers of the time a deal was won or lost, in the languages of the tools that have one for each. */
const WON = new Set(['wontime', 'wonat', 'wonon', 'gewonnenzeit', 'gewonnenam', 'gagnéle', 'dategagnée', 'ganadoel'])
const LOST = new Set(['losttime', 'lostat', 'loston', 'verlorenzeit', 'verlorenam', 'perduele', 'perdule', 'perdidoel'])

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
