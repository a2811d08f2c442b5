import type { Handlers } from '#contract/contract'
import type { Anomaly } from '#schema/rollups'
import { newestRun, type Readable } from '#store'
import { anomalyViews, decideAnomaly, demandAnomaly } from '../anomaly-decisions.ts'
import { type Context, demandProject } from '../context.ts'
import { keptAnomalies, whileChecked } from '../data-health.ts'
import { anomalyOfRun } from '../routing-anomalies.ts'

export const anomalyHandlers: Pick<Handlers<Context>, 'anomalies.decide'> = {
  'anomalies.decide': async (ctx, { id, verdict }, call) =>
    await ctx.jobs.run('a decision', call, async () => {
      const open = demandProject(ctx)
      const { db } = open.project
      const anomaly = knownAnomaly(db, id)
      whileChecked(open, () => decideAnomaly(db, anomaly, verdict, ctx.now()))
      const [view] = anomalyViews(db, [anomaly])
      if (view === undefined) throw new Error('one anomaly gives one view')
      return { anomaly: view }
    }),
}

/** What the newest scores waited for is known without a check of the data. @throws AppError usage/bad-argument */
function knownAnomaly(db: Readable, id: string): Anomaly {
  const checked = keptAnomalies(db)
  const run = checked.some(anomaly => anomaly.id === id) ? null : newestRun(db, 'workspace')
  const scored = run === null ? null : anomalyOfRun(run, id)
  return demandAnomaly(scored === null ? checked : [scored], id)
}
