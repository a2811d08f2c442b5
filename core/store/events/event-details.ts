import { invariant } from '#lib/errors'
import type { ColumnSet } from '../columns/index.ts'
import { idReader } from './event-ids.ts'
import type { OpenLog } from './open-log.ts'
import { DETAIL_CODES, type DetailCode } from './run-columns.ts'
import {
  codeColumn,
  hasShiftedDays,
  partOf,
  rowsOf,
  type StoredSegment,
  segmentAt,
  textPart,
  timeColumn,
  weightColumn,
  workspaceColumn,
  workspaceIndex,
} from './segments.ts'
import { textAt } from './stored-texts.ts'

/** One event with all that is known of it; the empty text is "missing". */
export type EventDetail = Readonly<{
  position: number
  eventId: string
  name: string
  /** ms since epoch */
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
  /** JSON text of an object */
  properties: string
  /** JSON text of an object: the columns that the table does not know */
  custom: string
  importId: number
  /** 1-based line of the record's start in the import's file */
  line: number
}>

/** Where a page ended: the next one begins behind this event. */
export type EventCursor = Readonly<{ timestamp: number; position: number }>

export type EventQuery = Readonly<{
  /** Workspace ids; one that no event names has none. */
  workspaces: readonly string[]
  /** At least 1. */
  limit: number
  /** null: from the newest on. */
  after: EventCursor | null
}>

/** `next` is null on the last page. */
export type EventPage = Readonly<{ rows: readonly EventDetail[]; next: EventCursor | null }>

type Place = EventCursor

/** Newest first; of two events at the same instant, the one further down in the log comes first. */
export function eventPage(log: OpenLog, { workspaces, limit, after }: EventQuery): EventPage {
  const codes = [...new Set(workspaces)].map(id => log.texts.code('workspace', id)).filter(code => code > 0)
  const found = log.segments.flatMap(segment => newest(log, segment, { codes, limit: limit + 1, after }))
  const places = found.sort(newestFirst).slice(0, limit)
  const last = places.at(-1)
  return {
    rows: eventRows(
      log,
      places.map(({ position }) => position),
    ),
    next: found.length > limit && last !== undefined ? last : null,
  }
}

/** A stretch of time, both ends included. */
export type TimeSpan = Readonly<{ from: number; to: number }>

/** Times of the events of some workspaces within a stretch, in no particular order: all that a count per day needs. */
export function eventTimes(log: OpenLog, workspaces: readonly string[], { from, to }: TimeSpan): Float64Array {
  const codes = [...new Set(workspaces)].map(id => log.texts.code('workspace', id)).filter(code => code > 0)
  const found = log.segments.flatMap(segment => timesIn(log, segment, codes))
  return Float64Array.from(found.flatMap(times => [...times.filter(at => at >= from && at <= to)]))
}

function timesIn({ db, calendar }: OpenLog, segment: StoredSegment, codes: readonly number[]): readonly Float64Array[] {
  const inside = codes.filter(code => code >= segment.firstWorkspace && code <= segment.lastWorkspace)
  if (inside.length === 0) return []
  const index = workspaceIndex(db, segment)
  const stretches = inside.map(code => rowsOf(index, code)).filter(({ from, to }) => from < to)
  if (stretches.length === 0) return []
  const time = timeColumn(partOf(db, segment, 'core'), segment, calendar)
  return stretches.map(({ from, to }) => time.subarray(from, to))
}

type Wanted = Readonly<{ codes: readonly number[]; limit: number; after: EventCursor | null }>

/** The newest events of some workspaces in one segment, at most `limit` of each. */
function newest({ db, calendar }: OpenLog, segment: StoredSegment, { codes, limit, after }: Wanted): readonly Place[] {
  const inside = codes.filter(code => code >= segment.firstWorkspace && code <= segment.lastWorkspace)
  if (inside.length === 0) return []
  const index = workspaceIndex(db, segment)
  const stretches = inside.map(code => rowsOf(index, code)).filter(({ from, to }) => from < to)
  if (stretches.length === 0) return []
  const core = partOf(db, segment, 'core')
  const time = timeColumn(core, segment, calendar)
  const place = (row: number): Place => placeOf(segment, time, row)
  if (hasShiftedDays(core, calendar)) return stretches.flatMap(rows => newestOf(rows, place, { limit, after }))
  return stretches.flatMap(({ from, to }) => {
    const end = after === null ? to : firstNotBehind(after, { from, to }, place)
    const start = Math.max(from, end - limit)
    return Array.from({ length: end - start }, (_, i) => place(start + i))
  })
}

