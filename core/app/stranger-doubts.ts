import {
  createReferenceReader,
  createWorkspaceReader,
  type KnownWorkspaces,
  likelyWorkspaceHeader,
  type ReferredIds,
  strangerDoubt,
} from '#import'
import type { KeyDoubt } from '#schema/import'
import { countWorkspaces, hasWorkspace } from '#store'
import {
  type KeyedFile,
  type KeyGround,
  LOOK_STEP,
  referredBy,
  type Told,
  unknownOf,
  unlessUnreadable,
} from './keyed-files.ts'
import { readChunks } from './source-file.ts'

type Ground = KeyGround & Readonly<{ tell: Told }>

/**
 * Looks for the ids of columns that are taken for those of workspaces by their names among the workspaces of the other files
 * and of the project. One that is found settles it: nearly always the first records have one.
 *
 * @returns what speaks against a column, in the place of its file; null where nothing does
 * @throws AppError run/cancelled
 */
export async function strangerDoubts(
  files: readonly KeyedFile[],
  ground: Ground,
): Promise<readonly (KeyDoubt | null)[]> {
  const inProject = ground.db === null ? 0 : countWorkspaces(ground.db)
  if (inProject === 0 && files.every(({ plan }) => plan.table !== 'workspaces')) return []
  const asked = await unknownOf(files.filter(({ plan, isSaid }) => !isSaid && likelyWorkspaceHeader(plan) !== null))
  const doubts: (KeyDoubt | null)[] = []
  for (const file of files) {
    const others = files.filter(other => other.plan.table === 'workspaces' && other.file !== file.file)
    const work = asked.includes(file) ? doubtOf(file, others, { ...ground, inProject }) : null
    doubts.push(work === null ? null : await unlessUnreadable(work))
  }
  return doubts
}

async function doubtOf(
  file: KeyedFile,
  others: readonly KeyedFile[],
  ground: Ground & Readonly<{ inProject: number }>,
): Promise<KeyDoubt | null> {
  const header = likelyWorkspaceHeader(file.plan)
  const first = await firstIds(file, ground)
  if (header === null || (first !== null && (await knownWithout(first.ids, others, ground)) === null)) return null
  const all = workspaceIds(await referredBy(file, ground))
  const known = all === null ? null : await knownWithout(all.ids, others, ground)
  return all === null || known === null ? null : strangerDoubt(file.plan, header, all, known)
}

const workspaceIds = (referred: readonly ReferredIds[]): ReferredIds | null =>
  referred.find(({ to }) => to === 'workspaces') ?? null

/** Those of the first records, for which next to nothing is read. */
async function firstIds({ file, facts, plan }: KeyedFile, { options }: Ground): Promise<ReferredIds | null> {
  const reader = createReferenceReader(plan, options, 'steady')
  for await (const { chunk } of readChunks(file, facts)) {
    reader.push(chunk.subarray(0, LOOK_STEP))
    break
  }
  return workspaceIds(reader.end(false))
}

/** @returns where workspaces are known from; null where one of the ids is one */
async function knownWithout(
  ids: ReadonlySet<string>,
  others: readonly KeyedFile[],
  ground: Ground & Readonly<{ inProject: number }>,
): Promise<readonly KnownWorkspaces[] | null> {
  const { db, inProject } = ground
  if (db !== null && inProject > 0 && [...ids].some(id => hasWorkspace(db, id))) return null
  const known: KnownWorkspaces[] = [{ name: 'the workspaces of the project', count: inProject }]
  for (const other of others) {
    const count = await countWithout(ids, other, ground)
    if (count === null) return null
    known.push({ name: other.plan.file, count })
  }
  return known.filter(({ count }) => count > 0)
}

/** @returns how many workspaces a file has; null where one of the ids is one of them */
async function countWithout(
  ids: ReadonlySet<string>,
  { file, facts, plan }: KeyedFile,
  { options, job, tell }: Ground,
): Promise<number | null> {
  const reader = createWorkspaceReader(plan, options, ids)
  for await (const { chunk } of readChunks(file, facts)) {
    reader.push(chunk)
    if (reader.isFound()) return null
    tell(chunk.length, file.name)
    await job.breathe()
  }
  const count = reader.end()
  return reader.isFound() ? null : count
}
