import type { Parsed } from '#contract/contract'
import { listsNamed, planTables } from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan, ImportOptions } from '#schema/import'
import type { FileMapping } from '#schema/mapping'
import { listMappings } from '#store'
import { type Context, sourceOf } from './context.ts'
import { answersFor } from './file-encoding.ts'
import { findList, surveyLists } from './find-list.ts'
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
  /** Plans are made without readings, for a file that is probably not read. */
  leavesReadings?: boolean
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

const UNWATCHED: PlanWatch = { job: { breathe: async () => undefined }, offersLists: true }

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
  given: ReadingGround,
  { job, offersLists }: PlanWatch = UNWATCHED,
): Promise<PlannedSource> {
  const { token, file, fault } = source
  if (fault !== undefined) throw fault
  const head = await readHead(file)
  const own = given.given.find(each => each.source === token && each.entry === file.entry?.name)
  const asked = { head, plans: plansBy(source, head, given, own) }
  const mapped = own === undefined ? asked.plans[0]?.options?.encoding : undefined
  const { options, notIn } = await answersFor(file, head, { options: given.options, mapped }, job)
  const ground = { ...given, options }
  const order = { source, ground, own, job, offersLists }
  const first = options === given.options ? asked : { head, plans: plansBy(source, head, ground, own) }
  const recordsAt = options.recordsAt ?? own?.mapping.recordsAt
  const listed = recordsAt === undefined ? await withLists(order, first) : await atList(order, first, recordsAt)
  const planned = notIn === undefined ? listed : { ...listed, plans: listed.plans.map(told(given.options, notIn)) }
  const [plan] = planned.plans
  if (own !== undefined && plan?.table === null) {
    const { reason } = plan
    throw new AppError('usage/bad-mapping', `${file.name}: ${reason}`, { file: file.name, source: own.mapping.source })
  }
  return planned
}

/** A plan of a file that is not in the encoding which was named for files like it. */
function told(options: ImportOptions, notIn: string): (plan: FilePlan) => FilePlan {
  return plan => (plan.table === null ? plan : { ...plan, notIn, options })
}

type PlanOrder = Readonly<
  {
    source: OpenedSource
    ground: ReadingGround
    own: GivenMapping | undefined
  } & PlanWatch
>

export type PlanWatch = Readonly<{
  /** Looked into while much is read. */
  job: Pick<Job, 'breathe'>
  /** Is it of interest which other lists a document has? */
  offersLists: boolean
}>

/** By the list that was asked for, wherever it stands in the document; as before where it has none such. */
async function atList(order: PlanOrder, first: PlannedSource, recordsAt: string): Promise<PlannedSource> {
  const { source, ground, own, job } = order
  const found = await findList(source.file, first, recordsAt, job)
  if (found === null) return await withLists(order, first)
  if (found.head === null) return { ...(await withLists(order, first)), lists: found.paths }
  const options = { ...ground.options, recordsAt }
  return await withLists(order, { head: found.head, plans: plansBy(source, found.head, { ...ground, options }, own) })
}

/** With the lists that stand behind the beginning; by one of these where a mapping is for it and fits. */
async function withLists(order: PlanOrder, first: PlannedSource): Promise<PlannedSource> {
  const { source, ground, own, job } = order
  const [plan] = first.plans
  // A kind that is known and feeds no table has no list to choose.
  if (plan === undefined || (plan.table === null && plan.recognition?.by === 'preset')) return first
  const isOpen = own === undefined && ground.options.recordsAt === undefined && plan.recordsAt === undefined
  const paths = isOpen ? listsOfMappings(ground) : []
  const isWanted = order.offersLists || paths.length > 0
  const lists = (isWanted ? await surveyLists(source.file, first, job) : null) ?? []
  const beyond = lists.filter(({ path }) => plan.lists?.some(list => list.path === path) !== true)
  const wanted = paths.find(path => beyond.some(list => list.path === path))
  const found = wanted === undefined ? null : await findList(source.file, first, wanted, job)
  if (wanted !== undefined && found?.head != null) {
    const options = { ...ground.options, recordsAt: wanted }
    const plans = plansBy(source, found.head, { ...ground, options }, own)
    if (plans.some(({ recognition }) => recognition?.by === 'mapping'))
      return { head: found.head, plans: plans.map(each => ({ ...each, ...listsNamed(each, lists) })) }
  }
  return { ...first, plans: first.plans.map(each => ({ ...each, ...listsNamed(each, lists) })) }
}

/** Which lists the mappings are for that may fit a file. */
function listsOfMappings({ given, remembered }: ReadingGround): readonly string[] {
  const offered = given.filter(({ source }) => source === undefined).map(({ mapping }) => mapping)
  return [...offered, ...remembered].flatMap(({ recordsAt }) => recordsAt ?? [])
}

function plansBy(
  { file }: OpenedSource,
  { head, isWhole, isGzip, bytes }: SourceHead,
  { given, options, remembered, leavesReadings = false }: ReadingGround,
  own: GivenMapping | undefined,
): readonly FilePlan[] {
  const offered = given.filter(({ source }) => source === undefined).map(({ mapping }) => mapping)
  const mappings = { assigned: own?.mapping, offered, remembered }
  return planTables({ file: file.name, head, isWhole, size: isGzip ? null : bytes, options, mappings, leavesReadings })
}
