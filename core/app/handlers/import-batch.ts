import type { Handlers } from '#contract/contract'
import { checkMapping } from '#import'
import { readImport, undoingOf, waitingBatch } from '#store'
import { type Context, demandProject } from '../context.ts'
import { publishStaged } from '../import-run.ts'
import { readingGround } from '../plan-sources.ts'
import { discardWaiting, forgetStaged, freeSpace, resumeBatch, stageBatch } from '../stage-batch.ts'
import { pendingView, stagedDiff, stagedView } from '../staged-view.ts'
import { write } from '../write-aside.ts'

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
    await ctx.jobs.run('an import', call, async () => {
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

  'import.diff': async (ctx, { importId, ...page }, call) =>
    await stagedDiff(demandProject(ctx).project.db, importId, page, ctx.jobOf(call)),

  'import.publish': async (ctx, order, call) =>
    await ctx.jobs.run(
      'an import',
      call,
      async () => await publishStaged(ctx, demandProject(ctx), order, ctx.jobOf(call)),
    ),

  'import.discard': async (ctx, { batchId }, call) =>
    await ctx.jobs.run('discarding an import', call, async () => {
      const open = demandProject(ctx)
      const wasThere = waitingBatch(open.project.db)?.batchId === batchId && discardWaiting(open)
      if (wasThere) freeSpace(ctx, open.project.db)
      return { wasThere }
    }),

  'import.pending': ctx => {
    const batch = waitingBatch(demandProject(ctx).project.db)
    return { batch: batch === null ? null : pendingView(batch) }
  },

  'import.resume': async (ctx, order, call) =>
    await ctx.jobs.run('an import', call, async () => {
      const open = demandProject(ctx)
      const job = ctx.jobOf(call)
      return await stagedView(open.project.db, await resumeBatch(ctx, open, order, job), job)
    }),

  'import.undo': async (ctx, { importId, dryRun }, call) =>
    await ctx.jobs.run('an undo', call, async () => {
      const open = demandProject(ctx)
      const { db } = open.project
      const undoing = undoingOf(db, importId)
      if (!dryRun) {
        const rows = undoing.takenOut + undoing.changedBack + undoing.broughtBack
        const order = { kind: 'undo', importId, now: ctx.now() } as const
        await write(ctx, open, { order, rows, phase: 'Undoing', job: ctx.jobOf(call) })
        open.eventKeys.forget()
      }
      const record = readImport(db, importId)
      if (record === null) throw new Error(`import ${importId} was undone and is not there`)
      const { file, table } = record
      return { importId, file, table, ...undoing }
    }),
}
