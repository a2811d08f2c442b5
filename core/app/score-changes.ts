import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { clamp } from '#lib/num'
import { calendarOf, type Day, formatDay } from '#lib/time'
import type { UnitScore } from '#schema/score'
import { type CausedChange, changeCauses, changeGroups, rejudgedChanges } from '#score'
import { explainedAt } from '#simulate'
import { listRuns, type Readable, readUnit, type ScoreRun } from '#store'
import type { OpenProject } from './context.ts'
import { modelOfRun } from './judgement.ts'
import type { StoredUnit } from './unit-view.ts'
import { openWorld } from './unit-world.ts'

type Changes = Output<'score.changes'>

/** What changed in the score of a unit since the end of a day, by cause. */
export function scoreChanges(open: OpenProject, run: ScoreRun, unit: StoredUnit, since: string): Changes {
  const { db } = open.project
  const world = openWorld(open, run, unit)
  const day = world.dayOf(since)
  if (day > world.today)
    throw new AppError('usage/bad-argument', `${since} lies after the scores, which are of ${formatDay(world.today)}`, {
      since,
    })
  const rejudged = explainedAt(world, day)
  const now = explainedAt(world, world.today)
  const kept = keptRun(db, run, day)
  const before = kept === null ? rejudged.score : (readUnit(db, kept.runId, unit.judged.unit.id)?.judged.score ?? null)
  const sinceKept = kept === null ? [] : rejudgedSince(db, { kept, before, rejudged: rejudged.score, run, unit })
  const changes = sorted([...sinceKept, ...changeCauses(rejudged, now)])
  const [then, today] = [pointsOf(before), pointsOf(now.score)]
  return {
    since: day,
    asOf: run.asOf,
    runId: kept?.runId ?? null,
    before: then,
    now: today,
    groups: changeGroups(changes, today.score - then.score).map(group => ({ ...group })),
    changes,
  }
}

/** The newest run of the level that was kept for a day before that of the run. */
function keptRun(db: Readable, run: ScoreRun, day: Day): ScoreRun | null {
  const found = listRuns(db).find(earlier => {
    if (earlier.level !== run.level || earlier.runId === run.runId) return false
    return calendarOf(modelOfRun(db, earlier).timeZone).dayOf(earlier.asOf) === day
  })
  return found ?? null
}

type Kept = Readonly<{
  kept: ScoreRun
  before: UnitScore | null
  rejudged: UnitScore
  run: ScoreRun
  unit: StoredUnit
}>

function rejudgedSince(db: Readable, { kept, before, rejudged, run, unit }: Kept): readonly CausedChange[] {
  const then = readUnit(db, kept.runId, unit.judged.unit.id)?.judged.unit.workspaceIds ?? []
  const { workspaceIds } = unit.judged.unit
  return rejudgedChanges(before, rejudged, {
    isOtherModel: kept.modelHash !== run.modelHash,
    isOtherUnit: then.length > 0 && then.join('\n') !== workspaceIds.join('\n'),
  })
}

function sorted(changes: readonly CausedChange[]): Changes['changes'] {
  const copies = changes.map(change => ({ ...change }))
  return copies.sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.signal < b.signal ? -1 : 1))
}

function pointsOf(score: UnitScore | null): Changes['before'] {
  if (score === null) return { score: 0, total: 0, clamped: 0, stage: 'Not PQL' }
  return { score: score.score, total: score.total, clamped: clamp(score.total, 0, 100), stage: score.stage }
}
