import type { Handlers } from '#contract/contract'
import { anomalyViews, decideAnomaly, demandAnomaly } from '../anomaly-decisions.ts'
import { type Context, demandProject } from '../context.ts'
import { keptAnomalies, whileChecked } from '../data-health.ts'

export const anomalyHandlers: Pick<Handlers<Context>, 'anomalies.decide'> = {
  'anomalies.decide': (ctx, { id, verdict }) => {
    const open = demandProject(ctx)
    const { db } = open.project
    ctx.jobs.demandIdle()
    const anomaly = demandAnomaly(keptAnomalies(db), id)
    whileChecked(open, () => decideAnomaly(db, anomaly, verdict, ctx.now()))
    const [view] = anomalyViews(db, [anomaly])
    if (view === undefined) throw new Error('one anomaly gives one view')
    return { anomaly: view }
  },
}
