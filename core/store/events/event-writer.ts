import { invariant } from '#lib/errors'
import { textOfUtf8 } from '#lib/utf8'
import { EVENT_CODES, type EventBatch } from '#schema/import'
import { statement, transaction, type Writable } from '../connection.ts'
import { writePages } from './dictionary-pages.ts'
import type { EventKeys, KnownEvents } from './event-keys.ts'
import { EventRun, RUN_ROWS } from './event-run.ts'
import { COPY, SAME } from './id-set.ts'
import { encodeSegment, PARTS, SEGMENT_ROWS, type Segment } from './segment.ts'
import { sortRows } from './sort-rows.ts'

/** What became of the events of an import: written = loaded + skippedDuplicates. */
export type EventTotals = Readonly<{
  /** Events stored, differing copies among them. */
  loaded: number
  /** Events that were there already: same id, same content. */
  skippedDuplicates: number
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
      return writing.totals
    },
  }
}

class Writing {
  private readonly db: Writable
  private readonly importId: number
  private readonly known: KnownEvents
  private readonly run: EventRun
  private verdicts = new Uint8Array(0)
  private sequence = 0
  private loaded = 0
  private same = 0
  private copies = 0

  constructor(db: Writable, importId: number, known: KnownEvents) {
    this.db = db
    this.importId = importId
    this.known = known
    this.run = new EventRun(known.dictionaries)
  }

  get totals(): EventTotals {
    return { loaded: this.loaded, skippedDuplicates: this.same, differingCopies: this.copies }
  }

  write(batch: EventBatch): void {
    for (let row = 0; row < batch.count; ) {
      row = this.run.append(batch, row)
      if (this.run.count === RUN_ROWS) this.flush()
    }
  }

  flush(): void {
    const { run } = this
    if (run.count === 0) return
    const rows = this.newRows()
    sortRows(rows, run.columns.codes.workspace, run.columns.timestamp)
    transaction(this.db, () => {
      this.writeCopies()
      this.writeDictionaries()
      for (let from = 0; from < rows.length; from += SEGMENT_ROWS) {
        this.writeSegment(encodeSegment(run, rows.subarray(from, from + SEGMENT_ROWS)))
      }
    })
    this.loaded += rows.length
    run.clear()
  }

  /** Numbers of the rows that were not there yet, in file order. */
  private newRows(): Uint32Array {
    const { run } = this
    if (this.verdicts.length < run.count) this.verdicts = new Uint8Array(run.columns.line.length)
    const { verdicts } = this
    this.known.ids.add(run.columns.key, run.count, verdicts)
    const rows = new Uint32Array(run.count)
    let count = 0
    for (let row = 0; row < run.count; row++) if (verdicts[row] !== SAME) rows[count++] = row
    this.same += run.count - count
    return rows.subarray(0, count)
  }

  private writeCopies(): void {
    const { run, verdicts } = this
    const add = statement(this.db, ADD_COPY)
    for (let row = verdicts.indexOf(COPY); row >= 0 && row < run.count; row = verdicts.indexOf(COPY, row + 1)) {
      const id = textOfUtf8(run.id.source.bytes, run.id.offsets[row], run.id.offsets[row + 1])
      const line = run.columns.line[row]
      invariant(line !== undefined, 'every row has a line')
      // An event without an id is no copy of another; its hash agrees by chance at most.
      if (id !== '') add.run(this.importId, this.copies++, id, line)
    }
  }

  private writeDictionaries(): void {
    for (const kind of EVENT_CODES) {
      const { dictionaries, stored } = this.known
      writePages(this.db, kind, dictionaries[kind], { from: stored.get(kind) ?? 0, importId: this.importId })
      stored.set(kind, dictionaries[kind].size)
    }
  }

  private writeSegment(segment: Segment): void {
    const { rowCount, firstWorkspace, lastWorkspace, firstTime, lastTime } = segment
    const place = [this.importId, this.sequence++, rowCount, firstWorkspace, lastWorkspace, firstTime, lastTime]
    const { lastInsertRowid } = statement(this.db, ADD_SEGMENT).run(place)
    for (const part of PARTS) statement(this.db, ADD_PART).run(lastInsertRowid, part, segment.parts[part])
  }
}
