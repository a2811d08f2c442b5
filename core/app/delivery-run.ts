import type { Output, Parsed } from '#contract/contract'
import {
  type CrmObject,
  type Delivered,
  Delivery,
  type ExportUnit,
  type HarmlessCell,
  type Ledger,
  type LedgerEntry,
  type Preset,
  presetOf,
  WORKSPACE_AS,
  type WorkspaceAs,
} from '#export'
import { type Day, formatInstant } from '#lib/time'
import { deliveredRecords, type Readable, runUnits, type ScoreRun, saveDelivery, saveExport } from '#store'
import type { Context, OpenProject } from './context.ts'
import { type DeliveryFindings, deliveryFindings } from './delivery-findings.ts'
import { type CollectedUnits, walkUnits } from './delivery-units.ts'
import { MANIFEST } from './earlier-export.ts'
import { manifestText } from './export-run.ts'
import type { Job } from './jobs.ts'
import type { modelOfRun } from './judgement.ts'
import { type OutputGroup, writeFolder } from './output-folder.ts'
import { alertsFile } from './routing-alert-file.ts'
import { alertsOf } from './routing-alerts.ts'
import { exportUnit } from './run-input.ts'
import { stageGround } from './stage-days.ts'

export type DeliveryWish = Omit<Parsed<'export.deliver'>, 'target' | 'overwrite'>

/** A delivery that is ready to be walked, and what it came to so far. */
export type Prepared = Readonly<{
  collected: CollectedUnits
  delivery: Delivery
  preset: Preset
  delivered: readonly Delivered[]
  findings: DeliveryFindings
  harmless: HarmlessCell[]
  ground: Readonly<{ model: ReturnType<typeof modelOfRun> }>
}>

function placeOf({ preset, workspaceAs }: DeliveryWish): WorkspaceAs {
  return workspaceAs ?? WORKSPACE_AS[preset] ?? 'object'
}

/** Makes a delivery of what was collected ready. */
function prepare(db: Readable, collected: CollectedUnits, wish: DeliveryWish): Prepared {
  const { run, handOffs, dealStages, model, sequences, today, dayOf } = collected
  const preset = presetOf(
    wish.preset,
    {
      asOf: formatInstant(run.asOf),
      model: `${model.name} v${model.version} (${run.modelHash.slice(0, 8)})`,
      sequenceOf: unit => unit.channels.map(channel => sequences[channel]).find(name => name !== undefined) ?? null,
      hasSequences: Object.keys(sequences).length > 0,
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

/** What the CRM of a preset was given before. */
function ledgerOf(db: Readable, preset: string, dayOf: (instant: number) => Day): Ledger {
  const entries = new Map<string, Map<string, LedgerEntry>>()
  const tasks = new Map<string, Day>()
  for (const { object, key, unitId, fingerprint, asOf, failure } of deliveredRecords(db, preset)) {
    const entry = { fingerprint, hasFailed: failure !== null }
    const ofObject = entries.get(object)
    if (ofObject === undefined) entries.set(object, new Map([[key, entry]]))
    else ofObject.set(key, entry)
    if (object === 'task' && failure === null) tasks.set(unitId, Math.max(dayOf(asOf), tasks.get(unitId) ?? 0))
  }
  return {
    find: (object, key) => entries.get(object)?.get(key),
    lastTaskDay: unitId => tasks.get(unitId) ?? null,
  }
}

/** What an export of a preset would come to. Nothing is written. */
export async function dryRun(
  db: Readable,
  collected: CollectedUnits,
  wish: DeliveryWish,
  { job, phase }: Readonly<{ job: Job; phase: string }>,
): Promise<Output<'export.dryRun'>> {
  const { run } = collected
  const prepared = prepare(db, collected, wish)
  const { delivery, preset, findings } = prepared
  const samples = new Map<string, string>()
  const leftOut = new Map<string, number>()
  for await (const unit of walkUnits(db, run, { job, phase })) {
    const isTaken = takeUnit(prepared, unit)
    const { destination } = unit.route
    if (!isTaken) leftOut.set(destination, (leftOut.get(destination) ?? 0) + 1)
    keepSamples(samples, delivery)
  }
  const { writer, counts } = delivery.records
  const beside = await filesBeside(db, prepared, { wish, job })
  return {
    preset: wish.preset,
    runId: run.runId,
    units: delivery.units,
    leftOut: [...leftOut].map(([destination, units]) => ({ destination, units })),
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
    files: [...writer.names.map((name, i) => ({ name, rows: writer.rows()[i] ?? 0 })), ...beside],
    findings: [...findings.listed],
    findingsTotal: findings.total(),
    findingSorts: findings.sorts(),
    samples: writer.names.map(name => ({ file: name, text: samples.get(name) ?? '' })),
  }
}

/** Files that an export writes beside those of records: maps of headers, alerts, and the manifest, which it always writes. */
async function filesBeside(db: Readable, prepared: Prepared, { wish, job }: Pick<Target, 'wish' | 'job'>) {
  const alerts = alertsFile(await newAlerts(db, prepared.collected.run, { wish, job }), [])
  return [
    ...companionFiles(prepared).map(({ name }) => ({ name, rows: 0 })),
    ...alerts.map(({ name, rows }) => ({ name, rows })),
    { name: MANIFEST, rows: 0 },
  ]
}

const SAMPLE_CHARACTERS = 4000

/** Units whose texts are handed on together. */
const PART = 32

/** @returns whether the CRM has any business with it */
function takeUnit({ collected: { handOffs }, delivery }: Prepared, unit: ExportUnit): boolean {
  const handed = handOffs.of(unit)
  if (handed !== null) delivery.take(handed)
  return handed !== null
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
  collected: CollectedUnits,
  { folder, overwrite, wish, job }: Target,
): Promise<Output<'export.deliver'>> {
  const { db } = open.project
  const { run } = collected
  const prepared = prepare(db, collected, wish)
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
        records: delivered,
        told: alerts.map(alertRecord),
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
function companionsOf(prepared: Prepared): OutputGroup {
  const names: string[] = []
  return {
    names,
    rows: () => names.map(() => 0),
    parts: function* () {
      const files = companionFiles(prepared)
      names.push(...files.map(({ name }) => name))
      yield files.map(({ text }) => text)
    },
  }
}

function companionFiles({ delivery, preset }: Prepared): ReturnType<Preset['companions']> {
  const bases = new Set(delivery.records.writer.names.map(name => name.replace(/(_\d+)?\.[a-z]+$/, '')))
  return preset.companions([...bases])
}

function summaryOf(wish: DeliveryWish, { delivery, findings }: Prepared): Readonly<Record<string, unknown>> {
  const { preset, ...given } = wish
  const options = { ...given, workspaceAs: placeOf(wish) }
  const objects = Object.fromEntries([...delivery.records.counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { preset, options, objects, cooling_down: delivery.coolingDown, findings: findings.total() }
}
