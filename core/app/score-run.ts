import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { calendarOf } from '#lib/time'
import { type AnalysisInput, cellsKey, judgementSteps } from '#pipeline'
import type { JudgedData } from '#schema/dataset'
import type { IdentityMode } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import type { Level, Unit } from '#schema/unit'
import {
  eventCount,
  listRuns,
  openEventLog,
  type PackedList,
  type Readable,
  readCells,
  runFrames,
  type ScoreRun,
} from '#store'
import { addressReader } from './address-reader.ts'
import { ANALYSIS_PHASES, inPhases } from './analysis-phases.ts'
import type { Context, OpenProject } from './context.ts'
import { judgedTables } from './dataset.ts'
import { asOfForSteps } from './default-as-of.ts'
import { identitySource } from './identity-source.ts'
import { inTurns, type Job } from './jobs.ts'
import { modelInForce, policyInForce } from './judgement.ts'
import { type Finished, keepRun } from './keep-run.ts'
import { knownPeople, runOfFrame } from './kept-identities.ts'
import type { NewPairs } from './kept-pairs.ts'
import { lastingAssignmentsOf } from './lasting-owners.ts'
import { pairsTold } from './pairs-told.ts'
import { weighedAtHand } from './review/desk.ts'
import { dismissedAnomalies } from './routing-facts.ts'
import { runState } from './run-state.ts'
import { seenEventSteps } from './stitched-events.ts'

export type ScoreOptions = Readonly<{
  asOf?: string | undefined
  identity?: IdentityMode | undefined
  level: Level
  job: Job
}>

/** Judges every unit of the project at one instant and keeps the result as a new run. */
export async function scoreProject(
  ctx: Context,
  open: OpenProject,
  { asOf: wanted, identity, level, job }: ScoreOptions,
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
  const found = await judgeProject(db, { wanted, identity, level, phase, job })
  await phase('Keeping the scores')
  const kept = await keepRun(db, { ...found, now: ctx.now() }, job)
  phase.end()
  const { asOf, units } = found.judgement
  return { ...kept, asOf, level, units: units.length, cellsReused: !found.cells.isNew }
}

type Wanted = Readonly<{
  wanted: string | undefined
  identity: IdentityMode | undefined
  level: Level
  phase: Phase
  job: Job
}>

/** Everything up to what a run is made of. What it was worked out from is let go. */
async function judgeProject(
  db: Readable,
  { wanted, identity, level, phase, job }: Wanted,
): Promise<Omit<Finished, 'now'>> {
  const state = runState(db)
  const inForce = { ...modelInForce(db), policy: policyInForce(db) }
  const { model } = inForce
  await phase('Finding the date')
  const { events, defaultAsOf, dated } = await inTurns(datedSteps(db, model, wanted), job)
  const { asOf } = dated
  const mode = identity ?? listRuns(db)[0]?.identityMode ?? 'matched'
  const key = cellsKey({ dataState: state.data, identity: mode, model, asOf, level })
  // Cells are of use with all else that was found when they were built; where the run that keeps it is forgotten, so are they.
  const known = knownPeople(db, { dataState: state.data, identityMode: mode, asOf, timeZone: model.timeZone })
  await job.turn()
  const stored = known === null ? null : readCells(db, key)
  await job.turn()
  const framed = await framesOf(db, stored === null ? null : runOfFrame(db, key, model), job)
  const lists = new Map<string, PackedList>()
  const weighed: { pairs: NewPairs | null } = { pairs: null }
  const input: AnalysisInput = {
    ...dated,
    identities:
      known?.identities ??
      identitySource(db, {
        eventUsers: events.users,
        dated: events.stitching?.dated,
        mode,
        lists,
        weighed: weighedAtHand(db),
        onPairs: pairsTold(job, null),
        onWeighed: pairs => {
          weighed.pairs = pairs
        },
      }),
    model,
    policy: inForce.policy.policy,
    level,
    dismissedAnomalies: dismissedAnomalies(db),
    assignments: lastingAssignmentsOf(db, level),
    ...(stored === null ? {} : { cells: stored }),
    readAddress: addressReader(db),
    ...(known === null ? {} : { contactLinks: known.contactLinks }),
    ...(framed === null ? {} : { known: framed }),
  }
  const judgement = await inPhases(judgementSteps(input), phase, job)
  return {
    judgement,
    level,
    events,
    inForce,
    identityMode: mode,
    cells: { key, isNew: stored === null },
    knownRun: known?.runId ?? null,
    lists,
    pairs: weighed.pairs,
    defaultAsOf,
    state,
  }
}

/** The data as of the instant that is wanted. */
function* datedSteps(db: Readable, { timeZone }: ScoringModel, wanted: string | undefined) {
  const stated = openEventLog(db, calendarOf(timeZone))
  const tables = judgedTables(db)
  const { asOf, roster, defaultAsOf } = yield* asOfForSteps(db, { ...tables, events: stated }, { timeZone, wanted })
  const events = yield* seenEventSteps(db, stated, { timeZone, asOf })
  const dataset: JudgedData = { ...tables, events }
  return { events, defaultAsOf, dated: { dataset, roster, asOf } }
}

async function framesOf(
  db: Readable,
  run: ScoreRun | null,
  job: Job,
): Promise<NonNullable<AnalysisInput['known']> | null> {
  if (run === null) return null
  const units: Unit[] = []
  for (const page of runFrames(db, run.runId)) {
    units.push(...page)
    await job.breathe()
  }
  return { units, anomalies: run.anomalies }
}

type Phase = ((name: string) => Promise<void>) & { end(): void }

/** Reports phase after phase and gives others a turn before each. */
function phasesOf(job: Job): Phase {
  const total = Object.keys(ANALYSIS_PHASES).length + 3
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
