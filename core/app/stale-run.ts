import type { Output } from '#contract/contract'
import { modelHash } from '#pipeline'
import { dataState, type Readable, type ScoreRun } from '#store'
import { isRoutedOtherwise, modelInForce, modelOfRun } from './judgement.ts'
import { runState, stateOfRun } from './run-state.ts'

type Reason = NonNullable<NonNullable<Output<'project.summary'>['scoreRun']>['staleBecause']>[number]

/**
 * What has changed since a run: the data, what was decided about them, how event names are read, the rest of the model, the
 * rules of routing or who works a unit. None: the run is current.
 */
export function staleReasons(db: Readable, run: ScoreRun): Reason[] {
  const reasons = run.dataState === dataState(db) ? [] : recordReasons(db, run)
  const now = modelInForce(db)
  if (run.modelHash !== now.hash) {
    const then = modelOfRun(db, run)
    const { taxonomy } = now.model
    if (modelHash({ ...then, taxonomy }) !== modelHash(then)) reasons.push('taxonomy')
    if (modelHash({ ...then, taxonomy }) !== now.hash) reasons.push('model')
  }
  if (isRoutedOtherwise(db, run)) reasons.push('routing')
  return reasons
}

/** A decision that was taken and taken back changes nothing, and yet the run may have been made between the two. */
function recordReasons(db: Readable, run: ScoreRun): Reason[] {
  const [then, now] = [stateOfRun(db, run), runState(db)]
  if (then === null) return ['data', 'decisions']
  if (then.records === now.records) return ['decisions']
  return then.decisions === now.decisions ? ['data'] : ['data', 'decisions']
}
