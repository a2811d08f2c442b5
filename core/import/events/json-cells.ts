import type { TextHeap } from '#lib/text-heap'

const QUOTE = 34
const BACKSLASH = 92
const MINUS = 45
const DOT = 46
const ZERO = 48
const COMMA = 44
const COLON = 58
const OBJECT_OPEN = 123
const OBJECT_CLOSE = 125
const ARRAY_OPEN = 91
const ARRAY_CLOSE = 93

/** Deeper ones are left to the reference: its bound is 64. */
const MAX_DEPTH = 32
const SIMPLE_ESCAPES = new Set([...'"\\/bfnrt'].map(letter => letter.charCodeAt(0)))
const LITERALS = ['true', 'false', 'null'].map(word => [...word].map(letter => letter.charCodeAt(0)))

/**
 * Checks that bytes are a JSON object and copies them without the blanks between its tokens, as `readObjectText` does to a
 * text. What it refuses may be JSON all the same, and is left to that function.
 */
export class JsonCells {
  private bytes: Uint8Array = new Uint8Array(0)
  private end = 0
  private target: Uint8Array = new Uint8Array(0)
  private at = 0
  private to = 0

  /**
   * Writes the object of bytes[start .. end), valid UTF-8, behind the last text of the heap, without ending the text.
   *
   * @returns where it ends in the heap, -1 where the bytes are not plainly an object
   */
  copy(bytes: Uint8Array, start: number, end: number, heap: TextHeap): number {
    this.bytes = bytes
    this.at = start
    this.end = end
    this.to = heap.reserve(end - start)
    this.target = heap.source.bytes
    if (bytes[start] !== OBJECT_OPEN || !this.object(0)) return -1
    this.skipBlanks()
    return this.at === end ? this.to : -1
  }

  private object(depth: number): boolean {
    this.take()
    this.skipBlanks()
    if (this.isNext(OBJECT_CLOSE)) return this.take()
    for (;;) {
      this.skipBlanks()
      if (!this.isNext(QUOTE) || !this.string()) return false
      this.skipBlanks()
      if (!this.isNext(COLON)) return false
      this.take()
      if (!this.value(depth + 1)) return false
      if (this.isNext(OBJECT_CLOSE)) return this.take()
      if (!this.isNext(COMMA)) return false
      this.take()
    }
  }

  private array(depth: number): boolean {
    this.take()
    this.skipBlanks()
    if (this.isNext(ARRAY_CLOSE)) return this.take()
    for (;;) {
      if (!this.value(depth + 1)) return false
      if (this.isNext(ARRAY_CLOSE)) return this.take()
      if (!this.isNext(COMMA)) return false
      this.take()
    }
  }

  /** A value with the blanks around it. */
  private value(depth: number): boolean {
    this.skipBlanks()
    const isTaken = depth < MAX_DEPTH && this.bareValue(depth)
    this.skipBlanks()
    return isTaken
  }

  private bareValue(depth: number): boolean {
    const byte = this.at < this.end ? this.bytes[this.at] : undefined
    if (byte === QUOTE) return this.string()
    if (byte === OBJECT_OPEN) return this.object(depth)
    if (byte === ARRAY_OPEN) return this.array(depth)
    if (byte === MINUS || isDigit(byte)) return this.number()
    return LITERALS.some(word => this.literal(word))
  }

  private string(): boolean {
    const { bytes, end, target } = this
    let { at, to } = this
    target[to++] = QUOTE
    for (at++; at < end; at++) {
      // Within range: at < end, and the target has room for all of the source.
      const byte = bytes[at] as number
      if (byte < 32) return false
      target[to++] = byte
      if (byte === QUOTE) break
      if (byte !== BACKSLASH) continue
      const length = escapeLength(bytes, at + 1, end)
      if (length === 0) return false
      for (let i = 0; i < length; i++) target[to++] = bytes[++at] as number
    }
    this.at = at + 1
    this.to = to
    return at < end
  }

  private number(): boolean {
    if (this.isNext(MINUS)) this.take()
    if (this.isNext(ZERO)) this.take()
    else if (!this.digits()) return false
    if (this.isNext(DOT)) {
      this.take()
      if (!this.digits()) return false
    }
    if (!this.isNext(69) && !this.isNext(101)) return true
    this.take()
    if (this.isNext(43) || this.isNext(MINUS)) this.take()
    return this.digits()
  }

  /** At least one digit. */
  private digits(): boolean {
    const from = this.at
    while (this.at < this.end && isDigit(this.bytes[this.at])) this.take()
    return this.at > from
  }

  private literal(word: readonly number[]): boolean {
    if (this.at + word.length > this.end) return false
    for (let i = 0; i < word.length; i++) if (this.bytes[this.at + i] !== word[i]) return false
    for (let i = 0; i < word.length; i++) this.take()
    return true
  }

  private isNext(byte: number): boolean {
    return this.at < this.end && this.bytes[this.at] === byte
  }

  private take(): true {
    this.target[this.to++] = this.bytes[this.at++] as number
    return true
  }

  private skipBlanks(): void {
    const { bytes, end } = this
    while (this.at < end) {
      const byte = bytes[this.at]
      if (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13) return
      this.at++
    }
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57
}

/** Bytes after a backslash that belong to it; 0 where they are no escape. */
function escapeLength(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0
  if (SIMPLE_ESCAPES.has(bytes[at] as number)) return 1
  if (bytes[at] !== 117 || at + 5 > end) return 0
  for (let i = at + 1; i < at + 5; i++) {
    const lower = (bytes[i] as number) | 32
    if (!isDigit(bytes[i]) && (lower < 97 || lower > 102)) return 0
  }
  return 5
}
