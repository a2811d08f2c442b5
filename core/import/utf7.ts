import { lenientText } from './utf8-text.ts'

/** Bytes looked at. */
const LOOKED_AT = 1 << 16
const RUN = /\+([A-Za-z0-9+/]{3,})-/g
const LEAST_RUNS = 2
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** Latin, Greek and Cyrillic beyond ASCII, and the signs of typography. */
const USUAL = /^[\u00a1-\u052f\u2010-\u2044\u20ac]+$/u
/** Of other letters one by itself proves nothing. */
const LETTERS = /^[\p{L}\p{M}]{2,}$/u

/**
 * A run of UTF-7 in a text that is all ASCII, where it has two different ones or more and every one of its runs reads as letters.
 *
 * @param head the beginning of a file
 * @returns the run and what it reads as; null where the file is not plainly UTF-7
 *
 * Source: docs/methods/import.md, "Encoding".
 */
export function utf7Run(head: Uint8Array): Readonly<{ run: string; text: string }> | null {
  const start = head.subarray(0, LOOKED_AT)
  if (!start.includes(43) || start.some(byte => byte > 127)) return null
  const text = lenientText(start)
  const runs = [...new Set([...text.matchAll(RUN)].map(([, run = '']) => run))]
  const read = runs.map(textOf)
  const [first] = read
  const areLetters = read.every(each => each !== null && (USUAL.test(each) || LETTERS.test(each)))
  return runs.length >= LEAST_RUNS && areLetters && first ? { run: `+${runs[0]}-`, text: first } : null
}

/** UTF-16 in the digits of base64, the bits left over zero; null where they are not. */
function textOf(run: string): string | null {
  let bits = 0
  let left = 0
  let text = ''
  for (const digit of run) {
    bits = (bits << 6) | DIGITS.indexOf(digit)
    left += 6
    if (left < 16) continue
    left -= 16
    text += String.fromCharCode((bits >> left) & 0xffff)
    bits &= (1 << left) - 1
  }
  return left < 6 && bits === 0 ? text : null
}
