import { AppError } from '#lib/errors'
import { type Calendar, DAY_MS, type Instant } from '#lib/time'
import type { TextColumn } from '#schema/event'
import { type ColumnSet, decodeColumns, decodeSomeColumns, distantTexts } from '../columns/index.ts'
import { type Readable, statement } from '../connection.ts'
import type { Part } from './segment.ts'

/** A published segment and its place in the whole log. */
export type StoredSegment = Readonly<{
  id: number
  importId: number
  count: number
  /** Position of its first event. */
  base: number
  firstWorkspace: number
  lastWorkspace: number
}>

/** Where the events of each workspace lie in a segment: those of code[i] are rows start[i] .. start[i + 1]. */
export type WorkspaceIndex = Readonly<{ code: Uint32Array; start: Uint32Array }>

/** The order of the log: by import, as it was loaded, then as the import was written. */
export const PUBLISHED_SEGMENTS = `
  SELECT s.id, s.import_id AS importId, s.row_count AS count, s.first_workspace AS firstWorkspace,
    s.last_workspace AS lastWorkspace
  FROM import i CROSS JOIN event_segment s ON s.import_id = i.id
  WHERE i.status = 'published' ORDER BY i.id, s.sequence`
export const SEGMENT_PART = 'SELECT columns FROM event_part WHERE segment_id = ? AND part = ?'
const PART_SIZE = 'SELECT length(columns) FROM event_part WHERE segment_id = ? AND part = ?'
const PART_PIECE = 'SELECT substr(columns, ?, ?) FROM event_part WHERE segment_id = ? AND part = ?'

export function publishedSegments(db: Readable): readonly StoredSegment[] {
  let base = 0
  return statement<Omit<StoredSegment, 'base'>>(db, PUBLISHED_SEGMENTS)
    .all()
    .map(segment => {
      const placed = { ...segment, base }
      base += segment.count
      return placed
    })
}

/** The columns of one part of a segment. @throws AppError `store/corrupt` */
export function partOf(db: Readable, segment: StoredSegment, part: Part): ColumnSet {
  const blob = statement<Uint8Array>(db, SEGMENT_PART, 'values').get(segment.id, part)
  if (blob === undefined) throw corrupt(segment, `its part ${part} is missing`)
  return decodeColumns(blob)
}

/** Some columns of a part: of the others little is read. @throws AppError `store/corrupt` */
export function columnsOf(db: Readable, segment: StoredSegment, part: Part, wanted: readonly string[]): ColumnSet {
  return decodeSomeColumns(distantPart(db, segment, part), wanted)
}

function distantPart(db: Readable, segment: StoredSegment, part: Part): Parameters<typeof decodeSomeColumns>[0] {
  const size = statement<number>(db, PART_SIZE, 'values').get(segment.id, part)
  if (size === undefined) throw corrupt(segment, `its part ${part} is missing`)
  const read = (from: number, length: number): Uint8Array =>
    statement<Uint8Array>(db, PART_PIECE, 'values').get(from + 1, length, segment.id, part) ?? new Uint8Array(0)
  return { size, read }
}

export function workspaceIndex(db: Readable, segment: StoredSegment): WorkspaceIndex {
  const columns = partOf(db, segment, 'index')
  const code = columns.column('code', 'u32')
  const start = columns.column('start', 'u32', code.length + 1)
  for (let i = 0; i < code.length; i++) {
    // Within range: there is a start more than there are codes.
    const isAscending = i === 0 || (code[i] as number) > (code[i - 1] as number)
    if (!isAscending || (start[i + 1] as number) <= (start[i] as number))
      throw corrupt(segment, 'its index is not sorted')
  }
  if (start[0] !== 0 || start[code.length] !== segment.count) throw corrupt(segment, 'its index does not cover it')
  return { code, start }
}

