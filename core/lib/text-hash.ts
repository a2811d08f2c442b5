import { hashBytes } from './hash-bytes.ts'
import { utf8Of } from './utf8.ts'

const words = new Uint32Array(4)

/** 53 bits of a text's hash: among a million texts two are taken for one by a chance of 1 in 18,000. */
export function textHash(text: string): number {
  const bytes = utf8Of(text)
  hashBytes(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length, words, 0)
  const [high = 0, low = 0] = words
  return high * 2 ** 21 + (low >>> 11)
}
