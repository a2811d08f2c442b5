import { join } from 'node:path'
import type { Handlers, Output } from '#contract/contract'
import { createHeldRecordReader, fixesFor, positionOf, readingsFor } from '#import'
import { sum } from '#lib/num'
import type { Steps } from '#lib/steps'
import type { HeldReading } from '#schema/held'
import {
  countEntries,
  type HeldEntry,
  type HeldTally,
  hasRowsBehind,
  heldEntries,
  heldTallySteps,
  heldValues,
  type ImportRecord,
  listImports,
  mergedHeldSteps,
  originOfImport,
  type Readable,
  undoHeldFix,
} from '#store'
import { type Context, demandProject, sourceOf, targetOf } from '../context.ts'
import { applyHeld } from '../held-apply.ts'
import { demandImport, type HeldChange, type HeldTask, taskOf } from '../held-change.ts'
import { cellsOf, heldFile } from '../held-file.ts'
import { judgeHeld } from '../held-judge.ts'
import { isHeldFile, loadHeldFile, SILENT } from '../held-load.ts'
import { inOneState } from '../in-one-state.ts'
import type { Job } from '../jobs.ts'
import { answererSteps, type KnownFixes, knownFixSteps } from '../known-fixes.ts'
import { knownTask } from '../known-task.ts'
import { writeFile } from '../output-file.ts'

type Groups = Output<'held.groups'>
type Known = Output<'held.known'>
type Rows = Output<'held.rows'>

function* groupSteps(db: Readable, importId: number | undefined): Steps<Groups> {
  const imports = importId === undefined ? holdingImports(db) : [demandImport(db, importId)]
  const tallies: Tallied[] = []
  for (const record of imports) tallies.push({ record, tally: yield* heldTallySteps(db, record.importId) })
  const merged = importId === undefined ? yield* mergedHeldSteps(db) : 0
  return {
    groups: tallies.toSorted((a, b) => b.record.importId - a.record.importId).flatMap(each => groupsOf(db, each)),
    imports: tallies.map(importView),
    records: sum(tallies.map(({ tally }) => tally.totals.held)) - merged,
  }
}

function* knownSteps(db: Readable, importId: number | undefined): Steps<Known> {
  const all = listImports(db)
  const imports = importId === undefined ? holdingImports(db, all).toReversed() : [demandImport(db, importId)]
  const fixes: Known['fixes'] = []
  for (const record of imports) {
    const answerer = yield* answererSteps(db, record, all)
    fixes.push(...(yield* knownFixSteps(db, record, answerer)).map(knownView))
  }
  return { fixes }
}

export const heldHandlers: Pick<
  Handlers<Context>,
  | 'held.groups'
  | 'held.known'
  | 'held.rows'
  | 'held.values'
  | 'held.preview'
  | 'held.fix'
  | 'held.undo'
  | 'held.export'
  | 'held.recognise'
  | 'held.load'
