import { createHash } from 'node:crypto'
import { createReader } from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan, ImportOptions, ImportSink, ReadResult } from '#schema/import'
import type { TableName } from '#schema/tables'
import {
  beginImport,
  createEventWriter,
  type EventWriter,
  finishStaging,
  type ImportRecord,
  restartStaging,
  stageHeld,
  stageRows,
} from '#store'
import type { OpenProject } from './context.ts'
import type { Job } from './jobs.ts'
import { hashFile, readChunks, type SourceFacts, type SourceFile } from './source-file.ts'

/** A file with the table it fits, about to be read. */
export type PlannedFile = Readonly<{ file: SourceFile; facts: SourceFacts; plan: FilePlan; table: TableName }>

/** What one file came to: staged with its batch, the same as another file of the batch, or imported before. */
export type Outcome = Readonly<{ staged: number; isCopy: boolean }> | Readonly<{ known: ImportRecord }>

/** What the files of one import share. */
export type Staging = Readonly<{
  open: OpenProject
  job: Job
  reading: ImportOptions
  batchId: string
  progress: Readonly<{ reading(bytes: number, subject: string): void; finish(bytes: number, subject: string): void }>
}>

/** How often a file may be read again because its own rows chose other readings: once per kind of proof, and once more. */
const MAX_READS = 4

/**
 * Reads one file into an import of its own, again where all its rows together show another reading than its head did.
 *
 * @throws AppError as the reader and the store do; what was staged is there still, for the caller to forget
 */
export async function stageFile(
  entry: PlannedFile,
  staging: Staging,
): Promise<Readonly<{ staged: number; sha256: string }>> {
  const { file, facts, table } = entry
  const { db } = staging.open.project
  const importId = beginImport(db, { batchId: staging.batchId, file: file.name, table, plan: entry.plan })
  let current = entry.plan
  for (let reads = 1; reads <= MAX_READS; reads++) {
    const { result, sha256, events } = await readOnce({ ...entry, plan: current }, staging, { importId, reads })
    if (result.status === 'done') {
      const written = events?.finish()
      const counts =
        written === undefined
          ? {}
          : { events: { same: written.skippedDuplicates, differingCopies: written.differingCopies } }
      finishStaging(db, importId, { bytes: facts.bytes, sha256, ...result, ...counts })
      return { staged: importId, sha256 }
    }
    current = result.plan
    restartStaging(db, importId, current)
    staging.open.eventKeys.forget()
  }
  throw new AppError('import/ambiguous', `${file.name}: its rows do not agree on how they are to be read`, {
    file: file.name,
  })
}

type Reading = Readonly<{ result: ReadResult; sha256: string; events: EventWriter | null }>

async function readOnce(
  { file, facts, plan, table }: PlannedFile,
  staging: Staging,
  { importId, reads }: Readonly<{ importId: number; reads: number }>,
): Promise<Reading> {
  const { open, job, reading, progress } = staging
  const events = table === 'events' ? createEventWriter(open.project.db, importId, open.eventKeys) : null
  const reader = createReader(plan, reading, stagingSink(open, importId, plan, events))
  const hash = createHash('sha256')
  const total = facts.bytes
  let read = 0
  for await (const { chunk, diskBytes } of readChunks(file, facts, hash)) {
    read = diskBytes
    reader.push(chunk)
    if (reads === 1) progress.reading(diskBytes, file.name)
    else job.report({ phase: 'Reading again', done: diskBytes, total, unit: 'bytes', subject: file.name })
    await job.breathe()
  }
  const result = reader.end()
  await job.turn()
  // An archive may end before its file does.
  const sha256 = read === total ? hash.digest('hex') : await hashFile(file, job)
  return { result, sha256, events }
}

function stagingSink(open: OpenProject, importId: number, plan: FilePlan, events: EventWriter | null): ImportSink {
  const { db } = open.project
  const { table } = plan
  return {
    entities: rows => {
      if (table !== null && table !== 'events') stageRows(db, importId, table, rows)
    },
    events: batch => events?.write(batch),
    held: rows => stageHeld(db, importId, rows),
  }
}
