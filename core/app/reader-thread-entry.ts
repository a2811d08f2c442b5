import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
// The side door: what else is behind the other takes a third of the time in which a thread starts.
import { createReader } from '#import/reader'
import { AppError, invariant } from '#lib/errors'
import { BatchMemory } from './batch-memory.ts'
import { BatchSender, type FromReader, type ReadOrder, type ToReader } from './reader-message.ts'
import { isPlainFile, readChunks, readPlainChunks } from './source-file.ts'

/** Batches on their way: enough that this thread reads while the other one writes a run of them. */
const MOST_BATCHES = 9

const port = parentPort
invariant(port !== null, 'this is the entry of a thread')
const say = (message: FromReader): void => port.postMessage(message)
const memory = new BatchMemory()

port.on('message', (message: ToReader) => {
  if (message.kind === 'read') void read(message.order)
  else memory.giveBack()
})
say({ kind: 'ready' })

/** Reads one file of events: rows go to the other thread, which has the project. */
async function read({ file, facts, plan, reading }: ReadOrder): Promise<void> {
  try {
    const hash = createHash('sha256')
    const take = (bytes: number): SharedArrayBuffer => memory.take(bytes)
    const sender = new BatchSender(take)
    const reader = createReader(plan, reading, {
      entities: () => invariant(false, 'a file of events has no other rows'),
      events(events) {
        const batch = sender.lay(events)
        memory.send()
        say({ kind: 'batch', batch })
      },
      held: rows => say({ kind: 'held', rows }),
      memory: take,
    })
    let done = 0
    // The hash of a plain file is made elsewhere.
    const isPlain = isPlainFile(file, facts)
    const chunks = isPlain ? readPlainChunks(file, facts) : readChunks(file, facts, hash)
    for await (const { chunk, diskBytes } of chunks) {
      done = diskBytes
      reader.push(chunk)
      say({ kind: 'progress', diskBytes })
      while (memory.underWay >= MOST_BATCHES) await once(port as NonNullable<typeof port>, 'message')
    }
    const result = reader.end()
    say({ kind: 'done', result, sha256: !isPlain && done === facts.bytes ? hash.digest('hex') : null })
  } catch (error) {
    if (error instanceof AppError) {
      const { code, message, context } = error
      say({ kind: 'refused', code, message, context })
    } else say({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}
