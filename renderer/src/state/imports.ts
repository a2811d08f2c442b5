import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'
import type { HandedFile, ShellApi } from '../platform/shell-api.ts'
import { forgetHeld } from './held-rows.ts'
import {
  changesNothing,
  discard,
  forgetBatch,
  type ImportResult,
  publish,
  review,
  type StagedBatch,
  useBatch,
} from './import-batch.ts'
import { forgetUndo, undo } from './import-undo.ts'
import { runJob } from './jobs.ts'
import { compareKeys } from './key-doubts.ts'
import {
  entryOf,
  type FilePlan,
  forgetBoard,
  give,
  keyOf,
  proveFiles,
  seat,
  useBoard,
  waiveReading,
} from './mapping-board.ts'

export type ImportReport = Output<'import.run'>['files'][number]
export type ListedImport = Output<'import.list'>['imports'][number]

type Imports = Readonly<{
  /** `importing`: files are read, or published; `staged`: what publishing would change is there to be looked at. */
  phase: 'idle' | 'inspecting' | 'planned' | 'importing' | 'staged'
  /** Files handed over and not yet imported or given up. */
  plan: readonly FilePlan[]
  /** Files taken out of archives of which others are still there. */
  leftOut: NonNullable<Input<'import.stage'>['leaveOut']>
  /** What the last import of this session did; null before the first. */
  lastRun: ImportResult | null
  listStatus: 'loading' | 'ready' | 'failed'
  list: readonly ListedImport[]
}>

export const useImports = create<Imports>()(() => ({
  phase: 'idle',
  plan: [],
  leftOut: [],
  lastRun: null,
  listStatus: 'loading',
  list: [],
}))

/** Reads the heads of what was handed over and shows what an import would do; nothing is loaded. Adds to a plan that is there. */
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
    seat(plan)
    useImports.setState({ phase: 'planned', plan })
  } catch (error) {
    useImports.setState({ phase: before.plan.length > 0 ? 'planned' : 'idle' })
    throw error
  }
}

/** Reads what is on the board to its end, so that everything an import would ask is asked before. */
export async function readToEnd(client: Pick<Client, 'import.prove' | 'import.compareKeys'>): Promise<void> {
  const planned = (): readonly FilePlan[] => {
    const { phase, plan } = useImports.getState()
    return phase === 'planned' ? plan : []
  }
  await proveFiles(client, planned)
  await compareKeys(client, () => {
    const plan = planned().filter(isReadable)
    return {
      plan,
      sources: tokensOf(plan),
      mappings: changedMappings(plan),
      leaveOut: useImports.getState().leftOut,
    }
  })
}

/** Forgets the mapping that a file was read by, and looks at the file anew. */
export async function forgetRemembered(
  client: Pick<Client, 'import.forgetMapping' | 'import.inspect'>,
  { source }: FilePlan,
  signature: string,
): Promise<void> {
  await client['import.forgetMapping']({ signature })
  const { files } = await client['import.inspect']({ sources: [source] })
  useImports.setState(({ plan }) => ({
    plan: plan.map(file => files.find(found => keyOf(found) === keyOf(file)) ?? file),
  }))
  for (const file of files) give(file, null)
}

/** Reads another list of a JSON document than the one on the board. */
export async function readList(
  client: Pick<Client, 'import.inspect'>,
  plan: FilePlan,
  recordsAt: string,
): Promise<void> {
  const { files } = await client['import.inspect']({ sources: [plan.source], options: { recordsAt } })
  const found = files.find(file => keyOf(file) === keyOf(plan))
  if (found === undefined) return
  useImports.setState(state => ({ plan: state.plan.map(file => (keyOf(file) === keyOf(plan) ? found : file)) }))
  give(found, null)
}

type Importing = Readonly<{
  client: Pick<Client, 'import.stage' | 'import.publish' | 'import.list'>
  shell: Pick<ShellApi, 'releaseFiles'>
}>

/** Reads the whole plan as an import would, and publishes it where there is nothing to decide; else it is to be reviewed. */
export async function importPlan(host: Importing): Promise<void> {
  const { plan, leftOut } = useImports.getState()
  waiveReading()
  useImports.setState({ phase: 'importing' })
  try {
    const input = {
      sources: tokensOf(plan.filter(isReadable)),
      skipUnknown: true,
      leaveOut: leftOut,
      mappings: changedMappings(plan),
    }
    const { length } = plan.filter(isFed)
    const batch = await runJob(`Import ${length === 1 ? '1 file' : `${length} files`}`, options =>
      host.client['import.stage'](input, options),
    )
    if (changesNothing(batch)) return await publishBatch(host, batch)
    review(batch)
    useImports.setState({ phase: 'staged' })
  } catch (error) {
    useImports.setState({ phase: 'planned' })
    throw error
  }
}

