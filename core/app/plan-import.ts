import { AppError } from '#lib/errors'
import type { FileMapping } from '#schema/mapping'
import type { TableName } from '#schema/tables'
import type { ImportBatch } from '#store'
import { batchSource } from './batch-source.ts'
import { compareKeys } from './compare-keys.ts'
import type { Context } from './context.ts'
import type { Job } from './jobs.ts'
import { rememberedMapping } from './kept-mappings.ts'
import type { KnownFiles } from './known-files.ts'
import { type OpenedSource, openSources, planSource, type ReadingGround } from './plan-sources.ts'
import type { PlannedFile } from './stage-file.ts'

type Skipped = ImportBatch['skipped'][number]
type UsedMapping = ImportBatch['mappings'][number]

/** What the files of an import are to be read as. */
export type ImportPlans = Readonly<{
  planned: readonly PlannedFile[]
  skipped: readonly Skipped[]
  /** Mappings that were given and are used. */
  used: readonly UsedMapping[]
}>

export type PlanOrder = Readonly<{
  ground: ReadingGround
  skipUnknown: boolean
  /** Files of archives that are not taken with the others. */
  leaveOut: readonly Readonly<{ source: string; entry: string }>[]
  job: Job
  /** Of files that are there already nothing is asked. */
  known: Pick<KnownFiles, 'isKnown' | 'mayBeKnown'>
}>

/**
 * Looks at all files before any is read.
 *
 * @param sources tokens; of an archive, every file that fits a table is taken
 * @throws AppError import/no-table for a file of no table that may not be skipped, or an archive without any; usage/bad-mapping
 *   where mappings are given and fit none of the files; and as `planSource` does
 */
export async function planImport(ctx: Context, sources: readonly string[], order: PlanOrder): Promise<ImportPlans> {
  const { ground, skipUnknown, job } = order
  const { opened, leftOut } = withoutLeftOut(await openSources(ctx, sources), order)
  const found: FilePlans[] = []
  const skipped: (Skipped & Readonly<{ token: string }>)[] = []
  const used: UsedMapping[] = []
  const lists = new Set<string>()
  for (const [i, source] of opened.entries()) {
    const { file, token } = source
    const plans = await planFile(source, order)
    found.push(plans)
    for (const path of plans.lists) lists.add(path)
    used.push(...plans.used)
    if (plans.planned.length === 0) {
      if (!plans.isUnreadable && !skipUnknown && file.entry === undefined) throw noTable(file.name, plans)
      skipped.push({ file: file.name, reason: plans.reason, token })
    }
    job.report({ phase: 'Looking', done: i + 1, total: opened.length, unit: 'steps', subject: file.name })
    await job.breathe()
  }
  const planned = [...found.filter(saysInPassing), ...found.filter(plans => !saysInPassing(plans))]
    .flatMap(plans => plans.planned)
    .map((each, place) => ({ ...each, place }))
  if (!skipUnknown) refuseEmptyArchives(ctx, sources, { opened, skipped, leaveOut: order.leaveOut })
  refuseUselessMappings(ground, used)
  refuseAbsentList(ground, planned, [...lists])
  return {
    planned: await withDoubts(ctx, planned, order),
    skipped: [...skipped.map(({ file, reason }) => ({ file, reason })), ...leftOut],
    used,
  }
}

/** With what the ids in the other files say against a column that nobody has chosen. */
async function withDoubts(
  ctx: Context,
  planned: readonly PlannedFile[],
  { ground: { options }, job, known }: PlanOrder,
): Promise<readonly PlannedFile[]> {
  const keyed = planned.map(entry => {
    const { file, facts, plan } = entry
    return { file, facts, plan, isSaid: isSaid(plan), isKnown: async () => await known.isKnown(entry) }
  })
  const doubts = await compareKeys(keyed, { options, db: ctx.open?.project.db ?? null, job })
  return planned.map((each, at) => {
    const keyDoubts = doubts[at] ?? []
    return keyDoubts.length === 0 ? each : { ...each, plan: { ...each.plan, keyDoubts } }
  })
}

/** Is a file read by a mapping? */
const isSaid = ({ recognition }: Pick<PlannedFile['plan'], 'recognition'>): boolean => recognition?.by === 'mapping'

/** @throws AppError usage/missing-file for a file to leave out that is not there: it may be called otherwise */
export function withoutLeftOut(
  all: readonly OpenedSource[],
  { leaveOut }: Pick<PlanOrder, 'leaveOut'>,
): Readonly<{ opened: readonly OpenedSource[]; leftOut: readonly Skipped[] }> {
  const keyOf = (source: string, entry: string | undefined): string => JSON.stringify([source, entry])
  const there = new Set(all.map(({ token, file }) => keyOf(token, file.entry?.name)))
  const lost = leaveOut.find(({ source, entry }) => !there.has(keyOf(source, entry)))
  if (lost !== undefined) {
    const message = `no archive has the file ${lost.entry} that is to be left out`
    throw new AppError('usage/missing-file', message, { file: lost.entry })
  }
  const unwanted = new Set(leaveOut.map(({ source, entry }) => keyOf(source, entry)))
  const isUnwanted = ({ token, file }: OpenedSource): boolean => unwanted.has(keyOf(token, file.entry?.name))
  return {
    opened: all.filter(source => !isUnwanted(source)),
    leftOut: all.filter(isUnwanted).map(({ file }) => ({ file: file.name, reason: 'It was left out.' })),
  }
}

