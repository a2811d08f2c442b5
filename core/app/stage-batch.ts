import { AppError } from '#lib/errors'
import type { ImportMode } from '#schema/import'
import {
  discardBrokenOff,
  discardStaging,
  type ImportBatch,
  listImports,
  moveFile,
  returnSpace,
  saveBatch,
  settleFile,
  stagedImports,
  type Writable,
  waitingBatch,
} from '#store'
import { findSource } from './batch-source.ts'
import type { Context, OpenProject } from './context.ts'
import { ImportThreads } from './import-threads.ts'
import type { Job } from './jobs.ts'
import { KnownFiles } from './known-files.ts'
import { type PlanOrder, planImport } from './plan-import.ts'
import { openSources } from './plan-sources.ts'
import type { SourceFile } from './source-file.ts'
import { type PlannedFile, type StagedFile, type Staging, stageFile } from './stage-file.ts'
import { stageProgress } from './stage-progress.ts'

type StageOrder = Omit<PlanOrder, 'known'> & Readonly<{ mode: ImportMode }>

/**
 * Reads files into staging, as a batch that waits to be published. All are looked at before any is read; what waited before is
 * discarded. Any failure, a cancel included, forgets what was staged: the project is as it was.
 *
 * @param sources tokens; of an archive, every file that fits a table is taken
 * @throws AppError as `planImport`, the reader and the store do, import/file-changed and run/cancelled
 */
export async function stageBatch(
  ctx: Context,
  open: OpenProject,
  sources: readonly string[],
  order: StageOrder,
): Promise<ImportBatch> {
  const { db } = open.project
  const files = sources.flatMap(token => ctx.host.resolveSource(token) ?? [])
  return await withThreads(open, files, async threads => {
    await threads.ready()
    const reading = order.ground.options
    const known = new KnownFiles(open, { reading, mode: order.mode, job: order.job, threads })
    const { planned, skipped, used } = await planImport(ctx, sources, { ...order, known })
    discardWaiting(open)
    const batchId = ctx.newId()
    try {
      const notes = { reading, mappings: used, skipped }
      saveBatch(db, { batchId, mode: order.mode, begunAt: ctx.now(), ...notes, files: planned })
      return await readFiles(open, planned, { job: order.job, threads, known })
    } catch (error) {
      forgetStaged(ctx, open)
      throw error
    }
  })
}

/**
 * Reads what is left of a batch that was broken off. What was read whole is kept. Where this fails, the batch waits on.
 *
 * @param sources tokens of files that are no longer where they were
 * @throws AppError import/no-batch, import/file-changed, usage/missing-file, and as `stageBatch` does
 */
export async function resumeBatch(
  ctx: Context,
  open: OpenProject,
  { batchId, sources }: Readonly<{ batchId: string; sources: readonly string[] }>,
  job: Job,
): Promise<ImportBatch> {
  const { db } = open.project
  const batch = demandBatch(open, batchId)
  const given = await openSources(ctx, sources)
  const planned: PlannedFile[] = []
  for (const file of batch.files.filter(({ state }) => state === 'waiting')) {
    const found = await findSource(file.source, given)
    const { path, changedNs } = found.source
    if (path !== file.source.path || changedNs !== file.source.changedNs)
      moveFile(db, { batchId, place: file.place }, found.source)
    planned.push({ ...file, ...found })
    job.report({ phase: 'Looking', done: planned.length, total: null, unit: 'steps', subject: file.source.name })
    await job.breathe()
  }
  if (planned.length === 0) return batch
  discardHalfRead(open)
  try {
    const files = planned.map(({ file }) => file)
    return await withThreads(open, files, async threads => {
      const known = new KnownFiles(open, { ...batch, job, threads })
      return await readFiles(open, planned, { job, threads, known })
    })
  } catch (error) {
    open.eventKeys.forget()
    report(ctx, () => discardHalfRead(open))
    throw error
  }
}

/** The batch that waits. @throws AppError import/no-batch where it is not that one */
export function demandBatch({ project: { db } }: OpenProject, batchId: string): ImportBatch {
  const batch = waitingBatch(db)
  if (batch?.batchId === batchId) return batch
  throw new AppError('import/no-batch', 'this import no longer waits: it was published or discarded', { batchId })
}

/** Forgets what was staged. @returns was there anything? */
export function discardWaiting(open: OpenProject): boolean {
  const { db } = open.project
  const wasThere = waitingBatch(db) !== null
  // What a failure before could not forget must not be taken for events that are there.
  if (discardStaging(db) > 0) open.eventKeys.forget()
  return wasThere
}

/** What was forgotten need not stay in the size of the project. It is no failure where that cannot be done now. */
export function freeSpace(ctx: Context, db: Writable): void {
  if (waitingBatch(db) === null) report(ctx, () => returnSpace(db))
}

/** The failure at hand is the one to tell of. What cannot be forgotten now is not seen, and goes with the next import. */
export function forgetStaged(ctx: Context, open: OpenProject): void {
  open.eventKeys.forget()
  report(ctx, () => discardStaging(open.project.db))
}

function report(ctx: Context, work: () => void): void {
  try {
    work()
  } catch (error) {
    ctx.host.report(error)
  }
}

function discardHalfRead(open: OpenProject): void {
  if (discardBrokenOff(open.project.db) > 0) open.eventKeys.forget()
}

async function withThreads<T>(
  { project: { db } }: OpenProject,
  files: readonly SourceFile[],
  work: (threads: ImportThreads) => Promise<T>,
): Promise<T> {
  const known = listImports(db).filter(({ status }) => status === 'published')
  const threads = new ImportThreads(files, new Set(known.map(({ bytes }) => bytes)))
  try {
    return await work(threads)
  } finally {
    await threads.close()
  }
}

/** Stages file after file, but for those that are there already. */
async function readFiles(
  open: OpenProject,
  planned: readonly PlannedFile[],
  { job, threads, known }: Pick<Staging, 'job' | 'threads'> & Readonly<{ known: KnownFiles }>,
): Promise<ImportBatch> {
  const { db } = open.project
  const batch = waitingBatch(db)
  if (batch === null) throw new Error('files are read for a batch')
  const { batchId, reading } = batch
  const staging: Staging = { open, job, reading, batchId, threads, progress: stageProgress(planned, job) }
  const whole: StagedFile[] = [...stagedImports(db, batchId)]
  // What was imported once need not be what the table holds now: all that is to be the whole of it is read.
  const feeders = batch.files.filter(({ table, isOptional }) => table !== 'events' && !isOptional)
  const replaced = new Set(batch.mode === 'replace' ? feeders.map(({ table }) => table) : [])
  for (const entry of planned) {
    const { sha256, known: same, copy } = await known.look(entry, whole, replaced.has(entry.table))
    const place = { batchId, place: entry.place }
    if (same !== null) settleFile(db, place, { state: 'known', importId: same.importId })
    else if (copy !== null) settleFile(db, place, { state: 'copy', importId: copy.importId })
    else {
      const file = await stageFile(entry, staging, sha256)
      if (file !== null) whole.push(file)
    }
    staging.progress.finish()
  }
  return demandBatch(open, batchId)
}
