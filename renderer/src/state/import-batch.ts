import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'
import { runJob } from './jobs.ts'

export type StagedBatch = Output<'import.stage'>
export type StagedFile = StagedBatch['files'][number]
export type DiffKind = Input<'import.diff'>['kind']
/** What of a staged file can be looked at. */
export type ReviewKind = DiffKind | 'held'
export type StagedHeldRow = Output<'import.held'>['rows'][number]
export type DiffRow = Output<'import.diff'>['rows'][number]
export type ImportMode = StagedBatch['mode']
export type PendingBatch = NonNullable<Output<'import.pending'>['batch']>
export type ImportResult = Output<'import.publish'>

type Page<Row> = Readonly<{ rows: readonly Row[]; next: number | null; status: 'ready' | 'loading' | 'failed' }>

type BatchState = Readonly<{
  /** Read and not yet published: what publishing would change. */
  batch: StagedBatch | null
  /** By import; files that are not here are published as the batch was staged. */
  modes: Readonly<Record<number, ImportMode>>
  /** File and kind of row that is looked at. */
  chosen: Readonly<{ importId: number; kind: ReviewKind }> | null
  diff: Page<DiffRow>
  /** The same of held rows. */
  held: Page<StagedHeldRow>
  /** A batch that a crash or a closed window left behind. */
  pending: PendingBatch | null
}>

const NO_ROWS = { rows: [], next: null, status: 'ready' } as const
const NONE: BatchState = { batch: null, modes: {}, chosen: null, diff: NO_ROWS, held: NO_ROWS, pending: null }
const PAGE = 100

export const useBatch = create<BatchState>()(() => NONE)

/** Shows what a batch would change, the most consequential first. */
export function review(batch: StagedBatch): void {
  useBatch.setState({ ...NONE, batch })
  const [first] = batch.files.flatMap(file =>
    kindsOf(file, batch.mode).map(kind => ({ importId: file.importId, kind })),
  )
  if (first !== undefined) chooseDiff(first.importId, first.kind)
}

/**
 * Nothing that is there changes, nothing that is there is missing, and no row overrules another of its id: there is nothing
 * to decide. Copies of an event that differ are all kept, and data health names them.
 */
export function changesNothing({ files }: StagedBatch): boolean {
  return files.every(
    ({ alreadyImported, changed, missing, overruled }) => alreadyImported || changed + missing + overruled === 0,
  )
}

/** Kinds of rows that a file has and that are worth a look, the most consequential first. */
export function kindsOf(file: StagedFile, mode: ImportMode): readonly ReviewKind[] {
  const { changed, missing, new: added, table, alreadyImported } = file
  const kinds: ReviewKind[] = []
  if (changed > 0) kinds.push('changed')
  if (missing > 0 && mode === 'replace') kinds.push('missing')
  if (file.held > 0 && !alreadyImported) kinds.push('held')
  if (added > 0 && table !== 'events') kinds.push('new')
  if (missing > 0 && mode !== 'replace') kinds.push('missing')
  if (file.differingCopies > 0) kinds.push('differingCopies')
  if (file.repeated > 0) kinds.push('repeated')
  return kinds
}

export function modeOf({ modes, batch }: Pick<BatchState, 'modes' | 'batch'>, file: StagedFile): ImportMode {
  const mode = modes[file.importId] ?? batch?.mode ?? 'upsert'
  return file.modes.includes(mode) ? mode : (file.modes[0] ?? 'upsert')
}

export function setMode(importId: number, mode: ImportMode): void {
  useBatch.setState(({ modes }) => ({ modes: { ...modes, [importId]: mode } }))
}

/** The first rows are at hand with the batch; the others are asked for, and all that are held. */
export function chooseDiff(importId: number, kind: ReviewKind): void {
  const file = useBatch.getState().batch?.files.find(each => each.importId === importId)
  if (file === undefined) return
  if (kind === 'held') {
    useBatch.setState({ chosen: { importId, kind }, held: { ...NO_ROWS, next: 0 } })
    return
  }
  const rows = file.samples[kind]
  const total = file[kind]
  const next = rows.length < total ? 0 : null
  useBatch.setState({ chosen: { importId, kind }, diff: { rows, next, status: 'ready' } })
}

/** The next page of what is looked at; the first one takes the place of the samples. */
export async function loadNextDiff(client: Pick<Client, 'import.diff'>): Promise<void> {
  const { chosen, diff } = useBatch.getState()
  if (chosen === null || chosen.kind === 'held' || diff.next === null || diff.status === 'loading') return
  const { importId, kind } = chosen
  const isStill = (): boolean => useBatch.getState().chosen === chosen
  useBatch.setState({ diff: { ...diff, status: 'loading' } })
  try {
    const page = await client['import.diff']({ importId, kind, after: diff.next, limit: PAGE })
    const rows = diff.next === 0 ? page.rows : [...diff.rows, ...page.rows]
    if (isStill()) useBatch.setState({ diff: { rows, next: page.next, status: 'ready' } })
  } catch (error) {
    if (isStill()) useBatch.setState({ diff: { ...diff, status: 'failed' } })
    throw error
  }
}

/** The next page of the held rows that are looked at. */
export async function loadNextStagedHeld(client: Pick<Client, 'import.held'>): Promise<void> {
  const { chosen, held } = useBatch.getState()
  if (chosen?.kind !== 'held' || held.next === null || held.status === 'loading') return
  const isStill = (): boolean => useBatch.getState().chosen === chosen
  useBatch.setState({ held: { ...held, status: 'loading' } })
  try {
    const page = await client['import.held']({ importId: chosen.importId, after: held.next, limit: PAGE })
    const rows = [...held.rows, ...page.rows]
    const next = rows.length < page.total ? (page.rows.at(-1)?.heldId ?? null) : null
    if (isStill()) useBatch.setState({ held: { rows, next, status: 'ready' } })
  } catch (error) {
    if (isStill()) useBatch.setState({ held: { ...held, status: 'failed' } })
    throw error
  }
}

/** Publishes a batch in one transaction, each file in the mode that was chosen for it. */
export async function publish(client: Pick<Client, 'import.publish'>, batch: StagedBatch): Promise<ImportResult> {
  const state = { modes: useBatch.getState().modes, batch }
  const modes = batch.files
    .filter(file => modeOf(state, file) !== batch.mode && file.modes.length > 1)
    .map(file => ({ importId: file.importId, mode: modeOf(state, file) }))
  const result = await runJob('Publish the import', options =>
    client['import.publish']({ batchId: batch.batchId, modes }, options),
  )
  forgetBatch()
  return result
}

/** Gives up what was read; the project is as if it had not been. */
export async function discard(client: Pick<Client, 'import.discard'>): Promise<void> {
  const { batch, pending } = useBatch.getState()
  const batchId = batch?.batchId ?? pending?.batchId
  if (batchId !== undefined)
    await runJob('Discard the import', options => client['import.discard']({ batchId }, options), { isShort: true })
  forgetBatch()
}

export async function loadPending(client: Pick<Client, 'import.pending'>): Promise<void> {
  if (useBatch.getState().batch !== null) return
  const { batch } = await client['import.pending']({})
  useBatch.setState({ pending: batch })
}

export function forgetBatch(): void {
  useBatch.setState(NONE)
}
