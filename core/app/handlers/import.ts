import type { Handlers, Output } from '#contract/contract'
import { describePlan } from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan } from '#schema/import'
import { countHeld, heldPage, listImports } from '#store'
import { type Context, demandProject, sourceOf } from '../context.ts'
import { reportOf } from '../import-report.ts'
import { importFiles, planOf } from '../import-run.ts'
import { readHead, type SourceFile, type SourceHead } from '../source-file.ts'

type FilePlanView = Output<'import.inspect'>['files'][number]

export const importHandlers: Pick<
  Handlers<Context>,
  'import.inspect' | 'import.run' | 'import.list' | 'import.held'
> = {
  'import.inspect': async (ctx, { sources }, call) => {
    const job = ctx.jobOf(call)
    const files: FilePlanView[] = []
    for (const token of sources) {
      const file = sourceOf(ctx, token)
      files.push({ source: token, ...inspect(file) })
      job.report({ phase: 'Looking', done: files.length, total: sources.length, unit: 'steps', subject: file.name })
      await job.breathe()
    }
    return { files }
  },

  'import.run': async (ctx, { sources, skipUnknown, options }, call) =>
    await ctx.jobs.run('an import', async () => {
      const open = demandProject(ctx)
      const files = sources.map(token => sourceOf(ctx, token))
      return await importFiles(ctx, open, files, { reading: options, skipUnknown, job: ctx.jobOf(call) })
    }),

  'import.list': ctx => {
    const { db } = demandProject(ctx).project
    return { imports: listImports(db).map(record => reportOf(db, record, false)) }
  },

  'import.held': (ctx, { after, limit, importId }) => {
    const { db } = demandProject(ctx).project
    return { rows: [...heldPage(db, after, limit, importId)], total: countHeld(db, importId) }
  },
}

type Finding = Omit<FilePlanView, 'source'>

/** A file that cannot be read is a finding here, not a failure: the board shows it beside the others. */
function inspect(file: SourceFile): Finding {
  let source: SourceHead | null = null
  try {
    source = readHead(file)
    const { plan, reason } = lookAt(file, source)
    const { columns, sample, ...description } = describePlan(plan, source.head)
    return {
      bytes: source.bytes,
      compression: source.compression,
      ...description,
      reason,
      columns: columns.map(column => ({ ...column, samples: [...column.samples] })),
      sample: sample.map(record => [...record]),
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return unreadable(file.name, source, error.message)
  }
}

/** A file whose encoding has to be asked for fits its table all the same: the import asks, this shows what it will ask. */
function lookAt(file: SourceFile, source: SourceHead): Readonly<{ plan: FilePlan; reason: string }> {
  try {
    const plan = planOf(file, source, {})
    return { plan, reason: plan.reason }
  } catch (error) {
    const suggestion = error instanceof AppError ? error.context['suggestion'] : undefined
    if (!(error instanceof AppError) || typeof suggestion !== 'string') throw error
    return { plan: planOf(file, source, { encoding: suggestion }), reason: error.message }
  }
}

function unreadable(file: string, source: SourceHead | null, reason: string): Finding {
  return {
    file,
    bytes: source?.bytes ?? 0,
    compression: source?.compression ?? 'none',
    format: 'unknown',
    delimiter: null,
    encoding: 'unknown',
    table: null,
    reason,
    columns: [],
    sample: [],
  }
}
