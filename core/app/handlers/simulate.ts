import type { Handlers, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { DESTINATIONS } from '#schema/policy'
import type { Scenario } from '#schema/scenario'
import { STAGES } from '#score'
import { moversOf, unitsOfCell, type WeekFigures } from '#simulate'
import type { Writable } from '#store'
import { type Context, demandProject } from '../context.ts'
import { isStale } from '../judgement.ts'
import { rulesOf } from '../review/rules.ts'
import { askerOf, demandSimulation, worldReader } from '../simulation/demand-simulation.ts'
import { moverPage } from '../simulation/mover-page.ts'
import { openSimulation } from '../simulation/open-simulation.ts'
import { parameterViews } from '../simulation/parameter-view.ts'
import { askedOf, judgeOf, type Simulation } from '../simulation/simulation.ts'
import { volumesOf } from '../simulation/volumes.ts'
import type { Asker, World } from '../simulation/world.ts'
import { demandRun } from './score.ts'

type SimulateMethod = 'simulate.open' | 'simulate.set' | 'simulate.movers' | 'simulate.cell'

export const simulateHandlers: Pick<Handlers<Context>, SimulateMethod> = {
  'simulate.open': async (ctx, { level }, call) =>
    await ctx.jobs.run('opening the simulator', call, async () => {
      const { db, run } = demandRun(ctx, level)
      const simulation = await openSimulation(demandProject(ctx), run, ctx.jobOf(call))
      const { simulator, baseFigures: figures } = simulation
      const { model } = simulator.base
      return {
        runId: run.runId,
        asOf: run.asOf,
        level,
        units: simulator.units,
        modelName: model.name,
        modelHash: run.modelHash,
        isStale: isStale(db, run),
        stageNames: [...STAGES],
        destinationNames: [...DESTINATIONS],
        stages: model.stages,
        ...countsView(figures),
        volumes: volumesOf(simulation, figures, {}),
        parameters: parameterViews(simulation, rulesOf(db).thresholds.auto),
        columns: ladderColumns(figures),
      }
    }),

  'simulate.set': async (ctx, { runId, seq, scenario, model }, call) => {
    const { db, simulation } = demandSimulation(ctx, runId)
    simulation.newest = Math.max(simulation.newest, seq)
    const asker = askerOf(ctx, call, () => seq >= simulation.newest)
    // Calls that have come in meanwhile get their number in: where there is a newer one, this one is asked for no more.
    await new Promise<void>(resolve => setImmediate(resolve))
    const world = asker.isWanted() ? await wantedWorld(simulation, db, scenario, asker) : null
    if (world === null || !asker.isWanted()) return superseded(simulation, seq)
    const judge = judgeOf(simulation, { scenario, model })
    const figures = world.figures.of(judge)
    const { movers, stageMatrix, destinationMatrix } = figures
    return {
      runId,
      seq,
      isSuperseded: false,
      stages: judge.model.stages,
      ...countsView(figures),
      movers,
      volumes: volumesOf(simulation, figures, scenario.capacities),
      identity: world.told,
      columns: { ...ladderColumns(figures), stageMatrix, destinationMatrix },
    }
  },

  'simulate.movers': async (ctx, { runId, scenario, model, by, offset, limit }, call) => {
    const { db, simulation } = demandSimulation(ctx, runId)
    const asked = await askedOf(simulation, { scenario, model }, worldReader(ctx, runId, call))
    const page = { units: moversOf(simulation.base, asked.judged, by), by, offset, limit }
    return await moverPage(db, simulation, asked, { page, job: ctx.jobOf(call) })
  },

  'simulate.cell': async (ctx, { runId, scenario, model, matrix, from, to, offset, limit }, call) => {
    const { db, simulation } = demandSimulation(ctx, runId)
    const asked = await askedOf(simulation, { scenario, model }, worldReader(ctx, runId, call))
    const names: readonly string[] = matrix === 'stage' ? STAGES : DESTINATIONS
    const [row, column] = [placeOf(names, from), placeOf(names, to)]
    const units = unitsOfCell(simulation.base[matrix], asked.judged[matrix], row, column)
    return await moverPage(db, simulation, asked, {
      page: { units, by: matrix, offset, limit },
      job: ctx.jobOf(call),
    })
  },
}

function ladderColumns({ ladder }: WeekFigures) {
  return { histogram: ladder.histogram(), reaching: ladder.counts() }
}

type Counts = Pick<Output<'simulate.set'>, 'stageCounts' | 'destinationCounts'>

export function countsView({ stages, destinations }: WeekFigures): Counts {
  return { stageCounts: [...stages], destinationCounts: [...destinations] }
}

type Answer = Awaited<ReturnType<Handlers<Context>['simulate.set']>>

function superseded(simulation: Simulation, seq: number): Answer {
  const { run, simulator, baseFigures } = simulation
  const none = new Uint32Array(0)
  return {
    runId: run.runId,
    seq,
    isSuperseded: true,
    stages: simulator.base.model.stages,
    ...countsView(baseFigures),
    movers: { stage: 0, destination: 0, up: 0, down: 0 },
    volumes: volumesOf(simulation, baseFigures, {}),
    identity: null,
    columns: { histogram: none, reaching: none, stageMatrix: none, destinationMatrix: none },
  }
}

/** The world of a scenario; null where a newer one was asked for meanwhile. */
async function wantedWorld(
  { worlds }: Simulation,
  db: Writable,
  { identity }: Scenario,
  asker: Asker,
): Promise<World | null> {
  try {
    return await worlds.of(db, identity, asker)
  } catch (error) {
    if (asker.isWanted()) throw error
    return null
  }
}

/** @throws AppError usage/bad-argument */
function placeOf(names: readonly string[], name: string): number {
  const place = names.indexOf(name)
  if (place >= 0) return place
  throw new AppError('usage/bad-argument', `"${name}" is none of ${names.join(', ')}`, { name })
}
