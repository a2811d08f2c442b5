import { parseAsOf } from '#lib/as-of'
import { AppError } from '#lib/errors'
import { calendarOf, type Day } from '#lib/time'
import { type UnitWorld, unitWorld } from '#simulate'
import { type Readable, readCells, type ScoreRun } from '#store'
import type { OpenProject } from './context.ts'
import { modelOfRun } from './judgement.ts'
import type { StoredUnit } from './unit-view.ts'

/** A unit of a run with its cells: what its score at earlier days is worked out from. */
export type RunWorld = UnitWorld & Readonly<{ today: Day; dayOf(date: string): Day }>

/**
 * Reads the cells of a unit, or takes them from the simulator where the run is open there.
 *
 * @throws AppError score/no-run where the cells are not kept; usage/bad-model where a checklist gives no score by cells
 */
export function openWorld(open: OpenProject, run: ScoreRun, stored: StoredUnit): RunWorld {
  const model = modelOfRun(open.project.db, run)
  if (model.checklist !== undefined)
    throw new AppError(
      'usage/bad-model',
      'a checklist tests figures of windows that end at asOf; it has no earlier scores',
    )
  const simulation = open.simulations.get(run.level)
  const cells = simulation?.run.runId === run.runId ? simulation.cells : cellsOf(open.project.db, run)
  const calendar = calendarOf(model.timeZone)
  return {
    ...unitWorld(cells, stored.unitNo, { unit: stored.judged.unit, model }),
    today: calendar.dayOf(run.asOf),
    dayOf: date => calendar.dayOf(parseAsOf(date, calendar)),
  }
}

function cellsOf(db: Readable, { cellsKey, level }: ScoreRun) {
  const cells = readCells(db, cellsKey)?.bundle.cells
  if (cells !== undefined) return cells
  const message = 'what the newest scores were added up from is not kept any more; run the scores again'
  throw new AppError('score/no-run', message, { level })
}
