import type { Day } from '#lib/time'
import { calendarOf } from '#lib/time'
import type { Cells } from '#schema/cells'
import type { JudgedUnit } from '#schema/findings'
import type { ScoringModel } from '#schema/model'
import { stageOf } from '#score'
import { dailyScores, unitWorld } from '#simulate'
import { type Readable, readCellsOfKinds, runInstants, type ScoreRun, unitNumbers } from '#store'
import { modelOfRun } from './judgement.ts'

/** Days that are looked back for the beginning of a stage. */
const MOST_DAYS = 90
/** Days that are worked out at a time: most stages that somebody is told of are young. */
const STRETCH = 10

/** Instants of a run and of the first scores of a project: what held at those has held since a time that no run tells. */
export function stageGround(db: Readable, { asOf }: Pick<ScoreRun, 'asOf'>): Readonly<{ asOf: number; since: number }> {
  return { asOf, since: Math.min(...runInstants(db).values()) }
}

/**
 * Since which day units have been in their stage, by the score at the end of each day as the history of a unit shows it; null where
 * that is not to be had: a checklist has no earlier scores, the cells may be gone, and today may differ from the run.
 */
export function stageDaysOf(db: Readable, run: ScoreRun): (judged: JudgedUnit) => Day | null {
  const model = modelOfRun(db, run)
  if (model.checklist !== undefined) return () => null
  const today = calendarOf(model.timeZone).dayOf(run.asOf)
  let cells: Cells | null | undefined
  return judged => {
    if (cells === undefined)
      cells = readCellsOfKinds(db, run.cellsKey, [...new Set(model.signals.map(({ kind }) => kind))])
    const unitNo = unitNumbers(db, run.runId, [judged.unit.id]).get(judged.unit.id)
    return cells === null || unitNo === undefined ? null : stageDay(judged, { model, cells, unitNo, today })
  }
}

type Ground = Readonly<{ model: ScoringModel; cells: Cells; unitNo: number; today: Day }>

function stageDay({ unit, score: { stage } }: JudgedUnit, { model, cells, unitNo, today }: Ground): Day | null {
  const world = unitWorld(cells, unitNo, { unit, model })
  const least = today - MOST_DAYS + 1
  for (let last = today; last >= least; last -= STRETCH) {
    const first = Math.max(least, last - STRETCH + 1)
    const scores = dailyScores(world, first, last).score
    // A unit that was not there yet has no score: its stage began the day after.
    const at = scores.findLastIndex(score => Number.isNaN(score) || stageOf(score, model.stages) !== stage)
    if (at >= 0) return first + at === today ? null : first + at + 1
  }
  return least
}
