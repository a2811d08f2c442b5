import type { Call, Handlers } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { Scenario } from '#schema/scenario'
import { parseScenario } from '#simulate'
import { listDocuments, removeDocument, saveDocument } from '#store'
import { type Context, demandProject } from '../context.ts'
import { readJson } from '../read-json.ts'
import { openRoom } from '../review/open-room.ts'
import type { Room } from '../review/room.ts'
import { applyScenario, revertScenario, scenarioDiff } from '../simulation/applied-scenario.ts'

type ScenarioMethod = `scenario.${'list' | 'save' | 'remove' | 'text' | 'read' | 'diff' | 'apply' | 'revert'}`
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

  'scenario.diff': async (ctx, { scenario }, call) =>
    scenarioDiff(demandProject(ctx).project.db, scenario, await roomFor(ctx, scenario, call)),

  'scenario.apply': async (ctx, wanted, call) => {
    const room = await roomFor(ctx, wanted.scenario, call)
    return applyScenario(demandProject(ctx).project.db, room, wanted, { now: ctx.now(), batch: ctx.newId() })
  },

  'scenario.revert': (ctx, applied) => {
    revertScenario(demandProject(ctx).project.db, applied, ctx.now())
    return {}
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

/** Answers are looked at in the review room; it is opened where the scenario gives any. */
async function roomFor(ctx: Context, { identity }: Scenario, call: Call): Promise<Room | null> {
  return (identity.decisions ?? []).length === 0 ? null : await openRoom(ctx, call)
}

function notKept(what: string, id: number | null): AppError {
  return new AppError('usage/overtaken', `no ${what} ${id} is kept; it was removed meanwhile: save it as a new one`, {
    id,
  })
}

/** A name that every file system takes. */
function fileNameOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-')
  return plain.replace(/^-+|-+$/g, '').toLowerCase() || 'scenario'
}
