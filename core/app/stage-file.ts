import { AppError } from '#lib/errors'
import type { FilePlan, ImportOptions, ImportSink, ReadResult } from '#schema/import'
import type { TableName } from '#schema/tables'
import {
  type BatchSource,
  beginImport,
  createEventWriter,
  dropStaged,
  type EventWriter,
  finishStaging,
  type ImportRecord,
  restartStaging,
  settleFile,
  stageHeld,
  stageRows,
  transaction,
} from '#store'
import type { OpenProject } from './context.ts'
import type { ImportThreads } from './import-threads.ts'
import type { Job } from './jobs.ts'
import { readSource } from './read-source.ts'
import { changed, type SourceFacts, type SourceFile } from './source-file.ts'
import { returnMemory } from './spare-memory.ts'
import type { StageProgress } from './stage-progress.ts'

/** A file with the table it fits, about to be read. */
export type PlannedFile = Readonly<{
  file: SourceFile
  facts: SourceFacts
  /** What it is known again by. */
  source: BatchSource
  plan: FilePlan
  table: TableName
  /** Another table that the file may feed beside its first: nothing is kept of it where it feeds none. */
  isOptional: boolean
  /** In its batch. */
  place: number
  /** Works out the readings that the plan leaves out; absent where it has them. */
  headReadings?: (() => Promise<FilePlan['readings']>) | undefined
}>

/** What the files of one import share. */
export type Staging = Readonly<{
  open: OpenProject
  job: Job
  reading: ImportOptions
  batchId: string
  progress: StageProgress
  threads: ImportThreads
}>

/** A file that was read whole. */
export type StagedFile = Pick<ImportRecord, 'importId' | 'bytes' | 'table' | 'plan' | 'sha256'>

/** How often a file may be read again because its own rows chose other readings: once per kind of proof, twice for its backslashes, and once more. */
const MAX_READS = 6

/**
 * Reads one file into an import of its own, again where all its rows together show another reading than its head did.
 *
 * @param sha256 of the file, where it is known already
 * @returns null where nothing is kept of it
 * @throws AppError as the reader and the store do; what was staged is there still, for the caller to forget
 */
export async function stageFile(
  entry: PlannedFile,
  staging: Staging,
  sha256: string | null,
): Promise<StagedFile | null> {
  const { file, table } = entry
  const { db } = staging.open.project
  const readings = (await entry.headReadings?.()) ?? entry.plan.readings
  let current: FilePlan = { ...entry.plan, readings }
  const start = { batchId: staging.batchId, file: file.name, table, plan: current }
  const place = { batchId: staging.batchId, place: entry.place }
  const importId = transaction(db, () => {
    const id = beginImport(db, start)
    settleFile(db, place, { state: 'waiting', importId: id })
    return id
  })
  let known = sha256
  for (let reads = 1; reads <= MAX_READS; reads++) {
    const reading = await readOnce({ ...entry, plan: current }, staging, { importId, reads })
    if (known !== null && known !== reading.sha256) throw changed(file)
    known = reading.sha256
    if (reading.result.status === 'done') {
      const isKept = finish(entry, staging, { importId, result: reading.result, reading })
      const { bytes } = entry.facts
      return isKept ? { importId, bytes, table, plan: reading.result.plan, sha256: reading.sha256 } : null
    }
    current = reading.result.plan
    restartStaging(db, importId, current)
    staging.open.eventKeys.forget()
    staging.progress.restart()
  }
  throw new AppError('import/ambiguous', `${file.name}: its rows do not agree on how they are to be read`, {
    file: file.name,
  })
}

type Read = Extract<ReadResult, { status: 'done' }>
type Reading = Readonly<{ result: ReadResult; sha256: string; events: EventWriter | null }>

/** Keeps what was read with its accounts, unless it fed nothing and need not. */
function finish(
  { facts, isOptional, place }: PlannedFile,
  { open, batchId }: Staging,
  { importId, result, reading }: Readonly<{ importId: number; result: Read; reading: Reading }>,
): boolean {
  const { db } = open.project
  const written = reading.events?.finish()
  const counts = written === undefined ? {} : { events: written }
  const warnings = [...result.warnings, ...copiesText(written?.repeated ?? 0)]
  const isKept = !isOptional || result.emitted + result.held > 0
  transaction(db, () => {
    finishStaging(db, importId, { bytes: facts.bytes, sha256: reading.sha256, ...result, ...counts, warnings })
    if (isKept) return
    dropStaged(db, importId)
    settleFile(db, { batchId, place }, { state: 'dropped', importId: null })
  })
  return isKept
}

/** Code: `note/repeated-keys`. */
function copiesText(count: number): readonly string[] {
  if (count === 0) return []
  const records = count === 1 ? '1 record has' : `${count} records have`
  return [`${records} the id and content of an event further up, and count once.`]
}

async function readOnce(
  { file, facts, plan, table }: PlannedFile,
  staging: Staging,
  { importId, reads }: Readonly<{ importId: number; reads: number }>,
): Promise<Reading> {
  const { open, job, reading, progress, threads } = staging
  const events = table === 'events' ? createEventWriter(open.project.db, importId, open.eventKeys) : null
  const onRead = (done: number): void => progress.reading(done, reads > 1)
  const sink = progress.counting(sparingSink(stagingSink(open, importId, plan, events), facts))
  const { result, sha256: found } = await readSource({ file, facts, plan, reading }, sink, {
    job,
    onRead,
    openReader: () => threads.openReader(),
  })
  await job.turn()
  // It is not made by who reads a large plain file; and an archive may end before its file does.
  const sha256 = found ?? (await threads.hashes.hashOf(file, facts, job))
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

/** Files of events of this size and more begin with as little memory as there can be. */
const SPARING_BYTES = 256 << 20

/**
 * Gives back what loading the program and looking at the files took, when the first events are there: the thread that reads goes on
 * meanwhile. Measured: 35 to 45 MB less for the whole import, for 0.1 s of processor time.
 */
function sparingSink(sink: ImportSink, { bytes }: SourceFacts): ImportSink {
  let isDue = bytes >= SPARING_BYTES
  return {
    ...sink,
    events(batch) {
      if (isDue) returnMemory()
      isDue = false
      sink.events(batch)
    },
  }
}
