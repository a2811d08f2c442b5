import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { stampOf } from './file-stamp.ts'
import type { FromHasher } from './hash-thread.ts'

const CHUNK_BYTES = 1 << 20
/** How far it is is told this often. */
const TOLD_BYTES = 8 << 20

say({ kind: 'begun' })
for (const path of workerData as readonly string[]) hashFile(path) // given by hash-thread.ts

/** A file that cannot be read, or changed meanwhile, is left to whoever reads it for more than its hash. */
function hashFile(path: string): void {
  try {
    const descriptor = openSync(path, 'r')
    try {
      const stamp = stampOf(descriptor)
      const hash = createHash('sha256')
      const buffer = new Uint8Array(CHUNK_BYTES)
      for (let done = 0; ; ) {
        const got = readSync(descriptor, buffer)
        if (got === 0) break
        hash.update(buffer.subarray(0, got))
        done += got
        if (done % TOLD_BYTES === 0) say({ path, kind: 'progress', done })
      }
      if (stampOf(descriptor) === stamp) say({ path, kind: 'hash', stamp, sha256: hash.digest('hex') })
      else say({ path, kind: 'none' })
    } finally {
      closeSync(descriptor)
    }
  } catch {
    say({ path, kind: 'none' })
  }
}

function say(message: FromHasher): void {
  parentPort?.postMessage(message)
}
