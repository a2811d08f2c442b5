import type { Handlers } from '#contract/contract'
import { policyHash } from '#pipeline'
import { parsePolicy } from '#route'
import { documentChanges, MODEL_PRESETS, modelDocument, modelJsonSchema, parseModel } from '#score'
import { listDocuments, putInForce, removeDocument, saveDocument, transaction } from '#store'
import { type Context, demandProject } from '../context.ts'
import { modelInForce, policyInForce } from '../judgement.ts'
import { known, lintText } from '../model-lint.ts'
import { rebasedDraft } from '../model-rebase.ts'
import {
  applyModel,
  demandModel,
  demandModelInForce,
  documentChangeView,
  kindOf,
  modelVersions,
} from '../model-versions.ts'
import { readJson } from '../read-json.ts'

type Drafts = 'draft' | 'keepDraft' | 'rebase'
type Names = 'get' | 'apply' | 'lint' | 'versions' | 'diff' | 'revert' | 'presets' | 'schema' | Drafts

export const modelHandlers: Pick<Handlers<Context>, `model.${Names}` | 'policy.apply'> = {
  'model.get': (ctx, { hash: wanted }) => {
    const { db } = demandProject(ctx).project
    const inForce = modelInForce(db)
    const { model, hash } = wanted === undefined ? inForce : demandModel(db, wanted)
    const json = JSON.stringify(modelDocument(model), null, 2)
    return { json, hash, name: model.name, kind: kindOf(model), isInForce: hash === inForce.hash, ...known(db, model) }
  },

  'model.apply': (ctx, { json, expected }) => {
    const { db } = demandProject(ctx).project
    const model = parseModel(readJson(json, 'usage/bad-model'))
    if (expected !== undefined) demandModelInForce(db, expected)
    return applyModel(db, model, ctx.now())
  },

  'model.lint': (ctx, { json }) => lintText(ctx.open?.project.db ?? null, json),

  'model.versions': ctx => ({ versions: modelVersions(demandProject(ctx).project.db) }),

  'model.diff': (ctx, { from, to }) => {
    const { db } = demandProject(ctx).project
    const before = from === null ? modelInForce(db).model : demandModel(db, from).model
    const after = 'hash' in to ? demandModel(db, to.hash).model : parseModel(readJson(to.json, 'usage/bad-model'))
    return { changes: documentChanges(modelDocument(before), modelDocument(after)).map(documentChangeView) }
  },

  'model.revert': (ctx, { hash }) => {
    const { db } = demandProject(ctx).project
    const { name } = applyModel(db, demandModel(db, hash).model, ctx.now())
    return { hash, name }
  },

  'model.presets': () => ({
    presets: MODEL_PRESETS.map(({ id, title, description, document }) => ({
      id,
      title,
      description,
      json: JSON.stringify(document, null, 2),
    })),
  }),

  'model.schema': () => ({ json: JSON.stringify(modelJsonSchema(), null, 2) }),

  'model.draft': ctx => {
    const [draft] = listDocuments(demandProject(ctx).project.db, 'model draft')
    return {
      json: draft?.content ?? null,
      updatedAt: draft?.updatedAt ?? null,
      baseHash: draft === undefined || draft.name === '' ? null : draft.name,
    }
  },

  'model.keepDraft': (ctx, { json, baseHash }) => {
    const { db } = demandProject(ctx).project
    const [draft] = listDocuments(db, 'model draft')
    transaction(db, () => {
      if (json === null) {
        if (draft !== undefined) removeDocument(db, 'model draft', draft.documentId)
        return
      }
      // A draft goes by the hash of the model that it was begun on.
      const [documentId, name] = [draft?.documentId ?? null, baseHash ?? '']
      saveDocument(db, 'model draft', { documentId, name, content: json, at: ctx.now() })
    })
    return {}
  },

  'model.rebase': (ctx, { json, baseHash }) => rebasedDraft(demandProject(ctx).project.db, json, baseHash),

  'policy.apply': (ctx, { json }) => {
    const { db } = demandProject(ctx).project
    const policy = parsePolicy(readJson(json, 'usage/bad-policy'))
    const hash = policyHash(policy)
    const isNew = hash !== policyInForce(db).hash
    if (isNew) putInForce(db, 'policy', { hash, json: JSON.stringify(policy), createdAt: ctx.now() })
    return { hash, name: policy.name, isNew }
  },
}
