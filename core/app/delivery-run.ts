import type { Output, Parsed } from '#contract/contract'
import {
  addressBookOf,
  type CrmObject,
  crmSnapshotOf,
  csvFile,
  type Delivered,
  Delivery,
  type DeliveryFinding,
  type HarmlessCell,
  type Ledger,
  type LedgerEntry,
  type Preset,
  presetOf,
  templatesOf,
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
import { MANIFEST } from './earlier-export.ts'
import { manifestText } from './export-run.ts'
import { handOffTexts } from './hand-off-texts.ts'
import type { Job } from './jobs.ts'
import { modelOfRun, policyOfRun } from './judgement.ts'
import { keptPeople } from './kept-identities.ts'
import { type OutputFile, type OutputGroup, writeFolder } from './output-folder.ts'
import { alertsOf } from './routing-alerts.ts'
import { exportUnit } from './run-input.ts'
import { keptRecords } from './run-parts.ts'

export type DeliveryWish = Omit<Parsed<'export.deliver'>, 'target' | 'overwrite'>

/** A delivery that is ready to be walked, and what it came to so far. */
export type Prepared = Readonly<{
  delivery: Delivery
  preset: Preset
  delivered: readonly Delivered[]
  findings: readonly DeliveryFinding[]
  findingsTotal(): number
  harmless: HarmlessCell[]
  ground: Readonly<{ model: ReturnType<typeof modelOfRun> }>
}>

/** Findings that are shown and kept in the manifest. */
const MOST_FINDINGS = 500

/** Makes a delivery ready: reads what it looks into and walks the units for the companies and persons that they are of. */
export async function prepareDelivery(db: Readable, run: ScoreRun, wish: DeliveryWish, job: Job): Promise<Prepared> {
  job.report({ phase: 'Reading the tables', done: 0, total: null, unit: 'rows', subject: null })
  await job.turn()
  const model = modelOfRun(db, run)
  const calendar = calendarOf(model.timeZone)
  const today = calendar.dayOf(run.asOf)
  const { sequences = {} } = policyOfRun(db, run)
  const people = keptPeople(db, run.runId)
  const links =
    run.dataState === dataState(db) ? { contactLinks: [...keptRecords(db, run.runId, 'contact links')] } : {}
  const book = addressBookOf({ dataset: listedTables(db), identities: people, ...links })
  await job.turn()
  const snapshot = crmSnapshotOf(
    {
      contacts: walkTable(db, 'contacts', [...LISTED_COLUMNS.contacts, 'crm_id']),
      accounts: walkTable(db, 'accounts', ['account_id', 'crm_id', 'primary_domain']),
      deals: walkTable(db, 'deals', ['stage']),
      users: walkTable(db, 'users', ['user_id', 'primary_email', 'contact_id']),
    },
    people.persons,
    links.contactLinks,
  )
  await job.turn()
  const preset = presetOf(
    wish.preset,
    {
      asOf: formatInstant(run.asOf),
      model: `${model.name} v${model.version} (${run.modelHash.slice(0, 8)})`,
      sequenceOf: unit => unit.channels.map(channel => sequences[channel]).find(name => name !== undefined) ?? null,
    },
    { ...wish, dealStages: snapshot.stagesOfDeals },
  )
  const delivered: Delivered[] = []
  const findings: DeliveryFinding[] = []
  const harmless: HarmlessCell[] = []
  let found = 0
  const delivery = new Delivery({
    book,
    snapshot,
    dayOf: calendar.dayOf,
    preset,
    steps: preset.steps,
    payload: { book, model, today, sequences, templates: templatesOf(handOffTexts(db)) },
    ledger: ledgerOf(db, wish.preset, calendar.dayOf),
    options: wish,
    note: cell => harmless.push(cell),
    deliver: record => delivered.push(record),
    find: finding => {
      if (++found <= MOST_FINDINGS) findings.push(finding)
    },
  })
  await walk(db, run, {
    job,
    phase: 'Finding companies and people',
    each: unit => delivery.collect(exportUnit(unit, run)),
  })
  delivery.collected()
  return { delivery, preset, delivered, findings, findingsTotal: () => found, harmless, ground: { model } }
}

type Walk = Readonly<{
  job: Job
  phase: string
  each(unit: Parameters<typeof exportUnit>[0]): void
}>

/** Units between two reports. */
const STRETCH = 512

async function walk(db: Readable, run: ScoreRun, { job, phase, each }: Walk): Promise<void> {
  let done = 0
  for (const unit of runUnits(db, run.runId)) {
    each(unit)
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
  const prepared = await prepareDelivery(db, run, wish, job)
  const { delivery, preset, findings } = prepared
  const samples = new Map<string, string>()
  await walk(db, run, {
    job,
    phase: 'Trying the export',
    each: unit => {
      delivery.take(exportUnit(unit, run))
      keepSamples(samples, delivery)
    },
  })
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
    findings: [...findings],
    findingsTotal: prepared.findingsTotal(),
    samples: writer.names.map(name => ({ file: name, text: samples.get(name) ?? '' })),
  }
}

const SAMPLE_CHARACTERS = 4000

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
  const prepared = await prepareDelivery(db, run, wish, job)
  const { delivery, delivered, harmless } = prepared
  const { writer, counts } = delivery.records
  let text = ''
  const routes: Parameters<typeof manifestText>[3]['routes'][number][] = []
  const group: OutputGroup = {
    names: writer.names,
    rows: () => writer.rows(),
    parts: function* () {
      for (const unit of runUnits(db, run.runId)) {
        const { unitId, destination, also, suppressedBy } = unit.route
        routes.push({ unitId, destination, also, suppressedBy })
        delivery.take(exportUnit(unit, run))
        yield writer.take()
      }
      yield writer.close()
    },
  }
  const alerts = await alertsOf(db, run, job)
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
      saveDelivery(db, { exportId, preset: wish.preset, asOf: run.asOf, options: wish, records: delivered })
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

/** alerts.csv, where there is anything to hear of. */
function alertsFile(alerts: Awaited<ReturnType<typeof alertsOf>>, harmless: HarmlessCell[]): readonly OutputFile[] {
  if (alerts.length === 0) return []
  const text = (name: Exclude<keyof (typeof alerts)[number], 'kind'>) =>
    ({ name: snake(name), kind: 'text', read: (alert: (typeof alerts)[number]) => alert[name] ?? '' }) as const
  const file = csvFile<(typeof alerts)[number]>({
    name: 'alerts.csv',
    rows: alerts,
    keyOf: ({ alertId }) => alertId,
    columns: [
      text('alertId'),
      { name: 'kind', kind: 'plain', read: ({ kind }) => kind },
      ...(['unitId', 'accountId', 'contactId', 'owner', 'ownerName', 'territory', 'at', 'text'] as const).map(text),
    ],
  })
  return [{ name: file.name, rows: file.rows, chunks: () => file.chunks(cell => harmless.push(cell)) }]
}

const snake = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

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

function summaryOf(wish: DeliveryWish, { delivery, findingsTotal }: Prepared): Readonly<Record<string, unknown>> {
  const { preset, ...options } = wish
  const objects = Object.fromEntries([...delivery.records.counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { preset, options, objects, cooling_down: delivery.coolingDown, findings: findingsTotal() }
}
