const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bytes of a Base64 text in the standard alphabet, its padding included. @param lines taken as one text */
export function bytesOfBase64(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(128)
  for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i
  const text = lines.join('')
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const valueAt = (i: number): number => values[text.charCodeAt(i)] ?? 0
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const word = (valueAt(from) << 18) | (valueAt(from + 1) << 12) | (valueAt(from + 2) << 6) | valueAt(from + 3)
    bytes[to] = word >> 16
    // Beyond the end, where there is padding, nothing is written.
    bytes[to + 1] = word >> 8
    bytes[to + 2] = word
  }
  return bytes
}
