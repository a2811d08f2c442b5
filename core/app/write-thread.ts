import { on } from 'node:events'
import { AppError, type ErrorCode, type ErrorContext } from '#lib/errors'
import type { WriteListener } from '#store'
import type { Job } from './jobs.ts'
import { startThread } from './thread.ts'
import { type FromWriter, SIGN, type WriteTask } from './write-message.ts'
import type { WriteOrder } from './write-work.ts'

/** Beside this module, in a checkout and in what is built of it. */
const ENTRY = new URL(`./write-thread-entry.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)
/** A commit takes the time of the disk; whatever becomes of the other thread, this one goes on then. */
const LONGEST_COMMIT_MS = 30_000
/** As much as the first thread has. */
const YOUNG_MB = 48

type Writing = Readonly<{ path: string; order: WriteOrder; job: Job; tell: WriteListener; entry?: URL }>

/**
 * Writes in another thread, all or nothing. Until the commit this thread sees what was there before, whole; it waits for the commit
 * itself, so that no piece of work of this thread sees one half of the data before it and the other half after it.
 *
 * @param writing of a project that is shared
 * @returns false where no thread can be started: then nothing was done
 * @throws AppError run/cancelled, and as the store does: then nothing was done either
 */
export async function writeInThread({ path, order, job, tell, entry = ENTRY }: Writing): Promise<boolean> {
  const task: WriteTask = { path, order, sign: new SharedArrayBuffer(4) }
  const sign = new Int32Array(task.sign)
  const worker = startThread(entry, { youngMb: YOUNG_MB, data: task })
  const ended = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  let hasBegun = false
  try {
    for await (const [given] of on(worker, 'message', { close: ['exit'] })) {
      const message = given as FromWriter // sent by write-thread-entry.ts
      hasBegun = true
      if (message.kind === 'done') return true
      throwFailure(message)
      if (message.kind === 'at') tell(message.at)
      if (!(await isWanted(job))) give(sign, SIGN.stop)
      else if (message.kind === 'ready') awaitCommit(sign)
    }
    throw new Error('the writing thread ended')
  } catch (error) {
    if (Atomics.load(sign, 0) === SIGN.committed) return true // it is written, whatever came after it
    if (hasBegun) throw error
    return false
  } finally {
    give(sign, SIGN.stop)
    await ended
  }
}

function throwFailure(message: FromWriter): void {
  // Made of an AppError on the other side.
  if (message.kind === 'refused')
    throw new AppError(message.code as ErrorCode, message.message, message.context as ErrorContext)
  if (message.kind === 'broken') throw new Error(`the writing thread broke: ${message.message}`)
}

function awaitCommit(sign: Int32Array): void {
  give(sign, SIGN.go)
  Atomics.wait(sign, 0, SIGN.go, LONGEST_COMMIT_MS)
}

/** A sign that the other thread has given last is not taken back. */
function give(sign: Int32Array, word: number): void {
  if (Atomics.compareExchange(sign, 0, SIGN.none, word) === SIGN.none) Atomics.notify(sign, 0)
}

async function isWanted(job: Job): Promise<boolean> {
  try {
    await job.turn()
    return true
  } catch {
    return false
  }
}
