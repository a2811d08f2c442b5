import type { Handlers, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { DESTINATIONS } from '#schema/policy'
import { STAGES } from '#score'
import {
  countsOf,
  histogramOf,
  type JudgedWeek,
  matrixOf,
  moverCounts,
  moversOf,
  ScoreLadder,
  unitsOfCell,
} from '#simulate'
import { type Context, demandProject } from '../context.ts'
import { isStale } from '../judgement.ts'
import { demandSimulation } from '../simulation/demand-simulation.ts'
import { moverPage } from '../simulation/mover-page.ts'
import { openSimulation } from '../simulation/open-simulation.ts'
import { parameterViews } from '../simulation/parameter-view.ts'
import { askedOf, judgeOf, type Simulation } from '../simulation/simulation.ts'
import { volumesOf } from '../simulation/volumes.ts'
import { demandRun } from './score.ts'

type SimulateMethod = 'simulate.open' | 'simulate.set' | 'simulate.movers' | 'simulate.cell'

export const simulateHandlers: Pick<Handlers<Context>, SimulateMethod> = {
  'simulate.open': async (ctx, { level }, call) =>
    await ctx.jobs.run('opening the simulator', async () => {
      const { db, run } = demandRun(ctx, level)
      const simulation = await openSimulation(demandProject(ctx), run, ctx.jobOf(call))
      const { simulator, base } = simulation
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
        ...countsView(base),
        volumes: volumesOf(simulation, base, {}),
        parameters: parameterViews(simulation),
        columns: { histogram: histogramOf(base), reaching: new ScoreLadder(base.score).counts() },
      }
    }),

  'simulate.set': async (ctx, { runId, seq, scenario, model }) => {
    const { simulation } = demandSimulation(ctx, runId)
    simulation.newest = Math.max(simulation.newest, seq)
    // Calls that have come in meanwhile get their number in: where there is a newer one, this one is asked for no more.
    await new Promise<void>(resolve => setImmediate(resolve))
    if (seq < simulation.newest) return superseded(simulation, seq)
    const judge = judgeOf(simulation, { scenario, model })
    const judged = simulation.simulator.judgeWeek(judge)
    const { base } = simulation
    return {
      runId,
      seq,
      isSuperseded: false,
      stages: judge.model.stages,
      ...countsView(judged),
      movers: moverCounts(base, judged),
      volumes: volumesOf(simulation, judged, scenario.capacities),
      columns: {
        histogram: histogramOf(judged),
        reaching: new ScoreLadder(judged.score).counts(),
        stageMatrix: matrixOf(base.stage, judged.stage, STAGES.length),
        destinationMatrix: matrixOf(base.destination, judged.destination, DESTINATIONS.length),
      },
    }
  },

  'simulate.movers': async (ctx, { runId, scenario, model, by, offset, limit }, call) => {
    const { db, simulation } = demandSimulation(ctx, runId)
    const asked = askedOf(simulation, { scenario, model })
    const page = { units: moversOf(simulation.base, asked.judged, by), by, offset, limit }
    return await moverPage(db, simulation, asked, { page, job: ctx.jobOf(call) })
  },

  'simulate.cell': async (ctx, { runId, scenario, model, matrix, from, to, offset, limit }, call) => {
    const { db, simulation } = demandSimulation(ctx, runId)
    const asked = askedOf(simulation, { scenario, model })
    const names: readonly string[] = matrix === 'stage' ? STAGES : DESTINATIONS
    const [row, column] = [placeOf(names, from), placeOf(names, to)]
    const units = unitsOfCell(simulation.base[matrix], asked.judged[matrix], row, column)
    return await moverPage(db, simulation, asked, {
      page: { units, by: matrix, offset, limit },
      job: ctx.jobOf(call),
    })
  },
}

type Counts = Pick<Output<'simulate.set'>, 'stageCounts' | 'destinationCounts'>

export function countsView(judged: JudgedWeek): Counts {
  const { stages, destinations } = countsOf(judged)
  return { stageCounts: [...stages], destinationCounts: [...destinations] }
}

type Answer = Awaited<ReturnType<Handlers<Context>['simulate.set']>>

function superseded({ run, simulator, base, capacities }: Simulation, seq: number): Answer {
  const none = new Uint32Array(0)
  return {
    runId: run.runId,
    seq,
    isSuperseded: true,
    stages: simulator.base.model.stages,
    ...countsView(base),
    movers: { stage: 0, destination: 0, up: 0, down: 0 },
    volumes: volumesOf({ base, capacities }, base, {}),
    columns: { histogram: none, reaching: none, stageMatrix: none, destinationMatrix: none },
  }
}

/** @throws AppError usage/bad-argument */
function placeOf(names: readonly string[], name: string): number {
  const place = names.indexOf(name)
  if (place >= 0) return place
  throw new AppError('usage/bad-argument', `"${name}" is none of ${names.join(', ')}`, { name })
}
