import type { Handlers } from '#contract/contract'
import { forgetSeen, saveSeen } from '#store'
import { type Context, demandProject } from '../context.ts'
import { routedAnomalies } from '../routing-anomalies.ts'
import { ownedOf, reassign } from '../routing-owners.ts'
import { demandRun } from './score.ts'

export const routeOwnerHandlers: Pick<
  Handlers<Context>,
  `routing.${'owned' | 'assign' | 'anomalies' | 'seeAlerts'}`
> = {
  'routing.owned': (ctx, asked) => {
    const { db, run } = demandRun(ctx)
    return ownedOf(db, run, asked)
  },

  'routing.assign': (ctx, { moves }) => {
    const { run } = demandRun(ctx)
    return reassign(demandProject(ctx).project.db, run, moves)
  },

  'routing.anomalies': ctx => {
    const { db, run } = demandRun(ctx)
    return routedAnomalies(db, run)
  },

  'routing.seeAlerts': (ctx, { alertIds, isSeen }) => {
    const { db } = demandProject(ctx).project
    if (isSeen) saveSeen(db, alertIds, ctx.now())
    else forgetSeen(db, alertIds)
    return {}
  },
}
