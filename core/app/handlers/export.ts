import type { Handlers } from '#contract/contract'
import { type Context, demandProject, targetOf } from '../context.ts'
import { previewOf } from '../export-preview.ts'
import { exportRun } from '../export-run.ts'
import { demandRun } from './score.ts'

export const exportHandlers: Pick<Handlers<Context>, 'export.preview' | 'export.run'> = {
  'export.preview': ctx => previewOf(demandProject(ctx), demandRun(ctx).run),

  'export.run': async (ctx, { target, overwrite }, call) =>
    await ctx.jobs.run('an export', async () => {
      const { run } = demandRun(ctx)
      return await exportRun(ctx, demandProject(ctx), run, {
        folder: targetOf(ctx, target),
        overwrite,
        job: ctx.jobOf(call),
      })
    }),
}
