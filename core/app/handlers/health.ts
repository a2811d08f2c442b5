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
  'health.run': async (ctx, { asOf }, call) =>
    await ctx.jobs.run(LOOK, call, async () => {
      const open = demandProject(ctx)
      open.eventKeys.forget() // not needed until the next import, and much of what the engine holds
      return await checkData(ctx, open, { asOf, job: ctx.jobOf(call) })
    }),

  'health.report': ctx => ({ report: keptReport(demandProject(ctx).project.db) }),

  'health.rows': async (ctx, { code, ...span }, call) => {
    const { open, found } = await checkedAtHand(ctx, call)
    return rowsPage(open.project.db, found, code, span)
  },

  'health.csv': async (ctx, { code, ...span }, call) => {
    const { open, found } = await checkedAtHand(ctx, call)
    return rowsCsv(open.project.db, found, code, span)
  },

  'health.workspaces': async (ctx, { search, asOf, limit }, call) =>
    matchingWorkspaces((await unitsAt(ctx, asOf, call)).found, search, limit),

  'health.workspace': async (ctx, { workspaceId, asOf }, call) => {
    const { open, found } = await unitsAt(ctx, asOf, call)
    const { db } = open.project
    const { activation } = modelInForce(db).model
    return { asOf: found.asOf, workspace: workspaceView(db, found, { workspaceId, activation }) }
  },

  'health.activation': async (ctx, { activation: draft, asOf }, call) => {
    const { open, found } = await unitsAt(ctx, asOf, call)
    return activationView(found, { inForce: modelInForce(open.project.db).model.activation, draft })
  },
}

/** What was looked at, with the project that it was looked at in: another one may be open by then. */
type Look<T> = Readonly<{ open: OpenProject; found: T }>

async function checkedAtHand(ctx: Context, call: Call): Promise<Look<CheckedData>> {
  return await unlessAtHand(ctx, call, {
    isThere: open => isAtHand(open, null),
    work: open => checkedData(open, ctx.jobOf(call)),
  })
}

async function unitsAt(ctx: Context, asOf: string | undefined, call: Call): Promise<Look<FoundUnits>> {
  return await unlessAtHand(ctx, call, {
    isThere: open => {
      const given = wantedAsOf(open.project.db, asOf)
      return given !== null && isAtHand(open, given)
    },
    work: open => foundUnits(open, { asOf, job: ctx.jobOf(call) }),
  })
}

/** What a look at the data is called by those who wait for it. */
const LOOK = 'a check of the data'

type Question<T> = Readonly<{ isThere(open: OpenProject): boolean; work(open: OpenProject): Promise<T> }>

/**
 * Work that has to read the data is a job among others; an answer at hand waits for nobody. Of several questions at once
 * the first one reads, and the others, when their turn comes, find what it found.
 */
async function unlessAtHand<T>(ctx: Context, call: Call, { isThere, work }: Question<T>): Promise<Look<T>> {
  const answer = async (): Promise<Look<T>> => {
    const open = demandProject(ctx)
    return { open, found: await work(open) }
  }
  return isThere(demandProject(ctx)) ? await answer() : await ctx.jobs.run(LOOK, call, answer)
}