function noTable(file: string, { reason, hasColumns }: FilePlans): AppError {
  const help = hasColumns ? '; a mapping can say which table it is (pql inspect --write-map --table)' : ''
  return new AppError('import/no-table', `${file}: ${reason}${help}`, { file })
}

type FilePlans = Readonly<{
  planned: readonly Omit<PlannedFile, 'place'>[]
  used: readonly UsedMapping[]
  /** Why it is read as it is, or not at all. */
  reason: string
  isUnreadable: boolean
  /** Are there columns that a mapping could name? */
  hasColumns: boolean
  /** Where the list that was asked for is not in it: those that are. */
  lists: readonly string[]
}>

/** Does a file of events say what users or workspaces are, too? A file of these says it better, so that it goes behind and counts. */
const saysInPassing = ({ planned }: FilePlans): boolean => planned.some(({ plan }) => plan.dropsOthers === true)

async function planFile(source: OpenedSource, { ground, job, known }: PlanOrder): Promise<FilePlans> {
  const { file } = source
  const why = file.entry?.problem ?? null
  if (why !== null) {
    const reason = `It cannot be read: ${why}`
    return { planned: [], used: [], reason, isUnreadable: true, hasColumns: false, lists: [] }
  }
  const watch = { job, offersLists: false }
  const leavesReadings = known.mayBeKnown(file)
  const { head, plans, lists = [] } = await planSource(source, { ...ground, leavesReadings }, watch)
  const { head: _head, isWhole: _isWhole, ...facts } = head // the bytes themselves would add up
  const common = { file, facts, source: batchSource(file, head) }
  const ofTables = plans.flatMap(plan => (plan.table === null ? [] : [{ plan, table: plan.table }]))
  const headReadings = (table: TableName) => async () => {
    const whole = await planSource(source, ground, watch)
    return whole.plans.find(plan => plan.table === table)?.readings ?? {}
  }
  return {
    planned: ofTables.map((each, at) => {
      const left = leavesReadings ? { headReadings: headReadings(each.table) } : {}
      return { ...common, ...each, ...left, isOptional: at > 0 }
    }),
    used: usedMapping(plans, ground),
    reason: plans[0]?.reason ?? '',
    isUnreadable: false,
    hasColumns: plans.some(({ columns }) => columns.length > 0),
    lists,
  }
}

function usedMapping(
  plans: Awaited<ReturnType<typeof planSource>>['plans'],
  { given }: ReadingGround,
): readonly UsedMapping[] {
  const [first] = plans
  if (first?.recognition?.by !== 'mapping') return []
  const mapping: FileMapping | undefined = given.find(each => each.mapping.source === first.source)?.mapping
  return mapping === undefined ? [] : [rememberedMapping(plans, mapping)]
}

type Looked = Readonly<{
  opened: Awaited<ReturnType<typeof openSources>>
  skipped: readonly (Skipped & Readonly<{ token: string }>)[]
  leaveOut: PlanOrder['leaveOut']
}>

function refuseEmptyArchives(ctx: Context, sources: readonly string[], { opened, skipped, leaveOut }: Looked): void {
  for (const token of sources) {
    const inside = opened.filter(source => source.token === token)
    const left = skipped.filter(source => source.token === token)
    const isLeftOut = inside.length === 0 && leaveOut.some(({ source }) => source === token)
    if (inside.length > left.length || isLeftOut) continue
    const name = ctx.host.resolveSource(token)?.name ?? token
    const why =
      left[0] === undefined ? 'it holds no file' : `none of its files fits a table; ${left[0].file}: ${left[0].reason}`
    throw new AppError('import/no-table', `${name}: ${why}`, { file: name })
  }
}

/** Another list than the one that was asked for would be loaded. */
function refuseAbsentList(
  { options: { recordsAt } }: ReadingGround,
  planned: readonly Pick<PlannedFile, 'plan'>[],
  lists: readonly string[],
): void {
  if (recordsAt === undefined || planned.some(({ plan }) => plan.recordsAt === recordsAt)) return
  const named = lists.map(path => `"${path}"`).join(', ')
  const others = lists.length === 0 ? 'There is no list to choose' : `The lists there are: ${named}`
  throw new AppError('usage/bad-argument', `none of the files has the list "${recordsAt}" (--records-at). ${others}`, {
    option: '--records-at',
    value: recordsAt,
  })
}

function refuseUselessMappings({ given }: ReadingGround, used: readonly UsedMapping[]): void {
  const offered = given.filter(({ source }) => source === undefined)
  const [first] = offered
  if (first === undefined || used.length > 0) return
  const { source } = first.mapping
  const others = offered.length === 1 ? '' : ` and ${offered.length - 1} more`
  throw new AppError(
    'usage/bad-mapping',
    `the mapping "${source}"${others} fits none of the files: it reads headers that they do not have, or is for other names`,
    { source },
  )
}
