import type { Steps } from '#lib/steps'
import type { Instant } from '#lib/time'
import { DEVICE_KINDS, type DeviceChunk, type DeviceSource } from '#schema/event'
import { maskOf } from '../copies.ts'
import { GrowingList } from '../growing-list.ts'
import { type AnonymousEvents, type EventLimits, NO_DEVICE, type WantedDevices } from './anonymous-events.ts'

/** Times per device, ascending: those of device d are at[start[d]] .. at[start[d + 1] - 1]. */
type TimesOfDevices = Readonly<{ at: Float64Array; start: Uint32Array }>

/**
 * Logins on wanted devices. Of logins of one user between which nobody was seen without a login the earliest stands for all:
 * nothing else can be told from the others but how long it was so.
 */
export class LoginSightings {
  private readonly devices = new GrowingList()
  private readonly users = new GrowingList()
  private readonly times = new GrowingList()
  private readonly untils = new GrowingList()
  /** Place of the login that was seen last per device, -1 before the first. */
  private readonly last: Int32Array
  private readonly anonymous: TimesOfDevices

  constructor(anonymous: AnonymousEvents, wanted: WantedDevices) {
    this.anonymous = timesOf(anonymous, wanted.count)
    this.last = new Int32Array(wanted.count).fill(-1)
  }

  /** Takes the logins of a log. */
  *walk(source: DeviceSource, wanted: WantedDevices, { asOf, losing }: EventLimits): Steps<void> {
    for (const chunk of source.chunks()) {
      const mask = maskOf(losing, chunk)
      for (const kind of DEVICE_KINDS) {
        const ids = chunk.ids(kind)
        const devices = wanted.codesOf(kind, ids.texts)
        if (devices !== null) this.take(chunk, { codes: ids.codes, devices }, { asOf, mask })
      }
      yield
    }
  }

  private take(
    { user, timestamp, count }: DeviceChunk,
    { codes, devices }: Readonly<{ codes: Uint32Array; devices: Int32Array }>,
    { asOf, mask }: Readonly<{ asOf: Instant; mask: Uint8Array | null }>,
  ): void {
    for (let i = 0; i < count; i++) {
      // Columns have `count` values, of each code but 0 there is a text: the log's own promise.
      const device = devices[codes[i] as number] as number
      if (device === NO_DEVICE || user[i] === 0 || mask?.[i] === 1) continue
      if ((timestamp[i] as number) <= asOf) this.add(device, user[i] as number, timestamp[i] as number)
    }
  }

  add(device: number, user: number, time: number): void {
    const place = this.last[device] as number // wanted devices have one
    if (place >= 0 && this.users.at(place) === user && this.isQuiet(device, this.times.at(place), time)) {
      if (time < this.times.at(place)) this.times.set(place, time)
      if (time > this.untils.at(place)) this.untils.set(place, time)
      return
    }
    this.last[device] = this.times.length
    this.devices.push(device)
    this.users.push(user)
    this.times.push(time)
    this.untils.push(time)
  }

  /** Was nobody seen on the device without a login after the earlier of two times, up to the later? */
  private isQuiet(device: number, a: number, b: number): boolean {
    const { at, start } = this.anonymous
    const own = at.subarray(start[device], start[device + 1])
    return firstAfter(own, Math.min(a, b)) === firstAfter(own, Math.max(a, b))
  }

  /** As columns of equal length; `until` is the last time that an entry stands for. */
  columns(): Readonly<{ device: Float64Array; user: Float64Array; at: Float64Array; until: Float64Array }> {
    return {
      device: this.devices.toArray(),
      user: this.users.toArray(),
      at: this.times.toArray(),
      until: this.untils.toArray(),
    }
  }
}

/** Times at which somebody was seen without a login. */
function timesOf({ at, device }: AnonymousEvents, devices: number): TimesOfDevices {
  const start = new Uint32Array(devices + 1)
  const visit = (take: (code: number, i: number) => void): void => {
    for (const kind of DEVICE_KINDS)
      for (const [i, code] of device[kind].entries()) if (code !== NO_DEVICE) take(code, i)
  }
  // Within range: codes lie below the number of devices.
  visit(code => {
    start[code + 1] = (start[code + 1] as number) + 1
  })
  for (let code = 0; code < devices; code++) start[code + 1] = (start[code + 1] as number) + (start[code] as number)
  const times = new Float64Array(start[devices] as number)
  const next = start.slice()
  visit((code, i) => {
    const place = next[code] as number
    times[place] = at[i] as number
    next[code] = place + 1
  })
  for (let code = 0; code < devices; code++) times.subarray(start[code], start[code + 1]).sort()
  return { at: times, start }
}

/** Place of the first of ascending times after one. */
function firstAfter(times: Float64Array, time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    // Within range: middle < high <= length.
    if ((times[middle] as number) <= time) low = middle + 1
    else high = middle
  }
  return low
}
