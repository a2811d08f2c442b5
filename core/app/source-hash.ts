import { createHash } from 'node:crypto'
import { closeSync, fstatSync, read } from 'node:fs'
import { promisify } from 'node:util'
import { AppError } from '#lib/errors'
import type { Job } from './jobs.ts'
import { messageOf, notReadable, openAgain, type SourceFile, systemSaid } from './source-file.ts'
import { openZipEntry, type ZipEntry } from './zip-file.ts'

/** Read ahead at a time. */
const AHEAD_BYTES = 1 << 19

/** SHA-256 of the bytes on disk, 64 hex digits. @throws AppError import/file-changed, import/not-readable, run/cancelled */
export async function hashFile(file: SourceFile, job: Job): Promise<string> {
  if (file.entry !== undefined) return await hashEntry(file, file.entry, job)
  const hash = createHash('sha256')
  const descriptor = openAgain(file)
  try {
    const total = fstatSync(descriptor).size
    let done = 0
    for await (const chunk of readAhead(descriptor)) {
      hash.update(chunk)
      done += chunk.length
      job.report({ phase: 'Checking', done, total, unit: 'bytes', subject: file.name })
      await job.breathe()
    }
    return hash.digest('hex')
  } catch (cause) {
    throw cause instanceof AppError ? cause : notReadable(file, systemSaid(cause), cause)
  } finally {
    closeSync(descriptor)
  }
}

const readFrom = promisify(read)

/** Chunks of an open file, each valid until the next one is asked for. That one is read meanwhile, by a thread of the system's. */
async function* readAhead(descriptor: number): AsyncGenerator<Uint8Array> {
  let spare = new Uint8Array(AHEAD_BYTES)
  let done = 0
  const readInto = async (buffer: Uint8Array<ArrayBuffer>) => await readFrom(descriptor, buffer, 0, buffer.length, done)
  let next = readInto(new Uint8Array(AHEAD_BYTES))
  try {
    for (;;) {
      const { bytesRead, buffer } = await next
      if (bytesRead === 0) return
      done += bytesRead
      next = readInto(spare)
      yield buffer.subarray(0, bytesRead)
      spare = buffer
    }
  } finally {
    // Whoever stops early closes the file: not under a reading that is on its way.
    await next.catch(() => undefined)
  }
}

async function hashEntry(file: SourceFile, entry: ZipEntry, job: Job): Promise<string> {
  const hash = createHash('sha256')
  let done = 0
  try {
    for await (const chunk of openZipEntry(file.path, entry)) {
      hash.update(chunk as Uint8Array)
      done += (chunk as Uint8Array).length
      job.report({ phase: 'Checking', done, total: entry.bytes, unit: 'bytes', subject: file.name })
      await job.breathe()
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : notReadable(file, `it does not unpack: ${messageOf(cause)}`, cause)
  }
  return hash.digest('hex')
}
