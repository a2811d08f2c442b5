import { createHash } from 'node:crypto'
import type { Output } from '#contract/contract'
import { addedCounts } from '#contract/held-counts'
import { invariant } from '#lib/errors'
import { utf8Of } from '#lib/utf8'
import type { EntityRow, EventBatch } from '#schema/import'
import {
  addHeldSteps,
  beginHeldFix,
  beginImport,
  createEventWriter,
  demandNoBatch,
  discardStaging,
  finishStaging,
  forgetHeldFix,
  type HeldEntry,
  type HeldStep,
  publishBatch,
  settleHeldFix,
  stageRows,
  transaction,
  type Writable,
} from '#store'
import type { Context, OpenProject } from './context.ts'
import type { HeldTask } from './held-change.ts'
import { type HeldListener, type HeldOutcome, judgeHeld, NO_OUTCOME } from './held-judge.ts'
import { rivalMerger } from './held-rivals.ts'
import type { Job } from './jobs.ts'

export type HeldDone = Output<'held.fix'>['done'][number]
type Applied = Readonly<{ outcome: HeldOutcome; done: HeldDone[] }>
type Staged = Readonly<{ task: HeldTask; fixId: number; importId: number | null; outcome: HeldOutcome }>

/**
 * Does what the tasks say, all or nothing: rows that can be loaded are staged as one import per task, and all of it is
 * published by one transaction.
 *
 * @throws AppError run/busy while an import waits; run/cancelled; as the reader and the store do
 */
export async function applyHeld(
  ctx: Context,
  open: OpenProject,
  tasks: readonly HeldTask[],
  job: Job,
): Promise<Applied> {
  const { db } = open.project
  demandNoBatch(db)
  // What a failure before could not forget must not be taken for events that are there.
  if (discardStaging(db) > 0) open.eventKeys.forget()
  const batchId = ctx.newId()
  const staged: Staged[] = []
  try {
    for (const task of tasks) staged.push(await stageTask(ctx, open, { task, batchId, job }))
    job.report({ phase: 'Publishing', done: 0, total: 1, unit: 'steps', subject: null })
    await job.turn()
    const done = transaction(db, () => publish(ctx, db, staged, batchId))
    job.report({ phase: 'Publishing', done: 1, total: 1, unit: 'steps', subject: null })
    return { outcome: sumOf(staged.map(({ outcome }) => outcome)), done }
  } catch (error) {
    forget(ctx, open, staged)
    throw error
  }
}

/** Outcomes of several imports as one. */
export function sumOf(outcomes: readonly HeldOutcome[]): HeldOutcome {
  return outcomes.reduce(
    (sum, next) => ({
      ...addedCounts(sum, next),
      rules: [...sum.rules, ...next.rules],
      samples: [...sum.samples, ...next.samples].slice(0, 5),
      verdicts: [...sum.verdicts, ...next.verdicts],
    }),
    NO_OUTCOME,
  )
}

type StagingOrder = Readonly<{ task: HeldTask; batchId: string; job: Job }>

async function stageTask(ctx: Context, open: OpenProject, { task, batchId, job }: StagingOrder): Promise<Staged> {
  const { db } = open.project
  const { origin, note } = task
  const { file, table, plan } = origin
  const importId = task.effect === 'judge' ? beginImport(db, { batchId, file, table, plan }) : null
  const fixId = beginHeldFix(db, { originId: origin.importId, importId, fix: note, fixedAt: ctx.now() })
  try {
    const staging = new StagingListener(open, { task, fixId, importId })
    const outcome = await judgeHeld(task, staging, job)
    if (importId !== null) staging.finish(importId, outcome)
    return { task, fixId, importId, outcome }
  } catch (error) {
    if (importId === null) forgetHeldFix(db, fixId)
    throw error
  }
}

type Target = Readonly<{ task: HeldTask; fixId: number; importId: number | null }>

/** Writes what was judged into the import that is being staged, and the steps of its rows. */
class StagingListener implements HeldListener {
  private readonly open: OpenProject
  private readonly target: Target
  private readonly writer: ReturnType<typeof createEventWriter> | null
  private readonly merge: (row: EntityRow) => EntityRow
  private readonly hash = createHash('sha256')
  private rows: EntityRow[] = []
  private steps: HeldStep[] = []
  private bytes = 0

