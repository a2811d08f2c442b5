import {
  type BuiltCells,
  type CellIndex,
  findAnomalies,
  findingsOf,
  type KindTable,
  type Roster,
  takeRoster,
} from '#features'
import { identitySteps, resolveIdentities } from '#identity'
import type { Steps } from '#lib/steps'
import { type Calendar, calendarOf, type Instant } from '#lib/time'
import { cellsKey, frameSteps, modelHash } from '#pipeline'
import type { Dataset } from '#schema/dataset'
import type { Findings } from '#schema/findings'
import type { Activity, Identities, IdentityMode } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import type { Anomaly } from '#schema/rollups'
import type { Unit } from '#schema/unit'
import { DEFAULT_MODEL } from '#score'
import { dataState, identityDecisions, listImports, newestRun, type Readable, readCells } from '#store'
import { accountRoles } from './account-companies.ts'
import { inPhases } from './analysis-phases.ts'
import { identityTables } from './dataset.ts'
import { earlierEntities } from './former-entities.ts'
import type { Job } from './jobs.ts'
import { modelInForce } from './judgement.ts'
import { LEVEL } from './keep-run.ts'
import { knownIdentities } from './kept-identities.ts'
import { weighingOf } from './kept-pairs.ts'
import { openPairThread } from './pair-thread.ts'
import { pairsTold } from './pairs-told.ts'

/** All units as of an instant with what is known of them beside their score, whatever the activation rule is. */
export type FoundUnits = Readonly<{
  key: string
  asOf: Instant
  calendar: Calendar
  units: readonly Unit[]
  findings: readonly Findings[]
  index: CellIndex
  facts: BuiltCells['bundle']['facts']
}>

/** The same with what it was found by, which is too much to hold on to. */
export type FoundGround = Readonly<{
  found: FoundUnits
  roster: Roster
  kinds: KindTable
  cells: BuiltCells
  identities: Identities
  anomalies: readonly Anomaly[]
}>

/**
 * Names all that a check of the data rests on: data, taxonomy, loop rule, zone, identity, as-of, and the imports, since rows
 * that were held or repeated change nothing but these.
 */
export function groundKey(db: Readable, asOf: Instant): string {
  const imports = listImports(db).filter(({ status }) => status === 'published')
  return `${imports.length} ${imports[0]?.importId ?? 0} ${cellsKeyAt(db, asOf).key}`
}

/** The same with all of the model that findings rest on. Activation is left out: it is judged again whenever it is asked for. */
export function foundKey(db: Readable, asOf: Instant): string {
  const { model } = modelInForce(db)
  return `${groundKey(db, asOf)} ${modelHash({ ...model, activation: DEFAULT_MODEL.activation })}`
}

function cellsKeyAt(db: Readable, asOf: Instant): Readonly<{ key: string; mode: IdentityMode; model: ScoringModel }> {
  const { model } = modelInForce(db)
  const mode = newestRun(db)?.identityMode ?? 'matched'
  return { key: cellsKey({ dataState: dataState(db), identity: mode, model, asOf, level: LEVEL }), mode, model }
}

/**
 * Judges every unit as of an instant, up to what is known of it beside its score. Cells and identities that a run has kept
 * for the same data are taken from it.
 */
export async function findUnits(db: Readable, dataset: Dataset, asOf: Instant, job: Job): Promise<FoundGround> {
  const { key, mode, model } = cellsKeyAt(db, asOf)
  const calendar = calendarOf(model.timeZone)
  await say(job, 'Reading the events')
  const roster = takeRoster(dataset, calendar, asOf)
  const stored = readCells(db, key)
  const known = stored === null ? null : knownIdentities(db, key)
  const steps = frameSteps({
    dataset,
    roster,
    identities: known ?? (activity => identitiesOf(db, dataset, { mode, activity }, job)),
    model,
    calendar,
    asOf,
    level: LEVEL,
    cells: stored ?? undefined,
  })
  const { kinds, identities, units, cells, index } = await inPhases(steps, name => say(job, name), job)
  const { personOfUser } = identities
  await say(job, 'Looking for patterns')
  const { bundle } = cells
  const anomalies = findAnomalies({ index, units, roster, loops: bundle.loops, personOfUser, calendar })
  const findings = findingsOf({ bundle, index, units, model, anomalies, asOf, today: calendar.dayOf(asOf) })
  const found = { key: foundKey(db, asOf), asOf, calendar, units, findings, index, facts: bundle.facts }
  return { found, roster, kinds, cells, identities, anomalies }
}

function identitiesOf(
  db: Readable,
  dataset: Dataset,
  { mode, activity }: Readonly<{ mode: IdentityMode; activity: Activity }>,
  job: Job,
): Identities | Steps<Identities> {
  const eventUsers = dataset.events.users.filter(user => user !== '')
  const earlier = mode === 'explicit' ? undefined : earlierEntities(db)
  const datedDevices = dataset.events.stitching?.dated
  const decisions = identityDecisions(db)
  const options = {
    mode,
    activity,
    eventUsers,
    decisions,
    earlier,
    datedDevices,
    roleOfAccount: accountRoles(db),
    openSecond: openPairThread,
    onPairs: pairsTold(job, null),
  }
  if (mode === 'explicit') return resolveIdentities(dataset, options)
  // The pairs that a run or the review room has weighed are those of the same users: nobody is counted otherwise here than there.
  const { known } = weighingOf(db, identityTables(db), options.decisions)
  return identitySteps(dataset, options, { weighed: known, wantsIdentifiers: true })
}

/** Names the phase that begins, and gives others a turn before it. */
export async function say(job: Job, phase: string): Promise<void> {
  job.report({ phase, done: 0, total: null, unit: 'steps', subject: null })
  await job.turn()
}
