import type { Handlers } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { Level } from '#schema/unit'
import { countUnits, newestRun, type Readable, type ScoreRun, scoreHistogram, scoreOrder, scoreRows } from '#store'
import { type Context, demandProject } from '../context.ts'
import { modelOfRun } from '../judgement.ts'
import { scoreProject } from '../score-run.ts'

export const scoreHandlers: Pick<Handlers<Context>, 'score.run' | 'score.order' | 'score.rows' | 'score.histogram'> = {
  'score.run': async (ctx, { asOf, identity, level }, call) =>
    await ctx.jobs.run(
      'scoring',
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
