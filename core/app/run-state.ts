import { AppError } from '#lib/errors'
import { sha256Hex } from '#lib/hash'
import { dataState, decisionsInForce, type Readable, recordState, type ScoreRun } from '#store'
import { keptPart, type RunState } from './run-parts.ts'

export function runState(db: Readable): RunState {
  const decisions = sha256Hex(JSON.stringify(decisionsInForce(db)))
  return { data: dataState(db), records: recordState(db), decisions }
}

/** What a run rested on; null of a run that an earlier version made. */
export function stateOfRun(db: Readable, { runId }: ScoreRun): RunState | null {
  try {
    return keptPart(db, runId, 'state')
  } catch (error) {
    if (error instanceof AppError && error.code === 'store/corrupt') return null
    throw error
  }
}
