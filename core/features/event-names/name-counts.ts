import type { Calendar, Day, Instant } from '#lib/time'
import type { EventChunk, EventLog } from '#schema/event'
import { PairTally } from '../pair-tally.ts'
import type { JudgedRoster } from '../roster.ts'
import { NO_DAY } from '../slots.ts'
import { placeEvents } from '../survey.ts'
import { kindTable } from '../taxonomy.ts'

/** How often each event name occurs, where and when. Lists go by name code of the log; code 0 is the missing name. */
export type NameCounts = Readonly<{
  names: readonly string[]
  asOf: Instant
  today: Day
  /** Events up to asOf. */
  events: Uint32Array
  /** Events after asOf, which do not exist yet. */
  later: Uint32Array
  /** Distinct users and workspaces among `events`. */
  users: Uint32Array
  workspaces: Uint32Array
  /** First and last day among `events`; NO_DAY where there is none. */
  firstDay: Int32Array
  lastDay: Int32Array
  /** Events per (name, day): three columns of equal length, in no particular order. */
  days: Readonly<{ name: Int32Array; day: Int32Array; count: Uint32Array }>
  /** Events per (workspace, name), for the workspaces in the data: `place` is the position in the roster. */
  places: Readonly<{ place: Int32Array; name: Int32Array; count: Uint32Array }>
}>

export type NameCountInput = Readonly<{
  log: EventLog
  /** Who belongs where at asOf: an event without workspace takes the only one of its user. */
  roster: JudgedRoster
  /** The model's zone. */
  calendar: Calendar
  /** ms */
  asOf: Instant
}>

/**
 * Counts the names of a log, chunk by chunk, so that the caller can give others a turn in between.
 *
 *   workspace(e) = its own, whether or not it is in the data; where it has none, the one its user belongs to
 *
 * An event with neither counts all the same: a name is a name. Losing copies of an id are left out by the mask.
 *
 * Source: docs/methods/taxonomy.md, "Counts".
 */
export class NameCounter {
  private readonly input: NameCountInput
  private readonly events: Uint32Array
  private readonly later: Uint32Array
  private readonly byUser = new PairTally()
  private readonly byDay = new PairTally()
  private byPlace = new PairTally()
  private roomy = 1 << 20
  private place = -1
  /** User that each name was last seen with: most events of a run need no look into the tally. */
  private readonly lastUser: Int32Array
  private readonly placeOfCode: Int32Array
  private readonly soleWorkspaceOfUser: Int32Array

  constructor(input: NameCountInput) {
    const { log, roster } = input
    const { workspaceOfCode, soleWorkspaceOfUser } = placeEvents(log, roster, kindTable({ taxonomy: [], signals: [] }))
    this.input = input
    this.events = new Uint32Array(log.names.length)
    this.later = new Uint32Array(log.names.length)
    this.lastUser = new Int32Array(log.names.length).fill(-1)
    this.soleWorkspaceOfUser = soleWorkspaceOfUser
    // Workspaces that are not in the data come behind those that are.
    this.placeOfCode = workspaceOfCode.map((place, code) =>
      place >= 0 || code === 0 ? place : roster.workspaces.length + code,
    )
  }

  /** @param mask 1 for each event of the chunk that is a losing copy; null: none is */
  take(chunk: EventChunk, mask: Uint8Array | null): void {
    const { timestamp, name, workspace, user, count } = chunk
    const { asOf } = this.input
    for (let i = 0; i < count; i++) {
      if (mask !== null && mask[i] === 1) continue
      // Columns have `count` values and codes lie within their dictionaries: the log's own promise.
      const at = timestamp[i] as number
      const what = name[i] as number
      if (at > asOf) {
        this.later[what] = (this.later[what] as number) + 1
        continue
      }
      const code = workspace[i] as number
      const who = user[i] as number
      const place = (code > 0 ? this.placeOfCode[code] : this.soleWorkspaceOfUser[who]) as number
      if (place !== this.place) this.startRun(place)
      this.count(what, at, place, who)
    }
  }

  private count(what: number, at: Instant, place: number, who: number): void {
    this.events[what] = (this.events[what] as number) + 1
    this.byDay.add(what, this.input.calendar.dayOf(at))
    if (place >= 0) this.byPlace.add(place, what)
    if (who === 0 || this.lastUser[what] === who) return
    this.lastUser[what] = who
    this.byUser.add(what, who)
  }

  /** The log is sorted by workspace, piece by piece: what follows hardly shares a pair with what came before. */
  private startRun(place: number): void {
    this.place = place
    if (this.byPlace.size > this.roomy) {
      this.byPlace = this.byPlace.merged()
      this.roomy = Math.max(1 << 20, 2 * this.byPlace.size)
    }
    this.byPlace.startRun()
  }

  finish(): NameCounts {
    const { log, roster, calendar, asOf } = this.input
    const places = this.byPlace.merged()
    const workspaces = new Uint32Array(log.names.length)
    const isKnown = new Uint8Array(places.size)
    for (let i = 0; i < places.size; i++) {
      // Within range: entries are below `size`, names are codes.
      const what = places.second[i] as number
      workspaces[what] = (workspaces[what] as number) + 1
      if ((places.first[i] as number) < roster.workspaces.length) isKnown[i] = 1
    }
    const users = new Uint32Array(log.names.length)
    for (let i = 0; i < this.byUser.size; i++) {
      const what = this.byUser.first[i] as number
      users[what] = (users[what] as number) + 1
    }
    return {
      names: log.names,
      asOf,
      today: calendar.dayOf(asOf),
      events: this.events,
      later: this.later,
      users,
      workspaces,
      ...this.days(),
      places: {
        place: places.first.slice(0, places.size).filter((_, i) => isKnown[i] === 1),
        name: places.second.slice(0, places.size).filter((_, i) => isKnown[i] === 1),
        count: places.count.slice(0, places.size).filter((_, i) => isKnown[i] === 1),
      },
    }
  }

  private days(): Pick<NameCounts, 'firstDay' | 'lastDay' | 'days'> {
    const { first, second, count, size } = this.byDay
    const firstDay = new Int32Array(this.events.length).fill(NO_DAY)
    const lastDay = new Int32Array(this.events.length).fill(NO_DAY)
    for (let i = 0; i < size; i++) {
      const what = first[i] as number // entries are below `size`
      const day = second[i] as number
      if (firstDay[what] === NO_DAY || day < (firstDay[what] as number)) firstDay[what] = day
      if (day > (lastDay[what] as number)) lastDay[what] = day
    }
    return {
      firstDay,
      lastDay,
      days: { name: first.slice(0, size), day: second.slice(0, size), count: count.slice(0, size) },
    }
  }
}

/**
 * Events of some names on each of the last days, oldest first.
 *
 * @param codes names in the order wanted, each once
 * @param width number of days, the last of which is today
 * @returns one row of `width` days per name, end to end
 *
 * Source: docs/methods/taxonomy.md, "Counts".
 */
export function recentDays({ days, today, names }: NameCounts, codes: Uint32Array, width: number): Uint32Array {
  const rowOfName = new Int32Array(names.length).fill(-1)
  for (const [row, code] of codes.entries()) rowOfName[code] = row
  const perDay = new Uint32Array(codes.length * width)
  for (let i = 0; i < days.name.length; i++) {
    // Within range: three columns of equal length, names are codes.
    const row = rowOfName[days.name[i] as number] as number
    const place = width - 1 - (today - (days.day[i] as number))
    if (row >= 0 && place >= 0 && place < width) perDay[row * width + place] = days.count[i] as number
  }
  return perDay
}
