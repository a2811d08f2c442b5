import type { Output } from '#contract/contract'
import { type IdentityOptions, resolveIdentities } from '#identity'
import { AppError } from '#lib/errors'
import { calendarOf } from '#lib/time'
import {
  type Analysis,
  type AnalysisInput,
  type AnalysisStep,
  type Assignment,
  analysisSteps,
  cellsKey,
} from '#pipeline'
import type { Dataset } from '#schema/dataset'
import type { IdentityMode } from '#schema/identity'
import {
  dataState,
  decisionsInForce,
  eventCount,
  identityDecisions,
  lastingAssignments,
  listRuns,
  newestRun,
  type Readable,
  readCells,
} from '#store'
import type { Context, OpenProject } from './context.ts'
import { readDataset } from './dataset.ts'
import { asOfFor } from './default-as-of.ts'
import type { Job } from './jobs.ts'
import { modelInForce, policyInForce } from './judgement.ts'
import { keepRun, LEVEL } from './keep-run.ts'
import { knownIdentities } from './kept-identities.ts'

export type ScoreOptions = Readonly<{ asOf?: string | undefined; identity?: IdentityMode | undefined; job: Job }>

/** What people read while each step of an analysis is worked on. */
const STEPS: Readonly<Record<AnalysisStep, string>> = {
  events: 'Reading the events',
  identities: 'Matching people and accounts',
  cells: 'Counting what they did',
  scores: 'Scoring',
  routes: 'Routing',
}

/** Judges every unit of the project at one instant and keeps the result as a new run. */
export async function scoreProject(
  ctx: Context,
  open: OpenProject,
  { asOf: wanted, identity, job }: ScoreOptions,
): Promise<Output<'score.run'>> {
  const { db } = open.project
  if (eventCount(db) === 0)
    throw new AppError(
      'import/no-events',
      'no event has been imported, so there is nothing to score; import an events export',
    )
  // Not needed until the next import, and much of what the engine holds.
  open.eventKeys.forget()
  const phase = phasesOf(job)
  await phase('Reading the project')
  const judgement = { ...modelInForce(db), policy: policyInForce(db) }
  const { model } = judgement
  const dataset = readDataset(db)
  await phase('Finding the date')
  const { asOf, defaultAsOf } = asOfFor(db, dataset, { timeZone: model.timeZone, wanted })
  const mode = identity ?? newestRun(db)?.identityMode ?? 'matched'
  const key = cellsKey({ dataState: dataState(db), identity: mode, model, asOf, level: LEVEL })
  const stored = readCells(db, key)
  const input: AnalysisInput = {
    dataset,
    identities:
      (stored === null ? null : knownIdentities(db, key)) ??
      (activity => resolveIdentities(dataset, identityOptions(db, dataset, { mode, activity }))),
    model,
    policy: judgement.policy.policy,
    asOf,
    level: LEVEL,
    dismissedAnomalies: dismissedAnomalies(db),
    assignments: assignmentsOf(db),
    ...(stored === null ? {} : { cells: stored }),
  }
  const analysis = await analysed(input, phase)
  await phase('Keeping the scores')
  const kept = keepRun(db, {
    analysis,
    tables: dataset,
    events: dataset.events,
    judgement,
    identityMode: mode,
    cells: { key, isNew: stored === null },
    defaultAsOf,
    calendar: calendarOf(model.timeZone),
    now: ctx.now(),
  })
  phase.end()
  return { ...kept, asOf, units: analysis.units.length, cellsReused: stored !== null }
}

type Phase = ((name: string) => Promise<void>) & { end(): void }

/** Reports phase after phase and gives others a turn before each. */
function phasesOf(job: Job): Phase {
  const total = Object.keys(STEPS).length + 3
  let done = 0
  let current = ''
  const report = (): void => job.report({ phase: current, done, total, unit: 'steps', subject: null })
  const next = async (name: string): Promise<void> => {
    if (current !== '') done++
    current = name
    report()
    await job.turn()
  }
  return Object.assign(next, {
    end: () => {
      done = total
      report()
    },
  })
}

async function analysed(input: AnalysisInput, phase: (name: string) => Promise<void>): Promise<Analysis> {
  const steps = analysisSteps(input)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await phase(STEPS[step.value])
  }
}

function identityOptions(
  db: Readable,
  dataset: Dataset,
  { mode, activity }: Pick<IdentityOptions, 'mode' | 'activity'>,
): IdentityOptions {
  const eventUsers = dataset.events.users.filter(user => user !== '')
  return { mode, activity, eventUsers, decisions: identityDecisions(db) }
}

function dismissedAnomalies(db: Readable): ReadonlySet<string> {
  const dismissed = decisionsInForce(db).filter(({ kind }) => kind === 'dismiss_anomaly')
  return new Set(dismissed.flatMap(({ subject }) => subject.map(({ key }) => key)))
}

/** Who works each unit since which earlier run, one entry per team. */
function assignmentsOf(db: Readable): ReadonlyMap<string, readonly Assignment[]> {
  const since = new Map(listRuns(db).map(run => [run.runId, run.asOf]))
  const byUnit = new Map<string, Assignment[]>()
  for (const { unitId, owner, team, sinceRun } of lastingAssignments(db, LEVEL)) {
    const assignment = { owner, team, at: since.get(sinceRun) ?? null }
    byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), assignment])
  }
  return byUnit
}
