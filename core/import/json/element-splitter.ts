import { utf8Of } from '#lib/utf8'
import type { HeldCode } from '#schema/import'
import { namesOfPath } from './list-path.ts'
import { UnreadListFinder, type UnreadLists } from './unread-lists.ts'

/** One record of a JSON document: bytes[start .. end), valid only while it is handed on. */
export type ElementHandler = (
  bytes: Uint8Array,
  line: number,
  fault: Extract<HeldCode, 'row/too-long'> | 'none',
) => void

/** Takes whole records of a list at once, where it can. */
export type ElementTaker = Readonly<{
  /**
   * @param at where a record begins in the chunk at hand
   * @param line of that place
   * @returns the place behind the last record that was taken; `at` where none was
   */
  take(at: number, line: number): number
  /** The line of the place that was returned last. */
  line(): number
}>

/** Where a document stops being JSON. */
export type StructureFault = Readonly<{ line: number; byte: number; message: string }>

const QUOTE = 34
const BACKSLASH = 92
const COMMA = 44
const COLON = 58
const ARRAY_OPEN = 91
const ARRAY_CLOSE = 93
const OBJECT_OPEN = 123
const OBJECT_CLOSE = 125
const LF = 10
const CR = 13
const KEPT_BYTES = 1 << 12
/** The member of a wrapping object that holds the records, where nothing else is said. */
export const RECORDS_KEY = 'data'

const RECORD_MISSING = 'a record belongs here: a comma too many stands beside it, or the record is missing'

type State =
  | 'start'
  /** In an object that is either the only record or a wrapper. */
  | 'document'
  | 'firstElement'
  | 'nextElement'
  | 'element'
  | 'scalar'
  | 'afterElement'
  /** What comes behind the records in a wrapper. */
  | 'tail'
  | 'end'

/** What is to be done about a byte that belongs elsewhere. */
const BELONGS: Readonly<Partial<Record<State, string>>> = {
  firstElement: RECORD_MISSING,
  nextElement: RECORD_MISSING,
  afterElement: 'a comma belongs between two records',
  end: 'the document has ended before it: save all records as one list, or each on a line of its own (.jsonl)',
}

/**
 * Finds the records of a JSON document in its UTF-8 bytes: the elements of an array, of the array `data` in an object (or
 * another that is named), or one object. Only strings, brackets and commas are looked at; each record is parsed by itself afterwards.
 *
 * @throws whatever `refuse` throws, where something other than records, commas and brackets stands between the records, or
 *   the document ends inside one
 *
 * Source: docs/methods/import.md, "JSON".
 */
export class ElementSplitter {
  private readonly cap: number
  private readonly onElement: ElementHandler
  private readonly refuse: (fault: StructureFault) => never
  private state: State = 'start'
  private isWrapped = false
  private depth = 0
  private isString = false
  private isEscaped = false
  private line = 1
  private elementLine = 1
  private byte = 0
  private last = 0
  /** Bytes of the record so far, and whether more came than are kept. */
  private kept = new Uint8Array(1 << 16)
  private keptLength = 0
  private isTooLong = false
  private keyLength = -1
  private isRecordsKey = false
  /** Names of the members that lead to the records. */
  private readonly path: readonly Uint8Array[]
  /** How many of them lead to where the reading is. */
  private entered = 0
  private isRecordsValue = false
  /** Looks at what is in a wrapper beside the records. */
  private readonly others = new UnreadListFinder()

  /** Whoever has it is asked first, for records that are objects. */
  taker: ElementTaker | null = null

  /** @param recordsAt names of the members that lead to the list of records, as `pathOfNames` joins them */
  constructor(
    maxElementBytes: number,
    onElement: ElementHandler,
    refuse: (fault: StructureFault) => never,
    recordsAt = RECORDS_KEY,
  ) {
    this.path = namesOfPath(recordsAt).map(utf8Of)
    this.cap = maxElementBytes
    this.onElement = onElement
    this.refuse = refuse
  }

