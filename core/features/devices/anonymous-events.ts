import type { Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import type { Instant } from '#lib/time'
import type { DeviceChunk, DeviceIds, DeviceKind, DeviceSource } from '#schema/event'
import { type LosingCopies, maskOf } from '../copies.ts'
import { GrowingList } from '../growing-list.ts'

/** No id, or none that is looked at. */
export const NO_DEVICE = -1

/** The ids under which somebody was seen without a login: nothing is asked of others. */
export class WantedDevices {
  readonly kinds: DeviceKind[] = []
  readonly ids: string[] = []
  private readonly codes: Readonly<Record<DeviceKind, Map<string, number>>> = {
    anonymous_id: new Map(),
    device_id: new Map(),
  }
  private readonly isNobody: DeviceSource['isNobody']

  constructor({ isNobody }: Pick<DeviceSource, 'isNobody'>) {
    this.isNobody = isNobody
  }

  get count(): number {
    return this.ids.length
  }

  /** `NO_DEVICE` where it is not wanted. */
  codeOf(kind: DeviceKind, id: string): number {
    return this.codes[kind].get(id) ?? NO_DEVICE
  }

  /** Wants an id from now on; `NO_DEVICE` where it can be nobody's: a placeholder, or blocked. */
  want(kind: DeviceKind, id: string): number {
    const known = this.codes[kind].get(id)
    if (known !== undefined) return known
    const isNone = this.isNobody(kind, id)
    const code = isNone ? NO_DEVICE : this.ids.push(id) - 1
    if (!isNone) this.kinds.push(kind)
    this.codes[kind].set(id, code)
    return code
  }

  /** By kind, then id. */
  compare(a: number, b: number): number {
    return (
      compareCodePoints(this.kinds[a] ?? '', this.kinds[b] ?? '') ||
      compareCodePoints(this.ids[a] ?? '', this.ids[b] ?? '')
    )
  }
}

/** Events that name nobody but an id, as columns of equal length, in the order of the log. */
export type AnonymousEvents = Readonly<{
  position: Float64Array
  at: Float64Array
  /** Code of the wanted id of each namespace, `NO_DEVICE` where it has none, or one that can be nobody's. */
  device: Readonly<Record<DeviceKind, Float64Array>>
}>

/** Up to when events exist, and which copies give way. */
export type EventLimits = Readonly<{ asOf: Instant; losing: LosingCopies }>

/** Walks the log for the events that name nobody and an id; their ids are wanted from then on. */
export function* anonymousSteps(
  source: DeviceSource,
  wanted: WantedDevices,
  { asOf, losing }: EventLimits,
): Steps<AnonymousEvents> {
  const position = new GrowingList()
  const at = new GrowingList()
  const device = { anonymous_id: new GrowingList(), device_id: new GrowingList() }
  for (const chunk of source.chunks()) {
    const mask = maskOf(losing, chunk)
    const readers = chunk.user.includes(0) ? readersOf(chunk, (kind, id) => wanted.want(kind, id)) : null
    for (let i = 0; readers !== null && i < chunk.count; i++) {
      // Columns have `count` values: the log's own promise.
      const time = chunk.timestamp[i] as number
      if (chunk.user[i] !== 0 || time > asOf || mask?.[i] === 1) continue
      const [anonymous, own] = [readers.anonymous_id(i), readers.device_id(i)]
      if (anonymous === NO_DEVICE && own === NO_DEVICE && !readers.hasId(i)) continue
      position.push(chunk.base + i)
      at.push(time)
      device.anonymous_id.push(anonymous)
      device.device_id.push(own)
    }
    yield
  }
  return {
    position: position.toArray(),
    at: at.toArray(),
    device: { anonymous_id: device.anonymous_id.toArray(), device_id: device.device_id.toArray() },
  }
}

type RowReader = (row: number) => number

/** Reads the code of a row's id in each namespace; a text of the chunk is looked up when a row has it, and once. */
function readersOf(
  chunk: DeviceChunk,
  codeOf: (kind: DeviceKind, id: string) => number,
): Readonly<Record<DeviceKind, RowReader>> & Readonly<{ hasId(row: number): boolean }> {
  const [anonymous, own] = [chunk.ids('anonymous_id'), chunk.ids('device_id')]
  return {
    anonymous_id: readerOf(anonymous, id => codeOf('anonymous_id', id)),
    device_id: readerOf(own, id => codeOf('device_id', id)),
    hasId: row => anonymous.codes[row] !== 0 || own.codes[row] !== 0,
  }
}

const UNREAD = -2

function readerOf({ codes, size, text }: DeviceIds, codeOf: (id: string) => number): RowReader {
  const known = new Int32Array(size).fill(UNREAD)
  known[0] = NO_DEVICE
  return row => {
    // Within range: codes lie below the size.
    const own = codes[row] as number
    if (known[own] === UNREAD) known[own] = codeOf(text(own))
    return known[own] as number
  }
}
