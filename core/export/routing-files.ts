import { compareCodePoints } from '#lib/text'
import { reasonsAgainst } from '#route'
import { ROUTED_CHANNELS, type RoutedChannel, type Suppression } from '#schema/policy'
import type { RouteDecision } from '#schema/route'
import { addressBookOf } from './address-book.ts'
import { id, LIST_SEPARATOR, tenths, text, word } from './column.ts'
import { csvFile, type ExportFile } from './export-file.ts'
import type { ExportInput } from './export-input.ts'
import { type ListRow, listColumns } from './routing-columns.ts'
import type { UnitRow } from './score-files.ts'

/** Channels that always have a file, also without units: the four teams the product works for. */
const MAIN_CHANNELS: readonly RoutedChannel[] = ['sdr', 'lifecycle_email', 'in_app', 'csm']

/** A unit that one of its channels must leave alone. */
export type StoppedUnit = Readonly<{ unitId: string; channel: RoutedChannel; reasons: readonly Suppression[] }>

/**
 * Channels that a decision is listed on or stopped for: its destination and the also channels, `none` aside.
 *
 * @param route a decision
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function channelsOf(route: RouteDecision): readonly RoutedChannel[] {
  return ROUTED_CHANNELS.filter(
    channel => route.destination === channel || route.also.some(beside => beside === channel),
  )
}

/**
 * Units that suppressions keep off a list.
 *
 * @param routes decisions in any order
 * @returns one entry per unit and stopped channel, sorted by channel, then unit
 *
 * Source: docs/methods/export.md, "suppressed.csv".
 */
export function stoppedUnits(routes: readonly RouteDecision[]): readonly StoppedUnit[] {
  return routes
    .flatMap(route =>
      channelsOf(route).map(channel => ({
        unitId: route.unitId,
        channel,
        reasons: reasonsAgainst(route.suppressedBy, channel),
      })),
    )
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => compareCodePoints(a.channel, b.channel) || compareCodePoints(a.unitId, b.unitId))
}

/**
 * The lists of the channels, `routing/<channel>.csv`: units whose destination or also channel it is and whom nothing
 * stops there.
 *
 * @param rows of `unitRows`
 * @param input the same run
 * @returns the four main channels always, others where they have units; each sorted by unit id, with `priority` by score
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function routingFiles(rows: readonly UnitRow[], input: ExportInput): readonly ExportFile[] {
  const book = addressBookOf(input)
  return ROUTED_CHANNELS.flatMap(channel => {
    const listed = listRows(rows, channel, book)
    if (listed.length === 0 && !MAIN_CHANNELS.includes(channel)) return []
    const name = `routing/${channel}.csv`
    const columns = listColumns(channel, book, input)
    return [csvFile({ name, rows: listed, columns, keyOf: ({ route }) => route.unitId })]
  })
}

/**
 * suppressed.csv: who is kept off which list, and why.
 *
 * @param rows of `unitRows`
 *
 * Source: docs/methods/export.md, "suppressed.csv".
 */
export function suppressedFile(rows: readonly UnitRow[]): ExportFile {
  type Row = Readonly<{ unit: UnitRow; stopped: StoppedUnit }>
  const byId = new Map(rows.map(row => [row.route.unitId, row]))
  const stopped: Row[] = stoppedUnits(rows.map(({ route }) => route)).flatMap(entry => {
    const unit = byId.get(entry.unitId)
    return unit === undefined ? [] : [{ unit, stopped: entry }]
  })
  return csvFile<Row>({
    name: 'suppressed.csv',
    rows: stopped,
    columns: [
      word('channel', row => row.stopped.channel),
      id('unit_id', row => row.stopped.unitId),
      text('unit_name', ({ unit }) => unit.judged.unit.name),
      word('reasons', row => row.stopped.reasons.join(LIST_SEPARATOR)),
      tenths('pql_score', ({ unit }) => unit.judged.score.score),
      word('destination', ({ unit }) => unit.route.destination),
      text('owner_team', ({ unit }) => unit.route.ownerTeam),
      text('owner', ({ unit }) => unit.route.owner),
    ],
    keyOf: row => `${row.stopped.channel} ${row.stopped.unitId}`,
  })
}

function listRows(rows: readonly UnitRow[], channel: RoutedChannel, book: ReturnType<typeof addressBookOf>): ListRow[] {
  const listed = rows.filter(
    ({ route }) => channelsOf(route).includes(channel) && reasonsAgainst(route.suppressedBy, channel).length === 0,
  )
  const priority = new Map(
    listed
      .toSorted(
        (a, b) => b.judged.score.score - a.judged.score.score || compareCodePoints(a.route.unitId, b.route.unitId),
      )
      .map(({ route }, i) => [route.unitId, i + 1]),
  )
  return listed.map(row => ({
    ...row,
    priority: priority.get(row.route.unitId) ?? 0,
    addressees: once(() => book.addressees(row.judged)),
  }))
}

function once<T>(make: () => T): () => T {
  let made: Readonly<{ value: T }> | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
