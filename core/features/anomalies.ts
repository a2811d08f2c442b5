import { compareCodePoints } from '#lib/text'
import { type Calendar, DAY_MS, type Day, formatDay, formatInstant, type Instant } from '#lib/time'
import { writtenCount, writtenDay } from '#lib/written'
import type { LoopedHour } from '#schema/cells'
import type { Anomaly } from '#schema/rollups'
import type { Unit } from '#schema/unit'
import type { CellIndex } from './cell-index.ts'
import { stretchOfUnit } from './day-runs.ts'
import { networkOf } from './network.ts'
import { CROWD, type JudgedRoster } from './roster.ts'

const MINUTE_MS = 60_000
/** Events in a day from which it may be a burst. */
const BURST_EVENTS = 50

export type AnomalyInput = Readonly<{
  index: CellIndex
  units: readonly Unit[]
  roster: JudgedRoster
  loops: readonly LoopedHour[]
  /** user id -> index of the person */
  personOfUser: ReadonlyMap<string, number>
  calendar: Calendar
}>

/**
 * Patterns that a person should look at, sorted by id.
 *
 *   burst        n(day) >= 5 * sum(n over the 30 days before) / 30, and n(day) >= 50, on a day at least 14 days after the unit
 *                began (created_at, else its first event), with 7 or more active days among those 30
 *   bot_signups  100 or more users created in one minute from one IPv4 /24 or IPv6 /64
 *   loop         any looped hour; those of one user, kind and UTC day are one anomaly
 *
 * @returns each with its figures; the id (kind, subject, day) is the same whenever the same data is read again
 *
 * Source: docs/methods/features.md, "Anomalies".
 */
export function findAnomalies(input: AnomalyInput): Anomaly[] {
  const found = [...bursts(input), ...botSignups(input), ...loopAnomalies(input)]
  return found.sort((a, b) => compareCodePoints(a.id, b.id))
}

function bursts({ index, units, calendar }: AnomalyInput): Anomaly[] {
  const found: Anomaly[] = []
  for (const [u, unit] of units.entries()) {
    // Most units never had so many events: nothing is gathered for them.
    if (eventsOf(index, u) < BURST_EVENTS) continue
    const days = eventsPerDay(index, u)
    const began = unit.createdDay ?? days[0]?.day ?? 0
    for (const [i, { day, n }] of days.entries()) {
      if (n < BURST_EVENTS || day - began < 14) continue
      const before = monthBefore(days, i)
      if (before.days >= 7 && n * 30 >= 5 * before.events) found.push(burst(unit.id, { day, n }, before, calendar))
    }
  }
  return found
}

type DayCount = Readonly<{ day: Day; n: number }>

/** All events of a unit; derived kinds are no events. */
function eventsOf(index: CellIndex, u: number): number {
  let events = 0
  for (const [kind, own] of index.cells.runs.entries()) {
    if (index.isDerived[kind] === 1) continue
    const { from, to } = stretchOfUnit(own, index.cells.slots, u)
    for (let i = from; i < to; i++) events += own.n[i] as number // between the bounds of a unit
  }
  return events
}

/** Events of a unit per day with any, oldest first; derived kinds are no events. */
function eventsPerDay(index: CellIndex, u: number): DayCount[] {
  const perDay = new Map<Day, number>()
  const { days, runs, slots } = index.cells
  for (const [kind, own] of runs.entries()) {
    if (index.isDerived[kind] === 1) continue
    const { from, to } = stretchOfUnit(own, slots, u)
    for (let i = from; i < to; i++) {
      // Within range: entries lie between the bounds of a unit, their days among those that occur.
      const day = days[own.day[i] as number] as number
      perDay.set(day, (perDay.get(day) ?? 0) + (own.n[i] as number))
    }
  }
  return [...perDay].map(([day, n]) => ({ day, n })).sort((a, b) => a.day - b.day)
}

