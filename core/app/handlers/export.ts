import type { Handlers } from '#contract/contract'
import { CERTAIN_FILES } from '#export'
import { type Context, demandProject, targetOf } from '../context.ts'
import { previewOf } from '../export-preview.ts'
import { exportRun } from '../export-run.ts'
import { checkFolder } from '../output-folder.ts'
import { demandRun } from './score.ts'

export const exportHandlers: Pick<Handlers<Context>, 'export.preview' | 'export.check' | 'export.run'> = {
  'export.preview': ctx => previewOf(demandProject(ctx), demandRun(ctx).run),

  'export.check': (ctx, { target, overwrite }) => {
    checkFolder(targetOf(ctx, target), CERTAIN_FILES, overwrite)
    return {}
  },

  'export.run': async (ctx, { target, overwrite, level }, call) =>
    await ctx.jobs.run('an export', async () => {
      const { run } = demandRun(ctx, level)
      return await exportRun(ctx, demandProject(ctx), run, {
        folder: targetOf(ctx, target),
        overwrite,
        job: ctx.jobOf(call),
      })
    }),
}
