import type { Output } from '#contract/contract'
import type { Readable, ScoreRun } from '#store'
import { tellingAside, tellingWithoutKind } from './events-without-kind.ts'
import { isStale } from './judgement.ts'
import { staleReasons } from './stale-run.ts'

/** What is told of a run with the project: of when it is, by which model, whether it still holds and why not. */
export function toldRun(db: Readable, run: ScoreRun): NonNullable<Output<'project.summary'>['scoreRun']> {
  const staleBecause = staleReasons(db, run)
  return {
    runId: run.runId,
    asOf: run.asOf,
    units: run.unitCount,
    modelName: run.summary.modelName,
    modelHash: run.modelHash,
    isStale: staleBecause.length > 0 || isStale(db, run),
    staleBecause,
    withoutKind: tellingWithoutKind(run.summary),
    eventsAside: tellingAside(run.summary),
  }
}
