import type { Handlers } from '#contract/contract'
import { modelHash } from '#pipeline'
import { TABLES } from '#schema/tables'
import { modelDocument, parseModel } from '#score'
import { putInForce } from '#store'
import { type Context, demandProject } from '../context.ts'
import { previewIcp } from '../icp-preview.ts'
import { modelInForce } from '../judgement.ts'
import { demandModelInForce } from '../model-versions.ts'
import { alertDays, alertsOf } from '../routing-alerts.ts'
import { reassign } from '../routing-owners.ts'
import { poolsOf } from '../routing-pools.ts'
import { demandRun } from './score.ts'

type Names = 'pools' | 'release' | 'alerts' | 'icp' | 'icpPreview' | 'icpSave'

export const routeTeamHandlers: Pick<Handlers<Context>, `routing.${Names}`> = {
  'routing.pools': async (ctx, _input, call) => {
    const { db, run } = demandRun(ctx)
    return await poolsOf(db, run, ctx.jobOf(call))
  },

  'routing.release': (ctx, { unitIds, team }) => {
    const { run } = demandRun(ctx)
    const moves = [...new Set(unitIds)].map(unitId => ({ unitId, team, owner: null, sinceRun: null }))
    return { released: reassign(demandProject(ctx).project.db, run, moves).changed }
  },

  'routing.alerts': async (ctx, { days: asked }, call) => {
    const { db, run } = demandRun(ctx)
    const days = asked ?? alertDays(db)
    return { alerts: [...(await alertsOf(db, run, ctx.jobOf(call), days))], days }
  },

  'routing.icp': ctx => {
    const { model, hash } = modelInForce(demandProject(ctx).project.db)
    return {
      rules: model.fit.rules.map(rule => ({ ...rule })),
      tierFrom: { ...model.fit.tierFrom },
      modelHash: hash,
      fields: Object.keys(TABLES.accounts.columns),
    }
  },

  'routing.icpPreview': (ctx, fit) => {
    const { db } = demandProject(ctx).project
    return previewIcp(db, modelInForce(db).model, fit)
  },

  'routing.icpSave': (ctx, { modelHash: expected, ...fit }) => {
    const { db } = demandProject(ctx).project
    const { model, hash: before } = demandModelInForce(db, expected)
    const changed = parseModel({ ...(modelDocument(model) as object), fit }) // a document is an object
    const hash = modelHash(changed)
    const isNew = hash !== before
    if (isNew) putInForce(db, 'model', { hash, json: JSON.stringify(modelDocument(changed)), createdAt: ctx.now() })
    return { hash, isNew }
  },
}
