import type { Call, Handlers, Parsed } from '#contract/contract'
import { CERTAIN_FILES, type CrmRun, PRESETS, type PresetId, type PresetOptions, presetOf, WORKSPACE_AS } from '#export'
import { invariant } from '#lib/errors'
import { listDeliveries } from '#store'
import { type Context, demandProject, sourceOf, targetOf } from '../context.ts'
import { deliverEach, dryRunEach } from '../deliveries.ts'
import { previewOf } from '../export-preview.ts'
import { exportRun } from '../export-run.ts'
import { checkFolder } from '../output-folder.ts'
import { markReturned } from '../returned-file.ts'
import { staleReasons } from '../stale-run.ts'
import { demandRun } from './score.ts'

type Names =
  | 'preview'
  | 'staleness'
  | 'check'
  | 'run'
  | 'presets'
  | 'errors'
  | 'deliveries'
  | `${'dryRun' | 'deliver'}${'' | 'Each'}`

export const exportHandlers: Pick<Handlers<Context>, `export.${Names}`> = {
  'export.preview': ctx => previewOf(demandProject(ctx), demandRun(ctx).run),

  'export.staleness': (ctx, { level }) => {
    const { db, run } = demandRun(ctx, level)
    return { staleBecause: staleReasons(db, run) }
  },

  'export.check': (ctx, { target, overwrite }) => {
    checkFolder(targetOf(ctx, target), CERTAIN_FILES, overwrite)
    return {}
  },

  'export.run': async (ctx, { target, overwrite, level }, call) =>
    await ctx.jobs.run('an export', call, async () => {
      const { run } = demandRun(ctx, level)
      return await exportRun(ctx, demandProject(ctx), run, {
        folder: targetOf(ctx, target),
        overwrite,
        job: ctx.jobOf(call),
      })
    }),

  'export.presets': ctx => {
    const deliveries = listDeliveries(demandProject(ctx).project.db)
    return {
      presets: PRESETS.map(id => {
        const { title, files, steps } = presetOf(id, NO_RUN, NO_OPTIONS)
        const last = deliveries.find(({ preset }) => preset === id)
        return {
          preset: id,
          title,
          files: [
            ...files.map(({ name, object, title: what, note }) => ({ name: `${name}.csv`, object, title: what, note })),
            ...steps.map(({ name, ending, title: what, note }) => ({
              name: `${name}.${ending}`,
              object: null,
              title: what,
              note,
            })),
          ],
          workspaceAs: WORKSPACE_AS[id],
          lastExport: last === undefined ? null : { at: last.createdAt, records: last.records },
        }
      }),
    }
  },

  'export.dryRun': async (ctx, wish, call) => {
    const [answer] = await tryEach(ctx, [wish], call)
    invariant(answer !== undefined, 'one wish has one answer')
    return answer
  },

  'export.dryRunEach': async (ctx, { wishes }, call) => ({ answers: [...(await tryEach(ctx, wishes, call))] }),

  'export.deliver': async (ctx, { target, overwrite, ...wish }, call) => {
    const [result] = await writeEach(ctx, { target, overwrite, wishes: [wish] }, call)
    invariant(result?.written != null, 'what was not written has failed')
    return result.written
  },

  'export.deliverEach': async (ctx, order, call) => ({ results: [...(await writeEach(ctx, order, call))] }),

  'export.errors': async (ctx, { source, preset }, call) =>
    await ctx.jobs.run('reading what came back', call, async () => {
      const { db } = demandProject(ctx).project
      return await markReturned(db, sourceOf(ctx, source), preset, ctx.jobOf(call))
    }),

  'export.deliveries': ctx => ({
    deliveries: listDeliveries(demandProject(ctx).project.db).map(({ preset, createdAt, ...delivery }) => ({
      ...delivery,
      preset: preset as PresetId, // written by export.deliver
      at: createdAt,
    })),
  }),
}

/** What files there are does not depend on a run. */
const NO_RUN: CrmRun = { asOf: '', model: '', sequenceOf: () => null }
const NO_OPTIONS: PresetOptions = {
  workspaceAs: 'object',
  leadsAs: 'lead',
  pipeline: '',
  dealStage: '',
  leadStatus: '',
  dealStages: new Set(),
}

async function tryEach(ctx: Context, wishes: Parsed<'export.dryRunEach'>['wishes'], call: Call) {
  return await ctx.jobs.run('a dry run', call, async () => {
    const { db, run } = demandRun(ctx)
    return await dryRunEach(db, run, { wishes, job: ctx.jobOf(call) })
  })
}

async function writeEach(ctx: Context, { target, ...order }: Parsed<'export.deliverEach'>, call: Call) {
  return await ctx.jobs.run('an export', call, async () => {
    const { run } = demandRun(ctx)
    const folder = targetOf(ctx, target)
    return await deliverEach(ctx, demandProject(ctx), run, { ...order, folder, job: ctx.jobOf(call) })
  })
}
