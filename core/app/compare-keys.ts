import {
  createKeyReader,
  createReferenceReader,
  hasKeyRivals,
  MOST_REFERRED,
  type ReferredIds,
  referencesOf,
} from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan, ImportOptions, KeyDoubt } from '#schema/import'
import { type Readable, referredInProject } from '#store'
import type { Job } from './jobs.ts'
import { readChunks, type SourceFacts, type SourceFile } from './source-file.ts'

/** A file that others may refer to, or that refers to others, by one of its plans. */
export type KeyedFile = Readonly<{
  file: SourceFile
  facts: SourceFacts
  plan: FilePlan
  /** Has somebody said how it is read? Then nothing is asked of it. */
  isSaid: boolean
}>

/** What files are compared with: the answers given for all of them, and the project, where one is open. */
export type KeyGround = Readonly<{ options: ImportOptions; db: Readable | null; job: Job }>

/** Bytes of a file that refers to others in which its ids are looked for. */
const REFERRING_BYTES = 16 << 20

/**
 * Compares the keys of files with the ids by which the others, and what the project holds, name their records. A file of which no
 * other column could be the key is not read, nor is one that nothing refers to; reading stops once half of the ids are in the key.
 *
 * @returns what speaks against a key, in the place of its file; null where nothing does
 * @throws AppError run/cancelled. A file that cannot be read is left to who reads it for good.
 */
export async function compareKeys(
  files: readonly KeyedFile[],
  ground: KeyGround,
): Promise<readonly (KeyDoubt | null)[]> {
  const asked = files.filter(({ plan, isSaid }) => !isSaid && hasKeyRivals(plan))
  if (asked.length === 0) return files.map(() => null)
  const tables = new Set(asked.map(({ plan }) => plan.table))
  const referred = new Map<KeyedFile, readonly ReferredIds[]>()
  for (const file of files) {
    const refers = file.plan.table !== null && referencesOf(file.plan.table).some(({ to }) => tables.has(to))
    if (refers) referred.set(file, await unlessUnreadable(referredBy(file, ground), []))
  }
  const doubts: (KeyDoubt | null)[] = []
  for (const file of files) {
    const others = [...referred].flatMap(([other, ids]) => (other.file === file.file ? [] : ids))
    doubts.push(asked.includes(file) ? await unlessUnreadable(doubtOf(file, others, ground), null) : null)
  }
  return doubts
}

async function unlessUnreadable<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'run/cancelled') throw error
    return otherwise
  }
}

async function referredBy(
  { file, facts, plan }: KeyedFile,
  { options, job }: KeyGround,
): Promise<readonly ReferredIds[]> {
  const reader = createReferenceReader(plan, options)
  let bytes = 0
  for await (const { chunk, diskBytes } of readChunks(file, facts)) {
    reader.push(chunk)
    bytes += chunk.length
    job.report({ phase: 'Comparing ids', done: diskBytes, total: facts.bytes, unit: 'bytes', subject: file.name })
    await job.breathe()
    if (bytes >= REFERRING_BYTES || reader.isFull()) return reader.end(false)
  }
  return reader.end(true)
}

async function doubtOf(
  { file, facts, plan }: KeyedFile,
  others: readonly ReferredIds[],
  { options, db, job }: KeyGround,
): Promise<KeyDoubt | null> {
  const { table } = plan
  if (table === null || table === 'events') return null
  const held = db === null ? [] : referredInProject(db, table, MOST_REFERRED)
  const inProject = held.map(each => ({ ...each, file: `the ${each.table} of the project`, ids: new Set(each.ids) }))
  const reader = createKeyReader(plan, options, [...others, ...inProject])
  for await (const { chunk, diskBytes } of readChunks(file, facts)) {
    if (reader.isSettled()) return null
    reader.push(chunk)
    job.report({ phase: 'Comparing ids', done: diskBytes, total: facts.bytes, unit: 'bytes', subject: file.name })
    await job.breathe()
  }
  return reader.end()
}
