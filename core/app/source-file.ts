import type { Hash } from 'node:crypto'
import {
  type BigIntStats,
  closeSync,
  createReadStream,
  constants as files,
  fstatSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs'
import { pipeline, type Readable, Transform } from 'node:stream'
import { createGunzip, type Gunzip, gunzipSync, constants as zlib } from 'node:zlib'
import { AppError } from '#lib/errors'
import { stampOf } from './file-stamp.ts'
import { BYTES_BEHIND, gzipFault } from './gzip-fault.ts'
import { bytesBeforeZip, ZIP_END_BYTES, zipFault } from './zip-fault.ts'
import { listZip, MOST_RATIO, openZipEntry, RATIO_FREE_BYTES, type ZipEntry } from './zip-file.ts'

/** A file the host has handed out, or one in such an archive. `name` is what people know it by. */
export type SourceFile = Readonly<{ path: string; name: string; entry?: ZipEntry | undefined }>

/** What is known of a file before it is read. */
export type SourceFacts = Readonly<{
  /** Bytes on disk; of a file in an archive, its own bytes. */
  bytes: number
  /** `zip`: it lies in an archive. */
  compression: 'none' | 'gzip' | 'zip'
  /** Are its bytes those of a .gz file? */
  isGzip: boolean
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
/** Bytes of a .gz file of nothing: without as many, it was not written whole. */
const LEAST_GZIP = 18

/**
 * The files that a handed one stands for: itself, or those in it where it is a .zip archive.
 *
 * @throws AppError usage/missing-file, import/not-readable
 */
export async function expandFile(file: SourceFile): Promise<readonly SourceFile[]> {
  const { start, before } = withFile(file, descriptor => zipEnds(file, descriptor))
  if (!startsWith(start, [0x50, 0x4b, 3, 4]) && !startsWith(start, [0x50, 0x4b, 5, 6])) {
    if (!before) return [file]
    const why = `${before} other bytes stand before the .zip archive in it. Unpack it and add the files in it`
    throw notReadable(file, why)
  }
  try {
    const entries = await listZip(file.path)
    // A workbook is no archive to people: it is named and refused as the file that was handed over.
    if (entries === 'workbook') return [file]
    return entries.map(entry => ({ path: file.path, name: `${file.name}/${entry.name}`, entry }))
  } catch (cause) {
    throw notReadable(file, zipFault(messageOf(cause)), cause)
  }
}

/** Facts and the first decompressed MiB of a file. @throws AppError usage/missing-file, import/not-readable */
export async function readHead(file: SourceFile): Promise<SourceHead> {
  if (file.entry !== undefined) return await readEntryHead(file, file.entry)
  return withFile(file, descriptor => {
    const facts = { bytes: fstatSync(descriptor).size, stamp: stampOf(descriptor) }
    const start = bytesAt(file, descriptor, { from: 0, most: Math.min(facts.bytes, HEAD_BYTES) })
    return { ...facts, ...unpackedHead(file, start, start.length === facts.bytes, 'none') }
  })
}

async function readEntryHead(file: SourceFile, entry: ZipEntry): Promise<SourceHead> {
  const stamp = withFile(file, stampOf)
  if (entry.problem !== null) throw notReadable(file, entry.problem)
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of openZipEntry(file.path, entry)) {
      parts.push(chunk as Uint8Array)
      length += (chunk as Uint8Array).length
      if (length >= HEAD_BYTES) break
    }
  } catch (cause) {
    throw notReadable(file, `it does not unpack: ${messageOf(cause)}`, cause)
  }
  const start = new Uint8Array(Buffer.concat(parts)).subarray(0, HEAD_BYTES)
  return { bytes: entry.bytes, stamp, ...unpackedHead(file, start, start.length === entry.bytes, 'zip') }
}

function zipEnds(file: SourceFile, descriptor: number): Readonly<{ start: Uint8Array; before: number | null }> {
  const start = bytesAt(file, descriptor, { from: 0, most: 4 })
  const { size } = fstatSync(descriptor)
  const end = bytesAt(file, descriptor, { from: Math.max(0, size - ZIP_END_BYTES), most: ZIP_END_BYTES })
  return { start, before: bytesBeforeZip(end, size) }
}

type Unpacked = Pick<SourceHead, 'compression' | 'isGzip' | 'head' | 'isWhole'>

