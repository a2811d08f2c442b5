import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
import { createReader } from '#import'
import { AppError, invariant } from '#lib/errors'
import { BatchSender, type FromReader, type ReadOrder, type ToReader } from './reader-message.ts'
import { isPlainFile, readChunks, readPlainChunks } from './source-file.ts'

/** Batches on their way: enough that this thread reads while the other one writes a run of them. */
const MOST_BATCHES = 6

const port = parentPort
invariant(port !== null, 'this is the entry of a thread')
const say = (message: FromReader, memory: ArrayBuffer[] = []): void => port.postMessage(message, memory)
let underWay = 0
/** Memory of batches that were taken, to be used again: new memory has to be cleared page by page. */
const free: ArrayBuffer[] = []

port.on('message', (message: ToReader) => {
  if (message.kind === 'read') void read(message.order)
  else {
    underWay--
    if (message.memory !== null) free.push(message.memory)
  }
})
say({ kind: 'ready' })

function memory(bytes: number): ArrayBuffer {
  const known = free.pop()
  // A little more, as the next batch will need a little more or less.
  return known !== undefined && known.byteLength >= bytes ? known : new ArrayBuffer(Math.ceil(bytes * 1.25))
}

/** Reads one file of events: rows go to the other thread, which has the project. */
async function read({ file, facts, plan, reading }: ReadOrder): Promise<void> {
  try {
    const hash = createHash('sha256')
    const sender = new BatchSender()
    const reader = createReader(plan, reading, {
      entities: () => invariant(false, 'a file of events has no other rows'),
      events(events) {
        const { batch, memory } = sender.lay(events)
        underWay++
        say({ kind: 'batch', batch }, memory)
      },
      held: rows => say({ kind: 'held', rows }),
      memory,
    })
    let done = 0
    // Of a plain file the other thread makes the hash, which has nothing else to do at first.
    const isPlain = isPlainFile(file, facts)
    const chunks = isPlain ? readPlainChunks(file, facts) : readChunks(file, facts, hash)
    for await (const { chunk, diskBytes } of chunks) {
      done = diskBytes
      reader.push(chunk)
      say({ kind: 'progress', diskBytes })
      while (underWay >= MOST_BATCHES) await once(port as NonNullable<typeof port>, 'message')
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
