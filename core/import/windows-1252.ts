/**
 * Code points of the bytes 0x80..0x9f in windows-1252; the rest equals ISO 8859-1. The five unassigned bytes stand for
 * the control characters of the same number, as in every browser.
 *
 * Source: WHATWG Encoding Standard, index windows-1252.
 */
const C1 = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
  0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
]

/** Code point of one windows-1252 byte. */
export function windows1252Point(byte: number): number {
  return byte >= 0x80 && byte < 0xa0 ? (C1[byte - 0x80] ?? byte) : byte
}

/** Bytes as windows-1252 text. */
export function windows1252Text(bytes: Uint8Array): string {
  return Array.from(bytes, byte => String.fromCodePoint(windows1252Point(byte))).join('')
}
