import { calendarOf, formatInstant } from '#lib/time'
import { type Readable, statement } from '../connection.ts'
import type { DiffCell, DiffPage, DiffRow } from '../diff-row.ts'
import { stagedPages } from './dictionary-pages.ts'
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
  let total = 0
  const segments = statement<Omit<StoredSegment, 'base'>>(db, SEGMENTS)
    .all(importId)
    .map(segment => {
      const placed = { ...segment, base: total }
      total += segment.count
      return placed
    })
  const end = Math.min(after + limit, total)
  const positions = Array.from({ length: Math.max(0, end - after) }, (_, i) => after + i)
  const events = eventRows(
    { db, segments, texts: openStoredTexts(db, stagedPages), calendar: calendarOf('UTC') },
    positions,
  )
  return { rows: events.map(rowOf), next: end < total ? end : null }
}

function rowOf({ eventId, line, ...event }: EventDetail): DiffRow {
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
  const cells = values
    .filter(([, value]) => value !== '')
    .map(([column, after]): DiffCell => ({ column, before: null, after }))
  return { key: [eventId], line, present: null, cells }
}
