import {
  createKeyReader,
  createLookReader,
  createReferenceReader,
  hasKeyRivals,
  type IdShapes,
  isKeyOpen,
  type KeyLook,
  MOST_REFERRED,
  type ReferredIds,
  referencesOf,
  shapesOf,
} from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan, ImportOptions, KeyDoubt } from '#schema/import'
import type { EntityTable } from '#schema/tables'
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
  /** Was it imported before, as it is? Then nothing is asked of it, and the project refers to what it does. */
  isKnown(): Promise<boolean>
}>

/** What files are compared with: the answers given for all of them, and the project, where one is open. */
export type KeyGround = Readonly<{ options: ImportOptions; db: Readable | null; job: Job }>

/** Says that some bytes more of a file were read. */
type Told = (bytes: number, file: string) => void

/** Bytes of a file that refers to others in which its ids are looked for. */
const REFERRING_BYTES = 4 << 20
/** Bytes of a file in which its first records are looked for, and how many are looked at between two questions. */
const LOOK_BYTES = 1 << 20
const LOOK_STEP = 1 << 16
const IN_PROJECT = { ids: MOST_REFERRED, rows: 100_000 } as const
const LOOK_IN_PROJECT = { ids: 500, rows: 500 } as const

/**
 * Compares the keys of files with the ids by which the others, and what the project holds, name their records. The first
 * records say which keys can be in doubt at all: nearly always none is, and nothing more is read.
 *
 * @returns what speaks against a key, in the place of its file; null where nothing does
 * @throws AppError run/cancelled. A file that cannot be read is left to who reads it for good.
 */
export async function compareKeys(
  files: readonly KeyedFile[],
  ground: KeyGround,
): Promise<readonly (KeyDoubt | null)[]> {
  const asked = await unknownOf(files.filter(({ plan, isSaid }) => !isSaid && hasKeyRivals(plan)))
  const open = asked.length === 0 ? [] : await openKeys(asked, files, ground)
  if (open.length === 0) return files.map(() => null)
  const tell = tellerOf(ground.job)
  const referred = new Map<KeyedFile, readonly ReferredIds[]>()
  for (const file of await unknownOf(files.filter(file => open.some(other => namesRecordsOf(file, other)))))
    referred.set(file, (await unlessUnreadable(referredBy(file, ground, tell))) ?? [])
  const doubts: (KeyDoubt | null)[] = []
  for (const file of files) {
    const others = [...referred].flatMap(([other, ids]) => (other.file === file.file ? [] : ids))
    doubts.push(open.includes(file) ? await unlessUnreadable(doubtOf(file, others, { ...ground, tell })) : null)
  }
  return doubts
}

/** How many bytes will be looked at is not known: each file is left as soon as it has said enough. */
function tellerOf(job: Job): Told {
  let done = 0
  return (bytes, subject) => {
    done += bytes
    job.report({ phase: 'Comparing ids', done, total: null, unit: 'bytes', subject })
  }
}

async function unknownOf(files: readonly KeyedFile[]): Promise<readonly KeyedFile[]> {
  const found: KeyedFile[] = []
  for (const file of files) if (!(await file.isKnown())) found.push(file)
  return found
}

function namesRecordsOf({ file, plan }: KeyedFile, other: KeyedFile): boolean {
  return (
    plan.table !== null && file !== other.file && referencesOf(plan.table).some(({ to }) => to === other.plan.table)
  )
}

/** Those of the asked files whose first records leave open which of their columns is meant. */
async function openKeys(
  asked: readonly KeyedFile[],
  files: readonly KeyedFile[],
  ground: KeyGround,
): Promise<readonly KeyedFile[]> {
  const looks = new Map<KeyedFile, KeyLook | null>()
  for (const file of files) {
    const isOfUse = asked.some(other => other === file || namesRecordsOf(file, other))
    if (isOfUse) looks.set(file, await unlessUnreadable(lookAt(file, ground)))
  }
  return asked.filter(file => {
    const { table } = file.plan
    if (table === null || table === 'events') return false
    const others = files.filter(other => namesRecordsOf(other, file)).map(other => looks.get(other) ?? null)
    const named = [...others.flatMap(look => namedIn(look, table)), ...namedInProject(ground, table)]
    const own = looks.get(file)?.own ?? null
    // What cannot be seen at the beginning is looked for.
    if (own === null) return named.length > 0 || others.includes(null)
    return others.includes(null) || isKeyOpen(own, named)
  })
}

function namedIn(look: KeyLook | null, table: EntityTable): readonly IdShapes[] {
  return look?.named.flatMap(({ to, shapes }) => (to === table ? [shapes] : [])) ?? []
}

function namedInProject({ db }: KeyGround, table: EntityTable): readonly IdShapes[] {
  return db === null ? [] : referredInProject(db, table, LOOK_IN_PROJECT).map(({ ids }) => shapesOf(ids))
}

async function lookAt({ file, facts, plan }: KeyedFile, { options, job }: KeyGround): Promise<KeyLook | null> {
  const reader = createLookReader(plan, options)
  let bytes = 0
  for await (const { chunk } of readChunks(file, facts)) {
    for (let at = 0; at < chunk.length; at += LOOK_STEP) {
      reader.push(chunk.subarray(at, at + LOOK_STEP))
      bytes += LOOK_STEP
      if (bytes >= LOOK_BYTES || reader.isEnough()) return reader.end(false)
    }
    await job.breathe()
  }
  return reader.end(true)
}

async function unlessUnreadable<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'run/cancelled') throw error
    return null
  }
}

async function referredBy(
  { file, facts, plan }: KeyedFile,
  { options, job }: KeyGround,
  tell: Told,
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

async function doubtOf(
  { file, facts, plan }: KeyedFile,
  others: readonly ReferredIds[],
  { options, db, job, tell }: KeyGround & Readonly<{ tell: Told }>,
): Promise<KeyDoubt | null> {
  const { table } = plan
  if (table === null || table === 'events') return null
  const held = db === null ? [] : referredInProject(db, table, IN_PROJECT)
  const inProject = held.map(each => ({ ...each, file: `the ${each.table} of the project`, ids: new Set(each.ids) }))
  const reader = createKeyReader(plan, options, [...others, ...inProject])
  for await (const { chunk } of readChunks(file, facts)) {
    if (reader.isSettled()) return null
    reader.push(chunk)
    tell(chunk.length, file.name)
    await job.breathe()
  }
  return reader.end()
}
