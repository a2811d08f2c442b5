import type { Handlers } from '#contract/contract'
import { AppError } from '#lib/errors'
import { modelHash, policyHash } from '#pipeline'
import type { Scenario } from '#schema/scenario'
import { documentChanges, modelDocument } from '#score'
import { parseScenario, scenarioModel, scenarioPolicy } from '#simulate'
import { listDocuments, putInForce, type Readable, removeDocument, saveDocument, transaction } from '#store'
import { type Context, demandProject } from '../context.ts'
import { modelInForce, policyInForce } from '../judgement.ts'
import { applyModel, documentChangeView } from '../model-versions.ts'
import { readJson } from '../read-json.ts'

type ScenarioMethod = `scenario.${'list' | 'save' | 'remove' | 'text' | 'read' | 'diff' | 'apply'}`
type ViewMethod = `view.${'list' | 'save' | 'remove'}`

export const scenarioHandlers: Pick<Handlers<Context>, ScenarioMethod | ViewMethod> = {
  'scenario.list': ctx => ({
    scenarios: listDocuments(demandProject(ctx).project.db, 'scenario').map(({ documentId, content, ...rest }) => ({
      scenarioId: documentId,
      scenario: parseScenario(JSON.parse(content)),
      ...rest,
    })),
  }),

  'scenario.save': (ctx, { scenarioId, scenario }) => {
    const { db } = demandProject(ctx).project
    const content = JSON.stringify(scenario)
    const saved = saveDocument(db, 'scenario', { documentId: scenarioId, name: scenario.name, content, at: ctx.now() })
    if (saved === null) throw notKept('scenario', scenarioId)
    return { scenarioId: saved }
  },

  'scenario.remove': (ctx, { scenarioId }) => {
    if (!removeDocument(demandProject(ctx).project.db, 'scenario', scenarioId)) throw notKept('scenario', scenarioId)
    return {}
  },

  'scenario.text': (_ctx, { scenario }) => ({
    text: `${JSON.stringify(scenario, null, 2)}\n`,
    fileName: `${fileNameOf(scenario.name)}.pql-scenario.json`,
  }),

  'scenario.read': (_ctx, { text }) => ({ scenario: parseScenario(readJson(text, 'usage/bad-model')) }),

  'scenario.diff': (ctx, { scenario }) => {
    const { before, after } = judgesOf(demandProject(ctx).project.db, scenario)
    return {
      model: documentChanges(modelDocument(before.model), modelDocument(after.model)).map(documentChangeView),
      policy: documentChanges(before.policy, after.policy).map(documentChangeView),
      modelHash: before.modelHash,
      policyHash: before.policyHash,
    }
  },

  'scenario.apply': (ctx, { scenario, modelHash: model, policyHash: policy }) => {
    const { db } = demandProject(ctx).project
    const { before, after } = judgesOf(db, scenario)
    if (before.modelHash !== model || before.policyHash !== policy)
      throw new AppError('usage/bad-model', 'the model or the rules were changed meanwhile; look at the changes again')
    const next = { modelHash: modelHash(after.model), policyHash: policyHash(after.policy) }
    transaction(db, () => {
      applyModel(db, after.model, ctx.now())
      if (next.policyHash !== policy)
        putInForce(db, 'policy', {
          hash: next.policyHash,
          json: JSON.stringify(after.policy),
          createdAt: ctx.now(),
        })
    })
    return { ...next, modelHashBefore: model, policyHashBefore: policy }
  },

  'view.list': ctx => ({
    views: listDocuments(demandProject(ctx).project.db, 'view').map(({ documentId, name, content, updatedAt }) => ({
      viewId: documentId,
      name,
      state: JSON.parse(content) as Record<string, never>, // written by view.save
      updatedAt,
    })),
  }),

  'view.save': (ctx, { viewId, name, state }) => {
    const { db } = demandProject(ctx).project
    const content = JSON.stringify(state)
    const saved = saveDocument(db, 'view', { documentId: viewId, name, content, at: ctx.now() })
    if (saved === null) throw notKept('view', viewId)
    return { viewId: saved }
  },

  'view.remove': (ctx, { viewId }) => {
    if (!removeDocument(demandProject(ctx).project.db, 'view', viewId)) throw notKept('view', viewId)
    return {}
  },
}

/** What is in force, and what a scenario makes of it. */
function judgesOf(db: Readable, scenario: Scenario) {
  const { model, hash } = modelInForce(db)
  const { policy, hash: ofPolicy } = policyInForce(db)
  return {
    before: { model, policy, modelHash: hash, policyHash: ofPolicy },
    after: {
      model: scenarioModel(model, scenario.model),
      policy: scenarioPolicy(policy, scenario.routing),
    },
  }
}

function notKept(what: string, id: number | null): AppError {
  return new AppError('usage/bad-argument', `no ${what} ${id} is kept; it may have been removed meanwhile`, { id })
}

/** A name that every file system takes. */
function fileNameOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-')
  return plain.replace(/^-+|-+$/g, '').toLowerCase() || 'scenario'
}
