import {
  createKeyReader,
  createLookReader,
  hasKeyRivals,
  type IdShapes,
  isKeyOpen,
  type KeyLook,
  MOST_REFERRED,
  type ReferredIds,
  referencesOf,
  shapesOf,
} from '#import'
import type { KeyDoubt } from '#schema/import'
import type { EntityTable } from '#schema/tables'
import { referredInProject } from '#store'
import {
  type KeyedFile,
  type KeyGround,
  LOOK_STEP,
  referredBy,
  type Told,
  tellerOf,
  unknownOf,
  unlessUnreadable,
} from './keyed-files.ts'
import { readChunks } from './source-file.ts'
import { strangerDoubts } from './stranger-doubts.ts'

/** Bytes of a file in which its first records are looked for. */
const LOOK_BYTES = 1 << 20
const IN_PROJECT = { ids: MOST_REFERRED, rows: 100_000 } as const
const LOOK_IN_PROJECT = { ids: 500, rows: 500 } as const

/**
 * Compares the ids by which files, and what the project holds, name records with those that the records have: the keys of
 * files, and the columns that are taken for ids of workspaces by their names. The first records say what can be in doubt at
 * all: nearly always nothing is, and nothing more is read.
 *
 * @returns what speaks against a file, in its place; its key first; empty where nothing does
 * @throws AppError run/cancelled. A file that cannot be read is left to who reads it for good.
 */
export async function compareKeys(
  files: readonly KeyedFile[],
  ground: KeyGround,
): Promise<readonly (readonly KeyDoubt[])[]> {
  const tell = tellerOf(ground.job)
  const keys = await keyDoubts(files, { ...ground, tell })
  // Where workspaces may have another key, it is not known which ids are theirs.
  const isOpen = keys.some(doubt => doubt?.table === 'workspaces')
  const strangers = isOpen ? [] : await strangerDoubts(files, { ...ground, tell })
  return files.map((_file, at) => [keys[at] ?? null, strangers[at] ?? null].filter(doubt => doubt !== null))
}

async function keyDoubts(
  files: readonly KeyedFile[],
  ground: KeyGround & Readonly<{ tell: Told }>,
): Promise<readonly (KeyDoubt | null)[]> {
  const asked = await unknownOf(files.filter(({ plan, isSaid }) => !isSaid && hasKeyRivals(plan)))
  const open = asked.length === 0 ? [] : await openKeys(asked, files, ground)
  if (open.length === 0) return files.map(() => null)
  const referred = new Map<KeyedFile, readonly ReferredIds[]>()
  for (const file of await unknownOf(files.filter(file => open.some(other => namesRecordsOf(file, other)))))
    referred.set(file, (await unlessUnreadable(referredBy(file, ground))) ?? [])
  const doubts: (KeyDoubt | null)[] = []
  for (const file of files) {
    const others = [...referred].flatMap(([other, ids]) => (other.file === file.file ? [] : ids))
    doubts.push(open.includes(file) ? await unlessUnreadable(doubtOf(file, others, ground)) : null)
  }
  return doubts
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
