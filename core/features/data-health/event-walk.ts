import type { Steps } from '#lib/steps'
import { HOUR_MS, type Instant, instantOfMoment } from '#lib/time'
import type { EventChunk, EventLog } from '#schema/event'
import { type LosingCopies, maskOf } from '../copies.ts'
import { GrowingList } from '../growing-list.ts'
import { type EventPlaces, placeEvents } from '../survey.ts'
import type { HealthInput } from './health-input.ts'
import { type WithoutUserCounts, type WithoutUserReason, withoutUserReader } from './without-user.ts'

/** Checks that look at one event at a time. */
export const EVENT_TESTS = [
  'event_without_user',
  'event_of_unknown_user',
  'event_in_future',
  'event_before_workspace',
  'unmapped_event',
] as const
export type EventTestCode = (typeof EVENT_TESTS)[number]

/** Hours up to as-of that are looked at for gaps: 400 days. */
const WATCHED_HOURS = 400 * 24
/** Clocks of two machines differ, and a workspace is often written down after its first event. */
const CREATION_SLACK_MS = HOUR_MS

/** What one walk over the events counts. Losing copies of an id and events after asOf are in none but `inFuture`. */
export type EventTally = Readonly<{
  /** Events at or before asOf that are no losing copies. */
  events: number
  /** Of those, in a known workspace; by a known user; both. */
  placed: number
  known: number
  joined: number
  counts: Readonly<Record<EventTestCode, number>>
  /** Those without a user, by reason. */
  withoutUser: WithoutUserCounts
  newest: Instant | null
  /** Events per UTC hour; entry 0 is `firstHour`. */
  perHour: Uint32Array
  /** Number of the first watched hour since the epoch. */
  firstHour: number
  /** Position of the first event of each name that is counted, by name code; -1 where there is none. */
  firstOfName: Float64Array
}>

/** One event as the tests see it. */
type Seen = { at: Instant; name: number; user: number; place: number; isLosing: boolean }

/**
 * Tests single events and counts them. The same tests find the rows behind a count.
 *
 *   place = the event's workspace, or the only one of its user (docs/methods/score.md, "Events that count")
 *   without user      in a known workspace, by nobody;   of unknown user  likewise, by a user without a row
 *   in the future     later than the newest plausible instant
 *   before workspace  more than an hour before the creation of its workspace
 *   unmapped          in a known workspace, and no entry of the taxonomy matches its name
 *
 * Source: docs/methods/data-health.md, "Events".
 */
export class EventWalk {
  private readonly log: EventLog
  private readonly asOf: Instant
  private readonly latest: Instant
  private readonly places: EventPlaces
  private readonly losing: LosingCopies
  /** 1 per user code with a row at asOf. */
  private readonly isKnownUser: Uint8Array
  /** Creation less the slack per place; -Infinity where unknown. */
  private readonly earliest: Float64Array
  /** Why an event by nobody is by nobody, by its position. */
  readonly reasonOf: (position: number) => WithoutUserReason

  constructor({ dataset, roster, kinds, setAsideAt, calendar, asOf, latest }: HealthInput) {
    this.log = dataset.events
    this.reasonOf = withoutUserReader(dataset.events.stitching)
    this.asOf = asOf
    this.latest = latest
    this.places = placeEvents(this.log, roster, kinds)
    this.losing = { positions: setAsideAt.duplicate_id, setAside: [] }
    this.isKnownUser = Uint8Array.from(this.log.users, id => (roster.users.has(id) ? 1 : 0))
    this.earliest = Float64Array.from(roster.workspaces, ({ created_at }) =>
      created_at === null ? Number.NEGATIVE_INFINITY : instantOfMoment(created_at, calendar) - CREATION_SLACK_MS,
    )
  }

  /** Counts all events; halts after each chunk and says how many it has seen. */
  *tally(): Steps<EventTally, number> {
    const tally = new Tally(this.asOf, this.log.names.length)
    for (const chunk of this.log.chunks()) {
      this.take(chunk, (seen, position) => this.count(tally, seen, position))
      yield chunk.base + chunk.count
    }
    return tally
  }

