import type { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode, type ErrorContext } from '#lib/errors'
import type { EventBatch, HeldRow, ReadResult } from '#schema/import'
import { BatchReceiver, type FromReader, type ReadOrder, type ToReader } from './reader-message.ts'
import { startThread } from './thread.ts'

/** What comes of a file, in its order. */
export type ReadPart =
  | Readonly<{ kind: 'batch'; batch: EventBatch }>
  | Readonly<{ kind: 'held'; rows: readonly HeldRow[] }>
  | Readonly<{ kind: 'progress'; diskBytes: number }>
  | Readonly<{ kind: 'done'; result: ReadResult; sha256: string | null }>

/** A thread that reads one file of events. */
export type ReaderThread = Readonly<{
  /** Goes on reading while a part is used, a few batches ahead. @throws AppError as a reader does */
  read(order: ReadOrder): AsyncGenerator<ReadPart>
  close(): Promise<void>
}>

/** Beside this module, in a checkout and in what is built of it. */
const ENTRY = new URL(`./reader-thread-entry.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)

/** @returns null where no thread can be started */
export async function openReaderThread(entry = ENTRY): Promise<ReaderThread | null> {
  const inbox = new Inbox()
  const worker = startWorker(entry)
  if (worker === null) return null
  worker.on('message', (message: FromReader) => inbox.add(message)) // sent by reader-thread-entry.ts
  worker.on('error', error => inbox.fail(error))
  worker.on('exit', () => inbox.fail(new Error('the reader thread ended')))
  const close = async (): Promise<void> => {
    await worker.terminate()
  }
  try {
    await inbox.next()
  } catch {
    await close()
    return null
  }
  const tell: Tell = message => worker.postMessage(message)
  return { read: order => partsOf(order, inbox, tell), close }
}

/** What lives for long lies in the memory of a kernel, and what does not is little. */
const YOUNG_MB = 3

function startWorker(entry: URL): Worker | null {
  try {
    return startThread(entry, { youngMb: YOUNG_MB })
  } catch {
    return null
  }
}

type Tell = (message: ToReader) => void

async function* partsOf(order: ReadOrder, inbox: Inbox, tell: Tell): AsyncGenerator<ReadPart> {
  const receiver = new BatchReceiver()
  tell({ kind: 'read', order })
  for (;;) {
    const message = await inbox.next()
    if (message.kind === 'refused') {
      // Made of an AppError on the other side.
      throw new AppError(message.code as ErrorCode, message.message, message.context as ErrorContext)
    }
    if (message.kind === 'broken') throw new Error(`the reader thread broke: ${message.message}`)
    if (message.kind === 'batch') {
      yield { kind: 'batch', batch: receiver.take(message.batch) }
      tell({ kind: 'taken' })
    } else if (message.kind !== 'ready') yield message
    if (message.kind === 'done') return
  }
}

/** Messages in their order, for one who waits for them one at a time. */
class Inbox {
  private readonly messages: FromReader[] = []
  private failure: Error | null = null
  private wake: (() => void) | null = null

  add(message: FromReader): void {
    this.messages.push(message)
    this.wake?.()
  }

  fail(error: Error): void {
    this.failure ??= error
    this.wake?.()
  }

  async next(): Promise<FromReader> {
    for (;;) {
      const message = this.messages.shift()
      if (message !== undefined) return message
      if (this.failure !== null) throw this.failure
      await new Promise<void>(resolve => {
        this.wake = resolve
      })
    }
  }
}
