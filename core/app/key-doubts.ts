import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { compareKeys } from './compare-keys.ts'
import type { Context } from './context.ts'
import type { KeyedFile } from './keyed-files.ts'
import { type PlanOrder, withoutLeftOut } from './plan-import.ts'
import { type OpenedSource, openSources, planSource, type ReadingGround } from './plan-sources.ts'

type View = Output<'import.compareKeys'>['doubts'][number]
type Order = Pick<PlanOrder, 'ground' | 'leaveOut' | 'job'>

/** What the ids in the other files, and in the project, say against the keys of files, before any is imported. */
export async function keyDoubtsOf(ctx: Context, sources: readonly string[], order: Order): Promise<View[]> {
  const { ground, job } = order
  const keyed: (KeyedFile & Readonly<{ source: OpenedSource }>)[] = []
  for (const source of withoutLeftOut(await openSources(ctx, sources), order).opened) {
    keyed.push(...(await keyedFiles(source, ground, job)))
    await job.breathe()
  }
  const doubts = await compareKeys(keyed, { options: ground.options, db: ctx.open?.project.db ?? null, job })
  return keyed.flatMap(({ source: { token, file } }, at): View[] => {
    const place = file.entry === undefined ? { source: token } : { source: token, entry: file.entry.name }
    return (doubts[at] ?? []).map(doubt => {
      return { ...place, ...doubt, headers: [...doubt.headers], files: doubt.files.map(each => ({ ...each })) }
    })
  })
}

/** A file that cannot be looked at is told of where it is looked at by itself. */
async function keyedFiles(
  source: OpenedSource,
  ground: ReadingGround,
  job: Order['job'],
): Promise<readonly (KeyedFile & Readonly<{ source: OpenedSource }>)[]> {
  const { token, file } = source
  if ((file.entry?.problem ?? null) !== null) return []
  const hasOwn = ground.given.some(each => each.source === token && each.entry === file.entry?.name)
  try {
    const { head, plans } = await planSource(source, ground, { job, offersLists: false })
    const { head: _head, isWhole: _isWhole, ...facts } = head // the bytes themselves would add up
    const isSaid = (by: string | undefined): boolean => by === 'mapping' && !hasOwn
    // Who asks is to see what speaks against a key, whether or not the file is there already.
    const isKnown = async (): Promise<boolean> => false
    return plans.map(plan => ({ source, file, facts, plan, isSaid: isSaid(plan.recognition?.by), isKnown }))
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'run/cancelled') throw error
    return []
  }
}
