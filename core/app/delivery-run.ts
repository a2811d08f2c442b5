import type { Output, Parsed } from '#contract/contract'
import {
  addressBookOf,
  type CrmObject,
  crmSnapshotOf,
  type Delivered,
  Delivery,
  type ExportUnit,
  HandOffs,
  type HarmlessCell,
  type Ledger,
  type LedgerEntry,
  type Preset,
  presetOf,
  type TextGround,
  templatesOf,
  WORKSPACE_AS,
  type WorkspaceAs,
} from '#export'
import { calendarOf, type Day, formatInstant } from '#lib/time'
import { LISTED_COLUMNS } from '#schema/dataset'
import {
  dataState,
  deliveredRecords,
  type Readable,
  runUnits,
  type ScoreRun,
  saveDelivery,
  saveExport,
  walkTable,
} from '#store'
import type { Context, OpenProject } from './context.ts'
import { listedTables } from './dataset.ts'
import { type DeliveryFindings, deliveryFindings } from './delivery-findings.ts'
import { MANIFEST } from './earlier-export.ts'
import { manifestText } from './export-run.ts'
import { handOffTexts } from './hand-off-texts.ts'
import { inTurns, type Job } from './jobs.ts'
import { modelOfRun, policyOfRun } from './judgement.ts'
import { keptPeople } from './kept-identities.ts'
import { keyEventsOf } from './key-events.ts'
import { listedValues } from './listed-values.ts'
import { type OutputGroup, writeFolder } from './output-folder.ts'
import { alertsFile } from './routing-alert-file.ts'
import { alertsOf } from './routing-alerts.ts'
import { exportUnit } from './run-input.ts'
import { keptRecords } from './run-parts.ts'
import { stageDaysOf, stageGround } from './stage-days.ts'

export type DeliveryWish = Omit<Parsed<'export.deliver'>, 'target' | 'overwrite'>

/** A delivery that is ready to be walked, and what it came to so far. */
export type Prepared = Readonly<{
  collected: Collected
  delivery: Delivery
  preset: Preset
  delivered: readonly Delivered[]
  findings: DeliveryFindings
  harmless: HarmlessCell[]
  ground: Readonly<{ model: ReturnType<typeof modelOfRun> }>
}>

/** Units of a run as CRMs get them, with what their files are made by. */
type Collected = Readonly<{
  run: ScoreRun
  handOffs: HandOffs
  dealStages: ReadonlySet<string>
  model: ReturnType<typeof modelOfRun>
  sequences: TextGround['sequences']
  today: Day
  dayOf(instant: number): Day
}>

/** Reads what deliveries look into and walks the units for the companies and persons that they are of. */
async function collect(db: Readable, run: ScoreRun, job: Job): Promise<Collected> {
  job.report({ phase: 'Reading the tables', done: 0, total: null, unit: 'rows', subject: null })
  await job.turn()
  const model = modelOfRun(db, run)
  const { dayOf } = calendarOf(model.timeZone)
  const today = dayOf(run.asOf)
  const { sequences = {} } = policyOfRun(db, run)
  const people = keptPeople(db, run.runId)
  const links =
    run.dataState === dataState(db) ? { contactLinks: [...keptRecords(db, run.runId, 'contact links')] } : {}
  const values = await inTurns(listedValues(db, people), job)
  const book = addressBookOf({ dataset: listedTables(db), identities: people, values, ...links })
  await job.turn()
  const snapshot = crmSnapshotOf(snapshotTables(db), people.persons, links.contactLinks)
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
    keyEventsOf: workspaceIds => keyEvents.newestOf(workspaceIds),
    stageDayOf: stageDaysOf(db, run),
  })
  const phase = 'Finding companies and people'
  for await (const unit of walk(db, run, { job, phase })) handOffs.add(unit)
  handOffs.finish()
  return { run, handOffs, dealStages: snapshot.stagesOfDeals, model, sequences, today, dayOf }
}

function placeOf({ preset, workspaceAs }: DeliveryWish): WorkspaceAs {
  return workspaceAs ?? WORKSPACE_AS[preset] ?? 'object'
}

function snapshotTables(db: Readable): Parameters<typeof crmSnapshotOf>[0] {
  return {
    contacts: walkTable(db, 'contacts', [...LISTED_COLUMNS.contacts, 'crm_id']),
    accounts: walkTable(db, 'accounts', ['account_id', 'crm_id', 'primary_domain']),
    deals: walkTable(db, 'deals', ['stage']),
    users: walkTable(db, 'users', ['user_id', 'primary_email', 'contact_id']),
  }
}

