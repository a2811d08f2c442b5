import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import {
  addressBookOf,
  crmSnapshotOf,
  Delivery,
  type ExportUnit,
  PRESETS,
  type PresetId,
  presetOf,
  templatesOf,
} from '#export'
import { calendarOf, DAY_MS, formatInstant } from '#lib/time'
import { DEFAULT_MODEL } from '#score'
import { currentLoad } from './machine.ts'
import { line } from './report.ts'
import { routedWorld } from './routed-units.ts'

const DEFAULT_UNITS = 100_000
const PART_UNITS = 256

/**
 * Every preset for routed units in memory, hand-off payloads included, written to the disk: `node bench/deliver.ts [units]`. What reads
 * a project file is measured by the export of the steps.
 */
function bench(count: number): void {
  const world = routedWorld(count)
  const folder = mkdtempSync(join(tmpdir(), 'pql-bench-'))
  line(`${count} routed units, load ${currentLoad()}`)
  let total = 0
  for (const preset of PRESETS) {
    const before = process.cpuUsage()
    const start = performance.now()
    const { rows, bytes } = deliver(preset, world, folder)
    const { user, system } = process.cpuUsage(before)
    const cpu = (user + system) / 1000
    total += cpu
    line(
      `${preset.padEnd(10)} ${(performance.now() - start).toFixed(0)} ms, ${cpu.toFixed(0)} ms of processor, ${rows} records, ${bytes} bytes`,
    )
  }
  rmSync(folder, { recursive: true, force: true })
  line(`all presets: ${total.toFixed(0)} ms of processor, load ${currentLoad()}`)
}

type World = ReturnType<typeof routedWorld>

function deliver(
  preset: PresetId,
  { units, tables, identities, asOf }: World,
  folder: string,
): Readonly<{ rows: number; bytes: number }> {
  const calendar = calendarOf('UTC')
  const book = addressBookOf({ dataset: tables, identities })
  const made = presetOf(
    preset,
    { asOf: formatInstant(asOf), model: 'Recipe v1', sequenceOf: () => null },
    {
      workspaceAs: 'company',
      leadsAs: 'lead',
      pipeline: 'Sales Pipeline',
      dealStage: 'Appointment Scheduled',
      leadStatus: 'Open - Not Contacted',
      dealStages: new Set(),
    },
  )
  const delivery = new Delivery({
    book,
    snapshot: crmSnapshotOf(tables, identities.persons),
    dayOf: calendar.dayOf,
    preset: made,
    steps: made.steps,
    payload: {
      book,
      model: DEFAULT_MODEL,
      today: Math.floor(asOf / DAY_MS),
      sequences: {},
      templates: templatesOf(new Map()),
    },
    ledger: { find: () => undefined, lastTaskDay: () => null },
    options: { delta: false, again: false, coolDownDays: 14 },
    note: () => undefined,
    deliver: () => undefined,
    find: () => undefined,
  })
  for (const unit of units) delivery.collect(unit)
  delivery.collected()
  return written(delivery, units, folder)
}

function written(
  delivery: Delivery,
  units: readonly ExportUnit[],
  folder: string,
): Readonly<{ rows: number; bytes: number }> {
  const { writer } = delivery.records
  const descriptors: number[] = []
  let bytes = 0
  const flush = (texts: readonly string[]): void => {
    for (const [i, text] of texts.entries()) {
      descriptors[i] ??= openSync(join(folder, writer.names[i] ?? ''), 'w')
      if (text !== '') bytes += writeSync(descriptors[i], text)
    }
  }
  for (const [i, unit] of units.entries()) {
    delivery.take(unit)
    if (i % PART_UNITS === 0) flush(writer.take())
  }
  flush(writer.take())
  flush(writer.close())
  for (const descriptor of descriptors) closeSync(descriptor)
  return { rows: writer.rows().reduce((sum, rows) => sum + rows, 0), bytes }
}

bench(Number(process.argv[2] ?? DEFAULT_UNITS))
