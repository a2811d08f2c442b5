import type { Output, Parsed } from '#contract/contract'
import { AppError } from '#lib/errors'
import { sum } from '#lib/num'
import type { ImportMode } from '#schema/import'
import { type ImportBatch, readImport, stagedEventKeys, stagedImports } from '#store'
import type { Context, OpenProject } from './context.ts'
import { reportOf } from './import-report.ts'
import { inTurns, type Job } from './jobs.ts'
import { demandBatch, forgetStaged, stageBatch } from './stage-batch.ts'
import { write } from './write-aside.ts'

type Options = Parameters<typeof stageBatch>[3]
type Imported = Output<'import.run'>
type BatchFile = ImportBatch['files'][number]
type Modes = Parsed<'import.publish'>['modes']

/** Ways to lay a file over its table that make sense for it. */
export function modesFor({
  state,
  table,
  isOptional,
}: Pick<BatchFile, 'state' | 'table' | 'isOptional'>): ImportMode[] {
  if (state !== 'staged') return []
  if (table === 'events') return ['append']
  return isOptional ? ['upsert'] : ['upsert', 'append', 'replace']
}

/**
 * Reads files into staging and publishes them by one transaction. Any failure, a cancel included, forgets what was staged: the
 * project is as it was.
 *
 * @param sources tokens; of an archive, every file that fits a table is taken
 */
export async function importFiles(
  ctx: Context,
  open: OpenProject,
  sources: readonly string[],
  options: Options,
): Promise<Imported> {
  const { batchId } = await stageBatch(ctx, open, sources, options)
  try {
    return await publishStaged(ctx, open, { batchId, modes: [] }, options.job)
  } catch (error) {
    forgetStaged(ctx, open)
    throw error
  }
}

/**
 * Publishes the batch that waits by one transaction, and remembers the mappings it was read with. Where that fails, it waits on.
 *
 * @throws AppError import/no-batch where it does not wait, or is not read whole; usage/bad-argument for a mode that a file does
 *   not allow; run/cancelled
 */
export async function publishStaged(
  ctx: Context,
  open: OpenProject,
  { batchId, modes }: Readonly<{ batchId: string; modes: Modes }>,
  job: Job,
): Promise<Imported> {
  const { db } = open.project
  const batch = demandBatch(open, batchId)
  if (batch.files.some(({ state }) => state === 'waiting'))
    throw new AppError('import/no-batch', 'this import was broken off; resume it before it is published', { batchId })
  const modeOf = modeReader(batch, modes)
  const now = ctx.now()
  const staged = stagedImports(db, batchId)
  const rows = sum(staged.map(({ table, loaded }) => (table === 'events' ? 0 : loaded)))
  const order = {
    kind: 'publish',
    batchId,
    modes: staged.map(({ importId }) => [importId, modeOf(importId)] as const),
    mappings: batch.mappings.map(mapping => ({ ...mapping, savedAt: now })),
    eventKeys: await inTurns(stagedEventKeys(db, batchId), job),
    now,
  } as const
  await write(ctx, open, { order, rows, phase: 'Publishing', job })
  const files = batch.files.filter(({ state }) => state !== 'dropped')
  return { files: files.map(file => fileReport(open, file)), skipped: [...batch.skipped] }
}

/** @throws AppError usage/bad-argument */
function modeReader(batch: ImportBatch, modes: Modes): (importId: number) => ImportMode {
  const staged = new Map(batch.files.filter(({ state }) => state === 'staged').map(file => [file.importId, file]))
  const chosen = new Map<number, ImportMode>()
  for (const { importId, mode } of modes) {
    const file = staged.get(importId)
    if (file === undefined || !modesFor(file).includes(mode)) {
      const what = file === undefined ? `file ${importId} of this import` : `${file.source.name} as ${file.table}`
      throw new AppError('usage/bad-argument', `${what} cannot be published by ${mode}`, { importId, mode })
    }
    chosen.set(importId, mode)
  }
  return importId => {
    const file = staged.get(importId)
    return chosen.get(importId) ?? (file?.isOptional === true ? 'upsert' : batch.mode)
  }
}

/** Under the name that it was handed over by, which may be another than that of the equal file which was imported. */
function fileReport(
  { project: { db } }: OpenProject,
  { importId, state, source: { name } }: BatchFile,
): Imported['files'][number] {
  const record = importId === null ? null : readImport(db, importId)
  if (record === null) throw new Error(`import ${importId} was staged but not published`)
  return { ...reportOf(db, record, state !== 'staged'), file: name }
}
