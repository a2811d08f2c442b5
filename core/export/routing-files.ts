import { once } from '#lib/once'
import { compareCodePoints } from '#lib/text'
import type { Instant } from '#lib/time'
import { reasonsAgainst } from '#route'
import { ROUTED_CHANNELS, type RoutedChannel, type Suppression } from '#schema/policy'
import type { RouteDecision } from '#schema/route'
import { addressBookOf, type BookInput } from './address-book.ts'
import { id, LIST_SEPARATOR, tenths, text, word } from './column.ts'
import { csvFile, type ExportFile } from './export-file.ts'
import { type ListRow, listColumns } from './routing-columns.ts'
import type { UnitRow, UnitSheet } from './score-files.ts'

/** Channels that always have a file, also without units: the four teams the product works for. */
export const MAIN_CHANNELS: readonly RoutedChannel[] = ['sdr', 'lifecycle_email', 'in_app', 'csm']

/** Channels that somebody has to do something for. */
export const TASK_CHANNELS = ['sdr', 'ae_assist', 'sdr_light', 'csm'] as const
export type TaskChannel = (typeof TASK_CHANNELS)[number]

/**
 * The first units of a list as its file has them.
 *
 * @param unitIds all of its units, best score first
 * @param most units at most
 * @returns ids with their places by score, from 1
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function firstListed(
  unitIds: readonly string[],
  most: number,
): readonly Readonly<{ unitId: string; place: number }>[] {
  return unitIds.slice(0, most).map((unitId, i) => ({ unitId, place: i + 1 }))
}

/** A unit that one of its channels must leave alone. */
export type StoppedUnit = Readonly<{ unitId: string; channel: RoutedChannel; reasons: readonly Suppression[] }>

/**
 * Channels that a decision is listed on or stopped for: its destination and the also channels, `none` aside.
 *
 * @param route a decision
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function channelsOf(route: Pick<RouteDecision, 'destination' | 'also'>): readonly RoutedChannel[] {
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
export function stoppedUnits(routes: readonly Ranked['route'][]): readonly StoppedUnit[] {
  return routes
    .flatMap(route =>
      channelsOf(route).map(channel => ({
        unitId: route.unitId,
        channel,
        reasons: reasonsAgainst(route.suppressedBy, channel),
      })),
    )
    .filter(({ reasons }) => reasons.length > 0)
    .sort(compareStopped)
}

/** Places of units on the lists of channels, by score. */
export type Ranking = Readonly<{
  /** Channels that have a list, in the order of their files. */
  channels: readonly RoutedChannel[]
  /** Place of a unit on a channel's list, from 1. */
  placeOf(channel: RoutedChannel, unitId: string): number
}>

/** What places on lists are given by. */
export type Ranked = Readonly<{
  route: Pick<RouteDecision, 'unitId' | 'destination' | 'also' | 'suppressedBy'>
  score: number
}>

/**
 * Channels that a unit is listed on: its own, those aside where something stops it.
 *
 * @param route a decision
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function listsOf(route: Ranked['route']): readonly RoutedChannel[] {
  return channelsOf(route).filter(channel => reasonsAgainst(route.suppressedBy, channel).length === 0)
}

/**
 * Who is on the list of each channel, and in which place.
 *
 * @param units in any order
 * @returns the four main channels always, others where they have units; ids of each, best score first, ties by id
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function rankUnits(units: Iterable<Ranked>): ReadonlyMap<RoutedChannel, readonly string[]> {
  const listed = new Map<RoutedChannel, Ranked[]>(ROUTED_CHANNELS.map(channel => [channel, []]))
  for (const unit of units) for (const channel of listsOf(unit.route)) listed.get(channel)?.push(unit)
  const ranked = [...listed].map(([channel, own]) => {
    own.sort((a, b) => b.score - a.score || compareCodePoints(a.route.unitId, b.route.unitId))
    return [channel, own.map(({ route }) => route.unitId)] as const
  })
  return new Map(ranked.filter(([channel, ids]) => ids.length > 0 || MAIN_CHANNELS.includes(channel)))
}

/**
 * A ranking from lists of unit ids.
 *
 * @param lists of `rankUnits`
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function rankingOf(lists: ReadonlyMap<RoutedChannel, readonly string[]>): Ranking {
  const places = new Map([...lists].map(([channel, ids]) => [channel, new Map(ids.map((id, i) => [id, i + 1]))]))
  return {
    channels: [...lists.keys()],
    placeOf: (channel, unitId) => places.get(channel)?.get(unitId) ?? 0,
  }
}

/**
 * The lists of the channels, `routing/<channel>.csv`: units whose destination or also channel it is and whom nothing
 * stops there, in the order of `priority`: by score, ties by unit id.
 *
 * @param ranking of all units of the run
 * @param input tables and identities to look into
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function listSheets(ranking: Ranking, input: BookInput & ListedRun): readonly UnitSheet<ListRow>[] {
  const book = addressBookOf(input)
  return ranking.channels.map(channel => ({
    name: `routing/${channel}.csv`,
    columns: listColumns(channel, book, input),
    keyOf: ({ route }) => route.unitId,
    placeOf: ({ priority }) => priority,
    rowsOf: unit => {
      if (!listsOf(unit.route).includes(channel)) return []
      const priority = ranking.placeOf(channel, unit.route.unitId)
      return [{ ...unit, priority, addressees: once(() => book.addressees(unit.judged)) }]
    },
  }))
}

type ListedRun = Readonly<{ asOf: Instant; modelHash: string }>

/** A unit that a channel must leave alone, as far as the file of those tells. */
export type StoppedRow = Readonly<{
  stopped: StoppedUnit
  name: string | null
  score: number
  route: Pick<RouteDecision, 'destination' | 'ownerTeam' | 'owner'>
}>

/**
 * Rows of suppressed.csv that a unit has.
 *
 * Source: docs/methods/export.md, "suppressed.csv".
 */
export function stoppedRows({ judged, route }: Pick<UnitRow, 'judged' | 'route'>): readonly StoppedRow[] {
  const { destination, ownerTeam, owner } = route
  const rest = { name: judged.unit.name, score: judged.score.score, route: { destination, ownerTeam, owner } }
  return stoppedUnits([route]).map(stopped => ({ stopped, ...rest }))
}

/**
 * suppressed.csv: who is kept off which list, and why.
 *
 * @param rows of `stoppedRows`, in any order
 *
 * Source: docs/methods/export.md, "suppressed.csv".
 */
export function suppressedFile(rows: readonly StoppedRow[]): ExportFile {
  return csvFile<StoppedRow>({
    name: 'suppressed.csv',
    rows: rows.toSorted((a, b) => compareStopped(a.stopped, b.stopped)),
    columns: [
      word('channel', row => row.stopped.channel),
      id('unit_id', row => row.stopped.unitId),
      text('unit_name', ({ name }) => name),
      word('reasons', row => row.stopped.reasons.join(LIST_SEPARATOR)),
      tenths('pql_score', ({ score }) => score),
      word('destination', ({ route }) => route.destination),
      text('owner_team', ({ route }) => route.ownerTeam),
      text('owner', ({ route }) => route.owner),
    ],
    keyOf: row => `${row.stopped.channel} ${row.stopped.unitId}`,
  })
}

function compareStopped(a: StoppedUnit, b: StoppedUnit): number {
  return compareCodePoints(a.channel, b.channel) || compareCodePoints(a.unitId, b.unitId)
}
