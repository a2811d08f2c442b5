import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'
import type { ShellApi } from '../platform/shell-api.ts'
import { useExports } from './exports.ts'
import { runJob } from './jobs.ts'

export type PresetView = Output<'export.presets'>['presets'][number]
export type PresetId = PresetView['preset']
export type DryRun = Output<'export.dryRun'>
export type FindingKind = DryRun['findings'][number]['kind']
export type Delivered = Output<'export.deliver'>
type Delivery = Output<'export.deliveries'>['deliveries'][number]

/** How a preset is written. */
type Wish = Omit<Input<'export.dryRun'>, 'preset'>
export type CrmOptions = Readonly<{ [K in keyof Wish]-?: NonNullable<Wish[K]> }>

type CrmExport = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'trying' | 'writing' | 'failed'
  presets: readonly PresetView[]
  preset: PresetId
  options: CrmOptions
  /** What was tried last, of which scores and options; null: nothing yet. */
  tried: Readonly<{ answer: DryRun; runId: number; key: string }> | null
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
  workspaceAs: 'company',
  leadsAs: 'lead',
  pipeline: 'Sales Pipeline',
  dealStage: 'Appointment Scheduled',
  leadStatus: 'Open - Not Contacted',
}
const EMPTY: CrmExport = {
  status: 'idle',
  presets: [],
  preset: 'hubspot',
  options: OPTIONS,
  tried: null,
  part: 'records',
  kind: null,
  sample: null,
  deliveries: null,
}

export const useCrmExport = create<CrmExport>()(() => EMPTY)

const keyOf = (preset: PresetId, options: CrmOptions): string => JSON.stringify([preset, options])

/** What was tried is what would be written: the same scores, preset and options. */
export function isSeen({ tried, preset, options }: CrmExport, runId: number): boolean {
  return tried !== null && tried.runId === runId && tried.key === keyOf(preset, options)
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

/** Where workspaces go is a matter of the CRM: another one begins with what it has. */
export function choosePreset(preset: PresetId): void {
  useCrmExport.setState(({ presets, preset: before, options }) => {
    const own = presets.find(one => one.preset === preset)?.workspaceAs ?? options.workspaceAs
    const workspaceAs = preset === before ? options.workspaceAs : own
    return { preset, options: { ...options, workspaceAs }, kind: null, sample: null, part: 'records' }
  })
}

export function setCrmOptions(to: Partial<CrmOptions>): void {
  useCrmExport.setState(({ options }) => ({ options: { ...options, ...to } }))
}

export function setCrmView(to: Partial<Pick<CrmExport, 'part' | 'kind' | 'sample'>>): void {
  useCrmExport.setState(to)
}

/** What the export would come to. Nothing is written. */
export async function tryCrmExport(client: Pick<Client, 'export.dryRun'>, runId: number): Promise<void> {
  const { preset, options } = useCrmExport.getState()
  useCrmExport.setState({ status: 'trying' })
  try {
    const answer = await runJob('Try the CRM export', call => client['export.dryRun']({ preset, ...options }, call))
    useCrmExport.setState({
      tried: { answer, runId, key: keyOf(preset, options) },
      kind: null,
      sample: answer.samples[0]?.file ?? null,
    })
  } finally {
    useCrmExport.setState({ status: 'ready' })
  }
}

type DeliverClient = Pick<Client, 'export.deliver' | 'export.presets' | 'export.deliveries'>

/** Asks the host for an empty folder and writes what was tried into it. Null: no folder was chosen. */
export async function deliver(
  client: DeliverClient,
  shell: Pick<ShellApi, 'newExport'>,
  what: Readonly<{ project: string; runId: number }>,
): Promise<Delivered | null> {
  const state = useCrmExport.getState()
  if (!isSeen(state, what.runId)) return null
  const place = await shell.newExport(what.project)
  if (place === null) return null
  useCrmExport.setState({ status: 'writing' })
  try {
    const { preset, options } = state
    const written = await runJob('Write CRM files', call =>
      client['export.deliver']({ target: place.token, preset, ...options }, call),
    )
    useExports.setState({ written, place, writtenRunId: what.runId })
    // what was tried is handed over now: another export of it would come to something else
    useCrmExport.setState({ tried: null })
    return written
  } finally {
    useCrmExport.setState({ status: 'ready' })
    await loadPresets(client)
  }
}

export function forgetCrmExport(): void {
  useCrmExport.setState(EMPTY)
}
