import type { Call } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { ImaginedIdentity } from '#schema/scenario'
import type { Writable } from '#store'
import { type Context, demandProject } from '../context.ts'
import type { Simulation } from './simulation.ts'
import { type Asker, detached, type World } from './world.ts'

/** The simulation of a run, and the project it is of. @throws AppError project/not-open, score/no-run */
export function demandSimulation(ctx: Context, runId: number): Readonly<{ db: Writable; simulation: Simulation }> {
  const { project, simulations } = demandProject(ctx)
  const simulation = [...simulations.values()].find(({ run }) => run.runId === runId)
  if (simulation === undefined)
    throw new AppError('score/no-run', 'these scores are not open in the simulator; open them again', { runId })
  return { db: project.db, simulation }
}

/** A call that asks for a world, as long as it is there, its answer is wanted, and the project is open. */
export function askerOf(ctx: Context, call: Call, isWanted: () => boolean = () => true): Asker {
  const { open } = ctx
  return {
    job: ctx.jobOf(detached(call)),
    isWanted: () => !call.signal.aborted && ctx.open === open && isWanted(),
    tell: call.onProgress,
  }
}

/** Gets worlds for a call. */
export function worldReader(ctx: Context, runId: number, call: Call): (identity: ImaginedIdentity) => Promise<World> {
  const { db, simulation } = demandSimulation(ctx, runId)
  return async identity => await simulation.worlds.of(db, identity, askerOf(ctx, call))
}