/** Rows of a workspace in a segment; an empty stretch where it has none. */
export function rowsOf({ code, start }: WorkspaceIndex, workspace: number): Readonly<{ from: number; to: number }> {
  let low = 0
  let high = code.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((code[middle] as number) < workspace) low = middle + 1
    else high = middle
  }
  // Within range where the code is there: an index has a start more than codes.
  return code[low] === workspace ? { from: start[low] as number, to: start[low + 1] as number } : { from: 0, to: 0 }
}

/** The workspace code of every row. */
export function workspaceColumn({ code, start }: WorkspaceIndex, count: number): Uint32Array {
  const column = new Uint32Array(count)
  for (let i = 0; i < code.length; i++) column.fill(code[i] as number, start[i], start[i + 1])
  return column
}

/**
 * When each event was. A day without a time, which is kept as its midnight in UTC, is its first instant in the calendar's zone:
 * the events of a workspace are then no longer in the order of their times.
 */
export function timeColumn(core: ColumnSet, { count }: StoredSegment, calendar: Calendar): Float64Array {
  const time = core.column('time', 'f64', count)
  if (!hasShiftedDays(core, calendar)) return time
  const isDate = core.column('isDate', 'u8', count)
  const starts = new Map<number, Instant>()
  return time.map((at, row) => {
    if (isDate[row] === 0) return at
    const start = starts.get(at) ?? calendar.startOf(at / DAY_MS)
    starts.set(at, start)
    return start
  })
}

/** Are there days without a time that begin elsewhere than in UTC? */
export function hasShiftedDays(core: ColumnSet, { timeZone }: Calendar): boolean {
  return timeZone !== 'UTC' && core.names.includes('isDate')
}

/** A column of codes, none of which is beyond its dictionary. */
export function codeColumn(
  columns: ColumnSet,
  name: string,
  of: Readonly<{ segment: StoredSegment; texts: number }>,
): Uint32Array {
  const codes = columns.column(name, 'u32', of.segment.count)
  // An iterator makes an object for each of very many codes. Within range: i < length.
  for (let i = 0; i < codes.length; i++)
    if ((codes[i] as number) > of.texts) throw corrupt(of.segment, `a code of ${name} has no text`)
  return codes
}

/** The weight of every row, NaN where it has none. */
export function weightColumn(detail: ColumnSet, segment: StoredSegment): Float64Array {
  const { count } = segment
  if (!detail.names.includes('weightRows')) return detail.column('weight', 'f64', count)
  const rows = detail.column('weightRows', 'u32')
  const values = detail.column('weight', 'f64', rows.length)
  const weights = new Float64Array(count).fill(Number.NaN)
  for (const [i, row] of rows.entries()) {
    if (row >= count) throw corrupt(segment, 'a weight belongs to no event')
    weights[row] = values[i] as number
  }
  return weights
}

/** The texts of a part that holds nothing else. */
export function textPart(db: Readable, segment: StoredSegment, part: 'properties' | 'custom'): TextColumn {
  return partOf(db, segment, part).texts(part, segment.count)
}

/** The texts of such a part for who wants few of them, by the rows from .. to. @throws AppError `store/corrupt` here or later */
export function distantTextPart(
  db: Readable,
  segment: StoredSegment,
  part: 'properties',
): (from: number, to: number) => TextColumn {
  return distantTexts(distantPart(db, segment, part), part, segment.count)
}

/** The segment that holds a position. Segments are in the order of their bases. */
export function segmentAt(segments: readonly StoredSegment[], position: number): StoredSegment | undefined {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    // Within range: low <= middle < high <= length.
    const { base, count } = segments[middle] as StoredSegment
    if (base + count <= position) low = middle + 1
    else high = middle
  }
  return position >= 0 ? segments[low] : undefined
}

function corrupt(segment: StoredSegment, found: string): AppError {
  return new AppError('store/corrupt', `a segment of events in the project file is damaged: ${found}`, {
    segment: segment.id,
    import: segment.importId,
  })
}
