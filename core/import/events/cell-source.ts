import { textOfUtf8 } from '#lib/utf8'
import { normalValue } from '../values/cell-reader.ts'
import type { EventColumns } from './event-columns.ts'
import { ABSENT, type JsonPaths, NULL, PLAIN } from './json-paths.ts'
import type { EventKernel } from './kernel.ts'

/** What a source says in a row: nothing, a text, or what only the reference can tell. */
export const NOTHING = 0
export const SAID = 1
export const UNSURE = 2

/** Finds a text in the records of a block: what was SAID last is bytes [start .. end), without blanks around it. */
export abstract class CellSource {
  start = 0
  end = 0
  protected readonly kernel: EventKernel

  constructor(kernel: EventKernel) {
    this.kernel = kernel
  }

  abstract find(row: number): number

  get text(): string {
    return textOfUtf8(this.kernel.bytes, this.start, this.end)
  }

  /** From 1 to 9: no spelling of "nothing" begins so. */
  get beginsWithDigit(): boolean {
    const byte = this.kernel.bytes[this.start] as number // of what was said
    return byte > 48 && byte < 58
  }

  /** Takes bytes without the blanks around them. */
  protected say(from: number, to: number): number {
    const { bytes } = this.kernel
    let start = from
    let end = to
    // Within range: places in the kernel's memory.
    while (start < end && isBlank(bytes[start] as number)) start++
    while (start < end && isBlank(bytes[end - 1] as number)) end--
    this.start = start
    this.end = end
    if (start === end) return NOTHING
    const isAscii = (bytes[start] as number) < 0x80 && (bytes[end - 1] as number) < 0x80
    return isAscii || !isAroundBlank(bytes, start, end) ? SAID : UNSURE
  }
}

/** The cells of a column. */
export class ColumnCells extends CellSource {
  private readonly starts: number
  private readonly ends: number

  constructor(kernel: EventKernel, field: number) {
    super(kernel)
    this.starts = kernel.calls.startsOf(field) / 4
    this.ends = kernel.calls.endsOf(field) / 4
  }

  find(row: number): number {
    const { words } = this.kernel
    const start = words[this.starts + row] as number // a row of the block
    const end = words[this.ends + row] as number // a row of the block
    return start === end ? NOTHING : this.say(start, end)
  }
}

/** What a path leads to inside the JSON objects of a column. */
export class JsonCells extends CellSource {
  private readonly paths: JsonPaths
  private readonly slots: readonly number[]

  constructor(kernel: EventKernel, paths: JsonPaths, path: string) {
    super(kernel)
    this.paths = paths
    this.slots = paths.want(path)
  }

  find(row: number): number {
    const { paths } = this
    for (const slot of this.slots) {
      const kind = paths.kindOf(slot, row)
      if (kind === ABSENT) continue
      if (kind === NULL) return NOTHING
      return kind === PLAIN ? this.say(paths.startOf(slot, row), paths.endOf(slot, row)) : UNSURE
    }
    return NOTHING
  }
}

/** A source whose texts stand for others: one that is not listed says nothing. */
export class ListedCells extends CellSource {
  private readonly inner: CellSource
  private readonly spellings: Spellings
  private readonly places: (readonly [start: number, end: number])[] = []

  /** @param values by the normal form of what stands for them */
  constructor(columns: EventColumns, inner: CellSource, values: ReadonlyMap<string, string>) {
    super(columns.kernel)
    this.inner = inner
    const numbers = new Map([...values.keys()].map((key, at) => [key, at + 1]))
    for (const value of values.values()) this.places.push(columns.lasting(value))
    this.spellings = new Spellings(columns.kernel, text => numbers.get(normalValue(text)) ?? 0)
  }

  find(row: number): number {
    const { inner } = this
    const said = inner.find(row)
    if (said !== SAID) return said
    const place = this.places[this.spellings.meaning(inner) - 1]
    if (place === undefined || place[0] === place[1]) return NOTHING
    this.start = place[0]
    this.end = place[1]
    return SAID
  }
}

const MOST_SPELLINGS = 1024

/** What texts mean, worked out once per spelling. */
export class Spellings {
  private readonly kernel: EventKernel
  private readonly mean: (text: string) => number
  private readonly dictionary: number
  private meanings = [0]

  /** @param mean of a text, a whole number */
  constructor(kernel: EventKernel, mean: (text: string) => number) {
    this.kernel = kernel
    this.mean = mean
    this.dictionary = kernel.calls.openDictionary()
  }

  meaning(source: CellSource): number {
    const code = this.kernel.calls.find(this.dictionary, source.start, source.end)
    // Every spelling has a meaning.
    return code > 0 ? (this.meanings[code] as number) : this.learn(source)
  }

  private learn(source: CellSource): number {
    const { calls } = this.kernel
    if (this.meanings.length > MOST_SPELLINGS) {
      calls.clearDictionary(this.dictionary)
      this.meanings = [0]
    }
    const value = this.mean(source.text)
    this.meanings[calls.intern(this.dictionary, source.start, source.end)] = value
    return value
  }
}

/** Blanks of ASCII, as `trim` of a text has them. */
function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}

/** May a text begin or end with a blank beyond ASCII? */
function isAroundBlank(bytes: Uint8Array, start: number, end: number): boolean {
  return mayBeBlank(bytes, start) || mayBeBlank(bytes, end - 2) || mayBeBlank(bytes, end - 3)
}

/** First bytes of U+00A0, U+1680, U+2000 to U+205F, U+3000 and U+FEFF, and of some others. */
function mayBeBlank(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]
  const next = bytes[at + 1] as number // of a place in the kernel's memory
  if (byte === 0xc2) return next === 0xa0
  if (byte === 0xe2) return next === 0x80 || next === 0x81
  if (byte === 0xe3) return next === 0x80
  return (byte === 0xe1 && next === 0x9a) || (byte === 0xef && next === 0xbb)
}
