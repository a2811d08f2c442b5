import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { ImportOptions } from '#schema/import'
import type { Job } from './jobs.ts'
import { readChunks, type SourceFile, type SourceHead } from './source-file.ts'

/**
 * The answers that count for one of several files: an encoding that was named for all of them is that of files that are not
 * UTF-8, and one that is read to its end and is UTF-8 is read as such. UTF-8 that is asked for stays asked for.
 *
 * @throws AppError as `readChunks` and the job do
 */
export async function answersFor(
  file: SourceFile,
  head: SourceHead,
  options: ImportOptions,
  job: Pick<Job, 'breathe'>,
): Promise<ImportOptions> {
  const { encoding, ...others } = options
  if (encoding === undefined || /utf.?8$/i.test(encoding)) return options
  // Zero bytes are those of UTF-16, each of them valid by itself.
  if (head.head.includes(0)) return options
  return (await isUtf8File(file, head, job)) ? others : options
}

async function isUtf8File(file: SourceFile, head: SourceHead, job: Pick<Job, 'breathe'>): Promise<boolean> {
  let cut = Buffer.alloc(0)
  for await (const { chunk } of readChunks(file, head, createHash('sha256'))) {
    const bytes = Buffer.concat([cut, chunk])
    const end = bytes.length - cutOffBytes(bytes)
    if (!isUtf8(bytes.subarray(0, end))) return false
    cut = bytes.subarray(end)
    await job.breathe()
  }
  return cut.length === 0
}

/** Bytes at the end that begin a character whose rest is to come. */
function cutOffBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? back : 0
  }
  return 0
}
