import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  addressBookOf,
  crmSnapshotOf,
  type Delivered,
  Delivery,
  HandOffs,
  KeptTexts,
  PRESETS,
  type PresetId,
  presetOf,
  type TextGround,
  templatesOf,
  WORKSPACE_AS,
} from '#export'
import { calendarOf, DAY_MS, formatInstant } from '#lib/time'
import { DEFAULT_MODEL } from '#score'
import type { Job } from '../../core/app/jobs.ts'
import { type OutputGroup, writeFolder } from '../../core/app/output-folder.ts'
import { routedWorld } from '../routed-units.ts'
import type { Figures, Prepare } from '../step.ts'

/** Units whose texts are handed on together, as the app does. */
const PART = 32

const KEY_KINDS = ['usage_limit_hit', 'pricing_page_view', 'core_feature_used', 'invite_sent', 'upgrade_click']

/** Nobody else is waiting, and what the process holds is the made units: no memory is given back on the way. */
const JOB: Job = { report: () => undefined, breathe: async () => undefined, turn: async () => undefined }

type World = ReturnType<typeof routedWorld>

/**
 * Every preset for routed units in memory, hand-off payloads included, into folders with their SHA-256, flushed to the disk. What reads a
 * project file is measured by the export of the steps.
 */
export const deliverAll: Prepare = ({ units = '', out = '' }) => {
  const world = routedWorld(Number(units))
  return { runs: { run: async () => await deliverPresets(world, out) } }
}

async function deliverPresets(world: World, out: string): Promise<Figures> {
  const cpu = stopWatch()
  const handOffs = collect(world)
  const figures: Record<string, number> = { collect: cpu() }
  let [rows, bytes] = [0, 0]
  for (const preset of PRESETS) {
    const folder = join(out, preset)
    mkdirSync(folder, { recursive: true })
    const files = await deliverPreset(preset, { world, handOffs, folder })
    for (const file of files) {
      rows += file.rows
      bytes += file.bytes
    }
    figures[preset] = cpu()
  }
  return { rows, bytes, ...figures }
}

/** Five for each unit, of days and people as the made ones have them. */
const keyEventsBefore =
  (asOf: number): NonNullable<TextGround['keyEventsOf']> =>
  ([workspaceId = '']) =>
    KEY_KINDS.map((kind, i) => ({ at: asOf - i * DAY_MS, kind, userId: workspaceId.replace('w', 'u') }))

/** Processor time since it was asked last, ms. */
function stopWatch(): () => number {
  let last = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(last)
    last = process.cpuUsage()
    return Math.round((user + system) / 1000)
  }
}

function collect({ units, tables, identities, asOf }: World): HandOffs {
  const handOffs = new HandOffs({
    book: addressBookOf({ dataset: tables, identities, contactLinks: [] }),
    snapshot: crmSnapshotOf({ ...tables, crmsOf: () => ['hubspot'] }, []),
    dayOf: calendarOf('UTC').dayOf,
    model: DEFAULT_MODEL,
    today: Math.floor(asOf / DAY_MS),
    sequences: {},
    templates: templatesOf(new Map()),
    kept: new KeptTexts(),
    keyEventsOf: keyEventsBefore(asOf),
  })
  for (const unit of units) handOffs.add(unit)
  handOffs.finish()
  return handOffs
}

type Ground = Readonly<{ world: World; handOffs: HandOffs; folder: string }>

async function deliverPreset(preset: PresetId, { world, handOffs, folder }: Ground) {
  const { units, asOf } = world
  const made = presetOf(
    preset,
    { asOf: formatInstant(asOf), model: 'Recipe v1', sequenceOf: () => null },
    {
      workspaceAs: WORKSPACE_AS[preset] ?? 'object',
      leadsAs: 'lead',
      pipeline: 'Sales Pipeline',
      dealStage: 'Appointment Scheduled',
      leadStatus: 'Open - Not Contacted',
      dealStages: new Set(),
    },
  )
  const delivered: Delivered[] = []
  const delivery = new Delivery({
    handOffs,
    today: Math.floor(asOf / DAY_MS),
    preset: made,
    steps: made.steps,
    ledger: { find: () => undefined, lastTaskDay: () => null },
    options: { delta: false, again: false, coolDownDays: 14 },
    note: () => undefined,
    deliver: record => delivered.push(record),
    find: () => undefined,
  })
  return await writeFolder(folder, [groupOf(delivery, { units, handOffs })], {
    overwrite: true,
    job: JOB,
    last: () => ({ name: 'manifest.json', rows: 0, chunks: () => ['{}\n'] }),
    record: () => undefined,
  })
}

function groupOf(
  delivery: Delivery,
  { units, handOffs }: Readonly<{ units: World['units']; handOffs: HandOffs }>,
): OutputGroup {
  const { writer } = delivery.records
  return {
    names: writer.names,
    rows: () => writer.rows(),
    *parts() {
      for (const [i, unit] of units.entries()) {
        const handed = handOffs.of(unit)
        if (handed !== null) delivery.take(handed)
        if (i % PART === 0) yield writer.take()
      }
      yield writer.take()
      yield writer.close()
    },
  }
}