  push(chunk: Uint8Array): void {
    let from = 0
    while (from < chunk.length) {
      const isInside = this.state === 'element' || this.state === 'document' || this.state === 'scalar'
      from = isInside ? this.inside(chunk, from) : this.between(chunk, from)
    }
    this.byte += chunk.length
  }

  end(): void {
    if (this.state === 'end') return
    const { line, byte } = this
    if (this.state === 'start') this.refuse({ line, byte, message: 'the file is empty' })
    const isInside = this.state === 'element' || this.state === 'document'
    const message = isInside
      ? `the file ends inside the record that starts on line ${this.elementLine}`
      : 'the file ends before its closing bracket'
    this.refuse({ line, byte, message })
  }

  /** Lists of records beside the one that was read; none where the document is no wrapper. */
  unreadLists(): UnreadLists {
    return this.isWrapped ? this.others.found() : { lists: [], more: 0 }
  }

  /** Were the records found in an object? */
  get hasList(): boolean {
    return this.isWrapped
  }

  private count(byte: number): void {
    if (byte === CR || (byte === LF && this.last !== CR)) this.line++
    this.last = byte
  }

  /** Looks at one byte between records. @returns where to go on */
  private between(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] as number
    if (byte === 32 || byte === 9 || byte === LF || byte === CR) {
      if (this.state === 'tail') this.skip(byte)
      this.count(byte)
      return at + 1
    }
    this.last = byte
    if (this.state === 'tail') this.skip(byte)
    else if (this.state === 'start') return this.open(byte, at)
    else if (this.state === 'afterElement' && byte === COMMA) this.state = 'nextElement'
    else if (byte === ARRAY_CLOSE && (this.state === 'afterElement' || this.state === 'firstElement')) this.closeArray()
    else if (this.state === 'firstElement' || this.state === 'nextElement') return this.takeElements(byte, at)
    else this.fail(at, byte)
    return at + 1
  }

  private open(byte: number, at: number): number {
    if (byte === ARRAY_OPEN) {
      this.state = 'firstElement'
      return at + 1
    }
    if (byte !== OBJECT_OPEN) this.fail(at, byte)
    this.openElement(byte, at)
    this.state = 'document'
    return at
  }

  private takeElements(byte: number, at: number): number {
    const { taker } = this
    const next = taker !== null && byte === OBJECT_OPEN ? taker.take(at, this.line) : at
    if (taker === null || next === at) return this.openElement(byte, at)
    this.line = taker.line()
    this.last = OBJECT_CLOSE
    this.state = 'afterElement'
    return next
  }

  private openElement(byte: number, at: number): number {
    if (byte === COMMA || byte === COLON || byte === ARRAY_CLOSE || byte === OBJECT_CLOSE) this.fail(at, byte)
    this.state = byte === OBJECT_OPEN || byte === ARRAY_OPEN || byte === QUOTE ? 'element' : 'scalar'
    this.elementLine = this.line
    this.keptLength = 0
    this.isTooLong = false
    this.depth = 0
    return at
  }

  private closeArray(): void {
    this.state = this.isWrapped ? 'tail' : 'end'
    this.depth = this.path.length
  }

  private fail(at: number, byte: number): never {
    const seen = byte > 32 && byte < 127 ? `"${String.fromCharCode(byte)}"` : `byte ${byte}`
    const belongs = BELONGS[this.state]
    const message = `unexpected ${seen}${belongs === undefined ? '' : `; ${belongs}`}`
    return this.refuse({ line: this.line, byte: this.byte + at, message })
  }

  /** Reads on in a record. @returns where to go on */
  private inside(chunk: Uint8Array, from: number): number {
    if (this.state === 'scalar') return this.insideScalar(chunk, from)
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number
      if (byte === LF || byte === CR) this.count(byte)
      else this.last = byte
      const isOver = this.isString ? this.inString(byte) : this.inStructure(byte)
      if (this.state === 'document') this.others.push(byte, this.line)
      if (isOver) {
        this.keep(chunk.subarray(from, at + 1))
        this.hand(this.state === 'document' ? 'end' : 'afterElement')
        return at + 1
      }
      if (this.state === 'firstElement') return at + 1
    }
    this.keep(chunk.subarray(from))
    return chunk.length
  }

  private insideScalar(chunk: Uint8Array, from: number): number {
    let at = from
    while (at < chunk.length && !endsScalar(chunk[at] as number)) at++
    this.keep(chunk.subarray(from, at))
    if (at < chunk.length) this.hand('afterElement')
    return at
  }

  private inString(byte: number): boolean {
    if (this.isEscaped) this.isEscaped = false
    else if (byte === BACKSLASH) this.isEscaped = true
    else if (byte === QUOTE) {
      this.isString = false
      return this.depth === 0
    }
    if (this.keyLength >= 0) {
      if (byte !== this.path[this.entered]?.[this.keyLength]) this.isRecordsKey = false
      this.keyLength++
    }
    return false
  }

  /** @returns does the record end with this byte? */
  private inStructure(byte: number): boolean {
    if (byte === QUOTE) {
      this.isString = true
      this.openKey()
    } else if (byte === OBJECT_OPEN || byte === ARRAY_OPEN) {
      if (this.isRecordsValue) this.enter(byte)
      else this.depth++
      this.isRecordsValue = false
    } else if (byte === OBJECT_CLOSE || byte === ARRAY_CLOSE) {
      this.depth--
      this.entered = Math.min(this.entered, Math.max(0, this.depth - 1))
      return this.depth === 0
    } else if (byte === COLON) {
      const isOnPath = this.isRecordsKey && this.keyLength === this.path[this.entered]?.length
      this.isRecordsValue = this.isMember() && isOnPath
      this.keyLength = -1
    } else if (byte > 32) this.isRecordsValue = false
    return false
  }

  private openKey(): void {
    const isMember = this.isMember()
    this.keyLength = isMember ? 0 : -1
    this.isRecordsKey = isMember
    this.isRecordsValue = false
  }

  /** Is the reading in the object whose members may lead on to the records? */
  private isMember(): boolean {
    return this.state === 'document' && this.depth === this.entered + 1
  }

  /** At the value of a member on the path: goes into an object before its end, into the list at its end. */
  private enter(byte: number): void {
    const isLast = this.entered === this.path.length - 1
    if (isLast && byte === ARRAY_OPEN) {
      this.isWrapped = true
      this.state = 'firstElement'
      return
    }
    this.depth++
    if (!isLast && byte === OBJECT_OPEN) this.entered++
  }

  private keep(bytes: Uint8Array): void {
    const room = this.isTooLong ? 0 : this.cap - this.keptLength
    if (bytes.length > room && !this.isTooLong) {
      this.isTooLong = true
      this.append(bytes.subarray(0, room))
      this.keptLength = Math.min(this.keptLength, KEPT_BYTES)
    } else if (!this.isTooLong) this.append(bytes)
  }

  private append(bytes: Uint8Array): void {
    const needed = this.keptLength + bytes.length
    if (needed > this.kept.length) {
      const wider = new Uint8Array(2 * needed)
      wider.set(this.kept.subarray(0, this.keptLength))
      this.kept = wider
    }
    this.kept.set(bytes, this.keptLength)
    this.keptLength = needed
  }

  private hand(next: State): void {
    this.state = next
    this.isString = false
    this.onElement(this.kept.subarray(0, this.keptLength), this.elementLine, this.isTooLong ? 'row/too-long' : 'none')
  }

  /** Passes over what comes behind the records in a wrapper. */
  private skip(byte: number): void {
    this.others.push(byte, this.line)
    if (this.isString) {
      this.inString(byte)
    } else if (byte === QUOTE) {
      this.isString = true
      this.isEscaped = false
      this.keyLength = -1
    } else if (byte === OBJECT_OPEN || byte === ARRAY_OPEN) this.depth++
    else if (byte === OBJECT_CLOSE || byte === ARRAY_CLOSE) {
      this.depth--
      if (this.depth === 0) this.state = 'end'
    }
  }
}

function endsScalar(byte: number): boolean {
  return byte <= 32 || byte === COMMA || byte === ARRAY_CLOSE || byte === OBJECT_CLOSE
}
