import type { Handlers, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { DESTINATIONS, type RoutingPolicy } from '#schema/policy'
import { STAGES } from '#score'
import {
  blockedBy,
  countBy,
  edgeReader,
  type Flip,
  flipsOf,
  type Judge,
  type Judged,
  type SolveTarget,
  solveCapacity,
  swingOf,
  type TornadoBar,
  thresholdFlow,
  tornadoSteps,
} from '#simulate'
import type { Context } from '../context.ts'
import { inTurns } from '../jobs.ts'
import { demandSimulation, worldReader } from '../simulation/demand-simulation.ts'
import { fragilityPage } from '../simulation/fragility-page.ts'
import { outcomeOf } from '../simulation/mover-page.ts'
import { askedOf, judgeOf } from '../simulation/simulation.ts'
import { volumesOf } from '../simulation/volumes.ts'
import type { World } from '../simulation/world.ts'
import { countsView } from './simulate.ts'

type FigureMethod = `simulate.${'tornado' | 'solve' | 'fragility' | 'flips' | 'compare'}`

export const simulateFigureHandlers: Pick<Handlers<Context>, FigureMethod> = {
  'simulate.tornado': async (ctx, { runId, scenario, model, share, measure }, call) =>
    await ctx.jobs.run('the tornado', call, async () => {
      const { simulation } = demandSimulation(ctx, runId)
      const { world, judge, inWorld } = await askedOf(simulation, { scenario, model }, worldReader(ctx, runId, call))
      const bars = await inTurns(tornadoSteps(world.simulator, judge, { share, measure }), ctx.jobOf(call))
      return { count: countBy(inWorld, measure), bars: bars.map(barView) }
    }),

  'simulate.solve': async (ctx, { runId, scenario, model, goal, target }, call) => {
    const { simulation } = demandSimulation(ctx, runId)
    const { simulator } = await worldReader(ctx, runId, call)(scenario.identity)
    const judge = judgeOf(simulation, { scenario, model })
    const flow = thresholdFlow(simulator, judge, target)
    const threshold = thresholdOf(judge, target)
    const step = Math.min(1000, Math.max(0, Math.ceil(threshold * 10 - 1e-9)))
    const current = { threshold, entrants: flow.entrants[step] ?? 0, stock: flow.stock[step] ?? 0 }
    const solved = solveCapacity(flow, goal.units)
    const blocked = blockedBy(flow, solved, { stages: judge.model.stages, target, capacity: goal.units })
    return { solved, blocked, current, columns: { ...flow } }
  },

  'simulate.fragility': async (ctx, { runId, scenario, model, destination, offset, limit }, call) => {
    const { db, simulation } = demandSimulation(ctx, runId)
    const asked = await askedOf(simulation, { scenario, model }, worldReader(ctx, runId, call))
    const { judged, world } = asked
    const edgesIn = edgeReader(world.simulator, asked.judge, asked.inWorld)
    const edgesOf = (u: number): ReturnType<typeof edgesIn> => {
      const place = placeIn(world, u)
      return place === null ? { up: null, down: null } : edgesIn(place)
    }
    return fragilityPage(db, simulation.run, { judged, edgesOf, destination, offset, limit })
  },

  'simulate.flips': async (ctx, { runId, scenario, model, unitNo, to, limit }, call) => {
    const { simulation } = demandSimulation(ctx, runId)
    if (unitNo >= simulation.simulator.units)
      throw new AppError('score/unknown-unit', `there is no unit ${unitNo} in these scores`, { unitNo })
    const world = await worldReader(ctx, runId, call)(scenario.identity)
    const judge = judgeOf(simulation, { scenario, model })
    const place = placeIn(world, unitNo)
    if (place === null) return { flips: [] }
    const alone = world.simulator.ofUnit(place)
    const here = alone.judge(judge)
    const wanted = (judged: Judged): boolean => {
      if (to === null) return judged.destination[0] !== here.destination[0]
      if ('stage' in to) return STAGES[judged.stage[0] ?? 0] === to.stage
      return DESTINATIONS[judged.destination[0] ?? 0] === to.destination
    }
    return { flips: wanted(here) ? [] : flipsOf(alone, judge, wanted).slice(0, limit).map(flipView) }
  },

  'simulate.compare': async (ctx, { runId, scenarios }, call) => {
    const { simulation } = demandSimulation(ctx, runId)
    const answers: Output<'simulate.compare'>['scenarios'] = []
    for (const scenario of scenarios) {
      const world = await worldReader(ctx, runId, call)(scenario.identity)
      const judge = judgeOf(simulation, { scenario })
      const figures = world.figures.of(judge)
      answers.push({
        name: scenario.name,
        stages: judge.model.stages,
        ...countsView(figures),
        movers: figures.movers,
        volumes: volumesOf(simulation, figures, scenario.capacities),
        histogram: [...figures.ladder.histogram()],
      })
    }
    return { scenarios: answers }
  },
}

/** Where a unit of the run is in a world; null: nothing of it is left. */
function placeIn({ places }: World, u: number): number | null {
  const place = places === null ? u : (places[u] ?? -1)
  return place < 0 ? null : place
}

function barView(bar: TornadoBar) {
  const { parameter, value, low, high } = bar
  return { parameterId: parameter.id, path: [...parameter.path], value, low, high, swing: swingOf(bar) }
}

function flipView({ parameter, from, to, share, judged }: Flip) {
  const { score, stage, destination } = judged
  const columns = {
    score: Float64Array.of(score),
    stage: Uint8Array.of(stage),
    destination: Uint8Array.of(destination),
  }
  return { parameterId: parameter.id, path: [...parameter.path], from, to, share, outcome: outcomeOf(columns, 0) }
}

/** The threshold that is solved for, as it is. */
function thresholdOf({ model, policy }: Judge, target: SolveTarget): number {
  return target.kind === 'stage' ? model.stages[target.stage] : leastOf(policy, target.ruleId)
}

function leastOf({ rules }: RoutingPolicy, ruleId: string): number {
  const rule = rules.find(({ id }) => id === ruleId)
  const tests = [...(rule?.all ?? []), ...(rule?.any ?? [])]
  const found = tests.find(({ fact, op, value }) => fact === 'score' && op === '>=' && typeof value === 'number')
  return typeof found?.value === 'number' ? found.value : 0
}