/** The newest events of a stretch whatever their order. */
function newestOf({ from, to }: Rows, place: (row: number) => Place, { limit, after }: Omit<Wanted, 'codes'>): Place[] {
  const places = Array.from({ length: to - from }, (_, i) => place(from + i))
  const behind = after === null ? places : places.filter(one => newestFirst(one, after) > 0)
  return behind.sort(newestFirst).slice(0, limit)
}

type Rows = Readonly<{ from: number; to: number }>

/** The first row that does not come behind the cursor; the events of one workspace are sorted by time. */
function firstNotBehind(cursor: EventCursor, rows: Rows, place: (row: number) => Place): number {
  let low = rows.from
  let high = rows.to
  while (low < high) {
    const middle = (low + high) >> 1
    if (newestFirst(place(middle), cursor) > 0) low = middle + 1
    else high = middle
  }
  return low
}

function placeOf(segment: StoredSegment, time: Float64Array, row: number): Place {
  return { timestamp: time[row] ?? Number.NaN, position: segment.base + row }
}

function newestFirst(a: Place, b: Place): number {
  return b.timestamp - a.timestamp || b.position - a.position
}

/** The events at some positions, in the order given. */
export function eventRows(log: OpenLog, positions: readonly number[]): readonly EventDetail[] {
  return readAt(log, positions, rowReader)
}

/** The ids of the events at some positions, in the order given. */
export function eventIds(log: OpenLog, positions: readonly number[]): readonly string[] {
  return readAt(log, positions, ({ db }, segment) => idReader(db, segment))
}

/** Opens each segment once, however the positions are mixed. */
function readAt<T>(
  log: OpenLog,
  positions: readonly number[],
  open: (log: OpenLog, segment: StoredSegment) => (row: number) => T,
): readonly T[] {
  const readers = new Map<number, (row: number) => T>()
  return positions.map(position => {
    const segment = segmentAt(log.segments, position)
    invariant(segment !== undefined, 'a position of the log has an event')
    const read = readers.get(segment.id) ?? open(log, segment)
    readers.set(segment.id, read)
    return read(position - segment.base)
  })
}

function rowReader(log: OpenLog, segment: StoredSegment): (row: number) => EventDetail {
  const { db, texts, calendar } = log
  const { count, base, importId } = segment
  const core = partOf(db, segment, 'core')
  const detail = partOf(db, segment, 'detail')
  const shared = {
    name: codeColumn(core, 'name', { segment, texts: texts.size('name') }),
    user: codeColumn(core, 'user', { segment, texts: texts.size('user') }),
    workspace: workspaceColumn(workspaceIndex(db, segment), count),
  }
  const own = Object.fromEntries(DETAIL_CODES.map(kind => [kind, detailTexts(detail, segment, kind)])) as Record<
    DetailCode,
    (row: number) => string
  > // all are in the list
  const time = timeColumn(core, segment, calendar)
  const isKeyEvent = detail.column('isKeyEvent', 'u8', count)
  const weight = weightColumn(detail, segment)
  const line = detail.column('line', 'u32', count)
  const id = idReader(db, segment)
  const properties = textPart(db, segment, 'properties')
  const custom = textPart(db, segment, 'custom')
  return row => {
    const text = (kind: keyof typeof shared): string => texts.text(kind, shared[kind][row] ?? 0)
    return {
      position: base + row,
      eventId: id(row),
      name: text('name'),
      timestamp: time[row] ?? Number.NaN,
      workspace: text('workspace'),
      user: text('user'),
      anonymous: own.anonymous(row),
      device: own.device(row),
      session: own.session(row),
      source: own.source(row),
      ip: own.ip(row),
      isKeyEvent: [null, false, true][isKeyEvent[row] ?? 0] ?? null,
      weight: numberOrNull(weight[row]),
      properties: textAt(properties, row),
      custom: textAt(custom, row),
      importId,
      line: line[row] ?? 0,
    }
  }
}

/** Reads the texts of one kind by row; they lie beside their codes. */
function detailTexts(detail: ColumnSet, segment: StoredSegment, kind: DetailCode): (row: number) => string {
  const texts = detail.texts(kind)
  const codes = codeColumn(detail, kind, { segment, texts: texts.offsets.length - 1 })
  return row => {
    const code = codes[row] ?? 0
    return code === 0 ? '' : textAt(texts, code - 1)
  }
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
