import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import type { HandedFile, ShellApi } from '../platform/shell-api.ts'
import { forgetHeld } from './held-rows.ts'
import { runJob } from './jobs.ts'

export type FilePlan = Output<'import.inspect'>['files'][number]
export type ImportReport = Output<'import.run'>['files'][number]
export type SkippedFile = Output<'import.run'>['skipped'][number]

type Imports = Readonly<{
  phase: 'idle' | 'inspecting' | 'planned' | 'importing'
  /** Files handed over and not yet imported or given up. */
  plan: readonly FilePlan[]
  chosenSource: string | null
  /** What the last import of this session did; null before the first. */
  lastRun: Readonly<{ files: readonly ImportReport[]; skipped: readonly SkippedFile[] }> | null
  listStatus: 'loading' | 'ready' | 'failed'
  list: readonly ImportReport[]
}>

export const useImports = create<Imports>()(() => ({
  phase: 'idle',
  plan: [],
  chosenSource: null,
  lastRun: null,
  listStatus: 'loading',
  list: [],
}))

/** Reads what was handed over and shows what an import would do; nothing is loaded. Adds to a plan that is there. */
export async function inspectFiles(
  client: Pick<Client, 'import.inspect'>,
  files: readonly HandedFile[],
): Promise<void> {
  if (files.length === 0) return
  const before = useImports.getState()
  useImports.setState({ phase: 'inspecting' })
  try {
    const sources = files.map(file => file.token)
    const read = await runJob(
      `Read ${files.length === 1 ? (files[0]?.name ?? '') : `${files.length} files`}`,
      options => client['import.inspect']({ sources }, options),
    )
    const plan = [...before.plan, ...read.files]
    const chosenSource = before.chosenSource ?? plan[0]?.source ?? null
    useImports.setState({ phase: 'planned', plan, chosenSource })
  } catch (error) {
    useImports.setState({ phase: before.plan.length > 0 ? 'planned' : 'idle' })
    throw error
  }
}

/** Imports the whole plan, all or none; files of no table are passed over. */
export async function importPlan(client: Pick<Client, 'import.run' | 'import.list'>): Promise<void> {
  const { plan } = useImports.getState()
  const sources = plan.map(file => file.source)
  useImports.setState({ phase: 'importing' })
  try {
    const lastRun = await runJob(`Import ${plan.length === 1 ? '1 file' : `${plan.length} files`}`, options =>
      client['import.run']({ sources, skipUnknown: true }, options),
    )
    useImports.setState({ phase: 'idle', plan: [], chosenSource: null, lastRun })
  } catch (error) {
    useImports.setState({ phase: 'planned' })
    throw error
  }
  forgetHeld()
  await loadImports(client)
}

/** Gives the plan up and lets the host forget its files. */
export async function discardPlan(shell: Pick<ShellApi, 'releaseFiles'>): Promise<void> {
  const tokens = useImports.getState().plan.map(file => file.source)
  useImports.setState({ phase: 'idle', plan: [], chosenSource: null })
  if (tokens.length > 0) await shell.releaseFiles(tokens)
}

/** Takes one file out of the plan. */
export async function dropFromPlan(shell: Pick<ShellApi, 'releaseFiles'>, source: string): Promise<void> {
  useImports.setState(({ plan, chosenSource }) => {
    const rest = plan.filter(file => file.source !== source)
    const isChosen = chosenSource === source
    return {
      plan: rest,
      chosenSource: isChosen ? (rest[0]?.source ?? null) : chosenSource,
      phase: rest.length === 0 ? 'idle' : 'planned',
    }
  })
  await shell.releaseFiles([source])
}

export function chooseSource(source: string): void {
  useImports.setState({ chosenSource: source })
}

export async function loadImports(client: Pick<Client, 'import.list'>): Promise<void> {
  try {
    const { imports } = await client['import.list']({})
    useImports.setState({ list: imports, listStatus: 'ready' })
  } catch (error) {
    useImports.setState({ listStatus: 'failed' })
    throw error
  }
}

export function forgetImports(): void {
  useImports.setState({ phase: 'idle', plan: [], chosenSource: null, lastRun: null, list: [], listStatus: 'loading' })
}
