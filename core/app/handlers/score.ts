import { join } from 'node:path'
import type { Handlers, Output } from '#contract/contract'
import { type Rows, unitListFile } from '#export'
import { AppError } from '#lib/errors'
import type { Level } from '#schema/unit'
import { countUnits, newestRun, type Readable, type ScoreRun, scoreHistogram, scoreOrder, scoreRows } from '#store'
import { type Context, demandProject, targetOf } from '../context.ts'
import { modelOfRun } from '../judgement.ts'
import { writeFile } from '../output-file.ts'
import { scoreProject } from '../score-run.ts'

type ScoreListRow = Output<'score.rows'>['rows'][number]

/** Units that are read in one go. */
const PAGE = 500

export const scoreHandlers: Pick<Handlers<Context>, `score.${'run' | 'order' | 'rows' | 'export' | 'histogram'}`> = {
  'score.run': async (ctx, { asOf, identity, level }, call) =>
    await ctx.jobs.run(
      'scoring',
      call,
      async () => await scoreProject(ctx, demandProject(ctx), { asOf, identity, level, job: ctx.jobOf(call) }),
    ),

  'score.order': (ctx, { level, ...order }) => {
    const { db, run } = demandRun(ctx, level)
    const units = scoreOrder(db, run.runId, order)
    return {
      runId: run.runId,
      total: countUnits(db, run.runId),
      matching: units.length,
      columns: { order: units },
    }
  },

  'score.rows': (ctx, { unitNos, level }) => {
    const { db, run } = demandRun(ctx, level)
    return { runId: run.runId, rows: [...scoreRows(db, run.runId, unitNos)] }
  },

  'score.export': async (ctx, { level, columns, target, name, overwrite, ...order }, call) =>
    await ctx.jobs.run('a list of scores', call, async () => {
      const { db, run } = demandRun(ctx, level)
      const rows = listedUnits(db, run.runId, scoreOrder(db, run.runId, order))
      const file = unitListFile({ name, rows, asOf: run.asOf }, columns)
      return await writeFile(join(targetOf(ctx, target), name), file, { overwrite, job: ctx.jobOf(call) })
    }),

  'score.histogram': (ctx, { filter, level }) => {
    const { db, run } = demandRun(ctx, level)
    const { units, counts, stageCounts, destinationCounts } = scoreHistogram(db, run.runId, filter)
    return {
      runId: run.runId,
      units,
      stages: modelOfRun(db, run).stages,
      stageCounts: { ...stageCounts },
      destinationCounts: { ...destinationCounts },
      columns: { counts },
    }
  },
}

/** Rows of units in their order, read page by page as they are walked. */
function listedUnits(db: Readable, runId: number, order: Uint32Array): Rows<ScoreListRow> {
  return {
    length: order.length,
    *[Symbol.iterator]() {
      for (let at = 0; at < order.length; at += PAGE) yield* scoreRows(db, runId, [...order.subarray(at, at + PAGE)])
    },
  }
}

/** The newest run of a level of the open project. @throws AppError project/not-open, score/no-run */
export function demandRun(ctx: Context, level: Level = 'workspace'): Readonly<{ db: Readable; run: ScoreRun }> {
  const { db } = demandProject(ctx).project
  const run = newestRun(db, level)
  if (run === null)
    throw new AppError(
      'score/no-run',
      level === 'workspace'
        ? 'nothing has been scored yet; run the scores first'
        : `nothing has been scored by ${level} yet; run the scores of that level first`,
      { level },
    )
  return { db, run }
}
