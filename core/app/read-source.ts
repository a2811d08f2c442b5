import { createHash } from 'node:crypto'
import { createReader } from '#import'
import type { ImportSink, ReadResult } from '#schema/import'
import type { Job } from './jobs.ts'
import type { ReadOrder } from './reader-message.ts'
import { openReaderThread, type ReaderThread } from './reader-thread.ts'
import { readChunks } from './source-file.ts'

/** Smaller files are read in less time than it takes to start a thread. */
export const READER_BYTES = 8 << 20

/** `sha256`: null where it was not made: not all bytes of the file were read, or by a thread that has better to do. */
export type SourceRead = Readonly<{ result: ReadResult; sha256: string | null }>

export type Watch = Readonly<{
  job: Job
  /** Told the bytes read from disk so far. */
  onRead(diskBytes: number): void
  /** Starts a thread for a file of events; null where none can be started. */
  openReader?(): Promise<ReaderThread | null>
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
  threadBytes = READER_BYTES,
): Promise<SourceRead> {
  const isLarge = order.plan.table === 'events' && order.facts.bytes >= threadBytes
  const thread = isLarge ? await (watch.openReader ?? openReaderThread)() : null
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
  try {
    for await (const said of thread.read(order)) {
      if (said.kind === 'done') return { result: said.result, sha256: said.sha256 }
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
