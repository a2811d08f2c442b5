import { AppError } from '#lib/errors'
import { calendarOf } from '#lib/time'
import { type EventCursor, openEventLog, type Readable, type ScoreRun } from '#store'
import { modelOfRun } from './judgement.ts'
import { keptRecords } from './run-parts.ts'
import { type SeenEvent, type SeenEvents, seenEventsAt } from './stitched-events.ts'
import type { StoredUnit } from './unit-view.ts'

/** Most events looked at in one go while those of one kind are searched for. */
const MOST_SCANNED = 32_768

/** The events of a unit in a run: those of its workspaces, and those without one that count for one of them. */
export type UnitEvents = Readonly<{
  /** Newest first, up to the instant of the run, behind the event at a position; the first of them are read first. */
  behind(before: number | null, expected: number): Iterable<SeenEvent>
  /** Times within a stretch, ends included, in no particular order. */
  times(span: Readonly<{ from: number; to: number }>): Iterable<number>
}>

/** Opens the events of a unit. What names no workspace is looked for only where the run has found such events. */
export function unitEvents(db: Readable, run: ScoreRun, unit: StoredUnit): UnitEvents {
  const { timeZone } = modelOfRun(db, run)
  const log = seenEventsAt(db, openEventLog(db, calendarOf(timeZone)), { timeZone, asOf: run.asOf })
  const workspaces = unit.judged.unit.workspaceIds
  const placed = placedEvents(log, placedUsers(db, run, workspaces), run.asOf)
  return {
    behind: (before, expected) => {
      const after = firstCursor(log, before, run.asOf)
      return merged(
        log,
        named(log, workspaces, { after, expected }),
        placed.filter(place => isBehind(place, after)),
      )
    },
    *times(span) {
      yield* log.times(workspaces, span)
      for (const { timestamp } of placed) if (timestamp >= span.from && timestamp <= span.to) yield timestamp
    },
  }
}

function placedUsers(db: Readable, { runId }: ScoreRun, workspaces: readonly string[]): ReadonlySet<string> {
  const own = new Set(workspaces)
  const users = new Set<string>()
  for (const { userId, workspaceId } of keptRecords(db, runId, 'placed users'))
    if (own.has(workspaceId)) users.add(userId)
  return users
}

/** Places of the events of some users that name no workspace, newest first. */
function placedEvents(log: SeenEvents, users: ReadonlySet<string>, asOf: number): readonly EventCursor[] {
  if (users.size === 0) return []
  const isWanted = Uint8Array.from(log.users, id => (users.has(id) ? 1 : 0))
  const places: EventCursor[] = []
  for (const { workspace, user, timestamp, count, base } of log.chunks()) {
    // Sorted by workspace: those that name none come first.
    for (let i = 0; i < count && workspace[i] === 0; i++) {
      const at = timestamp[i] as number // columns have `count` values
      if (isWanted[user[i] as number] === 1 && at <= asOf) places.push({ timestamp: at, position: base + i })
    }
  }
  return places.sort(newestFirst)
}

/** The events of some workspaces, page after page, newest first. */
function* named(
  log: SeenEvents,
  workspaces: readonly string[],
  { after: from, expected }: Readonly<{ after: EventCursor; expected: number }>,
): Generator<SeenEvent> {
  let after = from
  for (let limit = expected; ; limit = Math.min(2 * limit, MOST_SCANNED)) {
    const { rows, next } = log.page({ workspaces, limit, after })
    yield* rows
    if (next === null) return
    after = next
  }
}

function* merged(log: SeenEvents, events: Iterable<SeenEvent>, places: readonly EventCursor[]): Generator<SeenEvent> {
  let at = 0
  for (const event of events) {
    for (let place = places[at]; place !== undefined && newestFirst(place, event) < 0; place = places[++at])
      yield* log.rows([place.position])
    yield event
  }
  for (const { position } of places.slice(at)) yield* log.rows([position])
}

/** The order of the timeline; of two events at one instant the one further down in the log comes first. */
function newestFirst(a: EventCursor, b: EventCursor): number {
  return b.timestamp - a.timestamp || b.position - a.position
}

function isBehind(place: EventCursor, cursor: EventCursor): boolean {
  return newestFirst(place, cursor) > 0
}

/** Behind the event that the page before ended with; at first, behind all events later than asOf, which do not exist. */
function firstCursor(log: SeenEvents, before: number | null, asOf: number): EventCursor {
  if (before === null) return { timestamp: asOf, position: Number.MAX_SAFE_INTEGER }
  const isPosition = Number.isInteger(before) && before >= 0 && before < log.count
  const [last] = isPosition ? log.rows([before]) : []
  if (last === undefined)
    throw new AppError('contract/bad-input', `no event is at position ${before}`, { position: before })
  return { timestamp: Math.min(last.timestamp, asOf), position: last.position }
}
