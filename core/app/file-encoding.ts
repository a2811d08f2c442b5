import { isAscii, isUtf8 } from 'node:buffer'
import type { ImportOptions } from '#schema/import'
import type { Job } from './jobs.ts'
import { readChunks, type SourceFile, type SourceHead } from './source-file.ts'

/** `notIn`: the encoding that was named for files like it, where it is UTF-8 with other characters than ASCII. */
export type OwnAnswers = Readonly<{ options: ImportOptions; notIn?: string }>

/**
 * The answers that count for one of several files: an encoding that was named for all of them, or by a mapping that is not for
 * this very file, is that of files that are not UTF-8, and one that is read to its end and is UTF-8 is read as such. UTF-8 that
 * is asked for stays asked for.
 *
 * @param mapped encoding that such a mapping names; it counts where none was named for all
 * @throws AppError as `readChunks` and the job do
 */
export async function answersFor(
  file: SourceFile,
  head: SourceHead,
  { options, mapped }: Readonly<{ options: ImportOptions; mapped?: string | undefined }>,
  job: Pick<Job, 'breathe'>,
): Promise<OwnAnswers> {
  const { encoding, ...others } = options
  const named = encoding ?? mapped
  if (named === undefined || /utf.?8$/i.test(named)) return { options }
  // Zero bytes are those of UTF-16, each of them valid by itself.
  if (head.head.includes(0)) return { options }
  const found = await textOf(file, head, job)
  if (found === 'utf-8')
    return { options: encoding === undefined ? { ...options, encoding: found } : others, notIn: named }
  return { options: found === 'ascii' && encoding !== undefined ? others : options }
}

async function textOf(
  file: SourceFile,
  head: SourceHead,
  job: Pick<Job, 'breathe'>,
): Promise<'ascii' | 'utf-8' | 'other'> {
  let cut: Uint8Array = new Uint8Array()
  let isPlain = true
  for await (const { chunk } of readChunks(file, head)) {
    const bytes = cut.length === 0 ? chunk : Buffer.concat([cut, chunk])
    const end = bytes.length - cutOffBytes(bytes)
    if (!isUtf8(bytes.subarray(0, end))) return 'other'
    isPlain &&= isAscii(bytes)
    cut = bytes.subarray(end)
    await job.breathe()
  }
  return cut.length > 0 ? 'other' : isPlain ? 'ascii' : 'utf-8'
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