function unpackedHead(file: SourceFile, start: Uint8Array, isAll: boolean, outer: 'none' | 'zip'): Unpacked {
  if (!startsWith(start, [0x1f, 0x8b])) return { compression: outer, isGzip: false, head: start, isWhole: isAll }
  const head = gunzipHead(file, start)
  if (isAll && start.length < LEAST_GZIP) throw notReadable(file, 'the archive is cut off')
  // Whatever it holds, one that was not written whole is not taken for what its beginning looks like.
  if (isAll && head.isWhole) refuseUnfinished(file, start)
  const compression = outer === 'zip' ? 'zip' : 'gzip'
  return { compression, isGzip: true, head: head.bytes, isWhole: isAll && head.isWhole }
}

type Place = Readonly<{ from: number; most: number }>

function bytesAt(file: SourceFile, descriptor: number, { from, most }: Place): Uint8Array {
  try {
    const raw = new Uint8Array(most)
    return raw.subarray(0, readSync(descriptor, raw, 0, most, from))
  } catch (cause) {
    throw notReadable(file, systemSaid(cause), cause)
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
    throw notReadable(file, gzipFault(cause), cause)
  }
}

function refuseUnfinished(file: SourceFile, packed: Uint8Array): void {
  let end = 0
  try {
    // With `info` the engine comes too, which the types do not know.
    const { engine } = gunzipSync(packed, { info: true }) as unknown as { engine: Gunzip }
    end = engine.bytesWritten
  } catch (cause) {
    throw notReadable(file, gzipFault(cause), cause)
  }
  if (packed.subarray(end).some(byte => byte !== 0)) throw notReadable(file, BYTES_BEHIND)
}

/** Bytes of a file on disk; 0 where there is none. */
export function sizeOf({ path, entry }: SourceFile): number {
  if (entry !== undefined) return entry.bytes
  const found = fileAt(path)
  return found?.isFile() === true ? Number(found.size) : 0
}

/** What the system says of a path; null where it says nothing, whatever the reason. */
export function fileAt(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true })
  } catch {
    return null
  }
}

/**
 * Chunks of a file that is read as it is, by one who has time to wait for each: all are in the same memory, and valid until
 * the next one.
 *
 * @throws AppError as `readChunks` does
 */
export function* readPlainChunks(
  file: SourceFile,
  { stamp }: SourceFacts,
): Generator<Readonly<{ chunk: Uint8Array; diskBytes: number }>> {
  const descriptor = openAgain(file)
  try {
    const buffer = new Uint8Array(CHUNK_BYTES)
    let diskBytes = 0
    for (;;) {
      const chunk = buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, null))
      if (chunk.length === 0) break
      diskBytes += chunk.length
      yield { chunk, diskBytes }
    }
  } catch (cause) {
    throw notReadable(file, systemSaid(cause), cause)
  } finally {
    closeSync(descriptor)
  }
  demandSame(file, stamp)
}

/** Is it a file of its own, not one in an archive? */
export function isWholeFile({ entry }: SourceFile): boolean {
  return entry === undefined
}

/** Is it read as it lies on the disk? */
export function isPlainFile({ entry }: SourceFile, { isGzip }: SourceFacts): boolean {
  return entry === undefined && !isGzip
}

/**
 * Decompressed chunks of a file in order, with the number of bytes read from disk so far.
 *
 * @param hash is given the bytes on disk as they are read, where one is given; all of them, where the last chunk says so
 * @throws AppError import/not-readable when an archive is damaged; import/file-changed since its facts were taken
 */
export async function* readChunks(
  file: SourceFile,
  { isGzip, stamp, bytes }: SourceFacts,
  hash: Hash | null = null,
): AsyncGenerator<Readonly<{ chunk: Uint8Array; diskBytes: number }>> {
  let diskBytes = 0
  let unpacked = 0
  const raw = packedBytes(file)
  const gunzip = isGzip ? createGunzip({ chunkSize: CHUNK_BYTES }) : null
  const counted = new Transform({
    readableHighWaterMark: CHUNK_BYTES,
    writableHighWaterMark: CHUNK_BYTES,
    transform(chunk: Uint8Array, _encoding, done) {
      diskBytes += chunk.length
      hash?.update(chunk)
      done(null, chunk)
    },
  })
  // Errors come out of the last stream, which is iterated.
  const stream =
    gunzip === null ? pipeline(raw, counted, () => undefined) : pipeline(raw, counted, gunzip, () => undefined)
  try {
    for await (const piece of stream) {
      const chunk = piece as Uint8Array // a stream of bytes
      unpacked += chunk.length
      if (unpacked > Math.max(RATIO_FREE_BYTES, MOST_RATIO * diskBytes)) throw tooDense(file)
      yield { chunk, diskBytes }
    }
    if (gunzip !== null && gunzip.bytesWritten < bytes) await refuseBytesBehind(file, gunzip.bytesWritten)
  } catch (cause) {
    demandSame(file, stamp)
    if (cause instanceof AppError) throw cause
    throw notReadable(file, whyUnread(file, cause), cause)
  }
  demandSame(file, stamp)
}