/** Publishes what was read and looked at, all or none. */
export async function publishReviewed(host: Importing): Promise<void> {
  const { batch } = useBatch.getState()
  if (batch === null) return
  useImports.setState({ phase: 'importing' })
  try {
    await publishBatch(host, batch)
  } catch (error) {
    useImports.setState({ phase: 'staged' })
    throw error
  }
}

async function publishBatch({ client, shell }: Importing, batch: StagedBatch): Promise<void> {
  const { plan } = useImports.getState()
  const unreadable = plan.filter(file => !isReadable(file))
  const { files, skipped } = await publish(client, batch)
  const lastRun = { files, skipped: [...skipped, ...unreadable.map(({ file, reason }) => ({ file, reason }))] }
  forgetBoard()
  useImports.setState({ phase: 'idle', plan: [], leftOut: [], lastRun })
  forgetHeld()
  if (plan.length > 0) await shell.releaseFiles(tokensOf(plan))
  await loadImports(client)
}

/** Gives up what was read and leads back to the board, where there is one. */
export async function discardBatch(client: Pick<Client, 'import.discard'>): Promise<void> {
  await discard(client)
  useImports.setState(({ plan }) => ({ phase: plan.length > 0 ? 'planned' : 'idle' }))
}

/** Goes on with a batch that was left behind: what is missing is read, then it is to be reviewed. */
export async function resumeBatch(
  client: Pick<Client, 'import.resume'>,
  batchId: string,
  sources: readonly string[] = [],
): Promise<void> {
  useImports.setState({ phase: 'importing' })
  try {
    const batch = await runJob('Resume the import', options =>
      client['import.resume']({ batchId, sources: [...sources] }, options),
    )
    review(batch)
    useImports.setState({ phase: 'staged' })
  } catch (error) {
    useImports.setState(({ plan }) => ({ phase: plan.length > 0 ? 'planned' : 'idle' }))
    throw error
  }
}

/** Takes back the import that was asked about. */
export async function undoImport(client: Pick<Client, 'import.undo' | 'import.list'>): Promise<void> {
  await undo(client)
  useImports.setState({ lastRun: null })
  forgetHeld()
  await loadImports(client)
}

/** A file in which no column was found cannot be imported, whatever is said about it. An archive is judged by its files. */
const isReadable = ({ columns, entry }: FilePlan): boolean => columns.length > 0 || entry !== undefined

/** Feeds it a table, as it was recognised or as the analyst says? */
function isFed(plan: FilePlan): boolean {
  const { edited } = entryOf(useBoard.getState(), plan)
  return edited === null ? plan.table !== null : edited.tables.length > 0
}

const tokensOf = (plan: readonly FilePlan[]): string[] => [...new Set(plan.map(({ source }) => source))]

/** Mappings that the analyst changed; the other files are read as they were recognised. */
function changedMappings(plan: readonly FilePlan[]): NonNullable<Input<'import.stage'>['mappings']> {
  const board = useBoard.getState()
  return plan.flatMap(file => {
    const { edited } = entryOf(board, file)
    const { source, entry } = file
    return edited === null ? [] : [{ source, ...(entry === undefined ? {} : { entry }), mapping: edited }]
  })
}

/** Gives the plan up and lets the host forget its files. */
export async function discardPlan(shell: Pick<ShellApi, 'releaseFiles'>): Promise<void> {
  const tokens = tokensOf(useImports.getState().plan)
  forgetBoard()
  useImports.setState({ phase: 'idle', plan: [], leftOut: [] })
  if (tokens.length > 0) await shell.releaseFiles(tokens)
}

/** Takes one file out of the plan; the host keeps an archive as long as a file of it is there. */
export async function dropFromPlan(shell: Pick<ShellApi, 'releaseFiles'>, dropped: FilePlan): Promise<void> {
  const { plan, leftOut: before } = useImports.getState()
  const { source, entry } = dropped
  const rest = plan.filter(file => keyOf(file) !== keyOf(dropped))
  const isGone = rest.every(file => file.source !== source)
  const others = before.filter(each => !isGone || each.source !== source)
  const leftOut = isGone || entry === undefined ? others : [...others, { source, entry }]
  seat(rest)
  useImports.setState({ plan: rest, leftOut, phase: rest.length === 0 ? 'idle' : 'planned' })
  if (isGone) await shell.releaseFiles([source])
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
  forgetBoard()
  forgetBatch()
  forgetUndo()
  useImports.setState({ phase: 'idle', plan: [], leftOut: [], lastRun: null, list: [], listStatus: 'loading' })
}
