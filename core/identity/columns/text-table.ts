import { grown, grownWords } from '#lib/grow'
import { sharedBytes, sharedWords } from '#lib/shared-words'
import { hashEnd, hashNext, hashStart, hashText } from './hash-text.ts'
import { createWordTable } from './word-table.ts'

/** Texts behind codes: code 0 is "nothing known" and its text is empty. */
export type Texts = Readonly<{
  /** Number of codes, the 0 included. */
  size(): number
  /** The text of a code below the size. */
  text(code: number): string
  /** How long it is, in UTF-16 units; it is not made for that. */
  length(code: number): number
  /** Its `hashText`; it is not made for that. */
  hash(code: number, seed: number): number
}>

/** Texts that lie in bytes. */
export type StoredTexts = Texts & Readonly<{ packed(): PackedTexts }>

/** Distinct texts behind codes, which they get in the order in which they come. */
export type TextCodes = Texts &
  Readonly<{
    /** The code of a text, given now where it has none; 0 for an empty text. */
    codeOf(text: string): number
    /** The code of a text that was met, 0 for others. */
    find(text: string): number
    /** `codeOf` of ASCII that lies in bytes, whose `hashText` with `TEXT_SEED` is known. */
    codeOfAscii(ascii: AsciiRun): number
  }>

/** ASCII in bytes from a place to another, and its hash. A scanner uses one for all texts. */
export type AsciiRun = { readonly bytes: Uint8Array; from: number; to: number; hash: number }

/** Texts as bytes that need no memory of a heap: text c is `bytes[starts[c] .. starts[c + 1])`. */
export type PackedTexts = Readonly<{ bytes: Uint8Array; starts: Uint32Array }>

/** Tells hashes of whole texts from keys of blocks. */
export const TEXT_SEED = 31

/** A table of texts that lie in bytes one after the other: for very many, which as texts of their own would keep a heap busy. */
export type TextTable = TextCodes &
  Readonly<{
    /** Reads the place of a text that will be asked for, by its `hashText`; of many, all are waited for at one time. What it gives says nothing. */
    touch(hash: number): number
    /** What was collected, to be read: without what finds the code of a text. */
    finish(): StoredTexts
  }>

/**
 * An empty table.
 *
 * @param expected texts that it has room for from the start
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function createTextTable(expected = 0): TextTable {
  let bytes = new Uint8Array(64)
  let starts = new Uint32Array(16)
  let count = 1
  let end = 0
  const table = createWordTable(expected)
  let room = new Uint8Array(0)
  // Codes are below the count, places within the bytes.
  const found = (from: Uint8Array, start: number, length: number, hash: number): number => {
    for (let code = table.first(hash); code !== 0; code = table.next()) {
      const own = starts[code] as number
      if ((starts[code + 1] as number) - own === length && isEqual(bytes, own, { from, start, length })) return code
    }
    return 0
  }
  const add = (from: Uint8Array, start: number, length: number, hash: number): number => {
    if (end + length > bytes.length) bytes = grown(bytes, end + length)
    if (count + 1 === starts.length) starts = grownWords(starts, count + 2)
    for (let i = 0; i < length; i++) bytes[end + i] = from[start + i] as number
    end += length
    table.add(hash, count)
    starts[count + 1] = end
    return count++
  }
  /** Encodes a text into the room, and gives its length in bytes. */
  const lay = (text: string): number => {
    if (room.length < MOST_BYTES * text.length) room = new Uint8Array(2 * MOST_BYTES * text.length)
    return encode(text, room, 0)
  }
  return {
    size: () => count,
    text: code => textAt({ bytes, starts }, code),
    length: code => lengthAt({ bytes, starts }, code),
    hash: (code, seed) => hashAt({ bytes, starts }, code, seed),
    codeOf: text => {
      if (text === '') return 0
      const [length, hash] = [lay(text), hashText(text, TEXT_SEED)]
      return found(room, 0, length, hash) || add(room, 0, length, hash)
    },
    find: text => {
      if (text === '') return 0
      const [length, hash] = [lay(text), hashText(text, TEXT_SEED)]
      return found(room, 0, length, hash)
    },
    codeOfAscii: ({ bytes: own, from, to, hash }) =>
      found(own, from, to - from, hash) || add(own, from, to - from, hash),
    touch: table.touch,
    finish: () => {
      const own = sharedWords(count + 1)
      own.set(starts.subarray(0, count + 1))
      return textsIn({ bytes: sharedBytes(bytes.subarray(0, end)), starts: own })
    },
  }
}

