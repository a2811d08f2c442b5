import { SEVERAL, stitchDevices } from '#identity'
import type { Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import type { Instant } from '#lib/time'
import {
  DEVICE_KINDS,
  type DeviceHolder,
  type DeviceKind,
  type DeviceSource,
  type EventLog,
  type Stitching,
} from '#schema/event'
import { losingCopies } from '../copies.ts'
import { anonymousSteps, NO_DEVICE, WantedDevices } from './anonymous-events.ts'
import { LoginSightings } from './login-sightings.ts'
import { type People, sightingsOf } from './sightings.ts'
import { stitchingOf } from './told-stitching.ts'

/**
 * Whose the events are that name nobody but an anonymous id or a device.
 *
 *   user(e) = who is given e by the timelines of its ids (`stitchDevices`), where none of them speaks against it and they agree
 *
 * A user whose own record names an anonymous id counts as logged in there at the instant that the record was created. Losing
 * copies of an event id and what is dated after asOf do not exist.
 *
 * @param log  with the users that events name themselves
 * @param asOf ms; Infinity takes everything
 * @returns steps that come to null where no event names nobody but an id; then little more than a walk over the
 *   codes of users was done
 *
 * Source: docs/methods/identity.md, "Stitching".
 */
export function* stitchSteps(log: EventLog, asOf: Instant): Steps<Stitching | null> {
  const { devices: source } = log
  if (source === undefined) return null
  const limits = { asOf, losing: losingCopies(log, asOf) }
  yield
  const wanted = new WantedDevices(source)
  const anonymous = yield* anonymousSteps(source, wanted, limits)
  if (anonymous.position.length === 0) return null
  const logins = new LoginSightings(anonymous, wanted)
  if (wanted.count > 0) yield* logins.walk(source, wanted, limits)
  const people = peopleOf(log.users, heldIds(source, wanted, asOf))
  yield
  for (const { device, user, at } of people.logins) logins.add(device, user, at)
  const seen = sightingsOf(anonymous, logins.columns())
  const holder = Int32Array.from({ length: wanted.count }, (_, code) => people.holderOf.get(code) ?? 0)
  const kinds = Uint8Array.from(wanted.kinds, kind => DEVICE_KINDS.indexOf(kind))
  const stitches = stitchDevices(seen.sightings, { holder, kinds, compare: (a, b) => wanted.compare(a, b) })
  yield
  return stitchingOf({ anonymous, wanted, seen, stitches, people })
}

/** What the records of users say of a wanted id. */
type HeldId = Readonly<{ device: number; holder: DeviceHolder }>

function heldIds(source: DeviceSource, wanted: WantedDevices, asOf: Instant): readonly HeldId[] {
  const held: HeldId[] = []
  const isWanted = (kind: DeviceKind, id: string): boolean => wanted.codeOf(kind, id) !== NO_DEVICE
  for (const holder of source.holders(isWanted)) {
    const exists = holder.createdAt === null || holder.createdAt <= asOf
    if (exists) held.push({ device: wanted.codeOf(holder.kind, holder.id), holder })
  }
  return held
}

/** Codes for users that no event names come behind those of the log, in the order of their ids. */
function peopleOf(known: readonly string[], held: readonly HeldId[]): People {
  const wanted = new Set(held.map(({ holder }) => holder.userId))
  const codes = new Map<string, number>()
  for (let code = 1; wanted.size > 0 && code < known.length; code++) {
    const id = known[code] as string // code < length
    if (wanted.has(id)) codes.set(id, code)
  }
  const strangers = [...wanted].filter(id => !codes.has(id)).sort(compareCodePoints)
  for (const [i, id] of strangers.entries()) codes.set(id, known.length + i)
  const holderOf = new Map<number, number>()
  const logins: { device: number; user: number; at: Instant }[] = []
  for (const { device, holder } of held) {
    const user = codes.get(holder.userId) ?? 0
    const before = holderOf.get(device) ?? user
    holderOf.set(device, before === user ? user : SEVERAL)
    if (holder.kind === 'anonymous_id' && holder.signedUpAt !== null)
      logins.push({ device, user, at: holder.signedUpAt })
  }
  return { users: strangers.length === 0 ? known : [...known, ...strangers], strangers, holderOf, logins }
}
