import type { Output } from '#contract/contract'
import { createHeldRechecker, type HeldVerdict } from '#import'
import { formatInstant } from '#lib/time'
import type { HeldOverlay } from '#schema/held'
import type { EntityRow, EventBatch } from '#schema/import'
import { TABLES, type TableName, type Value } from '#schema/tables'
import type { HeldEntry } from '#store'
import type { HeldTask } from './held-change.ts'
import type { Job } from './jobs.ts'

export type HeldOutcome = Output<'held.preview'>

/** Told of each row that was judged, and of the end of each page. */
export type HeldListener = Readonly<{
  entities(row: EntityRow): void
  events(batch: EventBatch): void
  judged(entry: HeldEntry, overlay: HeldOverlay, verdict: HeldVerdict): void
  /** A row whose state is changed, and nothing else. */
  moved(entry: HeldEntry): void
  pageDone(): void
}>

const SAMPLES = 5

export const NO_OUTCOME: HeldOutcome = {
  rows: 0,
  loads: 0,
  skips: 0,
  skipsBy: { blank: 0, otherTable: 0, known: 0 },
  holds: 0,
  unaffected: 0,
  leftOut: 0,
  takenBack: 0,
  rules: [],
  samples: [],
  verdicts: [],
}

/**
 * Judges the rows of a task with what is said about them, page by page.
 *
 * @returns what it comes to
 * @throws AppError run/cancelled, and what the reader throws
 */
export async function judgeHeld(task: HeldTask, listener: HeldListener, job: Job): Promise<HeldOutcome> {
  const tally = new OutcomeTally(task)
  const sink = {
    entities: (rows: readonly EntityRow[]) => {
      for (const row of rows) {
        tally.lastValues = row.values
        listener.entities(row)
      }
    },
    events: (batch: EventBatch) => {
      tally.lastTime = batch.timestamp[batch.count - 1] ?? null
      listener.events(batch)
    },
  }
  const rechecker = createHeldRechecker(task.origin.plan, sink)
  const total = Number.isFinite(task.total) ? task.total : null
  for (const page of task.pages()) {
    for (const entry of page) {
      if (task.effect !== 'judge') {
        tally.move(entry)
        listener.moved(entry)
        continue
      }
      const overlay = task.overlayOf(entry, rechecker.records)
      if (overlay === null) tally.pass()
      else {
        const verdict = rechecker.judge({ line: entry.line, raw: entry.raw, code: entry.firstCode, overlay })
        if (tally.wantsSample) rechecker.flush()
        tally.count(entry, overlay, verdict)
        listener.judged(entry, overlay, verdict)
      }
    }
    listener.pageDone()
    job.report({ phase: 'Judging', done: tally.rows, total, unit: 'rows', subject: task.origin.file })
    await job.breathe()
  }
  rechecker.flush()
  listener.pageDone()
  return tally.outcome()
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

class OutcomeTally {
  /** Of the row that was handed on last. */
  lastValues: readonly Value[] = []
  lastTime: number | null = null
  private readonly task: HeldTask
  private readonly table: TableName
  private readonly counts: Mutable<HeldOutcome> = { ...NO_OUTCOME }
  private readonly rules = new Map<string, { code: string; column: string; count: number; message: string }>()
  private readonly samples: HeldOutcome['samples'] = []
  private readonly verdicts: HeldOutcome['verdicts'] = []

  constructor(task: HeldTask) {
    this.task = task
    this.table = task.origin.table
  }

  get rows(): number {
    return this.counts.rows
  }

  get wantsSample(): boolean {
    return this.samples.length < SAMPLES
  }

  pass(): void {
    this.counts.rows++
    this.counts.unaffected++
  }

  move(entry: HeldEntry): void {
    this.counts.rows++
    if (this.task.effect === 'leave-out') this.counts.leftOut++
    else this.counts.takenBack++
    if (this.wantsSample) this.sample(entry, null, null)
  }

  count(entry: HeldEntry, overlay: HeldOverlay, verdict: HeldVerdict): void {
    const { outcome, fault } = verdict
    this.counts.rows++
    if (this.task.isByRow)
      this.verdicts.push({ heldId: entry.heldId, column: fault?.column ?? '', message: fault?.message ?? null })
    if (fault !== null) {
      this.counts.holds++
      const key = `${fault.code} ${fault.column}`
      const rule = this.rules.get(key) ?? { code: fault.code, column: fault.column, count: 0, message: fault.message }
      rule.count++
      this.rules.set(key, rule)
    } else if (outcome === 'emitted') this.counts.loads++
    else this.skip(verdict)
    if (!this.wantsSample) return
    const isRead = outcome === 'emitted'
    this.sample(entry, isRead ? this.valueOf(entry.column, overlay) : null, fault?.message ?? null)
  }

  private skip(verdict: HeldVerdict): void {
    if (verdict.outcome !== 'skipped') return
    const { skipsBy } = this.counts
    this.counts.skips++
    this.counts.skipsBy = { ...skipsBy, [verdict.why]: skipsBy[verdict.why] + 1 }
  }

  outcome(): HeldOutcome {
    const rules = [...this.rules.values()].toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
    return { ...this.counts, rules, samples: this.samples, verdicts: this.verdicts }
  }

  private sample({ line, value }: HeldEntry, after: string | null, message: string | null): void {
    this.samples.push({ line, before: value, after, message })
  }

  /** How the cell at fault is read now, as far as it can be told. */
  private valueOf(column: string, overlay: HeldOverlay): string {
    if (this.table === 'events') {
      if (column === 'timestamp' && this.lastTime !== null) return formatInstant(this.lastTime)
      return overlay.fields?.[column] ?? Object.values(overlay.cells ?? {}).at(-1) ?? ''
    }
    const at = Object.keys(TABLES[this.table].columns).indexOf(column)
    const value = this.lastValues[at] ?? null
    return value === null ? '' : Array.isArray(value) ? value.join('; ') : String(value)
  }
}