> = {
  'held.groups': (ctx, { importId }, call) => {
    const { db } = demandProject(ctx).project
    return inOneState(db, ctx.jobOf(call), () => groupSteps(db, importId))
  },

  'held.known': (ctx, { importId }, call) => {
    const { db } = demandProject(ctx).project
    return inOneState(db, ctx.jobOf(call), () => knownSteps(db, importId))
  },

  'held.rows': (ctx, { importId, state, code, column, after, limit }) => {
    const { db } = demandProject(ctx).project
    const { plan } = demandImport(db, importId)
    const filter = {
      importId,
      state,
      ...(code === undefined ? {} : { code }),
      ...(column === undefined ? {} : { column }),
    }
    const reader = createHeldRecordReader(plan)
    const rows = heldEntries(db, filter, after, limit).map(entry => rowView(entry, cellsOf(plan, reader, entry)))
    const columns = plan.columns.map(({ header, column: name, match }) => ({
      header,
      column: name,
      isSecret: match === 'secret',
    }))
    const faultAt = column === undefined ? null : positionOf(plan, column)
    return { columns, faultAt, rows, total: countEntries(db, filter) }
  },

  'held.values': (ctx, { importId, code, column, limit }) => {
    const { db } = demandProject(ctx).project
    const { values, distinct } = heldValues(db, { importId, state: 'held', code, column }, limit)
    return { values: [...values], distinct }
  },

  'held.preview': async (ctx, { change }, call) => {
    const { db } = demandProject(ctx).project
    const job = ctx.jobOf(call)
    return await judgeHeld(await taskFor(db, change, job), SILENT, job)
  },

  'held.fix': async (ctx, { change }, call) =>
    await ctx.jobs.run('a fix of held rows', call, async () => {
      const open = demandProject(ctx)
      const job = ctx.jobOf(call)
      return await applyHeld(ctx, open, [await taskFor(open.project.db, change, job)], job)
    }),

  'held.undo': async (ctx, { fixId }, call) =>
    await ctx.jobs.run('an undo', call, async () => ({
      wasInForce: undoHeldFix(demandProject(ctx).project.db, fixId),
    })),

  'held.export': async (ctx, { importId, code, column, target, name, overwrite }, call) =>
    await ctx.jobs.run('a file of held rows', call, async () => {
      const { db } = demandProject(ctx).project
      const imports = importId === undefined ? holdingImports(db) : [demandImport(db, importId)]
      const place = targetOf(ctx, target)
      const path = name === undefined ? place : join(place, name)
      const file = heldFile(db, { imports, rule: { code, column } })
      return await writeFile(path, file, { overwrite, job: ctx.jobOf(call) })
    }),

  'held.recognise': async (ctx, { sources }) => {
    const found: string[] = []
    for (const token of sources) if (await isHeldFile(sourceOf(ctx, token))) found.push(token)
    return { sources: found }
  },

  'held.load': async (ctx, { source, dryRun, encoding }, call) =>
    await ctx.jobs.run('a fix of held rows', call, async () => {
      const open = demandProject(ctx)
      return await loadHeldFile(ctx, open, sourceOf(ctx, source), { dryRun, encoding, job: ctx.jobOf(call) })
    }),
}

async function taskFor(db: Readable, change: HeldChange, job: Job): Promise<HeldTask> {
  return change.kind === 'known' ? await knownTask(db, change, job) : taskOf(db, change)
}

/** Published imports that held rows when they were read from their files, oldest first. */
function holdingImports(db: Readable, all: readonly ImportRecord[] = listImports(db)): readonly ImportRecord[] {
  return all
    .filter(({ status, held, importId }) => status === 'published' && held > 0 && originOfImport(db, importId) === null)
    .toReversed()
}

type Tallied = Readonly<{ record: ImportRecord; tally: HeldTally }>

function groupsOf(db: Readable, { record: { importId, plan }, tally }: Tallied): Groups['groups'] {
  const { table } = plan
  return tally.groups.map(({ line, supersededBy, ...group }) => {
    const isTotal = group.code === 'row/total' && table !== null && table !== 'events'
    const areRowsBehind = isTotal && hasRowsBehind(db, importId, line, table)
    const fixes = [...fixesFor(plan, { code: group.code, column: group.column, value: '' }, areRowsBehind)]
    const readings = [...readingsFor(plan, group.column)] as HeldReading[] // its own names
    return { ...group, fixes, readings, supersededBy: [...supersededBy] }
  })
}

function importView({ record: { importId, file, table, importedAt }, tally }: Tallied): Groups['imports'][number] {
  return { importId, file, table, importedAt, ...tally.totals }
}

/** Kinds of answers that are shown. */
const SHOWN_ANSWERS = 20

function knownView({ answers, ...group }: KnownFixes): Known['fixes'][number] {
  return { ...group, answers: answers.toSorted((a, b) => b.rows - a.rows).slice(0, SHOWN_ANSWERS) }
}

function rowView(entry: HeldEntry, { cells, isSound, text }: ReturnType<typeof cellsOf>): Rows['rows'][number] {
  const { heldId, line, column, value, code, message, overlay } = entry
  const edited = Object.keys(overlay?.cells ?? {}).map(Number)
  return { heldId, line, column, value, code, message, cells: [...cells], isSound, text, edited }
}
