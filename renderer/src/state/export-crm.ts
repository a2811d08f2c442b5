import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'
import { sum } from '#lib/num'
import type { ShellApi } from '../platform/shell-api.ts'
import { useExports, type Written } from './exports.ts'
import { runJob } from './jobs.ts'

export type PresetView = Output<'export.presets'>['presets'][number]
export type PresetId = PresetView['preset']
export type DryRun = Output<'export.dryRun'>
export type FindingKind = DryRun['findings'][number]['kind']
export type CrmResult = Output<'export.deliverEach'>['results'][number]
type Delivery = Output<'export.deliveries'>['deliveries'][number]

export type WorkspaceAs = NonNullable<PresetView['workspaceAs']>

/** How files are written, whichever the CRM. */
type Wish = Omit<Input<'export.dryRun'>, 'preset' | 'workspaceAs'>
export type CrmOptions = Readonly<{ [K in keyof Wish]-?: NonNullable<Wish[K]> }>

type CrmExport = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'trying' | 'writing' | 'failed'
  presets: readonly PresetView[]
  /** The CRMs that files are for, in the order of the presets. */
  chosen: readonly PresetId[]
  /** The one that is looked at. */
  preset: PresetId
  options: CrmOptions
  /** Where the fields of a workspace go, where that is not what the CRM begins with. */
  places: Readonly<Partial<Record<PresetId, WorkspaceAs>>>
  /** What was tried last, of which scores and options; null: nothing yet. */
  tried: Readonly<{ answers: readonly DryRun[]; runId: number; key: string }> | null
  /** What became of each CRM in the last delivery, and into which place it went. */
  last: Readonly<{ token: string; results: readonly CrmResult[] }> | null
  /** What stands beside the options. */
  part: 'records' | 'findings' | 'files'
  /** Findings of one kind; null: all. */
  kind: FindingKind | null
  sample: string | null
  deliveries: readonly Delivery[] | null
}>

const OPTIONS: CrmOptions = {
  delta: false,
  again: false,
  coolDownDays: 14,
  leadsAs: 'lead',
  pipeline: 'Sales Pipeline',
  dealStage: 'Appointment Scheduled',
  leadStatus: 'Open - Not Contacted',
}
const EMPTY: CrmExport = {
  status: 'idle',
  presets: [],
  chosen: ['hubspot'],
  preset: 'hubspot',
  options: OPTIONS,
  places: {},
  tried: null,
  last: null,
  part: 'records',
  kind: null,
  sample: null,
  deliveries: null,
}

export const useCrmExport = create<CrmExport>()(() => EMPTY)

/** What is wished of each chosen CRM. */
function wishesOf({ chosen, presets, options, places }: CrmExport): Input<'export.dryRunEach'>['wishes'] {
  return chosen.map(preset => {
    const workspaceAs = placeOf({ presets, places }, preset)
    return { preset, ...options, ...(workspaceAs === null ? {} : { workspaceAs }) }
  })
}

/** Where the fields of a workspace go in a CRM; null: there is nothing to choose. */
export function placeOf(
  { presets, places }: Pick<CrmExport, 'presets' | 'places'>,
  preset: PresetId,
): WorkspaceAs | null {
  const own = presets.find(one => one.preset === preset)?.workspaceAs ?? null
  return own === null ? null : (places[preset] ?? own)
}

/** What was tried is what would be written: the same scores, CRMs and options. */
export function isSeen(state: CrmExport, runId: number): boolean {
  const { tried } = state
  return tried !== null && tried.runId === runId && tried.key === JSON.stringify(wishesOf(state))
}

export async function loadPresets(client: Pick<Client, 'export.presets' | 'export.deliveries'>): Promise<void> {
  if (useCrmExport.getState().presets.length === 0) useCrmExport.setState({ status: 'loading' })
  try {
    const [{ presets }, { deliveries }] = await Promise.all([
      client['export.presets']({}),
      client['export.deliveries']({}),
    ])
    useCrmExport.setState(({ status }) => ({
      presets,
      deliveries,
      status: status === 'trying' || status === 'writing' ? status : 'ready',
    }))
  } catch (error) {
    useCrmExport.setState({ status: 'failed' })
    throw error
  }
}

