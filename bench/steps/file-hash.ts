import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import type { Figures, Prepare } from '../step.ts'

/** SHA-256 of a file: what there is to do, at least, before a file is known to have been imported. */
export const fileHash: Prepare = ({ file = '' }) => ({ runs: { run: () => hashOf(file) } })

function hashOf(file: string): Figures {
  const hash = createHash('sha256')
  const room = Buffer.allocUnsafe(1 << 20)
  const descriptor = openSync(file, 'r')
  let bytes = 0
  for (let count = readSync(descriptor, room); count > 0; count = readSync(descriptor, room)) {
    hash.update(room.subarray(0, count))
    bytes += count
  }
  closeSync(descriptor)
  return { bytes, sha256: hash.digest('hex') }
}