/**
 * Packed texts to be read.
 *
 * @param packed as a table gives them
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function textsIn(packed: PackedTexts): StoredTexts {
  const size = packed.starts.length - 1
  return {
    size: () => size,
    text: code => textAt(packed, code),
    length: code => lengthAt(packed, code),
    hash: (code, seed) => hashAt(packed, code, seed),
    packed: () => packed,
  }
}

/** Texts one after the other, equal ones too. */
export type TextRun = Readonly<{ add(text: string): void; finish(): PackedTexts }>

/**
 * An empty run.
 *
 * @param count texts that will be added
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function createTextRun(count: number): TextRun {
  let bytes = new Uint8Array(64)
  const starts = sharedWords(count + 1)
  let [at, end] = [0, 0]
  return {
    add: text => {
      if (end + MOST_BYTES * text.length > bytes.length) bytes = grown(bytes, end + MOST_BYTES * text.length)
      end = encode(text, bytes, end)
      starts[++at] = end
    },
    finish: () => ({ bytes: sharedBytes(bytes.subarray(0, end)), starts }),
  }
}

type Run = Readonly<{ from: Uint8Array; start: number; length: number }>

function isEqual(bytes: Uint8Array, at: number, { from, start, length }: Run): boolean {
  for (let i = 0; i < length; i++) if (bytes[at + i] !== from[start + i]) return false
  return true
}

/** A UTF-16 unit takes three bytes at most; each is encoded by itself, so that every text comes back as it was. */
const MOST_BYTES = 3

/** Gives the place after it. */
function encode(text: string, to: Uint8Array, from: number): number {
  let at = from
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) to[at++] = unit
    else if (unit < 0x800) {
      to[at++] = 0xc0 | (unit >> 6)
      to[at++] = 0x80 | (unit & 63)
    } else {
      to[at++] = 0xe0 | (unit >> 12)
      to[at++] = 0x80 | ((unit >> 6) & 63)
      to[at++] = 0x80 | (unit & 63)
    }
  }
  return at
}

function textAt({ bytes, starts }: PackedTexts, code: number): string {
  const [from, to] = [starts[code] ?? 0, starts[code + 1] ?? 0]
  let text = ''
  for (let at = from; at < to; ) {
    const first = bytes[at] as number // at < to <= length, also of what follows it
    if (first < 0x80) {
      text += ASCII[first]
      at++
    } else if (first < 0xe0) {
      text += String.fromCharCode(((first & 31) << 6) | ((bytes[at + 1] as number) & 63))
      at += 2
    } else {
      text += String.fromCharCode(
        ((first & 15) << 12) | (((bytes[at + 1] as number) & 63) << 6) | ((bytes[at + 2] as number) & 63),
      )
      at += 3
    }
  }
  return text
}

function hashAt(packed: PackedTexts, code: number, seed: number): number {
  const { bytes, starts } = packed
  let hash = hashStart(seed)
  for (let at = starts[code] ?? 0; at < (starts[code + 1] ?? 0); at++) {
    const unit = bytes[at] as number // at < length
    if (unit >= 0x80) return hashText(textAt(packed, code), seed)
    hash = hashNext(hash, unit)
  }
  return hashEnd(hash)
}

/** Each unit has one byte that does not go on with another. */
function lengthAt({ bytes, starts }: PackedTexts, code: number): number {
  let units = 0
  for (let at = starts[code] ?? 0; at < (starts[code + 1] ?? 0); at++)
    if (((bytes[at] as number) & 0xc0) !== 0x80) units++
  return units
}

const ASCII = Array.from({ length: 0x80 }, (_, unit) => String.fromCharCode(unit))