/** Looks at a CRM. */
export function choosePreset(preset: PresetId): void {
  useCrmExport.setState({ preset, kind: null, sample: null })
}

/** Writes for a CRM too, or no longer. */
export function takePreset(preset: PresetId, isTaken: boolean): void {
  useCrmExport.setState(({ presets, chosen, preset: before }) => {
    const taken = presets.map(one => one.preset).filter(known => (known === preset ? isTaken : chosen.includes(known)))
    const shown = isTaken ? preset : taken.includes(before) ? before : (taken[0] ?? before)
    return { chosen: taken, preset: shown, kind: null, sample: null, part: 'records' }
  })
}

export function setPlace(preset: PresetId, workspaceAs: WorkspaceAs): void {
  useCrmExport.setState(({ places }) => ({ places: { ...places, [preset]: workspaceAs } }))
}

export function setCrmOptions(to: Partial<CrmOptions>): void {
  useCrmExport.setState(({ options }) => ({ options: { ...options, ...to } }))
}

export function setCrmView(to: Partial<Pick<CrmExport, 'part' | 'kind' | 'sample'>>): void {
  useCrmExport.setState(to)
}

/** What the export would come to. Nothing is written. */
export async function tryCrmExport(client: Pick<Client, 'export.dryRunEach'>, runId: number): Promise<void> {
  const wishes = wishesOf(useCrmExport.getState())
  useCrmExport.setState({ status: 'trying' })
  try {
    const { answers } = await runJob('Try the CRM export', call => client['export.dryRunEach']({ wishes }, call))
    useCrmExport.setState(({ tried, preset }) => ({
      tried: { answers, runId, key: JSON.stringify(wishes) },
      // Whoever tries again goes on to look at the same.
      preset: tried === null ? (wishes[0]?.preset ?? preset) : preset,
      kind: null,
      sample: null,
    }))
  } finally {
    useCrmExport.setState({ status: 'ready' })
  }
}

type DeliverClient = Pick<Client, 'export.deliverEach' | 'export.presets' | 'export.deliveries'>

/** Asks the host for an empty folder and writes what was tried into it, several CRMs each into a folder of it. Null: no folder was chosen. */
export async function deliver(
  client: DeliverClient,
  shell: Pick<ShellApi, 'newExport'>,
  what: Readonly<{ project: string; runId: number }>,
): Promise<readonly CrmResult[] | null> {
  const state = useCrmExport.getState()
  if (!isSeen(state, what.runId)) return null
  const place = await shell.newExport(what.project)
  if (place === null) return null
  useCrmExport.setState({ status: 'writing' })
  try {
    const { results } = await runJob('Write CRM files', call =>
      client['export.deliverEach']({ target: place.token, wishes: wishesOf(state) }, call),
    )
    useExports.setState({ written: writtenBy(results, place.folder), place, writtenRunId: what.runId })
    // what was tried is handed over now: another export of it would come to something else
    useCrmExport.setState({ tried: null, last: { token: place.token, results } })
    return results
  } finally {
    useCrmExport.setState({ status: 'ready' })
    await loadPresets(client)
  }
}

/** All files with the folder of their CRM before them. */
function writtenBy(results: readonly CrmResult[], folder: string): Written {
  const written = results.flatMap(one => (one.written === null ? [] : [{ preset: one.preset, ...one.written }]))
  const files = written.flatMap(own =>
    results.length === 1 ? own.files : own.files.map(file => ({ ...file, name: `${own.preset}/${file.name}` })),
  )
  return { folder, files, cellsMadeHarmless: sum(written.map(own => own.cellsMadeHarmless)) }
}

export function forgetCrmExport(): void {
  useCrmExport.setState(EMPTY)
}
