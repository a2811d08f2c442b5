import { EVENT_CODES, type EventBatch } from '#schema/import'
import { type BatchMemory, EventColumns } from './event-columns.ts'

/** One event with all its values read; the empty text is "missing" everywhere. */
export type EventRecord = Readonly<{
  /** 1-based line of the record's start. */
  line: number
  eventId: string
  name: string
  /** ms since epoch, whole; of a day without a time, its first instant in UTC. */
  timestamp: number
  /** Is the time a day? No, where nothing is said. */
  isDate?: boolean
  workspace: string
  user: string
  anonymous: string
  device: string
  session: string
  source: string
  ip: string
  isKeyEvent: boolean | null
  weight: number | null
  /** JSON text of an object. */
  properties: string
  /** JSON text of an object: the columns that the table does not know. */
  custom: string
}>

/** Collects records into batches. */
export type EventBuilder = Readonly<{
  /** Rows added since the last `take`. */
  count: number
  add(record: EventRecord): void
  /** The rows since the last call, in the order they were added; most dictionaries are shared by all batches of one builder. */
  take(): EventBatch
  /** What the rows are written to, for a reader that writes there itself. */
  columns: EventColumns
}>

/**
 * The reference path from records to event columns: dictionary codes, 128-bit id hashes, 64-bit content hashes.
 *
 * An event without an id gets the hash of its values and of its ordinal among the equal rows of this builder, so that
 * equal rows of one file stay apart and the same file read again gives the same ids.
 *
 * @param memory where batches are laid down; new memory for each where it is not given
 * @returns a builder for one file; batches hold no reference to the records
 *
 * Source: docs/methods/events.md.
 */
export function createEventBuilder(memory?: BatchMemory): EventBuilder {
  const columns = new EventColumns(memory)
  return {
    get count() {
      return columns.count
    },
    add: recordAppender(columns),
    take: () => columns.take(),
    columns,
  }
}

/** Appends records to columns that may be shared with another reader. */
function recordAppender(columns: EventColumns): (record: EventRecord) => void {
  return record => {
    const { line, timestamp, isKeyEvent, weight } = record
    const keyEvent = isKeyEvent === null ? 0 : isKeyEvent ? 2 : 1
    columns.add(
      { line, timestamp, keyEvent, weight: weight ?? Number.NaN, isDate: record.isDate === true },
      EVENT_CODES.map(kind => record[kind]),
      [record.eventId, record.properties, record.custom],
    )
  }
}
