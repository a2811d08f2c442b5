import { finish, type Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import { HOUR_MS, type Instant } from '#lib/time'
import type { Presence, SetAside, UnmappedName } from '#schema/cells'
import type { EventChunk, EventLog } from '#schema/event'
import { type LosingCopies, losingCopies, maskOf } from './copies.ts'
import { GrowingList } from './growing-list.ts'
import { hashOf, PairTally } from './pair-tally.ts'
import type { JudgedRoster } from './roster.ts'
import { type KindTable, kindsOfNames } from './taxonomy.ts'

/** Dictionary codes of the log, resolved once: no text is looked at per event. */
export type EventPlaces = Readonly<{
  /** Kind code per name code. */
  kindOfName: Uint16Array
  /** Position in the roster's workspaces per workspace code; -1 is not in the data (code 0 too). */
  workspaceOfCode: Int32Array
  /** Position of the one workspace a user belongs to, per user code; -1 where there is not exactly one. */
  soleWorkspaceOfUser: Int32Array
}>

/** What a first walk over the events finds. */
export type EventSurvey = Readonly<{
  places: EventPlaces
  losing: LosingCopies
  presence: Presence
  suspects: Suspects
  setAside: readonly SetAside[]
  withoutWorkspace: Float64Array
  ofUnknownWorkspace: Float64Array
  unmappedNames: readonly UnmappedName[]
}>

export type SurveyInput = Readonly<{
  log: EventLog
  roster: JudgedRoster
  kinds: KindTable
  /** Events of one user and kind in one hour from which they are looped. */
  loopEvents: number
  /** ms; later events do not exist */
  asOf: Instant
}>

/**
 * First walk over the events: who has an event where, which are set aside, and which hours may be looped.
 *
 *   workspace(e) = its own; where it has none, the one workspace its user belongs to; else it is set aside
 *
 * @returns presence per (workspace, user), loops to come included; set-aside counts per reason, those after asOf too
 *
 * Source: docs/methods/score.md, "Events that count".
 */
export function surveyEvents(input: SurveyInput): EventSurvey {
  return finish(surveySteps(input))
}

/** `surveyEvents`, halting after each chunk. */
export function* surveySteps(input: SurveyInput): Steps<EventSurvey> {
  const { log, asOf } = input
  const losing = losingCopies(log, asOf)
  const surveyor = new Surveyor(input)
  for (const chunk of log.chunks()) {
    surveyor.take(chunk, maskOf(losing, chunk))
    yield
  }
  return {
    places: surveyor.places,
    losing,
    presence: sortedPresence(surveyor.pairs),
    suspects: surveyor.suspects,
    setAside: [...losing.setAside, ...surveyor.setAside()],
    withoutWorkspace: surveyor.withoutWorkspace.toArray(),
    ofUnknownWorkspace: surveyor.ofUnknownWorkspace.toArray(),
    unmappedNames: surveyor.unmappedNames(),
  }
}

/** Resolves the log's dictionaries against the roster and the kinds. */
export function placeEvents(log: EventLog, roster: JudgedRoster, kinds: KindTable): EventPlaces {
  return {
    kindOfName: kindsOfNames(kinds, log.names),
    workspaceOfCode: Int32Array.from(log.workspaces, (id, code) =>
      code === 0 ? -1 : (roster.workspaceIndex.get(id) ?? -1),
    ),
    soleWorkspaceOfUser: Int32Array.from(log.users, (id, code) =>
      code === 0 ? -1 : (roster.soleWorkspace.get(id) ?? -1),
    ),
  }
}

class Surveyor {
  readonly places: EventPlaces
  readonly pairs = new PairTally()
  readonly suspects: Suspects
  readonly withoutWorkspace = new GrowingList()
  readonly ofUnknownWorkspace = new GrowingList()
  private after = 0
  private readonly eventsOfName: Float64Array
  /** Workspace in which each user was last seen: most events of a run need no look into the tally. */
  private readonly lastPlace: Int32Array
  private readonly log: EventLog
  private readonly asOf: Instant

  constructor({ log, roster, kinds, loopEvents, asOf }: SurveyInput) {
    this.log = log
    this.asOf = asOf
    this.places = placeEvents(log, roster, kinds)
    this.suspects = new Suspects(log.count, loopEvents)
    this.eventsOfName = new Float64Array(log.names.length)
    this.lastPlace = new Int32Array(log.users.length).fill(-1)
  }

  take(chunk: EventChunk, mask: Uint8Array | null): void {
    const { timestamp, name, workspace, user, count, base } = chunk
    const { workspaceOfCode, soleWorkspaceOfUser } = this.places
    for (let i = 0; i < count; i++) {
      // Columns have `count` values and codes lie within their dictionaries: the log's own promise.
      const at = timestamp[i] as number
      if (at > this.asOf) {
        this.after++
        continue
      }
      if (mask !== null && mask[i] === 1) continue
      const code = workspace[i] as number
      const who = user[i] as number
      const place = (code > 0 ? workspaceOfCode[code] : soleWorkspaceOfUser[who]) as number
      if (place >= 0) this.count(at, name[i] as number, place, who)
      else if (code > 0) this.ofUnknownWorkspace.push(base + i)
      else this.withoutWorkspace.push(base + i)
    }
  }

  private count(at: Instant, name: number, place: number, who: number): void {
    this.eventsOfName[name] = (this.eventsOfName[name] as number) + 1
    if (who === 0) return
    if (this.lastPlace[who] !== place) {
      this.lastPlace[who] = place
      this.pairs.add(place, who)
    }
    const kind = this.places.kindOfName[name] as number
    if (kind > 0) this.suspects.add(who, kind, at)
  }

  setAside(): SetAside[] {
    const rows: SetAside[] = [
      { eventId: '', reason: 'after_as_of', count: this.after },
      { eventId: '', reason: 'no_workspace', count: this.withoutWorkspace.length },
      { eventId: '', reason: 'unknown_workspace', count: this.ofUnknownWorkspace.length },
    ]
    return rows.filter(row => row.count > 0)
  }

  unmappedNames(): UnmappedName[] {
    const rows: UnmappedName[] = []
    for (const [code, count] of this.eventsOfName.entries()) {
      if (count > 0 && this.places.kindOfName[code] === 0) rows.push({ name: this.log.names[code] ?? '', count })
    }
    return rows.sort((a, b) => compareCodePoints(a.name, b.name))
  }
}

/**
 * Which (user, kind, UTC hour) may be looped: counts under a hash, so that a count is never too low. What stays under the
 * threshold here needs no exact count.
 */
export class Suspects {
  any = false
  private readonly counts: Uint16Array
  private readonly mask: number
  private readonly threshold: number

  constructor(events: number, loopEvents: number) {
    let buckets = 1 << 12
    while (buckets < events / 2 && buckets < 1 << 22) buckets *= 2
    this.counts = new Uint16Array(buckets)
    this.mask = buckets - 1
    this.threshold = Math.min(loopEvents, 0xffff)
  }

  add(user: number, kind: number, at: Instant): void {
    const bucket = this.bucketOf(user, kind, at)
    // Masked, so within range.
    const count = this.counts[bucket] as number
    if (count < 0xffff) this.counts[bucket] = count + 1
    if (count + 1 >= this.threshold) this.any = true
  }

  has(user: number, kind: number, at: Instant): boolean {
    return (this.counts[this.bucketOf(user, kind, at)] as number) >= this.threshold
  }

  private bucketOf(user: number, kind: number, at: Instant): number {
    return hashOf(Math.imul(user, 0x01000193) ^ kind, Math.floor(at / HOUR_MS) | 0) & this.mask
  }
}

function sortedPresence(pairs: PairTally): Presence {
  const key = new Float64Array(pairs.size)
  for (let i = 0; i < pairs.size; i++) key[i] = (pairs.first[i] as number) * 2 ** 31 + (pairs.second[i] as number)
  key.sort()
  return {
    workspace: Uint32Array.from(key, value => Math.floor(value / 2 ** 31)),
    user: Uint32Array.from(key, value => value % 2 ** 31),
  }
}
