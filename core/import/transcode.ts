import type { Encoding } from '#schema/import'
import { fromCodePage } from './code-page.ts'
import { windows1252Point } from './windows-1252.ts'

/** Turns the bytes of a file into UTF-8, piece by piece. */
export type Transcoder = Readonly<{
  /** UTF-8 of the next bytes; may be the very array given. Valid until the next call. */
  push(chunk: Uint8Array): Uint8Array
  /** What is left over: nothing, or a byte that marks a text cut in the middle of a character. */
  end(): Uint8Array
}>

/** Never part of UTF-8: stands for what cannot be read, so that the record is held as `row/bad-encoding`. */
const UNREADABLE = 0xff
const EMPTY = new Uint8Array(0)

/**
 * A converter to UTF-8 for one file whose byte order mark is already cut off.
 *
 * UTF-8 passes through unchecked. In UTF-16 a lone surrogate or half a unit at the end becomes the byte 0xff, which is
 * found when the record is decoded. windows-1252 can hold any bytes. Other encodings are decoded by the platform.
 *
 * Source: docs/methods/import.md, "Encoding".
 */
export function createTranscoder(encoding: Encoding): Transcoder {
  if (encoding === 'utf-8') return { push: chunk => chunk, end: () => EMPTY }
  if (encoding === 'windows-1252') return { push: fromWindows1252, end: () => EMPTY }
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return fromUtf16(encoding === 'utf-16le')
  return fromCodePage(encoding)
}

function fromWindows1252(chunk: Uint8Array): Uint8Array {
  const out = new Uint8Array(3 * chunk.length)
  let length = 0
  for (const byte of chunk) {
    if (byte < 0x80) out[length++] = byte
    else length = writePoint(out, length, windows1252Point(byte))
  }
  return out.subarray(0, length)
}

function fromUtf16(isLittleEndian: boolean): Transcoder {
  let odd = -1
  let high = -1
  const write = (out: Uint8Array, at: number, unit: number): number => {
    let length = at
    const isLow = unit >= 0xdc00 && unit <= 0xdfff
    if (high >= 0) {
      const first = high
      high = -1
      if (isLow) return writePoint(out, length, 0x10000 + ((first - 0xd800) << 10) + (unit - 0xdc00))
      out[length++] = UNREADABLE
    }
    if (unit >= 0xd800 && unit <= 0xdbff) high = unit
    else if (isLow) out[length++] = UNREADABLE
    else length = writePoint(out, length, unit)
    return length
  }
  return {
    push(chunk) {
      const out = new Uint8Array(2 * chunk.length + 8)
      let length = 0
      for (const byte of chunk) {
        if (odd < 0) odd = byte
        else {
          length = write(out, length, isLittleEndian ? odd | (byte << 8) : (odd << 8) | byte)
          odd = -1
        }
      }
      return out.subarray(0, length)
    },
    end: () => (odd >= 0 || high >= 0 ? new Uint8Array([UNREADABLE]) : EMPTY),
  }
}

function writePoint(out: Uint8Array, at: number, point: number): number {
  let length = at
  if (point < 0x80) out[length++] = point
  else if (point < 0x800) out[length++] = 0xc0 | (point >> 6)
  else {
    if (point < 0x10000) out[length++] = 0xe0 | (point >> 12)
    else {
      out[length++] = 0xf0 | (point >> 18)
      out[length++] = 0x80 | ((point >> 12) & 0x3f)
    }
    out[length++] = 0x80 | ((point >> 6) & 0x3f)
  }
  if (point >= 0x80) out[length++] = 0x80 | (point & 0x3f)
  return length
}
