import { lenientText } from './utf8-text.ts'

/** Bytes looked at. */
const LOOKED_AT = 1 << 16
/** Not in the name of a mailbox: what stands between `+` and `-` there is a tag. */
const RUN = /\+([A-Za-z0-9+/]{3,2000})-(?![^\s,;|"']{0,64}@)/g
/** Where the next character is none of its digits, a run needs no `-` at its end. */
const OPEN_RUN = /\+([A-Za-z0-9+/]{3,2000})(?![A-Za-z0-9+/-]|[^\s,;|"']{0,64}@)/g
/** Of the runs without an end, so many must read as letters: those of keys and tokens in base64 do not. */
const MOST_OPEN = 0.8
const LEAST_RUNS = 2
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** What people write behind a plus sign: `customer`, `testUser`, `top10`, `INTERNAL`. It may read as letters by chance. */
const WORD = /^(?:[A-Z]?[a-z0-9]+|(?:[A-Z]?[a-z]{2,}\d*)+|[A-Z]{4,}\d*)$/
const MARKS = '\\u2010-\\u2044\\u20ac\\u3001-\\u3003'
/** What the letters of one run may be, beside the signs of typography. */
const FAMILIES: readonly RegExp[] = [
  `^[\\u00a1-\\u052f\\u1ea0-\\u1ef9${MARKS}]+$`,
  ...[
    '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc',
    ...['Hangul', 'Arabic', 'Hebrew', 'Devanagari', 'Bengali', 'Tamil', 'Thai', 'Georgian', 'Armenian'].map(
      script => `\\p{Script=${script}}`,
    ),
  ].map(letters => `^[${letters}${MARKS}]{2,}$`), // one such letter by itself proves nothing
].map(pattern => new RegExp(pattern, 'u'))

/**
 * A run of UTF-7 in a text that is all ASCII, where it has two different ones or more that are no words of ASCII, and every one of
 * its runs reads as letters of one script: Latin, Greek and Cyrillic ones, and at most one other script.
 *
 * @param head the beginning of a file
 * @returns the run and what it reads as; null where the file is not plainly UTF-7
 *
 * Source: docs/methods/import.md, "Encoding".
 */
export function utf7Run(head: Uint8Array): Readonly<{ run: string; text: string }> | null {
  const start = head.subarray(0, LOOKED_AT)
  if (!start.includes(43) || start.some(byte => byte > 127)) return null
  const ascii = lenientText(start)
  const runs = [...new Set([...runsIn(ascii, RUN), ...lettersOf(runsIn(ascii, OPEN_RUN))])]
  const proofs = runs.filter(run => !WORD.test(run))
  const families = new Set(runs.map(run => familyOf(textOf(run))))
  families.delete(0)
  const [run = ''] = proofs
  const text = textOf(run)
  if (proofs.length < LEAST_RUNS || families.has(-1) || families.size > 1 || text === null) return null
  return { run: `+${run}-`, text }
}

function runsIn(text: string, form: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(form)].map(([, run = '']) => run))]
}

/** Those of Latin, Greek and Cyrillic letters, where most are. */
function lettersOf(runs: readonly string[]): readonly string[] {
  const letters = runs.filter(run => familyOf(textOf(run)) === 0 && !WORD.test(run))
  return letters.length >= MOST_OPEN * runs.length ? letters : []
}

function familyOf(text: string | null): number {
  return text === null ? -1 : FAMILIES.findIndex(family => family.test(text))
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
