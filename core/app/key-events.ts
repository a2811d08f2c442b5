import { type KeyEvents, keyEventSteps, type LoopStretch } from '#features'
import type { Steps } from '#lib/steps'
import { calendarOf } from '#lib/time'
import type { ScoringModel } from '#schema/model'
import { dataState, openEventLog, type Readable, type ScoreRun } from '#store'
import { modelOfRun } from './judgement.ts'
import { keptRecords } from './run-parts.ts'
import { seenEventSteps } from './stitched-events.ts'

/** Key events that a hand-off shows. */
const SHOWN = 5

const known = new WeakMap<Readable, Readonly<{ key: string; events: KeyEvents }>>()

/** The last key events of the workspaces of a run, of the data as they are; kept for both as they are. */
export function* keyEventsOf(db: Readable, run: ScoreRun): Steps<KeyEvents> {
  const key = `${run.runId} ${dataState(db)}`
  const found = known.get(db)
  if (found?.key === key) return found.events
  const model = modelOfRun(db, run)
  const homes = new Map<string, string>()
  for (const { userId, workspaceId } of keptRecords(db, run.runId, 'placed users')) homes.set(userId, workspaceId)
  yield
  const { timeZone } = model
  const log = yield* seenEventSteps(db, openEventLog(db, calendarOf(timeZone)), { timeZone, asOf: run.asOf })
  const events = yield* keyEventSteps({
    log,
    model,
    asOf: run.asOf,
    loops: loopsOf(run, model),
    homes,
    most: SHOWN,
  })
  known.set(db, { key, events })
  return events
}

/** What a loop is about is its user and its kind; either may have blanks. */
function loopsOf({ anomalies }: ScoreRun, { taxonomy }: ScoringModel): readonly LoopStretch[] {
  return anomalies.flatMap(({ kind: anomaly, subject, firstAt, lastAt }) => {
    const kinds = taxonomy.filter(({ kind }) => anomaly === 'loop' && subject.endsWith(` ${kind}`))
    return kinds.map(({ kind }) => ({ userId: subject.slice(0, -kind.length - 1), kind, firstAt, lastAt }))
  })
}
