import type { Sightings } from '#identity'
import type { Instant } from '#lib/time'
import { DEVICE_KINDS, type DeviceKind } from '#schema/event'
import { type AnonymousEvents, NO_DEVICE } from './anonymous-events.ts'
import type { LoginSightings } from './login-sightings.ts'

/** Who may get events. */
export type People = Readonly<{
  users: readonly string[]
  /** Those of them that no event names. */
  strangers: readonly string[]
  /** User per device, `SEVERAL` where more than one record names it. */
  holderOf: ReadonlyMap<number, number>
  logins: readonly Readonly<{ device: number; user: number; at: Instant }>[]
}>

/** Sightings of anonymous events, those of one namespace after those of the other, and behind them the logins. */
export type Seen = Readonly<{
  sightings: Sightings
  /** Per sighting the last time that it stands for. */
  until: Float64Array
  /** Place of an event's sighting by namespace, -1 where it has no id that counts. */
  placeOf: Readonly<Record<DeviceKind, Int32Array>>
  /** Place of the first login. */
  logins: number
}>

/** Puts together what was seen under the wanted ids. */
export function sightingsOf({ at, device }: AnonymousEvents, logins: ReturnType<LoginSightings['columns']>): Seen {
  const placeOf = { anonymous_id: new Int32Array(at.length).fill(-1), device_id: new Int32Array(at.length).fill(-1) }
  const first = DEVICE_KINDS.reduce((total, kind) => total + device[kind].filter(code => code !== NO_DEVICE).length, 0)
  const count = first + logins.at.length
  const sightings = { device: new Uint32Array(count), user: new Uint32Array(count), at: new Float64Array(count) }
  const until = new Float64Array(count)
  let place = 0
  for (const kind of DEVICE_KINDS) {
    for (const [i, code] of device[kind].entries()) {
      if (code === NO_DEVICE) continue
      sightings.device[place] = code
      sightings.at[place] = at[i] as number // columns are of equal length
      placeOf[kind][i] = place++
    }
  }
  until.set(sightings.at)
  sightings.device.set(logins.device, first)
  sightings.user.set(logins.user, first)
  sightings.at.set(logins.at, first)
  until.set(logins.until, first)
  return { sightings, until, placeOf, logins: first }
}