function whyUnread({ entry }: SourceFile, cause: unknown): string {
  if (entry !== undefined) return `the archive is damaged or cut off (${messageOf(cause)})`
  return codeOf(cause).startsWith('Z_') ? gzipFault(cause) : systemSaid(cause)
}

function packedBytes({ path, entry }: SourceFile): Readable {
  return entry === undefined ? createReadStream(path, { highWaterMark: CHUNK_BYTES }) : openZipEntry(path, entry)
}

/** Zeros fill up a block of a tape or a disk, and zlib stops at them: what comes behind them is not to be lost unseen. */
async function refuseBytesBehind(file: SourceFile, end: number): Promise<void> {
  let at = 0
  for await (const piece of packedBytes(file)) {
    const chunk = piece as Uint8Array // a stream of bytes
    if (chunk.subarray(Math.max(0, end - at)).some(byte => byte !== 0)) throw notReadable(file, BYTES_BEHIND)
    at += chunk.length
  }
}

function tooDense(file: SourceFile): AppError {
  return notReadable(file, `it grows more than ${MOST_RATIO} times when unpacked; unpack it and add the file itself`)
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What to say of a file that is not the one it was. */
export function changed(file: SourceFile): AppError {
  const message = `${file.name} changed while it was read; import it again when it is written whole`
  return new AppError('import/file-changed', message, { file: file.name })
}

/** @throws AppError import/file-changed */
function demandSame(file: SourceFile, stamp: string): void {
  const descriptor = openAgain(file)
  try {
    if (stampOf(descriptor) !== stamp) throw changed(file)
  } finally {
    closeSync(descriptor)
  }
}

/** Opens a file that was there when it was looked at. @throws AppError import/file-changed, import/not-readable */
export function openAgain(file: SourceFile): number {
  try {
    return openSource(file)
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'usage/missing-file') throw cause
    const message = `${file.name} was taken away while it was read; put it back and import it again`
    throw new AppError('import/file-changed', message, { file: file.name }, { cause })
  }
}

/** When a file was last changed, in ns since epoch: of an archive, the archive. */
export function changeOf({ stamp }: Pick<SourceFacts, 'stamp'>): string {
  return stamp.slice(stamp.lastIndexOf(' ') + 1)
}

/** Opens a regular file for reading. @throws AppError usage/missing-file, import/not-readable */
export function openSource(file: SourceFile): number {
  try {
    // Without O_NONBLOCK a pipe that nobody writes to would hold the engine for ever; Windows knows no such flag.
    const descriptor = openSync(file.path, files.O_RDONLY | (files.O_NONBLOCK ?? 0))
    if (fstatSync(descriptor).isFile()) return descriptor
    closeSync(descriptor)
  } catch (cause) {
    const code = codeOf(cause)
    if (code !== 'ENOENT') throw notReadable(file, systemSaid(cause), cause)
    throw new AppError('usage/missing-file', `${file.name} does not exist`, { file: file.name }, { cause })
  }
  throw notReadable(file, 'it is not a regular file; write what it gives into a file and add that')
}

function withFile<T>(file: SourceFile, use: (descriptor: number) => T): T {
  const descriptor = openSource(file)
  try {
    return use(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** What the system calls an error of its own. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown' // only the file system and zlib throw where this is asked
}

/** What the system answered to a reading, and what to do. */
export function systemSaid(cause: unknown): string {
  const code = codeOf(cause)
  const isDenied = code === 'EACCES' || code === 'EPERM'
  const advice = isDenied
    ? 'allow it to be read, or copy it to where it may be'
    : 'copy it to this disk anew and add the copy'
  return `the system answered ${code}; ${advice}`
}

/** What to say of a file that cannot be read. */
export function notReadable(file: SourceFile, why: string, cause?: unknown): AppError {
  return new AppError('import/not-readable', `${file.name} cannot be read: ${why}`, { file: file.name }, { cause })
}
