import {
  addressBookOf,
  crmSnapshotOf,
  type ExportUnit,
  HandOffs,
  KeptTexts,
  type TextGround,
  templatesOf,
} from '#export'
import { calendarOf, type Day } from '#lib/time'
import { withReps } from '#route'
import { LISTED_COLUMNS } from '#schema/dataset'
import { type Readable, runUnits, type ScoreRun, walkTable } from '#store'
import { addressReader } from './address-reader.ts'
import { billingTerms } from './billing-terms.ts'
import { linksOfRun } from './contact-links.ts'
import { crmKeys } from './crm-keys.ts'
import { listedTables } from './dataset.ts'
import { handOffTexts } from './hand-off-texts.ts'
import { inTurns, type Job } from './jobs.ts'
import { modelOfRun, policyOfRun } from './judgement.ts'
import { keptPeople } from './kept-identities.ts'
import { keyEventsOf } from './key-events.ts'
import { listedValues } from './listed-values.ts'
import { exportUnit } from './run-input.ts'
import { stageDaysOf, stageGround } from './stage-days.ts'

/** Units of a run as CRMs get them, with what their files are made by. */
export type CollectedUnits = Readonly<{
  run: ScoreRun
  handOffs: HandOffs
  dealStages: ReadonlySet<string>
  model: ReturnType<typeof modelOfRun>
  sequences: TextGround['sequences']
  today: Day
  dayOf(instant: number): Day
}>

/** Reads what deliveries look into and walks the units for the companies and persons that they are of. */
export async function collectUnits(
  db: Readable,
  run: ScoreRun,
  { job, isForSeveral }: Readonly<{ job: Job; isForSeveral: boolean }>,
): Promise<CollectedUnits> {
  job.report({ phase: 'Reading the tables', done: 0, total: null, unit: 'rows', subject: null })
  await job.turn()
  const model = modelOfRun(db, run)
  const { dayOf } = calendarOf(model.timeZone)
  const today = dayOf(run.asOf)
  const { sequences = {}, reps } = policyOfRun(db, run)
  const people = keptPeople(db, run.runId)
  const contactLinks = await inTurns(linksOfRun(db, run, people.persons), job)
  const values = await inTurns(listedValues(db, { ...people, contactLinks }), job)
  const tables = listedTables(db)
  const dataset = { ...tables, crm_users: withReps(tables.crm_users, reps) }
  const book = addressBookOf({ dataset, identities: people, values, contactLinks, readAddress: addressReader(db) })
  await job.turn()
  const snapshot = crmSnapshotOf(snapshotTables(db), contactLinks)
  await job.turn()
  const templates = templatesOf(handOffTexts(db))
  const keyEvents = await inTurns(keyEventsOf(db, run), job)
  const handOffs = new HandOffs({
    book,
    snapshot,
    dayOf,
    model,
    today,
    sequences,
    templates,
    ...(isForSeveral ? { kept: new KeptTexts() } : {}),
    termsOf: billingTerms(db),
    keyEventsOf: workspaceIds => keyEvents.newestOf(workspaceIds),
    stageDayOf: stageDaysOf(db, run),
  })
  const phase = 'Finding companies and people'
  for await (const unit of walkUnits(db, run, { job, phase })) handOffs.add(unit)
  handOffs.finish()
  return { run, handOffs, dealStages: snapshot.stagesOfDeals, model, sequences, today, dayOf }
}

function snapshotTables(db: Readable): Parameters<typeof crmSnapshotOf>[0] {
  return {
    contacts: walkTable(db, 'contacts', [...LISTED_COLUMNS.contacts, 'crm_id']),
    accounts: walkTable(db, 'accounts', ['account_id', 'crm_id', 'name', 'primary_domain']),
    deals: walkTable(db, 'deals', ['stage']),
    crmsOf: crmKeys(db),
  }
}

/** Units between two reports. */
const STRETCH = 512

/** The units of a run, with reports of how far it is. */
export async function* walkUnits(
  db: Readable,
  run: ScoreRun,
  { job, phase }: Readonly<{ job: Job; phase: string }>,
): AsyncGenerator<ExportUnit> {
  const stages = stageGround(db, run)
  let done = 0
  for (const unit of runUnits(db, run.runId)) {
    yield exportUnit(unit, stages)
    if (done++ % STRETCH !== 0) continue
    job.report({ phase, done, total: run.unitCount, unit: 'units', subject: null })
    await job.breathe()
  }
}
