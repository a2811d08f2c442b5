import type { TextColumn } from '#schema/event'
import type { Readable } from '../connection.ts'
import { DETAIL_CODES } from './run-columns.ts'
import { partOf, publishedSegments, type StoredSegment, textPart, weightColumn, workspaceIndex } from './segments.ts'

/** How many published events have a value in each canonical column. Reads the parts, no text and no row. */
export function eventFill(db: Readable): Readonly<Record<string, number>> {
  const filled = new Map<string, number>()
  const add = (column: string, count: number): void => void filled.set(column, (filled.get(column) ?? 0) + count)
  for (const segment of publishedSegments(db)) countSegment(db, segment, add)
  return Object.fromEntries(filled)
}

function countSegment(db: Readable, segment: StoredSegment, add: (column: string, count: number) => void): void {
  const { count } = segment
  const core = partOf(db, segment, 'core')
  const detail = partOf(db, segment, 'detail')
  const { code, start } = workspaceIndex(db, segment)
  add('event_name', count)
  add('timestamp', count)
  // Code 0 comes first in the index, where there is one.
  add('workspace_id', code[0] === 0 ? count - (start[1] as number) : count)
  add('user_id', nonZero(core.column('user', 'u32', count)))
  for (const kind of DETAIL_CODES) add(columnOf(kind), nonZero(detail.column(kind, 'u32', count)))
  add('is_key_event', nonZero(detail.column('isKeyEvent', 'u8', count)))
  add('event_weight', weightColumn(detail, segment).filter(weight => !Number.isNaN(weight)).length)
  const id = partOf(db, segment, 'id')
  add('event_id', id.names.includes('uuid') ? count : nonEmpty(id.texts('id', count)))
  add('event_properties', nonEmpty(textPart(db, segment, 'properties')))
}

/** The canonical column behind a dictionary of the detail part. */
function columnOf(kind: (typeof DETAIL_CODES)[number]): string {
  return kind === 'source' || kind === 'ip' ? kind : `${kind}_id`
}

function nonZero(values: Uint32Array | Uint8Array): number {
  let found = 0
  for (const value of values) if (value !== 0) found++
  return found
}

function nonEmpty({ offsets }: TextColumn): number {
  let found = 0
  for (let i = 0; i + 1 < offsets.length; i++) if (offsets[i + 1] !== offsets[i]) found++
  return found
}
