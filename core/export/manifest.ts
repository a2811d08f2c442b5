import { compareCodePoints } from '#lib/text'
import { formatInstant, type Instant } from '#lib/time'
import { VERSION } from '#lib/version'
import type { IdentityMode } from '#schema/identity'
import type { RouteDecision } from '#schema/route'
import type { HarmlessCell } from './export-file.ts'
import { stoppedUnits } from './routing-files.ts'

/** A versioned document in force when the run was made. */
export type NamedVersion = Readonly<{ name: string; version: number; hash: string }>

/** An imported file with its row accounting: read = loaded + held + skipped. */
export type ManifestInputFile = Readonly<{
  file: string
  table: string
  bytes: number
  sha256: string
  read: number
  loaded: number
  held: number
  skipped: number
  /** Of rows that were held and fixed since: SHA-256 of the file that held them. They are no file of their own. */
  heldRowsOf?: string
}>

/** A written file. */
export type ManifestOutputFile = Readonly<{ name: string; rows: number; bytes: number; sha256: string }>

/** A decision as far as the manifest counts it. */
type ListedRoute = Pick<RouteDecision, 'unitId' | 'destination' | 'also' | 'suppressedBy'>

export type ManifestGround = Readonly<{
  asOf: Instant
  timeZone: string
  identityMode: IdentityMode
  model: NamedVersion
  policy: NamedVersion
  /** Decisions in force. */
  decisions: number
  /** What has changed since the scores were made: `data`, `decisions`, `taxonomy`, `model`, `routing`; empty: they are current. */
  staleBecause: readonly string[]
  inputs: readonly ManifestInputFile[]
  routes: readonly ListedRoute[]
  outputs: readonly ManifestOutputFile[]
  /** Cells that got an apostrophe, in the order they were written. */
  harmless: readonly HarmlessCell[]
  /** How the files of a CRM were made, where they are such. */
  delivery?: Readonly<Record<string, unknown>>
}>

/**
 * manifest.json: from what the files were made, and what they are. No clock in it: equal input gives equal bytes.
 *
 * @param ground run, files read and files written; the manifest itself is not among them
 * @returns JSON text, two blanks per level, with a line feed at the end
 *
 * Source: docs/methods/export.md, "manifest.json".
 */
export function manifest(ground: ManifestGround): string {
  const { model, policy, decisions, identityMode, timeZone } = ground
  const document = {
    format: 1,
    product: { name: 'PQL Workbench', version: VERSION },
    as_of: formatInstant(ground.asOf),
    time_zone: timeZone,
    identity: identityMode,
    model,
    policy,
    decisions,
    scores_are_older_than: ground.staleBecause,
    units: ground.routes.length,
    destinations: countBy(ground.routes.map(({ destination }) => destination)),
    suppressed: suppressedCounts(ground.routes),
    ...(ground.delivery === undefined ? {} : { delivery: ground.delivery }),
    inputs: [...ground.inputs].sort((a, b) => compareCodePoints(a.file, b.file) || compareCodePoints(a.table, b.table)),
    outputs: [...ground.outputs].sort((a, b) => compareCodePoints(a.name, b.name)),
    made_harmless: ground.harmless,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Units that are kept off each list, by reason; a unit with two reasons counts under both. */
function suppressedCounts(routes: readonly ListedRoute[]): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const byChannel = Map.groupBy(stoppedUnits(routes), ({ channel }) => channel)
  return Object.fromEntries([...byChannel].map(([channel, units]) => [channel, countBy(units.flatMap(u => u.reasons))]))
}

function countBy(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = [...Map.groupBy(words, word => word)].map(([word, all]) => [word, all.length] as const)
  return Object.fromEntries(counts.sort(([a], [b]) => compareCodePoints(a, b)))
}
