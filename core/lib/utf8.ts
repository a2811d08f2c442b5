/** Most bytes that `writeUtf8` needs for a text: three per UTF-16 unit. */
export function maxUtf8Length(text: string): number {
  return text.length * 3
}

/**
 * Writes a text as UTF-8 from `at` on. A lone surrogate becomes U+FFFD, as everywhere on the platform.
 *
 * @param target has room for `maxUtf8Length(text)` bytes from `at` on
 * @returns the offset after the last byte written
 */
export function writeUtf8(text: string, target: Uint8Array, at: number): number {
  let to = at
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) target[to++] = unit
    else if (unit < 0x800) {
      target[to++] = 0xc0 | (unit >> 6)
      target[to++] = 0x80 | (unit & 0x3f)
    } else {
      // Within range: i < length, so there is a code point.
      const point = text.codePointAt(i) as number
      if (point > 0xffff) i++
      to = writeWide(point >= 0xd800 && point <= 0xdfff ? 0xfffd : point, target, to)
    }
  }
  return to
}

function writeWide(point: number, target: Uint8Array, at: number): number {
  let to = at
  if (point > 0xffff) {
    target[to++] = 0xf0 | (point >> 18)
    target[to++] = 0x80 | ((point >> 12) & 0x3f)
  } else target[to++] = 0xe0 | (point >> 12)
  target[to++] = 0x80 | ((point >> 6) & 0x3f)
  target[to++] = 0x80 | (point & 0x3f)
  return to
}

/** A text as UTF-8 bytes of its own. */
export function utf8Of(text: string): Uint8Array {
  const bytes = new Uint8Array(maxUtf8Length(text))
  return bytes.slice(0, writeUtf8(text, bytes, 0))
}

/** Units handed to one `fromCharCode` call: below the number of arguments that any engine takes. */
const PIECE = 8192

/**
 * The text of bytes[start .. end), which must be valid UTF-8 (`isUtf8` tells); what other bytes give is not defined,
 * but never throws.
 */
export function textOfUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = ''
  let units: number[] = []
  let at = start
  while (at < end) {
    const size = sizeOf(bytes[at] ?? 0)
    const point = size === 1 ? (bytes[at] ?? 0) : pointAt(bytes, at, size)
    if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff))
    else units.push(point)
    at += size
    if (units.length >= PIECE) {
      text += String.fromCharCode(...units)
      units = []
    }
  }
  return text + String.fromCharCode(...units)
}

function sizeOf(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}

function pointAt(bytes: Uint8Array, at: number, size: number): number {
  let point = (bytes[at] ?? 0) & (0x7f >> size)
  for (let i = 1; i < size; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 0x3f)
  return point & 0x1fffff
}

/** Is bytes[start .. end) valid UTF-8: no stray or missing continuation, no overlong form, no surrogate, none beyond U+10FFFF? */
export function isUtf8(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  let at = start
  while (at < end) {
    // Within range: at < end.
    if ((bytes[at] as number) < 0x80) at++
    else {
      const size = sequenceLength(bytes[at] as number, bytes[at + 1] ?? 0)
      if (size === 0 || at + size > end || !areContinuations(bytes, at + 1, at + size)) return false
      at += size
    }
  }
  return true
}

function areContinuations(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) return false
  return true
}

/** Length of the sequence that a lead byte opens, 0 where lead and next byte cannot stand together. */
function sequenceLength(lead: number, next: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0
  if (lead < 0xe0) return 2
  if (lead < 0xf0) return (lead === 0xe0 && next < 0xa0) || (lead === 0xed && next > 0x9f) ? 0 : 3
  return (lead === 0xf0 && next < 0x90) || (lead === 0xf4 && next > 0x8f) ? 0 : 4
}