/** Makes a delivery of what was collected ready. */
function prepare(db: Readable, collected: Collected, wish: DeliveryWish): Prepared {
  const { run, handOffs, dealStages, model, sequences, today, dayOf } = collected
  const preset = presetOf(
    wish.preset,
    {
      asOf: formatInstant(run.asOf),
      model: `${model.name} v${model.version} (${run.modelHash.slice(0, 8)})`,
      sequenceOf: unit => unit.channels.map(channel => sequences[channel]).find(name => name !== undefined) ?? null,
    },
    { ...wish, workspaceAs: placeOf(wish), dealStages },
  )
  const delivered: Delivered[] = []
  const findings = deliveryFindings()
  const harmless: HarmlessCell[] = []
  const delivery = new Delivery({
    handOffs,
    today,
    preset,
    steps: preset.steps,
    ledger: ledgerOf(db, wish.preset, dayOf),
    options: wish,
    note: cell => harmless.push(cell),
    deliver: record => delivered.push(record),
    find: findings.add,
  })
  return { collected, delivery, preset, delivered, findings, harmless, ground: { model } }
}

/** Units between two reports. */
const STRETCH = 512

async function* walk(
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

/** What the CRM of a preset was given before. */
function ledgerOf(db: Readable, preset: string, dayOf: (instant: number) => Day): Ledger {
  const entries = new Map<string, LedgerEntry>()
  const tasks = new Map<string, Day>()
  for (const { object, key, unitId, fingerprint, asOf, failure } of deliveredRecords(db, preset)) {
    entries.set(`${object} ${key}`, { fingerprint, hasFailed: failure !== null })
    if (object === 'task' && failure === null) tasks.set(unitId, Math.max(dayOf(asOf), tasks.get(unitId) ?? 0))
  }
  return {
    find: (object, key) => entries.get(`${object} ${key}`),
    lastTaskDay: unitId => tasks.get(unitId) ?? null,
  }
}

/** What an export of a preset would come to. Nothing is written. */
export async function dryRun(
  db: Readable,
  run: ScoreRun,
  wish: DeliveryWish,
  job: Job,
): Promise<Output<'export.dryRun'>> {
  const prepared = prepare(db, await collect(db, run, job), wish)
  const { delivery, preset, findings } = prepared
  const samples = new Map<string, string>()
  for await (const unit of walk(db, run, { job, phase: 'Trying the export' })) {
    takeUnit(prepared, unit)
    keepSamples(samples, delivery)
  }
  const { writer, counts } = delivery.records
  return {
    preset: wish.preset,
    runId: run.runId,
    units: delivery.units,
    objects: [...counts].map(([object, own]) => ({
      object,
      title: titleOf(preset, object),
      ...own,
      files: writer.names.filter(name =>
        preset.files.some(file => file.object === object && isPartOf(name, file.name)),
      ),
    })),
    coolingDown: delivery.coolingDown,
    cellsMadeHarmless: prepared.harmless.length,
    files: writer.names.map((name, i) => ({ name, rows: writer.rows()[i] ?? 0 })),
    findings: [...findings.listed],
    findingsTotal: findings.total(),
    findingSorts: findings.sorts(),
    samples: writer.names.map(name => ({ file: name, text: samples.get(name) ?? '' })),
  }
}

const SAMPLE_CHARACTERS = 4000

/** Units whose texts are handed on together. */
const PART = 32

function takeUnit({ collected: { handOffs }, delivery }: Prepared, unit: ExportUnit): void {
  const handed = handOffs.of(unit)
  if (handed !== null) delivery.take(handed)
}

/** The beginning of each file; the rest is not held. */
function keepSamples(samples: Map<string, string>, { records: { writer } }: Delivery): void {
  for (const [i, text] of writer.take().entries()) {
    const name = writer.names[i] ?? ''
    const known = samples.get(name) ?? ''
    if (text !== '' && known.length < SAMPLE_CHARACTERS) samples.set(name, (known + text).slice(0, SAMPLE_CHARACTERS))
  }
}

function isPartOf(file: string, name: string): boolean {
  return new RegExp(`^${name}(_\\d+)?\\.csv$`).test(file)
}

function titleOf({ files }: Preset, object: CrmObject): string {
  return files.find(file => file.object === object)?.title ?? (object === 'note' ? 'Notes' : 'Tasks')
}

type Target = Readonly<{ folder: string; overwrite: boolean; wish: DeliveryWish; job: Job }>

/** Writes the files of a preset into a folder, all or none, and keeps what was handed over. */
export async function deliver(
  ctx: Context,
  open: OpenProject,
  run: ScoreRun,
  { folder, overwrite, wish, job }: Target,
): Promise<Output<'export.deliver'>> {
  const { db } = open.project
  const prepared = prepare(db, await collect(db, run, job), wish)
  const { delivery, delivered, harmless } = prepared
  const { writer, counts } = delivery.records
  let text = ''
  const routes: Parameters<typeof manifestText>[3]['routes'][number][] = []
  const stages = stageGround(db, run)
  const group: OutputGroup = {
    names: writer.names,
    rows: () => writer.rows(),
    parts: function* () {
      for (const unit of runUnits(db, run.runId)) {
        const { unitId, destination, also, suppressedBy } = unit.route
        const place = routes.push({ unitId, destination, also, suppressedBy })
        takeUnit(prepared, exportUnit(unit, stages))
        if (place % PART === 0) yield writer.take()
      }
      yield writer.take()
      yield writer.close()
    },
  }
  const alerts = await newAlerts(db, run, { wish, job })
  const written = await writeFolder(folder, [group, companionsOf(prepared), ...alertsFile(alerts, harmless)], {
    overwrite,
    job,
    last: outputs => {
      text = manifestText(db, run, prepared.ground, { routes, outputs, harmless, delivery: summaryOf(wish, prepared) })
      return { name: MANIFEST, rows: 0, chunks: () => [text] }
    },
    record: () => {
      const export_ = { runId: run.runId, preset: wish.preset, target: folder, manifest: text, createdAt: ctx.now() }
      const exportId = saveExport(db, export_)
      saveDelivery(db, {
        exportId,
        preset: wish.preset,
        asOf: run.asOf,
        options: { ...wish, workspaceAs: placeOf(wish) },
        records: [...delivered, ...alerts.map(alertRecord)],
      })
    },
  })
  const sum = (of: 'create' | 'update' | 'unchanged' | 'held'): number =>
    [...counts.values()].reduce((total, own) => total + own[of], 0)
  return {
    folder,
    files: [...written],
    cellsMadeHarmless: harmless.length,
    created: sum('create'),
    updated: sum('update'),
    unchanged: sum('unchanged'),
    held: sum('held'),
    coolingDown: delivery.coolingDown,
  }
}

const ALERT = 'alert'

/** Alerts to be heard of: in a delta those that no earlier export of the preset told. */
async function newAlerts(db: Readable, run: ScoreRun, { wish, job }: Pick<Target, 'wish' | 'job'>) {
  const alerts = await alertsOf(db, run, job)
  if (!wish.delta) return alerts
  const told = new Set<string>()
  for (const { object, key } of deliveredRecords(db, wish.preset)) if (object === ALERT) told.add(key)
  return alerts.filter(({ alertId }) => !told.has(alertId))
}

function alertRecord({ alertId, unitId }: Awaited<ReturnType<typeof alertsOf>>[number]) {
  return { object: ALERT, key: alertId, unitId: unitId ?? '', fingerprint: '' }
}

/** Files beside those of rows; their names are known when those are. */
function companionsOf({ delivery, preset }: Prepared): OutputGroup {
  const names: string[] = []
  return {
    names,
    rows: () => names.map(() => 0),
    parts: function* () {
      const bases = new Set(delivery.records.writer.names.map(name => name.replace(/(_\d+)?\.[a-z]+$/, '')))
      const files = preset.companions([...bases])
      names.push(...files.map(({ name }) => name))
      yield files.map(({ text }) => text)
    },
  }
}

function summaryOf(wish: DeliveryWish, { delivery, findings }: Prepared): Readonly<Record<string, unknown>> {
  const { preset, ...given } = wish
  const options = { ...given, workspaceAs: placeOf(wish) }
  const objects = Object.fromEntries([...delivery.records.counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { preset, options, objects, cooling_down: delivery.coolingDown, findings: findings.total() }
}
