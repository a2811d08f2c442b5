import type { Handlers } from '#contract/contract'
import { checkMapping, parseMappings } from '#import'
import { AppError } from '#lib/errors'
import { countHeld, forgetMapping, heldPage, listImports, listMappings, saveMapping } from '#store'
import { type Context, demandProject } from '../context.ts'
import { type FileView, inspectSource, mappingView, viewOf } from '../file-view.ts'
import { listedReport } from '../import-report.ts'
import { importFiles } from '../import-run.ts'
import { rememberedMapping } from '../kept-mappings.ts'
import { keyDoubtsOf } from '../key-doubts.ts'
import { openSource, openSources, planSource, readingGround } from '../plan-sources.ts'
import { proveSource } from '../prove-file.ts'

export const importHandlers: Pick<
  Handlers<Context>,
  | 'import.inspect'
  | 'import.prove'
  | 'import.compareKeys'
  | 'import.readMappings'
  | 'import.setMapping'
  | 'import.mappings'
  | 'import.forgetMapping'
  | 'import.run'
  | 'import.list'
  | 'import.held'
> = {
  'import.inspect': async (ctx, { sources, options, mappings }, call) => {
    const job = ctx.jobOf(call)
    for (const { mapping } of mappings) checkMapping(mapping)
    const ground = readingGround(ctx, options, mappings)
    const opened = await openSources(ctx, sources)
    const files: FileView[] = []
    for (const source of opened) {
      files.push(await inspectSource(source, ground, job))
      const { name } = source.file
      job.report({ phase: 'Looking', done: files.length, total: opened.length, unit: 'steps', subject: name })
      await job.breathe()
    }
    return { files }
  },

  'import.prove': async (ctx, { source, entry, mapping, options }, call) => {
    if (mapping !== undefined) checkMapping(mapping)
    const opened = await openSource(ctx, source, entry)
    const given = mapping === undefined ? [] : [{ source, ...ofEntry(opened.file.entry?.name), mapping }]
    return await proveSource(opened, readingGround(ctx, options, given), ctx.jobOf(call))
  },

  'import.compareKeys': async (ctx, { sources, options, mappings, leaveOut }, call) => {
    for (const { mapping } of mappings) checkMapping(mapping)
    const ground = readingGround(ctx, options, mappings)
    return { doubts: await keyDoubtsOf(ctx, sources, { ground, leaveOut, job: ctx.jobOf(call) }) }
  },

  'import.readMappings': (_ctx, { json }) => {
    try {
      return { mappings: [...parseMappings(JSON.parse(json)).mappings] }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      throw new AppError('usage/bad-mapping', `this is not JSON: ${error.message}`, {}, { cause: error })
    }
  },

  'import.setMapping': async (ctx, { source, entry, mapping }) => {
    const { db } = demandProject(ctx).project
    checkMapping(mapping)
    const opened = await openSource(ctx, source, entry)
    const given = [{ source, ...ofEntry(opened.file.entry?.name), mapping }]
    const planned = await planSource(opened, readingGround(ctx, {}, given))
    const kept = rememberedMapping(planned.plans, mapping)
    saveMapping(db, { ...kept, savedAt: ctx.now() })
    return { signature: kept.signature, plan: viewOf(opened, planned, null) }
  },

  'import.mappings': ctx => {
    const stored = listMappings(demandProject(ctx).project.db)
    return { mappings: stored.map(({ mapping, ...rest }) => ({ ...rest, mapping: mappingView(mapping) })) }
  },

  'import.forgetMapping': (ctx, { signature }) => ({
    wasKnown: forgetMapping(demandProject(ctx).project.db, signature),
  }),

  'import.run': async (ctx, { sources, options, mappings, ...order }, call) =>
    await ctx.jobs.run('an import', call, async () => {
      const open = demandProject(ctx)
      for (const { mapping } of mappings) checkMapping(mapping)
      const ground = readingGround(ctx, options, mappings)
      return await importFiles(ctx, open, sources, { ...order, ground, job: ctx.jobOf(call) })
    }),

  'import.list': ctx => {
    const { db } = demandProject(ctx).project
    return { imports: listImports(db).map(record => listedReport(db, record)) }
  },

  'import.held': (ctx, { after, limit, importId }) => {
    const { db } = demandProject(ctx).project
    return { rows: [...heldPage(db, after, limit, importId)], total: countHeld(db, importId) }
  },
}

function ofEntry(entry: string | undefined): Readonly<{ entry?: string }> {
  return entry === undefined ? {} : { entry }
}
