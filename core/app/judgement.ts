import { once } from '#lib/once'
import { modelHash, policyHash } from '#pipeline'
import { DEFAULT_POLICY, parsePolicy } from '#route'
import type { ScoringModel } from '#schema/model'
import type { RoutingPolicy } from '#schema/policy'
import { DEFAULT_MODEL, modelDocument, parseModel } from '#score'
import { dataState, hasOtherOwners, type Readable, readVersion, type ScoreRun, versionInForce } from '#store'

/** A model or policy with the hash it is known by. */
type InForce<K extends string, T> = Readonly<Record<K, T>> & Readonly<{ hash: string; json: string }>
export type ModelInForce = InForce<'model', ScoringModel>
export type PolicyInForce = InForce<'policy', RoutingPolicy>

const defaultModel = once(
  (): ModelInForce => ({
    model: DEFAULT_MODEL,
    hash: modelHash(DEFAULT_MODEL),
    json: JSON.stringify(modelDocument(DEFAULT_MODEL)),
  }),
)
const defaultPolicy = once(
  (): PolicyInForce => ({
    policy: DEFAULT_POLICY,
    hash: policyHash(DEFAULT_POLICY),
    json: JSON.stringify(DEFAULT_POLICY),
  }),
)

/** The scoring model in force; the default one where none was applied. */
export function modelInForce(db: Readable): ModelInForce {
  const version = versionInForce(db, 'model')
  return version === null ? defaultModel() : { ...version, model: parseModel(JSON.parse(version.json)) }
}

/** The routing policy in force; the default one where none was applied. */
export function policyInForce(db: Readable): PolicyInForce {
  const version = versionInForce(db, 'policy')
  return version === null ? defaultPolicy() : { ...version, policy: parsePolicy(JSON.parse(version.json)) }
}

/** The model that a run was made with, as it was then. */
export function modelOfRun(db: Readable, run: ScoreRun): ScoringModel {
  const version = readVersion(db, 'model', run.modelHash)
  if (version === null) throw new Error(`the model of run ${run.runId} is not kept`)
  return parseModel(JSON.parse(version.json))
}

/** The policy that a run was made with, as it was then. */
export function policyOfRun(db: Readable, run: ScoreRun): RoutingPolicy {
  const version = readVersion(db, 'policy', run.policyHash)
  if (version === null) throw new Error(`the policy of run ${run.runId} is not kept`)
  return parsePolicy(JSON.parse(version.json))
}

/** Has the data, a decision, the model, the policy or who works a unit changed since the run? */
export function isStale(db: Readable, run: ScoreRun): boolean {
  return run.dataState !== dataState(db) || run.modelHash !== modelInForce(db).hash || isRoutedOtherwise(db, run)
}

/** Are there other rules of routing, or other owners, than a run knows of? */
export function isRoutedOtherwise(db: Readable, run: ScoreRun): boolean {
  return run.policyHash !== policyInForce(db).hash || hasOtherOwners(db, run.level, run.runId)
}
