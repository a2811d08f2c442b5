import type { Steps } from '#lib/steps'
import { calendarOf, formatInstant } from '#lib/time'
import { type Readable, statement } from '../connection.ts'
import type { DiffCell, DiffPage, DiffRow } from '../diff-row.ts'
import { stagedPages } from './dictionary-pages.ts'
import { eventsOfIds, type Member } from './event-copies.ts'
import { type EventDetail, eventRows } from './event-details.ts'
import type { StoredSegment } from './segments.ts'
import { openStoredTexts } from './stored-texts.ts'

const SEGMENTS = `
  SELECT id, import_id AS importId, row_count AS count, first_workspace AS firstWorkspace, last_workspace AS lastWorkspace
  FROM event_segment WHERE import_id = ? ORDER BY sequence`

/** One page of the events that a staged import would add, in the order they are stored. `after`: 0, then `next`. */
export function stagedEventPage(
  db: Readable,
  importId: number,
  { after, limit }: Readonly<{ after: number; limit: number }>,
): DiffPage {
  const { segments, total } = placed(statement<Omit<StoredSegment, 'base'>>(db, SEGMENTS).all(importId))
  const end = Math.min(after + limit, total)
  const positions = Array.from({ length: Math.max(0, end - after) }, (_, i) => after + i)
  const events = eventRows(
    { db, segments, texts: openStoredTexts(db, stagedPages), calendar: calendarOf('UTC') },
    positions,
  )
  return { rows: events.map(rowOf), next: end < total ? end : null }
}

/** The published events and those staged with a file, or before it in its batch. */
export type StagedEvents = Readonly<{
  /** Those of some ids, of each the first loaded first. */
  ofIds(ids: readonly string[]): Steps<ReadonlyMap<string, readonly Member[]>>
  /** What the events at some positions hold, by column. */
  cells(positions: readonly number[]): Steps<ReadonlyMap<number, EventCells>>
}>

/** Which of some ids events of a staged import have. Halts after each of its segments. */
export function* stagedEventIds(db: Readable, importId: number, ids: readonly string[]): Steps<readonly string[]> {
  if (ids.length === 0) return []
  const { segments } = placed(statement<Omit<StoredSegment, 'base'>>(db, SEGMENTS).all(importId))
  const found = yield* eventsOfIds({ db, segments }, ids)
  return [...found].filter(([, members]) => members.length > 0).map(([id]) => id)
}

/** What an event holds, by column. */
export type EventCells = readonly (readonly [column: string, value: string])[]

/** Events that are read without a halt: each may lie in a segment of its own. */
const READ_AT_ONCE = 16

const ALL_SEGMENTS = `
  SELECT s.id, s.import_id AS importId, s.row_count AS count, s.first_workspace AS firstWorkspace,
    s.last_workspace AS lastWorkspace
  FROM import i CROSS JOIN event_segment s ON s.import_id = i.id
  WHERE i.status = 'published' OR (i.status = 'staging' AND i.batch_id = ? AND i.id <= ?) ORDER BY i.id, s.sequence`

export function stagedEvents(
  db: Readable,
  { batchId, importId }: Readonly<{ batchId: string; importId: number }>,
): StagedEvents {
  const segments = placed(statement<Omit<StoredSegment, 'base'>>(db, ALL_SEGMENTS).all(batchId, importId)).segments
  const log = { db, segments, texts: openStoredTexts(db, stagedPages), calendar: calendarOf('UTC') }
  return {
    ofIds: ids => eventsOfIds(log, ids),
    *cells(positions) {
      const found = new Map<number, EventCells>()
      // Sorted, so that a segment is opened once or twice.
      const sorted = [...new Set(positions)].sort((a, b) => a - b)
      for (let at = 0; at < sorted.length; at += READ_AT_ONCE) {
        const some = sorted.slice(at, at + READ_AT_ONCE)
        for (const [i, event] of eventRows(log, some).entries()) found.set(some[i] ?? -1, valuesOf(event))
        yield
      }
      return found
    },
  }
}

function placed(found: readonly Omit<StoredSegment, 'base'>[]): Readonly<{
  segments: readonly StoredSegment[]
  total: number
}> {
  let total = 0
  const segments = found.map(segment => {
    const at = { ...segment, base: total }
    total += segment.count
    return at
  })
  return { segments, total }
}

function rowOf(event: EventDetail): DiffRow {
  const cells = valuesOf(event).map(([column, after]): DiffCell => ({ column, before: null, after }))
  return { key: [event.eventId], line: event.line, present: null, cells }
}

function valuesOf(event: EventDetail): EventCells {
  const { name, timestamp, workspace, user, anonymous, device, session, source, ip } = event
  const values: readonly (readonly [column: string, value: string])[] = [
    ['event_name', name],
    ['timestamp', formatInstant(timestamp)],
    ['workspace_id', workspace],
    ['user_id', user],
    ['anonymous_id', anonymous],
    ['device_id', device],
    ['session_id', session],
    ['source', source],
    ['ip', ip],
    ['is_key_event', event.isKeyEvent === null ? '' : String(event.isKeyEvent)],
    ['event_weight', event.weight === null ? '' : String(event.weight)],
    ['event_properties', event.properties],
  ]
  return values.filter(([, value]) => value !== '')
}
