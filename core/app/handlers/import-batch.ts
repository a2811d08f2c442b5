import type { Handlers } from '#contract/contract'
import { checkMapping } from '#import'
import { readImport, undoImport, undoingOf, waitingBatch } from '#store'
import { type Context, demandProject } from '../context.ts'
import { publishStaged } from '../import-run.ts'
import { readingGround } from '../plan-sources.ts'
import { discardWaiting, forgetStaged, resumeBatch, stageBatch } from '../stage-batch.ts'
import { pendingView, stagedDiff, stagedView } from '../staged-view.ts'

export const importBatchHandlers: Pick<
  Handlers<Context>,
  | 'import.stage'
  | 'import.diff'
  | 'import.publish'
  | 'import.discard'
  | 'import.pending'
  | 'import.resume'
  | 'import.undo'
> = {
  'import.stage': async (ctx, { sources, options, mappings, ...order }, call) =>
    await ctx.jobs.run('an import', async () => {
      const open = demandProject(ctx)
      for (const { mapping } of mappings) checkMapping(mapping)
      const job = ctx.jobOf(call)
      const ground = readingGround(ctx, options, mappings)
      const batch = await stageBatch(ctx, open, sources, { ...order, ground, job })
      try {
        return await stagedView(open.project.db, batch, job)
      } catch (error) {
        forgetStaged(ctx, open)
        throw error
      }
    }),

  'import.diff': (ctx, { importId, ...page }) => stagedDiff(demandProject(ctx).project.db, importId, page),

  'import.publish': async (ctx, order, call) =>
    await ctx.jobs.run('an import', async () => await publishStaged(ctx, demandProject(ctx), order, ctx.jobOf(call))),

  'import.discard': (ctx, { batchId }) => {
    const open = demandProject(ctx)
    ctx.jobs.demandIdle()
    return { wasThere: waitingBatch(open.project.db)?.batchId === batchId && discardWaiting(open) }
  },

  'import.pending': ctx => {
    const batch = waitingBatch(demandProject(ctx).project.db)
    return { batch: batch === null ? null : pendingView(batch) }
  },

  'import.resume': async (ctx, order, call) =>
    await ctx.jobs.run('an import', async () => {
      const open = demandProject(ctx)
      const job = ctx.jobOf(call)
      return await stagedView(open.project.db, await resumeBatch(ctx, open, order, job), job)
    }),

  'import.undo': async (ctx, { importId, dryRun }, call) =>
    await ctx.jobs.run('an undo', async () => {
      const open = demandProject(ctx)
      const { db } = open.project
      const job = ctx.jobOf(call)
      job.report({ phase: 'Undoing', done: 0, total: 1, unit: 'steps', subject: null })
      await job.turn()
      const undoing = dryRun ? undoingOf(db, importId) : undoImport(db, importId, ctx.now())
      if (!dryRun) open.eventKeys.forget()
      const record = readImport(db, importId)
      if (record === null) throw new Error(`import ${importId} was undone and is not there`)
      const { file, table } = record
      job.report({ phase: 'Undoing', done: 1, total: 1, unit: 'steps', subject: file })
      return { importId, file, table, ...undoing }
    }),
}
