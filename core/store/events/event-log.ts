import { once } from '#lib/once'
import { calendarOf } from '#lib/time'
import type { EventChunk, EventLog, TextColumn } from '#schema/event'
import { type Readable, statement } from '../connection.ts'
import { resolveCopies } from './event-copies.ts'
import {
  type EventDetail,
  type EventPage,
  type EventQuery,
  eventIds,
  eventPage,
  eventRows,
  eventTimes,
  type TimeSpan,
} from './event-details.ts'
import { deviceSource } from './event-devices.ts'
import type { OpenLog } from './open-log.ts'
import {
  codeColumn,
  distantTextPart,
  partOf,
  publishedSegments,
  type StoredSegment,
  textPart,
  timeColumn,
  type WorkspaceIndex,
  workspaceColumn,
  workspaceIndex,
} from './segments.ts'
import { openStoredTexts } from './stored-texts.ts'

/** The published events of a project, as columns for the judging rooms and as rows for who wants to see them. */
export type ProjectEvents = EventLog &
  Readonly<{
    /** The events of some workspaces, by code of the dictionary, in the order of the log; code 0 is no workspace. */
    chunksOf(workspaces: ReadonlySet<number>): Iterable<EventChunk>
    /** One page of the events of some workspaces, newest first. */
    page(query: EventQuery): EventPage
    /** Times of the events of some workspaces within a stretch, ends included, in no particular order. */
    times(workspaces: readonly string[], span: TimeSpan): Float64Array
    /** The events at these positions, in the order given. @throws Error where there is none at one of them */
    rows(positions: readonly number[]): readonly EventDetail[]
    /** The ids of the events at these positions, in the order given; empty for an event that came without one. */
    ids(positions: readonly number[]): readonly string[]
  }>

const COUNT = `
  SELECT coalesce(sum(s.row_count), 0) FROM import i JOIN event_segment s ON s.import_id = i.id
  WHERE i.status = 'published'`

/**
 * Opens the events of a project as they are now. To be opened anew after a publish or an undo: positions and codes are
 * those of one state. Little is read before it is asked for.
 *
 * @param calendar in whose zone the event of a day without a time is at the first instant of that day
 * @param mostKept segments whose columns `chunksOf` holds, 1.6 MB each, for who asks again and again
 * @throws AppError `store/corrupt` here or later, where segments or dictionaries are damaged
 */
export function openEventLog(db: Readable, calendar = calendarOf('UTC'), mostKept = 0): ProjectEvents {
  const log: OpenLog = { db, segments: publishedSegments(db), texts: openStoredTexts(db), calendar }
  const lists = new Map<string, readonly string[]>()
  const all = (kind: 'name' | 'workspace' | 'user'): readonly string[] => {
    const known = lists.get(kind) ?? log.texts.all(kind)
    lists.set(kind, known)
    return known
  }
  const kept: KeptSegments = { most: mostKept, of: new Map() }
  const copies = once(() => resolveCopies(log))
  return {
    count: eventCount(db),
    get names() {
      return all('name')
    },
    get workspaces() {
      return all('workspace')
    },
    get users() {
      return all('user')
    },
    get copies() {
      return copies()
    },
    *chunks() {
      for (const segment of log.segments) yield chunkOf(log, segment)
    },
    *chunksOf(workspaces) {
      for (const segment of log.segments) yield* stretchesOf(log, segment, { workspaces, kept })
    },
    devices: deviceSource(log),
    page: query => eventPage(log, query),
    times: (workspaces, span) => eventTimes(log, workspaces, span),
    rows: positions => eventRows(log, positions),
    ids: positions => eventIds(log, positions),
  }
}

/** Number of published events. */
export function eventCount(db: Readable): number {
  return statement<number>(db, COUNT, 'values').get() ?? 0
}

/** What a segment holds of some workspaces; those that are neighbours in it come together. */
function* stretchesOf(
  log: OpenLog,
  segment: StoredSegment,
  { workspaces, kept }: Readonly<{ workspaces: ReadonlySet<number>; kept: KeptSegments }>,
): Generator<EventChunk> {
  const { firstWorkspace, lastWorkspace } = segment
  let isNear = false
  for (const code of workspaces) if (code >= firstWorkspace && code <= lastWorkspace) isNear = true
  if (!isNear) return
  const known = kept.of.get(segment.id)
  const { code, start } = known?.index ?? workspaceIndex(log.db, segment)
  let whole: Columns | null = null
  for (let i = 0; i < code.length; i++) {
    // Within range: there is a start more than there are codes.
    if (!workspaces.has(code[i] as number)) continue
    const first = i
    while (i + 1 < code.length && workspaces.has(code[i + 1] as number)) i++
    whole ??= known ?? columnsToKeep(kept, log, segment)
    yield partOfChunk(whole, start[first] as number, start[i + 1] as number)
  }
}

/** Columns of a segment, and the properties of some of its rows: all of them are large. */
type Columns = Readonly<{
  columns: Omit<EventChunk, 'properties'>
  propertiesOf(): (from: number, to: number) => TextColumn
}>

/** Columns of segments in which workspaces were looked for last, by the id of the segment: who looks for some soon looks for others. */
type KeptSegments = Readonly<{ most: number; of: Map<number, Columns & Readonly<{ index: WorkspaceIndex }>> }>

/** Decodes the columns of a segment, and keeps them where that is wanted. */
function columnsToKeep({ most, of }: KeptSegments, log: OpenLog, segment: StoredSegment): Columns {
  const whole = chunkOf(log, segment)
  const propertiesOf = once(() => distantTextPart(log.db, segment, 'properties'))
  if (most === 0) return { columns: whole, propertiesOf }
  const { count, base, timestamp, name, user } = whole
  const index = workspaceIndex(log.db, segment)
  const columns = { count, base, timestamp, name, user, workspace: workspaceColumn(index, count) }
  const [oldest] = of.keys()
  if (oldest !== undefined && of.size >= most) of.delete(oldest)
  const kept = { columns, index, propertiesOf }
  of.set(segment.id, kept)
  return kept
}

function partOfChunk({ columns, propertiesOf }: Columns, from: number, to: number): EventChunk {
  const { base, timestamp, name, workspace, user } = columns
  const properties = once(() => propertiesOf()(from, to))
  return {
    count: to - from,
    base: base + from,
    timestamp: timestamp.subarray(from, to),
    name: name.subarray(from, to),
    workspace: workspace.subarray(from, to),
    user: user.subarray(from, to),
    get properties() {
      return properties()
    },
  }
}

/** Of a segment nothing is read that nobody asks for: few who walk the log need all of it, and some need few segments. */
function chunkOf({ db, texts, calendar }: OpenLog, segment: StoredSegment): EventChunk {
  const { count, base } = segment
  const core = once(() => partOf(db, segment, 'core'))
  const timestamp = once(() => timeColumn(core(), segment, calendar))
  const name = once(() => codeColumn(core(), 'name', { segment, texts: texts.size('name') }))
  const workspace = once(() => workspaceColumn(workspaceIndex(db, segment), count))
  const user = once(() => codeColumn(core(), 'user', { segment, texts: texts.size('user') }))
  const properties = once(() => textPart(db, segment, 'properties'))
  return {
    count,
    base,
    get timestamp() {
      return timestamp()
    },
    get name() {
      return name()
    },
    get workspace() {
      return workspace()
    },
    get user() {
      return user()
    },
    get properties() {
      return properties()
    },
  }
}
