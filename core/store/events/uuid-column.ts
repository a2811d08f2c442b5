import type { TextColumn } from '#schema/event'

const UUID_CHARS = 36
const UUID_BYTES = 16
/** Where the four-digit words of `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` begin. */
const WORDS = [0, 4, 9, 14, 19, 24, 28, 32] as const
const DASHES = [8, 13, 18, 23] as const
const DASH = 45
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Writes texts [from .. to) of a column as 16 bytes each from row `at` on; false where one is no lower-case UUID. */
export function packUuids(
  { offsets, bytes }: TextColumn,
  { from, to }: Readonly<{ from: number; to: number }>,
  packed: Uint16Array,
  at: number,
): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let i = from; i < to; i++) {
    // Within range: the caller names texts of the column.
    const start = offsets[i] as number
    const length = (offsets[i + 1] as number) - start
    if (length !== UUID_CHARS || !packUuid(view, start, packed, WORDS.length * (at + i - from))) return false
  }
  return true
}

function packUuid(view: DataView, start: number, packed: Uint16Array, at: number): boolean {
  let wrong = 0
  for (let i = 0; i < WORDS.length; i++) {
    const digits = view.getInt32(start + (WORDS[i] as number), true)
    // Four digits at once: a letter has bit 6 set, and its value is nine more than its low bits.
    const values = (digits & 0x0f0f0f0f) + 9 * ((digits >>> 6) & 0x01010101)
    wrong |= values & 0xf0f0f0f0
    // Written back, only a digit or a lower-case letter is what it was: 39 is the way from behind 9 to a.
    wrong |= (values + 0x30303030 + 39 * (((values + 0x06060606) >>> 4) & 0x01010101)) ^ digits
    const pairs = ((values << 4) | (values >>> 8)) & 0x00ff00ff
    packed[at + i] = (pairs & 0xff) | (pairs >>> 8)
  }
  for (let i = 0; i < DASHES.length; i++) wrong |= view.getUint8(start + (DASHES[i] as number)) ^ DASH
  return wrong === 0
}

/** The text of the UUID at packed[16 row .. 16 row + 15]. */
export function uuidText(packed: Uint8Array, row: number): string {
  let text = ''
  for (let i = 0; i < UUID_BYTES; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-'
    text += HEX[packed[UUID_BYTES * row + i] ?? 0]
  }
  return text
}
