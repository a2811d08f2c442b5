import type { Call, Handlers } from '#contract/contract'
import { type Context, demandProject, type OpenProject } from '../context.ts'
import {
  type CheckedData,
  checkData,
  checkedData,
  foundUnits,
  isAtHand,
  keptReport,
  wantedAsOf,
} from '../data-health.ts'
import type { FoundUnits } from '../data-health-ground.ts'
import { rowsCsv, rowsPage } from '../data-health-rows.ts'
import { activationView, matchingWorkspaces, workspaceView } from '../data-health-workspace.ts'
import { modelInForce } from '../judgement.ts'

export const healthHandlers: Pick<
  Handlers<Context>,
  | 'health.run'
  | 'health.report'
  | 'health.rows'
  | 'health.csv'
  | 'health.workspaces'
  | 'health.workspace'
  | 'health.activation'
> = {
  'health.run': async (ctx, { asOf }, call) => {
    const open = demandProject(ctx)
    return await unlessAtHand(ctx, open, NEVER, async () => {
      open.eventKeys.forget() // not needed until the next import, and much of what the engine holds
      return await checkData(ctx, open, { asOf, job: ctx.jobOf(call) })
    })
  },

  'health.report': ctx => ({ report: keptReport(demandProject(ctx).project.db) }),

  'health.rows': async (ctx, { code, ...span }, call) => {
    const open = demandProject(ctx)
    const checked = await checkedAtHand(ctx, open, call)
    return rowsPage(open.project.db, checked, code, span)
  },

  'health.csv': async (ctx, { code, ...span }, call) => {
    const open = demandProject(ctx)
    const checked = await checkedAtHand(ctx, open, call)
    return rowsCsv(open.project.db, checked, code, span)
  },

  'health.workspaces': async (ctx, { search, asOf, limit }, call) =>
    matchingWorkspaces(await unitsAt(ctx, demandProject(ctx), asOf, call), search, limit),

  'health.workspace': async (ctx, { workspaceId, asOf }, call) => {
    const open = demandProject(ctx)
    const { db } = open.project
    const found = await unitsAt(ctx, open, asOf, call)
    const { activation } = modelInForce(db).model
    return { asOf: found.asOf, workspace: workspaceView(db, found, { workspaceId, activation }) }
  },

  'health.activation': async (ctx, { activation: draft, asOf }, call) => {
    const open = demandProject(ctx)
    const found = await unitsAt(ctx, open, asOf, call)
    return activationView(found, { inForce: modelInForce(open.project.db).model.activation, draft })
  },
}

async function checkedAtHand(ctx: Context, open: OpenProject, call: Call): Promise<CheckedData> {
  const isThere = (): boolean => isAtHand(open, null)
  return await unlessAtHand(ctx, open, isThere, () => checkedData(open, ctx.jobOf(call)))
}

async function unitsAt(ctx: Context, open: OpenProject, asOf: string | undefined, call: Call): Promise<FoundUnits> {
  const isThere = (): boolean => {
    const given = wantedAsOf(open.project.db, asOf)
    return given !== null && isAtHand(open, given)
  }
  return await unlessAtHand(ctx, open, isThere, () => foundUnits(open, { asOf, job: ctx.jobOf(call) }))
}

const NEVER = (): boolean => false

/** The look at the data that is under way for each project. */
const LOOKING = new WeakMap<OpenProject, Promise<unknown>>()

/**
 * Work that has to read the data is a job among others; an answer at hand waits for nobody. Of several questions at once
 * the first one reads, and the others wait for what it finds.
 */
async function unlessAtHand<T>(
  ctx: Context,
  open: OpenProject,
  isThere: () => boolean,
  work: () => Promise<T>,
): Promise<T> {
  for (let before = LOOKING.get(open); before !== undefined && !isThere(); before = LOOKING.get(open)) await before
  if (isThere()) return await work()
  const mine = ctx.jobs.run('a check of the data', work)
  const ended = mine.then(forget, forget)
  LOOKING.set(open, ended)
  return await mine

  function forget(): void {
    LOOKING.delete(open)
  }
}
