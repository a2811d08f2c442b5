import type { ByteDictionary } from '#lib/byte-dictionary'
import { EVENT_CODES, type EventBatch, type EventCode } from '#schema/import'
import { EventColumns, textSource } from './event-columns.ts'

/** One event with all its values read; the empty text is "missing" everywhere. */
export type EventRecord = Readonly<{
  /** 1-based line of the record's start. */
  line: number
  eventId: string
  name: string
  /** ms since epoch, whole */
  timestamp: number
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
 * @returns a builder for one file; batches hold no reference to the records
 *
 * Source: docs/methods/events.md.
 */
export function createEventBuilder(): EventBuilder {
  const columns = new EventColumns()
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
export function recordAppender(columns: EventColumns): (record: EventRecord) => void {
  const encode = textSource()
  const codeOf = (dictionary: ByteDictionary, text: string): number => {
    if (text === '') return 0
    const { source, length } = encode(text)
    return dictionary.intern(source, 0, length)
  }
  const append = (heap: EventColumns['id'], text: string): void => {
    const { source, length } = encode(text)
    heap.append(source, 0, length)
  }
  return record => {
    columns.reserve(1)
    const { count, dictionaries } = columns
    const { codes, timestamp, isKeyEvent, weight, line } = columns.columns
    for (let i = 0; i < EVENT_CODES.length; i++) {
      // One dictionary and one column per kind.
      const kind = EVENT_CODES[i] as EventCode
      ;(codes[i] as Uint32Array)[count] = codeOf(dictionaries[i] as ByteDictionary, record[kind])
    }
    append(columns.id, record.eventId)
    append(columns.properties, record.properties)
    append(columns.custom, record.custom)
    line[count] = record.line
    timestamp[count] = record.timestamp
    isKeyEvent[count] = record.isKeyEvent === null ? 0 : record.isKeyEvent ? 2 : 1
    weight[count] = record.weight ?? Number.NaN
    columns.seal(1)
  }
}
