import type { Handlers } from '#contract/contract'
import { AppError } from '#lib/errors'
import { modelHash, policyHash } from '#pipeline'
import { parsePolicy } from '#route'
import { modelDocument, parseModel } from '#score'
import { putInForce } from '#store'
import { type Context, demandProject } from '../context.ts'
import { modelInForce, policyInForce } from '../judgement.ts'

export const modelHandlers: Pick<Handlers<Context>, 'model.get' | 'model.apply' | 'policy.apply'> = {
  'model.get': ctx => {
    const { model, hash } = modelInForce(demandProject(ctx).project.db)
    return { json: JSON.stringify(modelDocument(model), null, 2), hash, name: model.name }
  },

  'model.apply': (ctx, { json }) => {
    const { db } = demandProject(ctx).project
    const model = parseModel(readJson(json, 'usage/bad-model'))
    const hash = modelHash(model)
    const isNew = hash !== modelInForce(db).hash
    if (isNew) putInForce(db, 'model', { hash, json: JSON.stringify(modelDocument(model)), createdAt: ctx.now() })
    return { hash, name: model.name, isNew }
  },

  'policy.apply': (ctx, { json }) => {
    const { db } = demandProject(ctx).project
    const policy = parsePolicy(readJson(json, 'usage/bad-policy'))
    const hash = policyHash(policy)
    const isNew = hash !== policyInForce(db).hash
    if (isNew) putInForce(db, 'policy', { hash, json: JSON.stringify(policy), createdAt: ctx.now() })
    return { hash, name: policy.name, isNew }
  },
}

function readJson(json: string, code: 'usage/bad-model' | 'usage/bad-policy'): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new AppError(code, `this is not JSON: ${(cause as Error).message}`, {}, { cause }) // JSON.parse throws Errors
  }
}
