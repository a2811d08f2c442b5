import type { EventBatch } from '#schema/import'
import { statement, transaction, type Writable } from '../connection.ts'
import { keepRepeatedEvent, MOST_SKIPPED } from '../skipped-records.ts'
import { beginBulk, endBulk } from './bulk-journal.ts'
import { SHARED_CODES, writePages } from './dictionary-pages.ts'
import type { EventKeys, KnownEvents } from './event-keys.ts'
import { EventRun, RUN_ROWS } from './event-run.ts'
import { COPY, REPEATED, SAME } from './id-set.ts'
import { SEGMENT_ROWS } from './run-columns.ts'
import { PARTS, SegmentEncoder, type SegmentFacts } from './segment.ts'

/** What became of the events of an import: written = loaded + same + repeated. */
export type EventTotals = Readonly<{
  /** Events stored, differing copies among them. */
  loaded: number
  /** Events that an import before has: same id, same content. */
  same: number
  /** Events that came further up in this import: same id, same content. */
  repeated: number
  /** Of those loaded: the id was there, with other content. */
  differingCopies: number
}>

/** Takes the events of one import. */
export type EventWriter = Readonly<{
  write(batch: EventBatch): void
  /** Writes what is left. Nothing is seen before the import is published. */
  finish(): EventTotals
}>

const ADD_SEGMENT = `
  INSERT INTO event_segment
    (import_id, sequence, row_count, first_workspace, last_workspace, first_time, last_time)
  VALUES (?, ?, ?, ?, ?, ?, ?)`
const ADD_PART = 'INSERT INTO event_part (segment_id, part, columns) VALUES (?, ?, ?)'
const ADD_COPY = 'INSERT INTO event_copy (import_id, ordinal, event_id, line) VALUES (?, ?, ?, ?)'

/**
 * Opens an import for its events. They are collected into runs, deduplicated against the project and themselves, sorted
 * by workspace and time and written as segments, each run in one transaction. How the events are cut into batches makes
 * no difference to what is written.
 *
 * If a write fails, the keys are forgotten and the import has to be deleted (`deleteEvents`): it can not go on.
 *
 * @param importId an import that is being staged
 */
export function createEventWriter(db: Writable, importId: number, keys: EventKeys): EventWriter {
  const writing = new Writing(db, importId, keys.known())
  const guard = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      keys.forget()
      throw error
    }
  }
  return {
    write: batch => guard(() => writing.write(batch)),
    finish: () => {
      guard(() => writing.flush())
      endBulk(db)
      return writing.totals
    },
  }
}

class Writing {
  private readonly db: Writable
  private readonly importId: number
  private readonly known: KnownEvents
  private readonly run: EventRun
  private readonly encoder: SegmentEncoder
  private verdicts = new Uint8Array(0)
  private sequence = 0
  private loaded = 0
  private same = 0
  private repeated = 0
  private copies = 0
  private kept = 0

  constructor(db: Writable, importId: number, known: KnownEvents) {
    this.db = db
    this.importId = importId
    this.known = known
    this.run = new EventRun(known.dictionaries)
    this.encoder = new SegmentEncoder(this.run)
    known.ids.settle()
  }

  get totals(): EventTotals {
    return { loaded: this.loaded, same: this.same, repeated: this.repeated, differingCopies: this.copies }
  }

  write(batch: EventBatch): void {
    for (let row = 0; row < batch.count; ) {
      row = this.run.append(batch, row)
      if (this.run.count < RUN_ROWS) continue
      beginBulk(this.db)
      this.flush()
    }
  }

  flush(): void {
    const { run } = this
    if (run.count === 0) return
    const count = this.keepNewRows()
    run.sort(count)
    transaction(this.db, () => {
      this.writeCopies()
      this.writeRepeats()
      this.writeDictionaries()
      for (let from = 0; from < count; from += SEGMENT_ROWS) {
        this.writeSegment(run.sorted(from, Math.min(from + SEGMENT_ROWS, count)))
      }
    })
    this.loaded += count
    run.clear()
  }

  /** Picks the rows that were not there yet, in file order. @returns how many there are */
  private keepNewRows(): number {
    const { run } = this
    if (this.verdicts.length < run.count) this.verdicts = new Uint8Array(run.count)
    const { verdicts } = this
    this.known.ids.add(run.keys(), run.count, verdicts)
    const rows = run.picked()
    let count = 0
    let repeated = 0
    for (let row = 0; row < run.count; row++) {
      const verdict = verdicts[row]
      if (verdict === REPEATED) repeated++
      else if (verdict !== SAME) rows[count++] = row
    }
    this.repeated += repeated
    this.same += run.count - count - repeated
    return count
  }

  private writeCopies(): void {
    const { run, verdicts } = this
    const add = statement(this.db, ADD_COPY)
    for (let row = verdicts.indexOf(COPY); row >= 0 && row < run.count; row = verdicts.indexOf(COPY, row + 1)) {
      const id = run.idText(row)
      const line = run.line(row)
      // An event without an id is no copy of another; its hash agrees by chance at most.
      if (id !== '') add.run(this.importId, this.copies++, id, line)
    }
  }

  /** The first ones, so that they can be looked at. */
  private writeRepeats(): void {
    const { run, verdicts } = this
    for (let row = 0; row < run.count && this.kept < MOST_SKIPPED; row++) {
      if (verdicts[row] !== SAME && verdicts[row] !== REPEATED) continue
      this.kept++
      keepRepeatedEvent(this.db, this.importId, { line: run.line(row), eventId: run.idText(row) })
    }
  }

  private writeDictionaries(): void {
    for (const kind of SHARED_CODES) {
      const { dictionaries, stored } = this.known
      writePages(this.db, kind, dictionaries[kind], { from: stored.get(kind) ?? 0, importId: this.importId })
      stored.set(kind, dictionaries[kind].size)
    }
  }

  private writeSegment(rows: Readonly<{ place: number; count: number }>): void {
    let segmentId: number | bigint = 0
    this.encoder.encode(rows, (facts, part, bytes) => {
      if (part === PARTS[0]) segmentId = this.addSegment(facts)
      statement(this.db, ADD_PART).run(segmentId, part, bytes)
    })
  }

  private addSegment(facts: SegmentFacts): number | bigint {
    const { rowCount, firstWorkspace, lastWorkspace, firstTime, lastTime } = facts
    const place = [this.importId, this.sequence++, rowCount, firstWorkspace, lastWorkspace, firstTime, lastTime]
    return statement(this.db, ADD_SEGMENT).run(place).lastInsertRowid
  }
}
