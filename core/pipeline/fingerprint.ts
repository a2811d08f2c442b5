import { canonicalJson, sha256Hex } from '#lib/hash'
import { formatInstant, type Instant } from '#lib/time'
import type { ScoringModel } from '#schema/model'
import type { RoutingPolicy } from '#schema/policy'
import type { Level } from '#schema/unit'
import { modelDocument } from '#score'

/** SHA-256 of a model as it was read, every default filled in: equal models have one hash, however they were written. */
export function modelHash(model: ScoringModel): string {
  return sha256Hex(canonicalJson(modelDocument(model)))
}

/** SHA-256 of a routing policy, likewise. */
export function policyHash(policy: RoutingPolicy): string {
  return sha256Hex(canonicalJson(policy))
}

/** All that stored cells depend on. */
export type CellDependencies = Readonly<{
  /** Names the state of the imported data. */
  dataState: string
  /** Names how persons, accounts and merged workspaces were found: mode and decisions. */
  identity: string
  model: ScoringModel
  asOf: Instant
  level: Level
}>

/**
 * Key of stored units: beside what cells depend on, the parts of a model that people and accounts are judged by.
 *
 *   sha256 of the key of the cells, roles, fit, and the bucket of fit
 */
export function frameKey(key: string, { roles, fit, buckets }: ScoringModel): string {
  return sha256Hex(canonicalJson({ key, roles, fit, bucket: buckets.fit }))
}

/** Changes of what is computed from the same inputs. Raised by hand when cells are built in another way. */
const CELLS_VERSION = 2

/**
 * Key of stored cells: equal keys mean equal cells, and a weight that moves leaves the key as it is.
 *
 *   sha256 of data state, identity, kinds (taxonomy without intent marks, kinds of signals), loop rule, zone, property names,
 *   asOf and level
 */
export function cellsKey({ dataState, identity, model, asOf, level }: CellDependencies): string {
  const { featureProperty, integrationProperty, countProperty } = model.rollups
  return sha256Hex(
    canonicalJson({
      version: CELLS_VERSION,
      dataState,
      identity,
      taxonomy: model.taxonomy.map(({ kind, category, match }) => ({ kind, category, match })),
      kinds: [...new Set(model.signals.map(signal => signal.kind))],
      loop: model.loop,
      timeZone: model.timeZone,
      properties: { featureProperty, integrationProperty, countProperty },
      asOf: formatInstant(asOf),
      level,
    }),
  )
}
