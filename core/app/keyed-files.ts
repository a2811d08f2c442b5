import { createReferenceReader, type ReferredIds } from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan, ImportOptions } from '#schema/import'
import type { Readable } from '#store'
import type { Job } from './jobs.ts'
import { readChunks, type SourceFacts, type SourceFile } from './source-file.ts'

/** A file that others may refer to, or that refers to others, by one of its plans. */
export type KeyedFile = Readonly<{
  file: SourceFile
  facts: SourceFacts
  plan: FilePlan
  /** Has somebody said how it is read? Then nothing is asked of it. */
  isSaid: boolean
  /** Was it imported before, as it is? Then nothing is asked of it, and the project refers to what it does. */
  isKnown(): Promise<boolean>
}>

/** What files are compared with: the answers given for all of them, and the project, where one is open. */
export type KeyGround = Readonly<{ options: ImportOptions; db: Readable | null; job: Job }>

/** Says that some bytes more of a file were read. */
export type Told = (bytes: number, file: string) => void

/** Bytes of a file that refers to others in which its ids are looked for. */
const REFERRING_BYTES = 4 << 20
/** Bytes that are looked at between two questions. */
export const LOOK_STEP = 1 << 16

/** How many bytes will be looked at is not known: each file is left as soon as it has said enough. */
export function tellerOf(job: Job): Told {
  let done = 0
  return (bytes, subject) => {
    done += bytes
    job.report({ phase: 'Comparing ids', done, total: null, unit: 'bytes', subject })
  }
}

/** Those that were not imported before as they are. */
export async function unknownOf(files: readonly KeyedFile[]): Promise<readonly KeyedFile[]> {
  const found: KeyedFile[] = []
  for (const file of files) if (!(await file.isKnown())) found.push(file)
  return found
}

/** @returns null for a file that cannot be read: that is told by who reads it for good. @throws AppError run/cancelled */
export async function unlessUnreadable<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'run/cancelled') throw error
    return null
  }
}

/** The ids by which a file names records of others, as far as they are looked at. */
export async function referredBy(
  { file, facts, plan }: KeyedFile,
  { options, job, tell }: KeyGround & Readonly<{ tell: Told }>,
): Promise<readonly ReferredIds[]> {
  const reader = createReferenceReader(plan, options)
  let bytes = 0
  for await (const { chunk } of readChunks(file, facts)) {
    reader.push(chunk)
    bytes += chunk.length
    tell(chunk.length, file.name)
    await job.breathe()
    if (bytes >= REFERRING_BYTES || reader.isFull()) return reader.end(false)
  }
  return reader.end(true)
}
