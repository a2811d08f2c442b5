import { realpathSync } from 'node:fs'
import type { Handlers, Output } from '#contract/contract'
import { physicalFiles } from '#contract/physical-files'
import { AppError } from '#lib/errors'
import { VERSION } from '#lib/version'
import { TABLES } from '#schema/tables'
import {
  countHeldRecords,
  countRows,
  createProject,
  discardBrokenOff,
  eventCount,
  listImports,
  newestRun,
  openProject,
  originOfImport,
  type Project,
  readRecord,
} from '#store'
import { type Context, demandProject, nameProject, sourceOf, targetOf } from '../context.ts'
import { freeSpace } from '../stage-batch.ts'

type Summary = Output<'project.summary'>

export const projectHandlers: Pick<
  Handlers<Context>,
  'app.info' | 'project.create' | 'project.open' | 'project.close' | 'project.summary' | 'project.record'
> = {
  'app.info': ctx => ({
    version: VERSION,
    host: ctx.host.kind,
    project: ctx.open === null ? null : { name: ctx.open.name, folder: ctx.open.folder },
  }),

  'project.create': (ctx, { target }) => {
    const path = targetOf(ctx, target)
    return adopt(ctx, () => createProject(path, { uuid: ctx.newId(), createdAt: ctx.now() }))
  },

  'project.open': (ctx, { source }) => {
    const { path } = sourceOf(ctx, source)
    return isOpen(ctx, path) ? summarise(ctx) : adopt(ctx, () => openProject(path))
  },

  'project.close': ctx => {
    ctx.jobs.demandIdle()
    const before = ctx.open
    ctx.open = null
    before?.project.close()
    return {}
  },

  'project.summary': ctx => summarise(ctx),

  'project.record': (ctx, { table, key }) => {
    const { db } = demandProject(ctx).project
    const parts = TABLES[table].key
    if (key.length !== parts.length)
      throw new AppError('contract/bad-input', `a key of ${table} is ${parts.join(', ')}`, { table, parts: key.length })
    const record = readRecord(db, table, key)
    return record === null ? null : { ...record, fields: [...record.fields] }
  },
}

/**
 * Makes a project the open one. The one before stays open where that fails, and is closed where it does not. What an
 * earlier session left half read is forgotten; what it read whole waits for a decision.
 */
async function adopt(ctx: Context, open: () => Project): Promise<Summary> {
  ctx.jobs.demandIdle()
  const project = open()
  try {
    discardBrokenOff(project.db)
    freeSpace(ctx, project.db)
  } catch (error) {
    project.close()
    throw error
  }
  const before = ctx.open
  ctx.open = nameProject(project)
  try {
    before?.project.close()
  } catch (error) {
    ctx.host.report(error) // its data are safe in its journal, and the project asked for is open
  }
  return await summarise(ctx)
}

/** Is it the project that is open, by whatever name? */
function isOpen(ctx: Context, path: string): boolean {
  try {
    return ctx.open !== null && realpathSync(path) === ctx.open.project.path
  } catch {
    return false // no such file: opening it says so
  }
}

/** How a run is judged is loaded for a project that has one. */
async function summarise(ctx: Context): Promise<Summary> {
  const { project, name, folder } = demandProject(ctx)
  const { db } = project
  const run = newestRun(db)
  const told = run === null ? null : await import('../told-run.ts')
  if (ctx.open?.project !== project)
    throw new AppError('run/cancelled', 'another project was opened meanwhile, or this one was closed')
  const scoreRun = run === null || told === null ? null : told.toldRun(db, run)
  return {
    project: { name, folder },
    files: physicalFiles(
      listImports(db).filter(({ status, importId }) => status === 'published' && originOfImport(db, importId) === null),
    ).length,
    rowsPerTable: { ...countRows(db), events: eventCount(db) },
    events: eventCount(db),
    held: countHeldRecords(db),
    persons: run?.summary.persons ?? null,
    linkedWorkspaces: run?.summary.linkedWorkspaces ?? null,
    scoreRun,
    stages: run?.summary.stages ?? null,
    destinations: run?.summary.destinations ?? null,
  }
}
