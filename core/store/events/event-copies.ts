import { hashIds } from '#import'
import { finish, type Steps } from '#lib/steps'
import type { EventCopy } from '#schema/event'
import { statement } from '../connection.ts'
import { idReader } from './event-ids.ts'
import type { OpenLog } from './open-log.ts'
import { partOf, type StoredSegment } from './segments.ts'

/** Ids that came again with other content, in the order in which they first did. */
export const COPIED_IDS = `
  SELECT c.event_id FROM import i JOIN event_copy c ON c.import_id = i.id
  WHERE i.status = 'published' ORDER BY c.import_id, c.ordinal`

/** One event of a group: groups are sorted by import, then line, then position, which is the order they were loaded in. */
export type Member = Readonly<{ importId: number; line: number; position: number }>

/**
 * Finds all events that share an id with one recorded as a copy. The keys of all segments are read through, ids only
 * where a key agrees. An id of which only one event is left (its import was undone) is no group.
 */
export function resolveCopies(log: OpenLog): readonly EventCopy[] {
  return [...finish(eventsOfIds(log, statement<string>(log.db, COPIED_IDS, 'values').iterate()))]
    .filter(([, members]) => members.length > 1)
    .map(([eventId, members]) => ({ eventId, positions: members.map(({ position }) => position) }))
}

/** All events of some ids, by id in the order given; those of one id in the order they were loaded in. Halts after each segment. */
export function* eventsOfIds(
  log: Pick<OpenLog, 'db' | 'segments'>,
  ids: Iterable<string>,
): Steps<ReadonlyMap<string, readonly Member[]>> {
  const groups = new Map<string, Member[]>()
  for (const id of ids) groups.set(id, [])
  if (groups.size === 0) return groups
  const wanted = keysOf(groups.keys())
  for (const segment of log.segments) {
    collect(log, segment, wanted, groups)
    yield
  }
  for (const members of groups.values()) members.sort(byLoading)
  return groups
}

function byLoading(a: Member, b: Member): number {
  return a.importId - b.importId || a.line - b.line || a.position - b.position
}

/** Words 0 of the ids' hashes with the words 1 that go with them. */
function keysOf(ids: Iterable<string>): ReadonlyMap<number, ReadonlySet<number>> {
  const keys = new Map<number, Set<number>>()
  for (const [first, second] of hashIds(ids)) {
    const seconds = keys.get(first) ?? new Set<number>()
    keys.set(first, seconds.add(second))
  }
  return keys
}

function collect(
  { db }: Pick<OpenLog, 'db'>,
  segment: StoredSegment,
  wanted: ReadonlyMap<number, ReadonlySet<number>>,
  groups: ReadonlyMap<string, Member[]>,
): void {
  const { base, count, importId } = segment
  const key = partOf(db, segment, 'key').column('key', 'i32', 4 * count)
  let read: ((row: number) => string) | null = null
  let lines: Uint32Array | null = null
  for (let row = 0; row < count; row++) {
    // Within range: four words per row.
    if (wanted.get(key[4 * row] as number)?.has(key[4 * row + 1] as number) !== true) continue
    read ??= idReader(db, segment)
    lines ??= partOf(db, segment, 'detail').column('line', 'u32', count)
    groups.get(read(row))?.push({ importId, line: lines[row] as number, position: base + row })
  }
}
