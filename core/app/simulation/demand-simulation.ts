import { AppError } from '#lib/errors'
import type { Readable } from '#store'
import { type Context, demandProject } from '../context.ts'
import type { Simulation } from './simulation.ts'

/** The simulation of a run, and the project it is of. @throws AppError project/not-open, score/no-run */
export function demandSimulation(ctx: Context, runId: number): Readonly<{ db: Readable; simulation: Simulation }> {
  const { project, simulations } = demandProject(ctx)
  const simulation = [...simulations.values()].find(({ run }) => run.runId === runId)
  if (simulation === undefined)
    throw new AppError('score/no-run', 'these scores are not open in the simulator; open them again', { runId })
  return { db: project.db, simulation }
}