  constructor(open: OpenProject, target: Target) {
    const { db } = open.project
    const { origin } = target.task
    const isLoading = origin.table === 'events' && target.importId !== null
    this.open = open
    this.target = target
    this.writer = isLoading ? createEventWriter(db, target.importId ?? 0, open.eventKeys) : null
    this.merge = rivalMerger(db, origin)
    this.hash.update(origin.sha256)
  }

  entities(row: EntityRow): void {
    this.rows.push(this.merge(row))
  }

  events(batch: EventBatch): void {
    this.writer?.write(batch)
  }

  judged(...[entry, overlay, { outcome, fault }]: Parameters<HeldListener['judged']>): void {
    const { heldId } = entry
    if (fault === null) {
      this.bytes += utf8Of(entry.raw).length
      this.hash.update(`\n${heldId} ${outcome} ${JSON.stringify(overlay)}`)
      this.steps.push({ ...pointOf(entry), state: 'fixed', overlay })
    } else this.steps.push({ ...pointOf({ ...entry, ...fault }), state: 'held', overlay })
  }

  moved(entry: HeldEntry): void {
    const state = this.target.task.effect === 'leave-out' ? 'left-out' : 'held'
    this.steps.push({ ...pointOf(entry), state, overlay: entry.overlay })
  }

  pageDone(): void {
    const { db } = this.open.project
    const { task, importId, fixId } = this.target
    const { table } = task.origin
    if (this.rows.length > 0 && table !== 'events' && importId !== null) stageRows(db, importId, table, this.rows)
    if (this.steps.length > 0) addHeldSteps(db, fixId, this.steps)
    this.rows = []
    this.steps = []
  }

  finish(importId: number, { loads, skips }: HeldOutcome): void {
    const { origin, words } = this.target.task
    const written = this.writer?.finish()
    const events = written === undefined ? {} : { events: written }
    const rows = loads + skips === 1 ? '1 row' : `${loads + skips} rows`
    finishStaging(this.open.project.db, importId, {
      bytes: this.bytes,
      sha256: this.hash.digest('hex'),
      read: loads + skips,
      emitted: loads,
      held: 0,
      skipped: skips,
      plan: origin.plan,
      warnings: [`Made of ${rows} that import ${origin.importId} held: ${words}. Lines are those of ${origin.file}.`],
      ...events,
    })
  }
}

function pointOf({ heldId, column, value, code, message }: HeldEntry): Omit<HeldStep, 'state' | 'overlay'> {
  return { heldId, column, value, code, message }
}

/** Fixes that load nothing are settled without an import, those that do nothing are forgotten. */
function publish(ctx: Context, db: Writable, staged: readonly Staged[], batchId: string): HeldDone[] {
  for (const { fixId, outcome } of staged) {
    const { rows, loads, skips, unaffected } = outcome
    if (loads + skips > 0) continue
    settleHeldFix(db, fixId)
    if (rows === unaffected) forgetHeldFix(db, fixId)
  }
  const loading = staged.filter(({ outcome }) => outcome.loads + outcome.skips > 0)
  const records = loading.length === 0 ? [] : publishBatch(db, batchId, ctx.now())
  const byId = new Map(records.map(record => [record.importId, record]))
  return staged.flatMap(({ task: { origin }, fixId, importId, outcome }): HeldDone[] => {
    if (outcome.rows === outcome.unaffected) return []
    const common = { fixId, originId: origin.importId, file: origin.file }
    if (outcome.loads + outcome.skips === 0) return [{ ...common, importId: null, loaded: 0, same: 0, skipped: 0 }]
    const record = byId.get(importId ?? 0)
    invariant(record !== undefined, 'an import that loads rows is published')
    const { loaded, same, skipped } = record
    return [{ ...common, importId, loaded, same, skipped }]
  })
}

/** The failure at hand is the one to tell of. What cannot be forgotten now is not seen, and goes with the next import. */
function forget(ctx: Context, open: OpenProject, staged: readonly Staged[]): void {
  const { db } = open.project
  open.eventKeys.forget()
  try {
    discardStaging(db)
    for (const { fixId, importId } of staged) if (importId === null) forgetHeldFix(db, fixId)
  } catch (error) {
    ctx.host.report(error)
  }
}
