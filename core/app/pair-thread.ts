import { MessageChannel, receiveMessageOnPort, type Worker } from 'node:worker_threads'
import type { Answer, SecondThread } from '#identity'
import { startThread } from './thread.ts'

/** Fewer records are compared in less time than it takes to start a thread and hand over what it needs. */
const THREAD_RECORDS = 250_000
/** Most of its work makes short-lived texts: as much as the first thread has. */
const YOUNG_MB = 48
/** Beside this module, in a checkout and in what is built of it. */
const ENTRY = new URL(`./pair-thread-entry.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)

/**
 * Another thread that reads names, finds blocks and scores pairs of records. Where it cannot be started, or ends before its time, its part is done by who asked for it,
 * with the same result.
 *
 * @param records how many there are to be compared
 * @returns null where one thread is faster, or none can be started
 */
export function openPairThread(records: number, threadRecords = THREAD_RECORDS, entry = ENTRY): SecondThread | null {
  if (records < threadRecords) return null
  const { port1: here, port2: there } = new MessageChannel()
  const worker = startWorker(entry, there)
  if (worker === null) return null
  let isLost = false
  const lose = (): void => {
    isLost = true
  }
  worker.on('error', lose)
  worker.on('exit', lose)
  worker.unref()
  return {
    // Sent before the thread has begun, an order waits for it.
    tell: order => worker.postMessage(order),
    answers: () => {
      const found: Answer[] = []
      for (let given = receiveMessageOnPort(here); given !== undefined; given = receiveMessageOnPort(here))
        found.push(given.message as Answer) // sent by pair-thread-entry.ts
      return found
    },
    isLost: () => isLost,
    close: () => {
      here.close()
      void worker.terminate()
    },
  }
}

function startWorker(entry: URL, port: MessageChannel['port2']): Worker | null {
  try {
    return startThread(entry, { youngMb: YOUNG_MB, data: port, transfer: [port] })
  } catch {
    return null
  }
}
