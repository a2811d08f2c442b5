import type { Parsed } from '#contract/contract'
import { planTables } from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan, ImportOptions } from '#schema/import'
import type { FileMapping } from '#schema/mapping'
import { listMappings } from '#store'
import { type Context, sourceOf } from './context.ts'
import { findList } from './find-list.ts'
import type { Job } from './jobs.ts'
import { expandFile, readHead, type SourceFile, type SourceHead } from './source-file.ts'

type GivenMapping = Parsed<'import.run'>['mappings'][number]

/** A file to look at: one that was handed out, or one in such an archive. */
export type OpenedSource = Readonly<{
  token: string
  file: SourceFile
  /** Why it cannot be opened. */
  fault?: AppError | undefined
}>

/** What says how files are read, beside themselves. */
export type ReadingGround = Readonly<{
  options: ImportOptions
  given: readonly GivenMapping[]
  remembered: readonly FileMapping[]
}>

/** @param mappings given for this call */
export function readingGround(ctx: Context, options: ImportOptions, mappings: readonly GivenMapping[]): ReadingGround {
  const remembered = ctx.open === null ? [] : listMappings(ctx.open.project.db).map(({ mapping }) => mapping)
  return { options, given: mappings, remembered }
}

/**
 * The files that tokens stand for, each token once. An archive that cannot be opened stands for itself.
 *
 * @throws AppError import/unknown-source
 */
export async function openSources(ctx: Context, tokens: readonly string[]): Promise<readonly OpenedSource[]> {
  const opened: OpenedSource[] = []
  for (const token of new Set(tokens)) {
    const file = sourceOf(ctx, token)
    try {
      const files = await expandFile(file)
      opened.push(...files.map(each => ({ token, file: each })))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      opened.push({ token, file, fault: error })
    }
  }
  return opened
}

/** The file in an archive that a path means; the file itself where there is none. @throws AppError usage/missing-file */
export async function openSource(ctx: Context, token: string, entry: string | undefined): Promise<OpenedSource> {
  const files = await openSources(ctx, [token])
  const found = files.find(({ file }) => (file.entry?.name ?? undefined) === entry)
  if (found !== undefined) return found
  const [first] = files
  const { name } = sourceOf(ctx, token)
  if (entry === undefined && files.length === 1 && first !== undefined) return first
  throw new AppError(
    'usage/missing-file',
    entry === undefined ? `${name} is an archive of ${files.length} files; name one` : `${name} has no file ${entry}`,
    { file: name },
  )
}

const UNWATCHED: Pick<Job, 'breathe'> = { breathe: async () => undefined }

/** `lists`: of a document without the list that was asked for, the lists that it has. */
export type PlannedSource = Readonly<{
  head: SourceHead
  plans: readonly FilePlan[]
  lists?: readonly string[] | undefined
}>

/**
 * Plans for one file, one per table that it feeds.
 *
 * @throws AppError import/not-readable, import/ambiguous, usage/bad-argument, usage/missing-file; usage/bad-mapping where
 *   the mapping for this very file does not fit
 */
export async function planSource(
  source: OpenedSource,
  ground: ReadingGround,
  job: Pick<Job, 'breathe'> = UNWATCHED,
): Promise<PlannedSource> {
  const { token, file, fault } = source
  if (fault !== undefined) throw fault
  const head = await readHead(file)
  const { given, options } = ground
  const own = given.find(each => each.source === token && each.entry === file.entry?.name)
  const first = { head, plans: plansBy(source, head, ground, own) }
  const recordsAt = options.recordsAt ?? own?.mapping.recordsAt
  const found = recordsAt === undefined ? null : await findList(file, first, recordsAt, job)
  const planned =
    found?.head == null
      ? { ...first, lists: found?.paths }
      : { head: found.head, plans: plansBy(source, found.head, ground, own) }
  const [plan] = planned.plans
  if (own !== undefined && plan?.table === null) {
    const { reason } = plan
    throw new AppError('usage/bad-mapping', `${file.name}: ${reason}`, { file: file.name, source: own.mapping.source })
  }
  return planned
}

function plansBy(
  { file }: OpenedSource,
  { head, isWhole, isGzip, bytes }: SourceHead,
  { given, options, remembered }: ReadingGround,
  own: GivenMapping | undefined,
): readonly FilePlan[] {
  const offered = given.filter(({ source }) => source === undefined).map(({ mapping }) => mapping)
  const mappings = { assigned: own?.mapping, offered, remembered }
  return planTables({ file: file.name, head, isWhole, size: isGzip ? null : bytes, options, mappings })
}
