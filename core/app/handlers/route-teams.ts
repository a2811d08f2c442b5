import type { Handlers } from '#contract/contract'
import { AppError } from '#lib/errors'
import { modelHash } from '#pipeline'
import { TABLES } from '#schema/tables'
import { modelDocument, parseModel } from '#score'
import { lastingAssignments, putInForce, releaseOwners, transaction } from '#store'
import { type Context, demandProject } from '../context.ts'
import { previewIcp } from '../icp-preview.ts'
import { modelInForce } from '../judgement.ts'
import { alertsOf } from '../routing-alerts.ts'
import { poolsOf } from '../routing-pools.ts'
import { demandRun } from './score.ts'

type Names = 'pools' | 'release' | 'alerts' | 'icp' | 'icpPreview' | 'icpSave'

export const routeTeamHandlers: Pick<Handlers<Context>, `routing.${Names}`> = {
  'routing.pools': ctx => {
    const { db, run } = demandRun(ctx)
    return poolsOf(db, run)
  },

  'routing.release': (ctx, { unitIds, team }) => {
    const { db } = demandProject(ctx).project
    const { run } = demandRun(ctx)
    const wanted = new Set(unitIds)
    const units = lastingAssignments(db, run.level).filter(own => own.team === team && wanted.has(own.unitId))
    transaction(db, () => releaseOwners(db, run.level, units, run.runId))
    return { released: units.length }
  },

  'routing.alerts': async (ctx, _input, call) => {
    const { db, run } = demandRun(ctx)
    return { alerts: [...(await alertsOf(db, run, ctx.jobOf(call)))] }
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
    const { model, hash: before } = modelInForce(db)
    if (before !== expected)
      throw new AppError(
        'usage/bad-model',
        'the model was changed meanwhile; open the rules again and repeat the change',
        {
          expected,
          inForce: before,
        },
      )
    const changed = parseModel({ ...(modelDocument(model) as object), fit }) // a document is an object
    const hash = modelHash(changed)
    const isNew = hash !== before
    if (isNew) putInForce(db, 'model', { hash, json: JSON.stringify(modelDocument(changed)), createdAt: ctx.now() })
    return { hash, isNew }
  },
}
