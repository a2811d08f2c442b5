import { indexCells } from '#features'
import { calendarOf } from '#lib/time'
import type { JudgedUnit } from '#schema/findings'
import type { Unit } from '#schema/unit'
import { DEFAULT_MODEL, type ScoreGround, scoreGround } from '#score'
import { newestRun, openProject, type Project, readCells, runUnits } from '#store'

/** A project with its newest run, and what that run was worked out from. */
export type ScoredProject = Readonly<{
  project: Project
  /** Under which the project keeps the run's cells. */
  cellsKey: string
  units: readonly Unit[]
  judged: readonly JudgedUnit[]
  /** ms since epoch */
  asOf: number
  ground: ScoreGround
}>

/** Opens a project that was scored by the default model, with the units of its run as they were kept. */
export function openScored(path: string): ScoredProject {
  const project = openProject(path)
  const { db } = project
  const run = newestRun(db)
  const cells = run === null ? null : readCells(db, run.cellsKey)
  if (run === null || cells === null) throw new Error(`${path} has no run with its cells`)
  const { cellsKey, asOf, runId } = run
  const judged = Array.from(runUnits(db, runId), unit => unit.judged)
  const units = judged.map(({ unit }) => unit)
  const today = calendarOf(DEFAULT_MODEL.timeZone).dayOf(asOf)
  const ground = scoreGround(indexCells(cells.bundle.cells, units), units, DEFAULT_MODEL, today)
  return { project, cellsKey, units, judged, asOf, ground }
}