  /** Positions of the events that one test holds for, ascending. */
  positions(code: EventTestCode): Float64Array {
    return this.find(seen => this.holds(code, seen))
  }

  /** Positions of the events at or before asOf, copies aside, that a test of time, workspace and position holds for. */
  positionsWhere(test: (at: Instant, place: number, position: number) => boolean): Float64Array {
    return this.find(({ at, place, isLosing }, position) => at <= this.asOf && !isLosing && test(at, place, position))
  }

  private find(test: (seen: Seen, position: number) => boolean): Float64Array {
    const found = new GrowingList()
    for (const chunk of this.log.chunks())
      this.take(chunk, (seen, position) => {
        if (test(seen, position)) found.push(position)
      })
    return found.toArray()
  }

  private take(chunk: EventChunk, visit: (seen: Seen, position: number) => void): void {
    const { timestamp, name, workspace, user, count, base } = chunk
    const { workspaceOfCode, soleWorkspaceOfUser } = this.places
    const mask = maskOf(this.losing, chunk)
    const seen: Seen = { at: 0, name: 0, user: 0, place: -1, isLosing: false }
    for (let i = 0; i < count; i++) {
      // Columns have `count` values and codes lie within their dictionaries: the log's own promise.
      const code = workspace[i] as number
      seen.at = timestamp[i] as number
      seen.name = name[i] as number
      seen.user = user[i] as number
      seen.place = (code > 0 ? workspaceOfCode[code] : soleWorkspaceOfUser[seen.user]) as number
      seen.isLosing = mask !== null && mask[i] === 1
      visit(seen, base + i)
    }
  }

  private holds(code: EventTestCode, { at, name, user, place, isLosing }: Seen): boolean {
    if (code === 'event_in_future') return at > this.latest
    if (at > this.asOf || isLosing || place < 0) return false
    if (code === 'event_without_user') return user === 0
    if (code === 'event_of_unknown_user') return user > 0 && this.isKnownUser[user] === 0
    if (code === 'event_before_workspace') return at < (this.earliest[place] as number)
    return this.places.kindOfName[name] === 0
  }

  private count(tally: Tally, seen: Seen, position: number): void {
    for (const code of EVENT_TESTS) {
      if (!this.holds(code, seen)) continue
      tally.counts[code]++
      if (code === 'event_without_user') tally.withoutUser[this.reasonOf(position)]++
    }
    const { at, name, user, place, isLosing } = seen
    if (at > this.asOf || isLosing) return
    const isKnown = this.isKnownUser[user] === 1 && user > 0
    tally.add(at, place >= 0, isKnown)
    if (place >= 0) tally.sawName(name, position)
  }
}

class Tally implements EventTally {
  events = 0
  placed = 0
  known = 0
  joined = 0
  newest: Instant | null = null
  readonly counts: Record<EventTestCode, number> = {
    event_without_user: 0,
    event_of_unknown_user: 0,
    event_in_future: 0,
    event_before_workspace: 0,
    unmapped_event: 0,
  }
  readonly withoutUser: Record<WithoutUserReason, number> = {
    other_user: 0,
    too_long_before: 0,
    ids_disagree: 0,
    too_many_devices: 0,
    never_logged_in: 0,
    placeholder_id: 0,
    no_id: 0,
  }
  readonly perHour = new Uint32Array(WATCHED_HOURS)
  readonly firstHour: number
  readonly firstOfName: Float64Array

  constructor(asOf: Instant, names: number) {
    this.firstHour = Math.floor(asOf / HOUR_MS) - WATCHED_HOURS + 1
    this.firstOfName = new Float64Array(names).fill(-1)
  }

  add(at: Instant, isPlaced: boolean, isKnown: boolean): void {
    this.events++
    if (isPlaced) this.placed++
    if (isKnown) this.known++
    if (isPlaced && isKnown) this.joined++
    if (this.newest === null || at > this.newest) this.newest = at
    const hour = Math.floor(at / HOUR_MS) - this.firstHour
    if (hour >= 0) this.perHour[hour] = (this.perHour[hour] as number) + 1 // at <= asOf, so within range
  }

  sawName(name: number, position: number): void {
    if (this.firstOfName[name] === -1) this.firstOfName[name] = position
  }
}
