const LOOKED_AT = 4096
/** Fewer bytes say too little. */
const LEAST_BYTES = 16
const MOST_CODE_POINT = 0x10ffff
/** What text of a table has none of: control characters but tabs and line breaks, and what no character is. */
const NO_TEXT = /[^\P{C}\t\r\n\p{Cf}]/u
/** Letters, digits, blanks and the marks of tables in the code pages of mainframes; tab and line breaks. */
const EBCDIC_MARKS = [
  0x05, 0x0d, 0x15, 0x25, 0x40, 0x4b, 0x4d, 0x50, 0x5d, 0x5e, 0x60, 0x61, 0x6b, 0x6d, 0x7a, 0x7c, 0x7d, 0x7f,
]
const EBCDIC_LETTERS = [0x81, 0x91, 0xc1, 0xd1, 0xf0]
const MOST_EBCDIC = 0.9

/**
 * UTF-16 without a byte order mark in which few characters are ASCII, so that zero bytes do not show it: one of the two orders reads as
 * text with line breaks, and the other does not.
 *
 * @param head the beginning of a file that has zero bytes or control characters
 *
 * Source: docs/methods/import.md, "Encoding".
 */
export function utf16Order(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const looked = head.subarray(0, Math.min(LOOKED_AT, head.length & ~1))
  if (looked.length < LEAST_BYTES) return null
  const readable = (['utf-16le', 'utf-16be'] as const).filter(encoding => readsAsText(looked, encoding === 'utf-16le'))
  return readable.length === 1 ? (readable[0] ?? null) : null
}

function readsAsText(bytes: Uint8Array, isLittle: boolean): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const units = Array.from({ length: bytes.length / 2 }, (_, i) => view.getUint16(2 * i, isLittle))
  // The second half of the last character may be cut off.
  const text = String.fromCharCode(...units).replace(/[\ud800-\udbff]$/, '')
  return /[\r\n]/.test(text) && !NO_TEXT.test(text)
}

/** Is it UTF-32 without a byte order mark: four bytes each, all of them characters? */
export function isUtf32(head: Uint8Array): boolean {
  const length = Math.min(LOOKED_AT, head.length & ~3)
  if (length < LEAST_BYTES) return false
  const view = new DataView(head.buffer, head.byteOffset, length)
  return [true, false].some(isLittle => {
    for (let at = 0; at < length; at += 4) {
      const point = view.getUint32(at, isLittle)
      if (point < 9 || point > MOST_CODE_POINT) return false
    }
    return true
  })
}

/** Is it text of a mainframe? Such has no byte that would be a line break, a digit, a comma or a blank in other encodings. */
export function isEbcdic(head: Uint8Array): boolean {
  const looked = head.subarray(0, LOOKED_AT)
  if (looked.length < LEAST_BYTES || looked.some(byte => byte < 0x40 && !EBCDIC_MARKS.includes(byte))) return false
  const high = looked.filter(byte => byte > 0x80).length
  return 4 * high > looked.length && looked.filter(isEbcdicText).length >= MOST_EBCDIC * looked.length
}

function isEbcdicText(byte: number): boolean {
  const isLetter = EBCDIC_LETTERS.some(first => byte >= first && byte < first + 9 + (first === 0xf0 ? 1 : 0))
  return isLetter || (byte >= 0xa2 && byte <= 0xa9) || (byte >= 0xe2 && byte <= 0xe9) || EBCDIC_MARKS.includes(byte)
}