function monthBefore(days: readonly DayCount[], i: number): { events: number; days: number } {
  const before = { events: 0, days: 0 }
  const today = days[i]?.day ?? 0
  for (let j = i - 1; j >= 0; j--) {
    const { day, n } = days[j] as DayCount
    if (today - day > 30) break
    before.events += n
    before.days++
  }
  return before
}

function burst(
  unitId: string,
  { day, n }: DayCount,
  before: { events: number; days: number },
  calendar: Calendar,
): Anomaly {
  const mean = before.events / 30
  return {
    id: `burst:${unitId}:${formatDay(day)}`,
    kind: 'burst',
    unitIds: [unitId],
    subject: unitId,
    firstAt: calendar.startOf(day),
    lastAt: calendar.startOf(day + 1) - 1,
    count: n,
    evidence: `${writtenCount(n)} events on ${writtenDay(day)}, ${mean.toFixed(1)} a day over the 30 days before (${before.days} active days)`,
  }
}

type Signups = { network: string; minute: Instant; first: Instant; last: Instant; userIds: string[] }

function botSignups(input: AnomalyInput): Anomaly[] {
  const groups = new Map<string, Signups>()
  for (const { userId, at, ip } of input.roster.crowdedSignups) {
    const network = ip === null ? null : networkOf(ip)
    if (network === null) continue
    const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS
    const key = `${network} ${minute}`
    const group = groups.get(key) ?? { network, minute, first: at, last: at, userIds: [] }
    groups.set(key, group)
    group.first = Math.min(group.first, at)
    group.last = Math.max(group.last, at)
    group.userIds.push(userId)
  }
  const large = [...groups.values()].filter(group => group.userIds.length >= CROWD)
  return large.map(group => signupAnomaly(group, input))
}

function signupAnomaly({ network, minute, first, last, userIds }: Signups, input: AnomalyInput): Anomaly {
  const persons = new Set(userIds.map(id => input.personOfUser.get(id)))
  const inside = input.units.filter(unit => unit.people.some(({ person }) => persons.has(person)))
  const at = formatInstant(minute).slice(0, 16)
  return {
    id: `bot_signups:${network}:${at}Z`,
    kind: 'bot_signups',
    unitIds: inside.map(unit => unit.id),
    subject: network,
    firstAt: first,
    lastAt: last,
    count: userIds.length,
    evidence: `${writtenCount(userIds.length)} users created in the minute of ${writtenMinute(minute)} from ${network}`,
  }
}

/** `28 May 2026, 11:12 UTC` */
const writtenMinute = (minute: Instant): string =>
  `${writtenDay(Math.floor(minute / DAY_MS))}, ${formatInstant(minute).slice(11, 16)} UTC`

function loopAnomalies({ loops, units }: AnomalyInput): Anomaly[] {
  const perDay = Map.groupBy(
    loops,
    ({ userId, kind, hour }) => `loop:${userId}:${kind}:${formatDay(Math.floor(hour / DAY_MS))}`,
  )
  return [...perDay].map(([id, hours]) => {
    const inside = new Set(hours.flatMap(hour => hour.units.map(({ unit }) => unit)))
    const { userId, kind } = hours[0] as LoopedHour // groups are never empty
    const count = hours.reduce((total, hour) => total + hour.count, 0)
    const most = hours.reduce((largest, hour) => Math.max(largest, hour.count), 0)
    return {
      id,
      kind: 'loop',
      unitIds: [...inside].sort((a, b) => a - b).map(unit => (units[unit] as Unit).id),
      subject: `${userId} ${kind}`,
      firstAt: hours.reduce((first, hour) => Math.min(first, hour.firstAt), Number.POSITIVE_INFINITY),
      lastAt: hours.reduce((last, hour) => Math.max(last, hour.lastAt), Number.NEGATIVE_INFINITY),
      count,
      evidence: `${writtenCount(count)} events of ${kind} by user ${userId} in ${writtenCount(hours.length)} ${hours.length === 1 ? 'hour' : 'hours'}, up to ${writtenCount(most)} in one`,
    } satisfies Anomaly
  })
}
