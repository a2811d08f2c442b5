import { createHash, type Hash } from 'node:crypto'
import { closeSync, createReadStream, constants as files, fstatSync, openSync, readSync } from 'node:fs'
import { pipeline, Transform } from 'node:stream'
import { createGunzip, gunzipSync, constants as zlib } from 'node:zlib'
import { AppError } from '#lib/errors'
import type { Job } from './jobs.ts'

/** A file the host has handed out. `name` is what people know it by. */
export type SourceFile = Readonly<{ path: string; name: string }>

/** What is known of a file before it is read. */
export type SourceFacts = Readonly<{
  /** Bytes on disk. */
  bytes: number
  compression: 'none' | 'gzip' | 'zip'
  /** Which file it is and when it was last changed, to notice one that changes while it is read. */
  stamp: string
}>

export type SourceHead = SourceFacts &
  Readonly<{
    /** Decompressed first bytes. */
    head: Uint8Array
    /** The head is the whole content. */
    isWhole: boolean
  }>

const HEAD_BYTES = 1 << 20
/** Read at a time: little enough that a cancel is noticed soon after each. */
const CHUNK_BYTES = 1 << 20
const FIRST_TAKE = 1 << 16

/** Facts and the first decompressed MiB of a file. @throws AppError usage/missing-file, import/not-readable */
export function readHead(file: SourceFile): SourceHead {
  return withFile(file, descriptor => {
    const facts = { bytes: fstatSync(descriptor).size, stamp: stampOf(descriptor) }
    const start = firstBytes(file, descriptor, Math.min(facts.bytes, HEAD_BYTES))
    const isAll = start.length === facts.bytes
    if (startsWith(start, [0x50, 0x4b, 3, 4]))
      return { ...facts, compression: 'zip', head: new Uint8Array(0), isWhole: false }
    if (!startsWith(start, [0x1f, 0x8b])) return { ...facts, compression: 'none', head: start, isWhole: isAll }
    const head = gunzipHead(file, start)
    const isWhole = isAll && head.isWhole
    return { ...facts, compression: 'gzip', head: head.bytes, isWhole }
  })
}

function firstBytes(file: SourceFile, descriptor: number, most: number): Uint8Array {
  try {
    const raw = new Uint8Array(most)
    return raw.subarray(0, readSync(descriptor, raw, 0, most, 0))
  } catch (cause) {
    throw notReadable(file, `the system answered ${codeOf(cause)}`, cause)
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte)
}

/** Unpacks as little as gives the head: a megabyte that packs well may unpack to a gigabyte. */
function gunzipHead(file: SourceFile, start: Uint8Array): Readonly<{ bytes: Uint8Array; isWhole: boolean }> {
  for (let take = FIRST_TAKE; ; take *= 4) {
    const isAll = take >= start.length
    const unpacked = unpack(file, start.subarray(0, take))
    if (unpacked.length <= HEAD_BYTES && !isAll) continue
    return { bytes: unpacked.subarray(0, HEAD_BYTES), isWhole: isAll && unpacked.length <= HEAD_BYTES }
  }
}

function unpack(file: SourceFile, packed: Uint8Array): Uint8Array {
  try {
    // The head of an archive ends early by design: take what unpacks without asking for its end.
    return gunzipSync(packed, { finishFlush: zlib.Z_SYNC_FLUSH })
  } catch (cause) {
    throw notReadable(file, 'it looks like a .gz archive but does not unpack', cause)
  }
}

/** SHA-256 of the bytes on disk, 64 hex digits. @throws AppError import/not-readable, run/cancelled */
export async function hashFile(file: SourceFile, job: Job): Promise<string> {
  const hash = createHash('sha256')
  const descriptor = openSource(file)
  try {
    const total = fstatSync(descriptor).size
    const buffer = new Uint8Array(CHUNK_BYTES)
    for (let done = 0; ; ) {
      const got = readSync(descriptor, buffer, 0, buffer.length, null)
      if (got === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, got))
      done += got
      job.report({ phase: 'Checking', done, total, unit: 'bytes', subject: file.name })
      await job.breathe()
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : notReadable(file, `the system answered ${codeOf(cause)}`, cause)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Decompressed chunks of a file in order, with the number of bytes read from disk so far.
 *
 * @param hash is given the bytes on disk as they are read; all of them, where the last chunk says so
 * @throws AppError import/not-readable when an archive is damaged, or the file changed since its facts were taken
 */
export async function* readChunks(
  file: SourceFile,
  { compression, stamp }: SourceFacts,
  hash: Hash,
): AsyncGenerator<Readonly<{ chunk: Uint8Array; diskBytes: number }>> {
  let diskBytes = 0
  const raw = createReadStream(file.path, { highWaterMark: CHUNK_BYTES })
  const counted = new Transform({
    readableHighWaterMark: CHUNK_BYTES,
    writableHighWaterMark: CHUNK_BYTES,
    transform(chunk: Uint8Array, _encoding, done) {
      diskBytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  // Errors come out of the last stream, which is iterated.
  const stream =
    compression === 'gzip'
      ? pipeline(raw, counted, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined)
      : pipeline(raw, counted, () => undefined)
  try {
    for await (const chunk of stream) yield { chunk: chunk as Uint8Array, diskBytes }
  } catch (cause) {
    if (withFile(file, stampOf) !== stamp) throw changed(file)
    const why = compression === 'gzip' ? 'the archive is damaged or cut off' : `the system answered ${codeOf(cause)}`
    throw notReadable(file, why, cause)
  }
  if (withFile(file, stampOf) !== stamp) throw changed(file)
}

function changed(file: SourceFile): AppError {
  return new AppError('import/not-readable', `${file.name} changed while it was read; import it again`, {
    file: file.name,
  })
}

function stampOf(descriptor: number): string {
  const { dev, ino, size, mtimeNs } = fstatSync(descriptor, { bigint: true })
  return `${dev} ${ino} ${size} ${mtimeNs}`
}

function openSource(file: SourceFile): number {
  try {
    // Without O_NONBLOCK a pipe that nobody writes to would hold the engine for ever; Windows knows no such flag.
    const descriptor = openSync(file.path, files.O_RDONLY | (files.O_NONBLOCK ?? 0))
    if (fstatSync(descriptor).isFile()) return descriptor
    closeSync(descriptor)
  } catch (cause) {
    const code = codeOf(cause)
    if (code !== 'ENOENT') throw notReadable(file, `the system answered ${code}`, cause)
    throw new AppError('usage/missing-file', `${file.name} does not exist`, { file: file.name }, { cause })
  }
  throw notReadable(file, 'it is not a regular file')
}

function withFile<T>(file: SourceFile, use: (descriptor: number) => T): T {
  const descriptor = openSource(file)
  try {
    return use(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown' // only the file system and zlib throw where this is asked
}

function notReadable(file: SourceFile, why: string, cause?: unknown): AppError {
  return new AppError('import/not-readable', `${file.name} cannot be read: ${why}`, { file: file.name }, { cause })
}
