import type { Output } from '#contract/contract'
import { planFile } from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan, ImportOptions } from '#schema/import'
import type { TableName } from '#schema/tables'
import { discardStaging, type ImportRecord, listImports, publishBatch } from '#store'
import type { Context, OpenProject } from './context.ts'
import { reportOf } from './import-report.ts'
import type { Job } from './jobs.ts'
import { hashFile, readHead, type SourceFile, type SourceHead } from './source-file.ts'
import { type Outcome, type PlannedFile, type Staging, stageFile } from './stage-file.ts'

type Options = Readonly<{ reading: ImportOptions; skipUnknown: boolean; job: Job }>
type Skipped = Output<'import.run'>['skipped'][number]

/**
 * Reads files into staging and publishes them by one transaction. All are looked at before any is read. Any failure, a
 * cancel included, forgets what was staged: the project is as it was.
 */
export async function importFiles(
  ctx: Context,
  open: OpenProject,
  files: readonly SourceFile[],
  options: Options,
): Promise<Output<'import.run'>> {
  const { db } = open.project
  const { job, reading } = options
  const { planned, skipped } = await planFiles(files, options)
  // What a failure before could not forget must not be taken for events that are there.
  if (discardStaging(db) > 0) open.eventKeys.forget()
  const staging: Staging = { open, job, reading, batchId: ctx.newId(), progress: progressOf(planned, job) }
  try {
    const outcomes = await stageAll(planned, staging)
    job.report({ phase: 'Publishing', done: 0, total: 1, unit: 'steps', subject: null })
    await job.turn()
    const published = new Map(publishBatch(db, staging.batchId, ctx.now()).map(record => [record.importId, record]))
    job.report({ phase: 'Publishing', done: 1, total: 1, unit: 'steps', subject: null })
    return { files: outcomes.map(outcome => fileReport(open, outcome, published)), skipped: [...skipped] }
  } catch (error) {
    forgetStaged(ctx, open)
    throw error
  }
}

/** @throws AppError import/no-table for a file of no table that may not be skipped, and as `planOf` does */
async function planFiles(
  files: readonly SourceFile[],
  { reading, skipUnknown, job }: Options,
): Promise<Readonly<{ planned: readonly PlannedFile[]; skipped: readonly Skipped[] }>> {
  const planned: PlannedFile[] = []
  const skipped: Skipped[] = []
  for (const [i, file] of files.entries()) {
    const { head, isWhole, ...facts } = readHead(file)
    const plan = planOf(file, { head, isWhole, ...facts }, reading)
    const { table, reason } = plan
    if (table !== null) planned.push({ file, facts, plan, table })
    else if (skipUnknown) skipped.push({ file: file.name, reason })
    else throw new AppError('import/no-table', `${file.name}: ${reason}`, { file: file.name })
    job.report({ phase: 'Looking', done: i + 1, total: files.length, unit: 'steps', subject: file.name })
    await job.breathe()
  }
  return { planned, skipped }
}

/** @throws AppError import/not-readable, import/ambiguous, usage/bad-argument */
export function planOf(file: SourceFile, source: SourceHead, options: ImportOptions): FilePlan {
  const { head, isWhole, bytes, compression } = source
  if (compression === 'zip')
    throw new AppError('import/not-readable', `${file.name} is a .zip archive; unpack it and import the files in it`, {
      file: file.name,
    })
  return planFile({ file: file.name, head, isWhole, size: compression === 'none' ? bytes : null, options })
}

/** Stages file after file. Only a file as long as one that was imported can be that one: the others are not read twice. */
async function stageAll(planned: readonly PlannedFile[], staging: Staging): Promise<readonly Outcome[]> {
  const known = listImports(staging.open.project.db).filter(({ status }) => status === 'published')
  const staged: Readonly<{ bytes: number; sha256: string; table: TableName; staged: number }>[] = []
  const outcomes: Outcome[] = []
  for (const entry of planned) {
    const { file, facts, table } = entry
    const isLike = (other: Readonly<{ bytes: number; table: TableName }>): boolean =>
      other.bytes === facts.bytes && other.table === table
    const alike = [...known.filter(isLike), ...staged.filter(isLike)]
    const sha256 = alike.length === 0 ? null : await hashFile(file, staging.job)
    const same = alike.find(other => other.sha256 === sha256)
    if (same === undefined) {
      const result = await stageFile(entry, staging)
      staged.push({ bytes: facts.bytes, table, ...result })
      outcomes.push({ staged: result.staged, isCopy: false })
    } else outcomes.push('staged' in same ? { staged: same.staged, isCopy: true } : { known: same })
    staging.progress.finish(facts.bytes, file.name)
  }
  return outcomes
}

/** Bytes over all files of the import, so that one bar serves them all. */
function progressOf(planned: readonly PlannedFile[], job: Job): Staging['progress'] {
  const total = planned.reduce((sum, { facts }) => sum + facts.bytes, 0)
  let before = 0
  const report = (done: number, subject: string): void =>
    job.report({ phase: 'Reading', done, total, unit: 'bytes', subject })
  return {
    reading: (bytes, subject) => report(before + bytes, subject),
    finish: (bytes, subject) => {
      before += bytes
      report(before, subject)
    },
  }
}

function fileReport(
  { project: { db } }: OpenProject,
  outcome: Outcome,
  published: ReadonlyMap<number, ImportRecord>,
): Output<'import.run'>['files'][number] {
  if ('known' in outcome) return reportOf(db, outcome.known, true)
  const record = published.get(outcome.staged)
  if (record === undefined) throw new Error(`import ${outcome.staged} was staged but not published`)
  return reportOf(db, record, outcome.isCopy)
}

/** The failure at hand is the one to tell of. What cannot be forgotten now is not seen, and goes with the next import. */
function forgetStaged(ctx: Context, open: OpenProject): void {
  open.eventKeys.forget()
  try {
    discardStaging(open.project.db)
  } catch (error) {
    ctx.host.report(error)
  }
}
