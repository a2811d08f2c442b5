import type { Output } from '#contract/contract'
import { modelHash } from '#pipeline'
import { dataState, type Readable, type ScoreRun } from '#store'
import { modelInForce, modelOfRun, policyInForce } from './judgement.ts'

type Reason = NonNullable<NonNullable<Output<'project.summary'>['scoreRun']>['staleBecause']>[number]

/**
 * What has changed since a run: the data or what was decided about them, how event names are read, the rest of the model, the
 * rules of routing. None: the run is current.
 */
export function staleReasons(db: Readable, run: ScoreRun): Reason[] {
  const reasons: Reason[] = []
  if (run.dataState !== dataState(db)) reasons.push('data')
  const now = modelInForce(db)
  if (run.modelHash !== now.hash) {
    const then = modelOfRun(db, run)
    const { taxonomy } = now.model
    if (modelHash({ ...then, taxonomy }) !== modelHash(then)) reasons.push('taxonomy')
    if (modelHash({ ...then, taxonomy }) !== now.hash) reasons.push('model')
  }
  if (run.policyHash !== policyInForce(db).hash) reasons.push('routing')
  return reasons
}
