import type { Cells } from '#schema/cells'
import type { RoutedChannel } from '#schema/policy'
import type { Scenario } from '#schema/scenario'
import { parseModel } from '#score'
import {
  type CauseReader,
  type Judge,
  type Judged,
  modelWithin,
  type Simulator,
  scenarioModel,
  scenarioPolicy,
  type WeekFigures,
} from '#simulate'
import type { ScoreRun } from '#store'
import { readJson } from '../read-json.ts'
import { seenFromRun, type World, type Worlds } from './world.ts'

/** A run in the simulator: its cells and facts in memory, and what its base comes to. */
export type Simulation = {
  readonly run: ScoreRun
  readonly simulator: Simulator
  readonly worlds: Worlds
  readonly cells: Cells
  readonly base: Judged
  /** Of the base, which every answer is compared with. */
  readonly baseFigures: WeekFigures
  /** Units a week by the people of the CRM; a channel that is not in it has no end. */
  readonly capacities: Readonly<Partial<Record<RoutedChannel, number>>>
  /** The newest call of simulate.set. */
  newest: number
  /** What was asked last, kept for the pages that follow. */
  last: Asked | null
  draft: Readonly<{ text: string; judge: Judge }> | null
}

/** A scenario that was judged. Causes are worked out when a page of movers is asked for. */
export type Asked = {
  readonly key: string
  readonly world: World
  readonly judge: Judge
  /** Of the units of the world. */
  readonly inWorld: Judged
  /** Of the units of the run. */
  readonly judged: Judged
  causes: CauseReader | null
}

/** What is imagined: changes on top of the base, or of a draft in its place. */
export type Imagined = Readonly<{ scenario: Scenario; model?: string | undefined }>

/** The model and policy that a scenario comes to. @throws AppError usage/bad-model, usage/bad-policy */
export function judgeOf(simulation: Simulation, { scenario, model }: Imagined): Judge {
  const { base } = simulation.simulator
  const ground = model === undefined ? base : draftJudge(simulation, model)
  return {
    model: hasChanges(scenario) ? scenarioModel(ground.model, scenario.model) : ground.model,
    policy: scenarioPolicy(ground.policy, scenario.routing),
  }
}

/** Drafts are long, and asked for again with every move of a handle. */
function draftJudge(simulation: Simulation, text: string): Judge {
  const { base } = simulation.simulator
  if (simulation.draft?.text !== text) {
    const model = modelWithin(base.model, parseModel(readJson(text, 'usage/bad-model')), simulation.cells.kinds)
    simulation.draft = { text, judge: { model, policy: base.policy } }
  }
  return simulation.draft.judge
}

function hasChanges({ model }: Scenario): boolean {
  return Object.values(model).some(part => Object.keys(part ?? {}).length > 0)
}

/** The judgement of a scenario; that of the one asked for last is kept. */
export async function askedOf(
  simulation: Simulation,
  imagined: Imagined,
  worldOf: (identity: Scenario['identity']) => Promise<World>,
): Promise<Asked> {
  const { name: _, capacities: __, ...changes } = imagined.scenario
  const key = JSON.stringify([changes, imagined.model ?? null])
  if (simulation.last?.key !== key) {
    const world = await worldOf(imagined.scenario.identity)
    const judge = judgeOf(simulation, imagined)
    const inWorld = world.simulator.judge(judge)
    simulation.last = { key, world, judge, inWorld, judged: seenFromRun(world, inWorld), causes: null }
  }
  return simulation.last
}
