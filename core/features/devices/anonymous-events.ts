import { blockedValues, settingsIn } from '#identity'
import { ByteDictionary } from '#lib/byte-dictionary'
import { type ByteSource, byteSource } from '#lib/byte-source'
import { once } from '#lib/once'
import type { Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import type { Instant } from '#lib/time'
import { maxUtf8Length, writeUtf8 } from '#lib/utf8'
import type { DeviceChunk, DeviceKind, DeviceSource, TextColumn } from '#schema/event'
import { type LosingCopies, maskOf } from '../copies.ts'
import { GrowingList } from '../growing-list.ts'

/** No id, or none that is looked at. */
export const NO_DEVICE = -1

/** The ids under which somebody was seen without a login: nothing is asked of others. Looked up by their bytes. */
export class WantedDevices {
  readonly kinds: DeviceKind[] = []
  readonly ids: string[] = []
  private readonly known: Readonly<Record<DeviceKind, KnownIds>> = {
    anonymous_id: new KnownIds(),
    device_id: new KnownIds(),
  }
  private readonly isNobody: (kind: DeviceKind, id: string) => boolean

  constructor({ decisions }: Pick<DeviceSource, 'decisions'>) {
    this.isNobody = nobodyTest(decisions)
  }

  get count(): number {
    return this.ids.length
  }

  /** `NO_DEVICE` where it is not wanted. */
  codeOf(kind: DeviceKind, id: string): number {
    return this.known[kind].codeOf(id)
  }

  /** Codes of the ids of a chunk, by their codes there; null where none of them is wanted, as in most chunks. */
  codesOf(kind: DeviceKind, texts: TextColumn): Int32Array | null {
    return this.known[kind].codesOf(texts)
  }

  /** Wants text i from now on; `NO_DEVICE` where it can be nobody's: a placeholder, or blocked. */
  want(kind: DeviceKind, texts: IdSource, i: number): number {
    return this.known[kind].codeFor(texts, i, id => {
      if (this.isNobody(kind, id)) return NO_DEVICE
      this.kinds.push(kind)
      return this.ids.push(id) - 1
    })
  }

  /** By kind, then id. */
  compare(a: number, b: number): number {
    return (
      compareCodePoints(this.kinds[a] ?? '', this.kinds[b] ?? '') ||
      compareCodePoints(this.ids[a] ?? '', this.ids[b] ?? '')
    )
  }
}

/** Is an id a placeholder, or has somebody said that it identifies nobody? Decisions are read with the first question. */
function nobodyTest(decisions: DeviceSource['decisions']): (kind: DeviceKind, id: string) => boolean {
  const said = once(() => {
    const all = decisions()
    return { words: settingsIn(all).words, blocked: blockedValues(all) }
  })
  return (kind, id) => said().words.isPlaceholder(id) || said().blocked.has(`${kind} ${id}`)
}

/** Texts of a chunk with a view over them, for looking them up. */
type IdSource = Readonly<{ offsets: Uint32Array; source: ByteSource }>

const idSource = ({ offsets, bytes }: TextColumn): IdSource => ({ offsets, source: byteSource(bytes) })

/** Ids of one namespace that were met where nobody was logged in, with the code that each got. */
class KnownIds {
  private readonly texts = new ByteDictionary(false)
  /** By code of the text, from 1 on. */
  private readonly codes: number[] = [NO_DEVICE]
  /** For a text that is looked up. */
  private room = byteSource(new Uint8Array(256))

  codeOf(id: string): number {
    const room = maxUtf8Length(id)
    if (this.room.bytes.length < room) this.room = byteSource(new Uint8Array(2 * room))
    const length = writeUtf8(id, this.room.bytes, 0)
    return this.codes[this.texts.find(this.room, 0, length)] as number // a code for each text
  }

  codesOf(column: TextColumn): Int32Array | null {
    if (this.texts.size === 0) return null
    const { offsets, source } = idSource(column)
    const codes = new Int32Array(offsets.length).fill(NO_DEVICE)
    let isAny = false
    for (let i = 1; i < offsets.length; i++) {
      // Within range: text i - 1 ends where text i begins.
      const text = this.texts.find(source, offsets[i - 1] as number, offsets[i] as number)
      if (text === 0) continue
      codes[i] = this.codes[text] as number
      isAny ||= codes[i] !== NO_DEVICE
    }
    return isAny ? codes : null
  }

  /** @param make the code of a text that was not met before */
  codeFor({ offsets, source }: IdSource, i: number, make: (id: string) => number): number {
    const text = this.texts.intern(source, offsets[i] as number, offsets[i + 1] as number) // an offset more than texts
    if (text === this.codes.length) this.codes.push(make(this.texts.text(text)))
    return this.codes[text] as number
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
  const events = new GrowingEvents()
  for (const chunk of source.chunks()) {
    if (chunk.user.includes(0)) events.take(chunk, readersOf(chunk, wanted), { asOf, mask: maskOf(losing, chunk) })
    yield
  }
  return events.columns()
}

class GrowingEvents {
  private readonly position = new GrowingList()
  private readonly at = new GrowingList()
  private readonly anonymous = new GrowingList()
  private readonly own = new GrowingList()

  take(
    { user, timestamp, count, base }: DeviceChunk,
    readers: RowReaders,
    { asOf, mask }: Readonly<{ asOf: Instant; mask: Uint8Array | null }>,
  ): void {
    for (let i = 0; i < count; i++) {
      // Columns have `count` values: the log's own promise.
      if (user[i] !== 0 || (timestamp[i] as number) > asOf || mask?.[i] === 1) continue
      const [anonymous, own] = [readers.anonymous_id(i), readers.device_id(i)]
      if (anonymous === NO_DEVICE && own === NO_DEVICE && !readers.hasId(i)) continue
      this.position.push(base + i)
      this.at.push(timestamp[i] as number)
      this.anonymous.push(anonymous)
      this.own.push(own)
    }
  }

  columns(): AnonymousEvents {
    return {
      position: this.position.toArray(),
      at: this.at.toArray(),
      device: { anonymous_id: this.anonymous.toArray(), device_id: this.own.toArray() },
    }
  }
}

type RowReader = (row: number) => number
type RowReaders = Readonly<Record<DeviceKind, RowReader>> & Readonly<{ hasId(row: number): boolean }>

/** Reads the code of a row's id in each namespace; a text of the chunk is wanted when a row has it, and looked up once. */
function readersOf(chunk: DeviceChunk, wanted: WantedDevices): RowReaders {
  const [anonymous, own] = [readerOf(chunk, 'anonymous_id', wanted), readerOf(chunk, 'device_id', wanted)]
  return {
    anonymous_id: anonymous.read,
    device_id: own.read,
    hasId: row => anonymous.codes[row] !== 0 || own.codes[row] !== 0,
  }
}

const UNREAD = -2

function readerOf(
  chunk: DeviceChunk,
  kind: DeviceKind,
  wanted: WantedDevices,
): Readonly<{ codes: Uint32Array; read: RowReader }> {
  const { codes, texts } = chunk.ids(kind)
  const source = idSource(texts)
  const known = new Int32Array(texts.offsets.length).fill(UNREAD)
  known[0] = NO_DEVICE
  const read = (row: number): number => {
    // Within range: of each code but 0 there is a text.
    const own = codes[row] as number
    if (known[own] === UNREAD) known[own] = wanted.want(kind, source, own - 1)
    return known[own] as number
  }
  return { codes, read }
}
