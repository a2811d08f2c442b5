import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import {
  copiesPage,
  countOverruled,
  type DiffKind,
  type DiffPage,
  diffCountSteps,
  diffPage,
  heldRules,
  type ImportBatch,
  type ImportRecord,
  readImport,
  repeatedPage,
  stagedEventPage,
  stagedImports,
  type Writable,
  waitingBatch,
} from '#store'
import { sourceProblem } from './batch-source.ts'
import { answersTaken, heldSince } from './import-report.ts'
import { modesFor } from './import-run.ts'
import { inTurns, type Job } from './jobs.ts'

type StagedBatch = Output<'import.stage'>
type StagedFile = StagedBatch['files'][number]
type Pending = NonNullable<Output<'import.pending'>['batch']>
type BatchFile = ImportBatch['files'][number]
type Counts = Pick<StagedFile, 'new' | 'changed' | 'same' | 'emptied' | 'missing' | 'spared'>

/** Rows of each kind that are shown with the counts. */
const SAMPLES = 5

/** What publishing a batch that was read whole would do, file by file. */
export async function stagedView(db: Writable, batch: ImportBatch, job: Job): Promise<StagedBatch> {
  const { batchId, mode, begunAt, skipped } = batch
  const staged = new Map(stagedImports(db, batchId).map(record => [record.importId, record]))
  const shown = batch.files.filter(({ state }) => state !== 'dropped')
  const files: StagedFile[] = []
  for (const file of shown) {
    await job.turn()
    const record = staged.get(file.importId ?? 0) ?? readImport(db, file.importId ?? 0)
    if (record === null) throw new Error(`import ${file.importId} is staged nowhere`)
    files.push(await fileView(db, file, record, job))
    job.report({ phase: 'Comparing', done: files.length, total: shown.length, unit: 'steps', subject: record.file })
    await job.breathe()
  }
  return { batchId, mode, begunAt, files, skipped: [...skipped] }
}

/** One page of the rows of a staged file that a publish would add, change or, where it replaces, take away. */
export async function stagedDiff(
  db: Writable,
  importId: number,
  page: Readonly<{ kind: DiffKind; after: number; limit: number }>,
  job: Job,
): Promise<Output<'import.diff'>> {
  const batch = waitingBatch(db)
  const record = batch === null ? undefined : stagedImports(db, batch.batchId).find(each => each.importId === importId)
  if (record === undefined) {
    const message = 'this file no longer waits: it was published, discarded or imported before'
    throw new AppError('import/no-batch', message, { importId })
  }
  return pageView(await pageOf(db, record, page, job))
}

/** The batch that waits, as far as can be told without reading its files. */
export function pendingView({ batchId, mode, begunAt, files }: ImportBatch): Pending {
  return {
    batchId,
    mode,
    begunAt,
    isReady: files.every(({ state }) => state !== 'waiting'),
    files: files
      .filter(({ state }) => state !== 'dropped')
      .map(({ state, table, source }) => ({
        file: source.name,
        table,
        bytes: source.bytes,
        state: state === 'waiting' ? 'again' : 'complete',
        problem: state === 'waiting' ? sourceProblem(source) : null,
      })),
  }
}

async function fileView(db: Writable, file: BatchFile, record: ImportRecord, job: Job): Promise<StagedFile> {
  const { importId, table, bytes, sha256, read, held, skipped, duplicates, superseded, differingCopies, warnings } =
    record
  const isNew = file.state === 'staged'
  const isEvents = table === 'events'
  const samplesOf = async (kind: DiffKind): Promise<StagedFile['samples']['new']> => {
    await job.breathe()
    return isNew ? pageView(await pageOf(db, record, { kind, after: 0, limit: SAMPLES }, job)).rows : []
  }
  const nothing = { ...NOTHING, same: record.loaded }
  const counts = isNew ? await countsOf(db, record, job) : nothing
  return {
    importId,
    file: file.source.name,
    table,
    bytes,
    sha256,
    read,
    held,
    skipped,
    ...counts,
    differingCopies,
    repeated: !isNew ? 0 : isEvents ? record.same + duplicates : superseded,
    overruled: isNew ? countOverruled(db, record.importId) : 0,
    alreadyImported: !isNew,
    ...(isNew ? {} : heldSince(db, record)),
    modes: modesFor(file),
    heldRules: held === 0 ? [] : [...heldRules(db, importId)],
    warnings: [...warnings],
    ...answersTaken(record),
    samples: {
      new: await samplesOf('new'),
      changed: await samplesOf('changed'),
      missing: await samplesOf('missing'),
      repeated: await samplesOf('repeated'),
      differingCopies: await samplesOf('differingCopies'),
    },
  }
}

const NOTHING: Counts = { new: 0, changed: 0, same: 0, emptied: [], missing: 0, spared: 0 }

/** Events are only ever added: those that are there already are the same. */
async function countsOf(db: Writable, record: ImportRecord, job: Job): Promise<Counts> {
  const { table } = record
  if (table === 'events') return { ...NOTHING, new: record.added, same: record.same }
  const { added, emptied, ...counts } = await inTurns(diffCountSteps(db, { ...record, table }), job)
  return { new: added, emptied: [...emptied], ...counts }
}

async function pageOf(
  db: Writable,
  record: ImportRecord,
  page: Readonly<{ kind: DiffKind; after: number; limit: number }>,
  job: Job,
): Promise<DiffPage> {
  const { table } = record
  const { kind } = page
  if (kind === 'repeated') return await inTurns(repeatedPage(db, record, page), job)
  if (kind === 'differingCopies') return await inTurns(copiesPage(db, record, page), job)
  if (table !== 'events') return diffPage(db, { ...record, table }, { ...page, kind })
  return kind === 'new' ? stagedEventPage(db, record.importId, page) : { rows: [], next: null }
}

function pageView({ rows, next }: DiffPage): Output<'import.diff'> {
  return { rows: rows.map(row => ({ ...row, key: [...row.key], cells: [...row.cells] })), next }
}
