import type { Output } from '#contract/contract'
import { describePlan, mappingOfPlans, proposeTables, signatureOf } from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan } from '#schema/import'
import type { FileMapping } from '#schema/mapping'
import type { Job } from './jobs.ts'
import type { OpenedSource, PlannedSource, PlanWatch, ReadingGround } from './plan-sources.ts'
import { planSource } from './plan-sources.ts'
import { sizeOf } from './source-file.ts'

/** What an import would do with one file, as people see it. */
export type FileView = Output<'import.inspect'>['files'][number]

/** A file that cannot be read is a finding here, not a failure: the board shows it beside the others. */
export async function inspectSource(source: OpenedSource, ground: ReadingGround, job: Job): Promise<FileView> {
  try {
    const { planned, reason } = await lookAt(source, ground, { job, offersLists: true })
    return { ...viewOf(source, planned, reason), ...proposalsOf(planned) }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'run/cancelled') throw error
    return unreadable(source, error.message)
  }
}

function proposalsOf({ head, plans: [plan] }: PlannedSource): Pick<FileView, 'proposals'> {
  return plan === undefined ? {} : { proposals: [...proposeTables(plan, head.head)] }
}

/** A file whose encoding has to be asked for fits its table all the same: the import asks, this shows what it will ask. */
async function lookAt(
  source: OpenedSource,
  ground: ReadingGround,
  watch: PlanWatch,
): Promise<Readonly<{ planned: PlannedSource; reason: string | null }>> {
  try {
    return { planned: await planSource(source, ground, watch), reason: null }
  } catch (error) {
    const suggestion = error instanceof AppError ? error.context['suggestion'] : undefined
    if (!(error instanceof AppError) || typeof suggestion !== 'string') throw error
    const options = { ...ground.options, encoding: suggestion }
    return { planned: await planSource(source, { ...ground, options }, watch), reason: error.message }
  }
}

/** @param reason in the place of the plan's own */
export function viewOf({ token, file }: OpenedSource, { head, plans }: PlannedSource, reason: string | null): FileView {
  const [first] = plans
  if (first === undefined) throw new Error('a file has a plan')
  const { columns, sample, ...description } = describePlan(first, head.head)
  const tables = plans.flatMap(({ table }) => table ?? [])
  return {
    source: token,
    bytes: head.bytes,
    compression: head.compression,
    ...description,
    ...(reason === null ? {} : { reason }),
    columns: columns.map(({ header, column, match, type, samples }) => ({
      header,
      column,
      match: match === 'dropped' ? ('custom' as const) : match,
      ...(match === 'dropped' ? { isDropped: true } : {}),
      type,
      samples: [...samples],
    })),
    sample: sample.map(record => [...record]),
    ...(file.entry === undefined ? {} : { entry: file.entry.name }),
    ...(first.source === undefined ? {} : { origin: first.source }),
    ...(first.recognition === undefined ? {} : { recognition: recognitionView(first.recognition) }),
    ...(first.recordsAt === undefined ? {} : { recordsAt: first.recordsAt }),
    ...(first.escape === undefined ? {} : { escape: first.escape }),
    ...(first.lists === undefined ? {} : { lists: first.lists.map(list => ({ ...list })) }),
    signature: signatureOf(
      first.columns.map(({ header }) => header),
      first.recordsAt,
    ),
    ...(tables.length === 0 ? {} : { tables, mapping: mappingView(mappingOfPlans(plans, nameOf(first))) }),
  }
}

/** What people call the source of a file: what it was recognised as, else its name. */
export function nameOf({ source, file }: FilePlan): string {
  return source ?? file.slice(file.lastIndexOf('/') + 1)
}

/** The same value with the mutable types that a schema infers. */
export function mappingView(mapping: FileMapping): NonNullable<FileView['mapping']> {
  return mapping
}

function recognitionView(found: NonNullable<FilePlan['recognition']>): NonNullable<FileView['recognition']> {
  const { runnerUp } = found
  return {
    ...found,
    matched: [...found.matched],
    missing: [...found.missing],
    doubts: [...found.doubts],
    runnerUp: runnerUp === null ? null : { ...runnerUp, missing: [...runnerUp.missing] },
  }
}

function unreadable({ token, file }: OpenedSource, reason: string): FileView {
  return {
    source: token,
    file: file.name,
    bytes: sizeOf(file),
    compression: file.entry === undefined ? 'none' : 'zip',
    format: 'unknown',
    delimiter: null,
    encoding: 'unknown',
    table: null,
    reason,
    columns: [],
    sample: [],
    ...(file.entry === undefined ? {} : { entry: file.entry.name }),
  }
}
