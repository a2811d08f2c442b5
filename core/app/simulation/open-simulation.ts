import { AppError } from '#lib/errors'
import { calendarOf } from '#lib/time'
import { crmPeopleOf, type Facts, factsOf } from '#route'
import type { RoutedChannel } from '#schema/policy'
import type { Level, Unit } from '#schema/unit'
import { factKinds, type Judge, kernelColumns, RollupCollector, Simulator } from '#simulate'
import { type Readable, readCells, runUnits, type ScoreRun } from '#store'
import type { OpenProject } from '../context.ts'
import { judgedTables } from '../dataset.ts'
import type { Job } from '../jobs.ts'
import { modelOfRun, policyOfRun } from '../judgement.ts'
import { dismissedAnomalies } from '../routing-facts.ts'
import type { Simulation } from './simulation.ts'
import { Worlds } from './world.ts'
import { factContextOf } from './world-steps.ts'

/** Loads a run into the simulator; the one of its level that was open before is let go. */
export async function openSimulation(open: OpenProject, run: ScoreRun, job: Job): Promise<Simulation> {
  const known = open.simulations.get(run.level)
  if (known?.run.runId === run.runId) return known
  open.simulations.delete(run.level)
  const simulation = await loadSimulation(open.project.db, run, job)
  open.simulations.set(run.level, simulation)
  return simulation
}

async function loadSimulation(db: Readable, run: ScoreRun, job: Job): Promise<Simulation> {
  job.report({ phase: 'Reading the scores', done: 0, total: 2, unit: 'steps', subject: null })
  await job.turn()
  const cells = readCells(db, run.cellsKey)?.bundle.cells
  if (cells === undefined) throw notKept(run.level)
  const base: Judge = { model: modelOfRun(db, run), policy: policyOfRun(db, run) }
  const { units, facts, rollups, score } = await readUnitsOf(db, run, base, job)
  job.report({ phase: 'Scoring', done: 1, total: 2, unit: 'steps', subject: null })
  await job.turn()
  const today = calendarOf(base.model.timeZone).dayOf(run.asOf)
  const columns = kernelColumns(cells, units)
  const homes = units.map(({ id, workspaceIds }) => ({ id, workspaceIds: workspaceIds.slice(0, 1) }))
  const simulator = new Simulator({ columns, facts: factKinds(facts, base.policy), rollups, base, today })
  const judged = simulator.judge(base)
  // Kept by a version that scored otherwise: what a change comes to would be told of other scores than those that are shown.
  if (judged.score.some((points, u) => points !== score[u])) throw notKept(run.level)
  job.report({ phase: 'Scoring', done: 2, total: 2, unit: 'steps', subject: null })
  const capacities = capacitiesOf(db)
  const worlds = new Worlds(run, { simulator, base: judged, homes })
  return {
    run,
    simulator,
    worlds,
    cells,
    base: judged,
    baseFigures: worlds.plain.figures.of(base),
    capacities,
    newest: -1,
    last: null,
    draft: null,
  }
}

function notKept(level: Level): AppError {
  const message = 'what the newest scores were added up from is not kept any more; run the scores again'
  return new AppError('score/no-run', message, { level })
}

type RunColumns = Readonly<{
  units: readonly Unit[]
  facts: readonly Facts[]
  rollups: ReturnType<RollupCollector['taken']>
  score: Float64Array
}>

async function readUnitsOf(db: Readable, run: ScoreRun, { model, policy }: Judge, job: Job): Promise<RunColumns> {
  const context = factContextOf(judgedTables(db), {
    asOf: run.asOf,
    calendar: calendarOf(model.timeZone),
    anomalyDays: policy.anomalyDays,
    dismissed: dismissedAnomalies(db),
  })
  const units: Unit[] = []
  const facts: Facts[] = []
  const rollups = new RollupCollector(run.unitCount)
  const score = new Float64Array(run.unitCount)
  for (const { judged } of runUnits(db, run.runId)) {
    const u = units.length
    const { unit, findings } = judged
    units.push(unit)
    facts.push(factsOf(judged, context(unit)))
    rollups.add(u, findings.rollups)
    score[u] = judged.score.score
    await job.breathe()
  }
  return { units, facts, rollups: rollups.taken(), score }
}

/** Teams that take units week by week, by the destination they work. */
const TEAMS = [
  ['sdr', ['SDR']],
  ['csm', ['CSM', 'AE']],
] as const satisfies readonly (readonly [RoutedChannel, readonly string[]])[]

/** What the people of a team can take a week, together; a team with nobody, or with somebody who has no end, has none. */
function capacitiesOf(db: Readable): Simulation['capacities'] {
  const people = crmPeopleOf(judgedTables(db).crm_users)
  const found: Partial<Record<RoutedChannel, number>> = {}
  for (const [channel, teams] of TEAMS) {
    const members = teams.flatMap(team => people.team(team))
    let capacity: number | null = members.length === 0 ? null : 0
    for (const { weekly_capacity: own } of members) capacity = capacity === null || own === null ? null : capacity + own
    if (capacity !== null) found[channel] = Math.floor(capacity)
  }
  return found
}
