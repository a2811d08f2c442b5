const UUID_BYTES = 16
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The text of the UUID at packed[16 row .. 16 row + 15]. */
export function uuidText(packed: Uint8Array, row: number): string {
  let text = ''
  for (let i = 0; i < UUID_BYTES; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-'
    text += HEX[packed[UUID_BYTES * row + i] ?? 0]
  }
  return text
}
