/** A copy with room for at least `length` bytes, at least twice as long. */
export function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(Math.max(length, 2 * bytes.length))
  longer.set(bytes)
  return longer
}

/** As `grown`, for 32-bit words. */
export function grownWords(words: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(Math.max(length, 2 * words.length))
  longer.set(words)
  return longer
}
