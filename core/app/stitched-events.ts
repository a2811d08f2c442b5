import { placeOfStitched, stitchedChunk, stitchedLog, stitchSteps } from '#features'
import { amended } from '#lib/amended'
import { finish, type Steps } from '#lib/steps'
import { calendarOf, type Instant } from '#lib/time'
import type { DeviceKind, Stitching } from '#schema/event'
import {
  type EventDetail,
  type EventPage,
  identityDecisions,
  openEventLog,
  type ProjectEvents,
  type Readable,
  recordState,
} from '#store'

/** How an event that names nobody got its user: by the login that came next under one of its ids. */
export type StitchedBy = Readonly<{ kind: DeviceKind; id: string; loginAt: Instant }>

/** An event with its user as everybody who counts sees it; `stitched` where it does not name that user itself. */
export type SeenEvent = EventDetail & Readonly<{ stitched: StitchedBy | null }>

type EventQuery = Parameters<ProjectEvents['page']>[0]

/** The events of a project with their users as everybody who counts sees them. */
export type SeenEvents = Omit<ProjectEvents, 'page' | 'rows'> &
  Readonly<{
    page(query: EventQuery): Omit<EventPage, 'rows'> & Readonly<{ rows: readonly SeenEvent[] }>
    rows(positions: readonly number[]): readonly SeenEvent[]
  }>

type At = Readonly<{ timeZone: string; asOf: Instant }>
type Known = Readonly<{ key: string; stitching: Stitching | null }>

/** The newest ones are kept, for one state of the data and one instant each. */
const known = new WeakMap<Readable, readonly Known[]>()
const MOST_KNOWN = 3

/**
 * Whose the events are that name nobody, at an instant; found once for the data as they are.
 *
 * @param log of the project, opened for the zone
 */
export function* projectStitching(db: Readable, log: ProjectEvents, { timeZone, asOf }: At): Steps<Stitching | null> {
  const key = JSON.stringify([seenState(db), timeZone, asOf])
  const found = known.get(db)?.find(one => one.key === key)
  if (found !== undefined) return found.stitching
  const stitching = yield* stitchSteps(log, asOf)
  known.set(db, [{ key, stitching }, ...(known.get(db) ?? [])].slice(0, MOST_KNOWN))
  return stitching
}

/** Decisions that make an id nobody's, or somebody's again. Answers about people and workspaces leave all logins as they are. */
const ABOUT_IDS: readonly string[] = ['block_value', 'allow_value', 'set_word']

/** State of all that the users of events rest on: the data, and decisions about ids. */
export function seenState(db: Readable): string {
  return JSON.stringify([recordState(db), identityDecisions(db).filter(({ type }) => ABOUT_IDS.includes(type))])
}

/** The log of a project as of an instant. */
export function* seenEventSteps(db: Readable, log: ProjectEvents, at: At): Steps<SeenEvents> {
  return seenEvents(log, yield* projectStitching(db, log, at))
}

/** Two million events, 52 MB at most. */
const MOST_SEGMENTS = 32

const kept = new WeakMap<Readable, Readonly<{ key: string; log: SeenEvents }>>()

/** `seenEventSteps` of the events as they are now, opened once for who looks into them again and again. */
export function* keptEventSteps(db: Readable, at: At): Steps<SeenEvents> {
  const key = JSON.stringify([seenState(db), at])
  const found = kept.get(db)
  if (found?.key === key) return found.log
  const log = yield* seenEventSteps(db, openEventLog(db, calendarOf(at.timeZone), MOST_SEGMENTS), at)
  kept.set(db, { key, log })
  return log
}

/** `seenEventSteps` in one go. */
export function seenEventsAt(db: Readable, log: ProjectEvents, at: At): SeenEvents {
  return finish(seenEventSteps(db, log, at))
}

function seenEvents(log: ProjectEvents, stitching: Stitching | null): SeenEvents {
  const base = stitchedLog(log, stitching)
  const seen = (event: EventDetail): SeenEvent => ({ ...event, ...givenTo(base.users, stitching, event) })
  return amended(log, {
    get users() {
      return base.users
    },
    chunks: () => base.chunks(),
    *chunksOf(workspaces: ReadonlySet<number>) {
      for (const chunk of log.chunksOf(workspaces))
        yield stitching === null ? chunk : stitchedChunk(chunk, stitching.events)
    },
    devices: undefined,
    stated: log,
    ...(stitching === null ? {} : { stitching }),
    page: (query: EventQuery) => {
      const { rows, next } = log.page(query)
      return { rows: rows.map(seen), next }
    },
    rows: (positions: readonly number[]) => log.rows(positions).map(seen),
  })
}

type Given = Readonly<{ user?: string; stitched: StitchedBy | null }>

function givenTo(users: readonly string[], stitching: Stitching | null, { position }: EventDetail): Given {
  const place = stitching === null ? -1 : placeOfStitched(stitching.events, position)
  if (stitching === null || place < 0) return { stitched: null }
  const { user, id, loginAt } = stitching.events
  // Within range: columns are of equal length, codes lie within their lists.
  const device = stitching.ids[id[place] as number] as Stitching['ids'][number]
  return { user: users[user[place] as number] ?? '', stitched: { ...device, loginAt: loginAt[place] as number } }
}
