import { STITCH_VERDICTS, type Stitches } from '#identity'
import { compareCodePoints } from '#lib/text'
import {
  type DatedDevice,
  DEVICE_KINDS,
  type Stitching,
  type StitchRefusal,
  type StitchRefusalReason,
  UNGIVEN_REASONS,
  type UngivenReason,
} from '#schema/event'
import { GrowingList } from '../growing-list.ts'
import type { AnonymousEvents, WantedDevices } from './anonymous-events.ts'
import type { People, Seen } from './sightings.ts'

/** Verdicts on all sightings, with what they are about. */
export type Told = Readonly<{
  anonymous: AnonymousEvents
  wanted: WantedDevices
  seen: Seen
  stitches: Stitches
  people: Pick<People, 'users' | 'strangers'>
}>

/** What the ids of one event come to: the sighting that gives it to somebody, or that keeps it from everybody; -1 where none counts. */
type Answer = Readonly<{ place: number; reason: 'given' | UngivenReason }>

/** Worst first: what is said where no id gives the event to anybody. */
const LEFT = ['too_many_devices', 'too_long_before', 'never_logged_in'] as const

/** Events with whom they were given to, and why the others were not. */
export function stitchingOf(told: Told): Stitching {
  const { anonymous, wanted, people, stitches, seen } = told
  const { users, strangers } = people
  const [position, user, id, loginAt] = [new GrowingList(), new GrowingList(), new GrowingList(), new GrowingList()]
  const refusals = new Refusals()
  const ungiven = { position: new GrowingList(), reason: new GrowingList() }
  const since = new Map<string, number>()
  const userOfEvent = new Uint32Array(anonymous.at.length)
  for (let i = 0; i < anonymous.at.length; i++) {
    const { place, reason } = answerOf(told, i)
    if (reason !== 'given') {
      ungiven.position.push(anonymous.position[i] as number)
      ungiven.reason.push(UNGIVEN_REASONS.indexOf(reason))
      if (reason !== 'placeholder_id') refusals.add(seen.sightings.device[place] as number, reason)
      continue
    }
    // Within range: a place is that of a sighting.
    const device = seen.sightings.device[place] as number
    const code = stitches.user[place] as number
    userOfEvent[i] = code
    position.push(anonymous.position[i] as number)
    user.push(code)
    id.push(device)
    loginAt.push(stitches.loginAt[place] as number)
    const at = anonymous.at[i] as number
    const name = users[code] ?? ''
    since.set(name, Math.min(since.get(name) ?? at, at))
  }
  return {
    strangers,
    events: {
      position: position.toArray(),
      user: Uint32Array.from(user.toArray()),
      id: Uint32Array.from(id.toArray()),
      loginAt: loginAt.toArray(),
    },
    ungiven: { position: ungiven.position.toArray(), reason: Uint8Array.from(ungiven.reason.toArray()) },
    ids: wanted.ids.map((text, code) => ({ kind: wanted.kinds[code] ?? 'device_id', id: text })),
    dated: datedDevices(told, userOfEvent),
    anonymousSince: since,
    refusals: refusals.list(wanted),
    neverLoggedIn: refusals.neverLoggedIn,
  }
}

function answerOf({ seen, stitches }: Told, event: number): Answer {
  // Within range: an event has a place or -1 in either namespace.
  const places = DEVICE_KINDS.map(kind => seen.placeOf[kind][event] as number).filter(place => place >= 0)
  if (places.length === 0) return { place: -1, reason: 'placeholder_id' }
  const verdictAt = (place: number) => STITCH_VERDICTS[stitches.verdict[place] as number]
  const against = places.find(place => verdictAt(place) === 'other_user')
  if (against !== undefined) return { place: against, reason: 'other_user' }
  const [one, other] = places.filter(place => verdictAt(place) === 'before_login')
  if (one !== undefined) {
    const agree = other === undefined || stitches.user[one] === stitches.user[other]
    return { place: one, reason: agree ? 'given' : 'ids_disagree' }
  }
  for (const reason of LEFT) {
    const place = places.find(own => verdictAt(own) === reason)
    if (place !== undefined) return { place, reason }
  }
  throw new Error(`anonymous event ${event} has no sighting`)
}

/** A user on a device. `isGiven`: events were given to the user by it. */
type DeviceSpan = Readonly<{ device: number; user: number; from: number; to: number; isGiven: boolean }>
/** Device, user, first and last time. */
type Login = readonly [number, number, number, number]

/** Everybody on the ids under which somebody was seen without a login: whoever logged in there has a row, so that nobody has a shared one alone. */
function datedDevices(
  { anonymous, seen, stitches, wanted, people: { users } }: Told,
  userOfEvent: Uint32Array,
): DatedDevice[] {
  const { device, user, at } = seen.sightings
  const spans = new Map<number, DeviceSpan>()
  const keyOf = (code: number, own: number): number => own * wanted.count + code
  for (const kind of DEVICE_KINDS) {
    for (const [i, place] of seen.placeOf[kind].entries()) {
      const own = userOfEvent[i] as number
      if (own === 0 || place < 0 || stitches.user[place] !== own) continue
      // Within range: a place is that of a sighting.
      const [code, time] = [device[place] as number, anonymous.at[i] as number]
      const known = spans.get(keyOf(code, own)) ?? { device: code, user: own, from: time, to: time, isGiven: true }
      spans.set(keyOf(code, own), { ...known, from: Math.min(known.from, time), to: Math.max(known.to, time) })
    }
  }
  for (let place = seen.logins; place < device.length; place++) {
    // Within range: logins lie behind the anonymous ones, columns are of equal length.
    const [code, own, from, to] = [device[place], user[place], at[place], seen.until[place]] as Login
    const known = spans.get(keyOf(code, own)) ?? { device: code, user: own, from, to, isGiven: false }
    spans.set(keyOf(code, own), { ...known, from: Math.min(known.from, from), to: Math.max(known.to, to) })
  }
  const sorted = [...spans.values()].sort(
    (a, b) => wanted.compare(a.device, b.device) || compareCodePoints(users[a.user] ?? '', users[b.user] ?? ''),
  )
  return sorted.map(({ device: code, user: own, from, to, isGiven }) => ({
    kind: wanted.kinds[code] ?? 'device_id',
    id: wanted.ids[code] ?? '',
    userId: users[own] ?? '',
    from,
    to,
    isGiven,
  }))
}

/** Events that were given to nobody, by device and reason. */
class Refusals {
  neverLoggedIn = 0
  private readonly events = new Map<StitchRefusalReason, Map<number, number>>()

  add(device: number, reason: StitchRefusalReason | 'never_logged_in'): void {
    if (reason === 'never_logged_in') {
      this.neverLoggedIn++
      return
    }
    const own = this.events.get(reason) ?? new Map<number, number>()
    this.events.set(reason, own)
    own.set(device, (own.get(device) ?? 0) + 1)
  }

  list(wanted: WantedDevices): StitchRefusal[] {
    const rows = [...this.events].flatMap(([reason, own]) =>
      [...own].map(([device, events]) => ({ device, reason, events })),
    )
    rows.sort((a, b) => wanted.compare(a.device, b.device) || compareCodePoints(a.reason, b.reason))
    return rows.map(({ device, reason, events }) => ({
      kind: wanted.kinds[device] ?? 'device_id',
      id: wanted.ids[device] ?? '',
      reason,
      events,
    }))
  }
}
