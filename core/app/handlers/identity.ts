import { join } from 'node:path'
import type { Handlers, Output } from '#contract/contract'
import {
  CLUSTER_BITS,
  clusterIds,
  columnsOf,
  curveOf,
  type Evaluation,
  evaluateClusters,
  RECORD_ROLES,
  type ResolvedRecords,
  readClusterList,
  readRecordFields,
  resolveSteps,
  unknownRoles,
} from '#identity'
import { AppError } from '#lib/errors'
import { type Context, sourceOf, targetOf } from '../context.ts'
import { inTurns, type Job } from '../jobs.ts'
import { checkFolder, writeFolder } from '../output-folder.ts'
import { openPairThread } from '../pair-thread.ts'
import { pairsTold } from '../pairs-told.ts'
import { readRecordCells } from '../record-cells.ts'
import { CLUSTER_FILES, recordFileNames, recordFiles, recordManifest } from '../record-files.ts'
import type { SourceFile } from '../source-file.ts'

export const identityHandlers: Pick<Handlers<Context>, 'identity.records' | 'identity.evaluate'> = {
  'identity.records': async (ctx, { records, fields, target, proposeWeights, overwrite }, call) =>
    await ctx.jobs.run('resolving records', call, async () => {
      const job = ctx.jobOf(call)
      const folder = targetOf(ctx, target)
      checkFolder(folder, recordFileNames(proposeWeights), overwrite)
      const { resolved, broken } = await resolveFile(sourceOf(ctx, records), fields, job)
      const written = await writeFolder(folder, recordFiles(resolved, proposeWeights), {
        overwrite,
        job,
        last: outputs => recordManifest(resolved, outputs),
        record: () => undefined,
      })
      const files = written.map(({ name, rows }) => ({ name, rows }))
      return { folder, files, unused: unusedRoles(fields), ...summaryOf(resolved, broken) }
    }),

  'identity.evaluate': async (ctx, { truth, records, fields, clusters }, call) =>
    await ctx.jobs.run('an evaluation', call, async () => {
      const job = ctx.jobOf(call)
      const { clusterOf: entities, unsaid: unjudged } = await readClusters(sourceOf(ctx, truth), job)
      if (clusters !== undefined) return { ...(await evaluateFolder(ctx, clusters, { entities, job })), unjudged }
      if (records === undefined || fields === undefined)
        throw new AppError('usage/bad-argument', 'an evaluation needs records with fields, or a folder of clusters', {
          argument: 'records',
        })
      const { resolved } = await resolveFile(sourceOf(ctx, records), fields, job)
      const at = (bits: number): Evaluation => evaluateClusters(clustersByKey(resolved, bits), entities)
      const { auto, review } = CLUSTER_BITS
      return { auto: at(auto), review: at(review), unjudged, curve: [...curveOf(resolved, entities)] }
    }),
}

async function resolveFile(
  file: SourceFile,
  json: string,
  job: Job,
): Promise<Readonly<{ resolved: ResolvedRecords; broken: number }>> {
  const fields = readRecordFields(json)
  const { columns, broken } = await readRecordCells(file, columnsOf(fields), job)
  job.report({ phase: 'Comparing records', done: 0, total: null, unit: 'rows', subject: file.name })
  await job.turn()
  const resolved = await inTurns(resolveSteps(columns, fields, openPairThread, pairsTold(job, file.name)), job)
  await job.turn()
  return { resolved, broken }
}

function unusedRoles(fields: string): string[] {
  const known = RECORD_ROLES.join(', ')
  return unknownRoles(fields).map(role => `fields: there is no role "${role}", it is not used; the roles are ${known}`)
}

type Summary = Omit<Output<'identity.records'>, 'folder' | 'files' | 'unused'>

function summaryOf(resolved: ResolvedRecords, broken: number): Summary {
  const { table, pairs, further, blocks } = resolved
  const { withoutKey, repeatedKeys } = table
  const figuresAt = (bits: number): Summary['auto'] => {
    const sizes = [...Map.groupBy(clusterIds(resolved, bits), id => id).values()].map(({ length }) => length)
    const merged = sizes.filter(size => size > 1).reduce((sum, size) => sum + size, 0)
    const largest = sizes.reduce((most, size) => Math.max(most, size), 0)
    return { clusters: sizes.length, mergedRecords: merged, largest }
  }
  return {
    records: table.keys.length,
    leftOut: { withoutKey, repeatedKeys, broken },
    pairs,
    further,
    auto: figuresAt(CLUSTER_BITS.auto),
    review: figuresAt(CLUSTER_BITS.review),
    blocks: blocks.map(block => ({ ...block })),
  }
}

function clustersByKey(resolved: ResolvedRecords, bits: number): ReadonlyMap<string, string> {
  const clusters = clusterIds(resolved, bits)
  return new Map(resolved.table.keys.map((key, i) => [key, clusters[i] ?? key]))
}

type Comparison = Readonly<{ entities: ReadonlyMap<string, string>; job: Job }>

async function evaluateFolder(
  ctx: Context,
  folder: string,
  { entities, job }: Comparison,
): Promise<Omit<Output<'identity.evaluate'>, 'unjudged'>> {
  const { path } = sourceOf(ctx, folder)
  const read = async (name: string): Promise<Evaluation> =>
    evaluateClusters((await readClusters({ path: join(path, name), name }, job)).clusterOf, entities)
  return { auto: await read(CLUSTER_FILES.auto), review: await read(CLUSTER_FILES.review), curve: [] }
}

/** A file of record_id and cluster_id. @throws AppError usage/bad-argument where a record is in two clusters */
async function readClusters(file: SourceFile, job: Job): Promise<ReturnType<typeof readClusterList>> {
  const { columns } = await readRecordCells(file, ['record_id', 'cluster_id'], job)
  const list = readClusterList(columns.get('record_id') ?? [], columns.get('cluster_id') ?? [])
  if (list.clash === null) return list
  const { record, clusters, rows } = list.clash
  const [one, other] = clusters.map((cluster, i) => `"${cluster}" (row ${rows[i]})`)
  throw new AppError(
    'usage/bad-argument',
    `${file.name}: record "${record}" is in two clusters, ${one} and ${other}; a record is of one: leave out one of the two rows`,
    { file: file.name, record },
  )
}
