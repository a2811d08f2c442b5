import { createHash } from 'node:crypto'
import { createReader } from '#import'
import type { ImportSink, ReadResult } from '#schema/import'
import type { Job } from './jobs.ts'
import type { ReadOrder } from './reader-message.ts'
import { openReaderThread, type ReaderThread } from './reader-thread.ts'
import { isPlainFile, readChunks, readPlainChunks } from './source-file.ts'

/** Smaller files are read in less time than it takes to start a thread. */
const THREAD_BYTES = 8 << 20

/** `sha256`: null where not all bytes of the file were read. */
export type SourceRead = Readonly<{ result: ReadResult; sha256: string | null }>

export type Watch = Readonly<{
  job: Job
  /** Told the bytes read from disk so far. */
  onRead(diskBytes: number): void
}>

/**
 * Reads a file by its plan into a sink. Large files of events are read by a thread of their own, so that reading and
 * writing go on side by side; where no thread can be started they are read here, with the same result.
 *
 * @throws AppError as the reader, the sink and the file do, and run/cancelled
 */
export async function readSource(
  order: ReadOrder,
  sink: ImportSink,
  watch: Watch,
  threadBytes = THREAD_BYTES,
): Promise<SourceRead> {
  const isLarge = order.plan.table === 'events' && order.facts.bytes >= threadBytes
  const thread = isLarge ? await openReaderThread() : null
  return thread === null ? await readHere(order, sink, watch) : await readBeside(thread, order, sink, watch)
}

async function readHere(
  { file, facts, plan, reading }: ReadOrder,
  sink: ImportSink,
  watch: Watch,
): Promise<SourceRead> {
  const reader = createReader(plan, reading, sink)
  const hash = createHash('sha256')
  let done = 0
  for await (const { chunk, diskBytes } of readChunks(file, facts, hash)) {
    done = diskBytes
    reader.push(chunk)
    watch.onRead(diskBytes)
    await watch.job.breathe()
  }
  const result = reader.end()
  return { result, sha256: done === facts.bytes ? hash.digest('hex') : null }
}

async function readBeside(thread: ReaderThread, order: ReadOrder, sink: ImportSink, watch: Watch): Promise<SourceRead> {
  const hashing = isPlainFile(order.file, order.facts) ? hashBeside(order, watch.job) : null
  // Where reading fails first, that is the failure to tell of.
  hashing?.catch(() => undefined)
  try {
    for await (const said of thread.read(order)) {
      if (said.kind === 'done') return { result: said.result, sha256: hashing === null ? said.sha256 : await hashing }
      if (said.kind === 'batch') sink.events(said.batch)
      else if (said.kind === 'held') sink.held(said.rows)
      else watch.onRead(said.diskBytes)
      await watch.job.breathe()
    }
    throw new Error('the reader thread ended before the file did')
  } finally {
    await thread.close()
  }
}

/** SHA-256 of a plain file, made while the other thread reads its first rows. */
async function hashBeside({ file, facts }: ReadOrder, job: Job): Promise<string> {
  const hash = createHash('sha256')
  for (const { chunk } of readPlainChunks(file, facts)) {
    hash.update(chunk)
    await job.breathe()
  }
  return hash.digest('hex')
}
