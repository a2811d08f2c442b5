import { PLACEHOLDERS } from './reference/placeholders.ts'

const WORDS = new Set(PLACEHOLDERS.values)
const QUOTES_AROUND = /^[\s"'`\u2018-\u201f]+|[\s"'`\u2018-\u201f]+$/g
const LONGEST_WORD = PLACEHOLDERS.values.reduce((longest, word) => Math.max(longest, word.length), 0)
const LONGEST_QUOTED = 200
const LETTERS = /^[a-z][^\s"'`\u2018-\u201f]*$/i
const ZEROS_AND_DASHES = /^[0\-\s]*$/

/**
 * Does a value stand for "nothing known"? Empty, `null`, `"N/A"`, `-`, `0`, an all-zero uuid, `[object Object]` and
 * what the reference list of placeholders holds, in any case, with or without quotes around it.
 *
 * @param value text of a cell; null is a placeholder
 *
 * Source: docs/methods/identity.md, "Placeholders".
 */
export function isPlaceholder(value: string | null): boolean {
  if (value === null) return true
  // By far the most values: no blank, no quote, and no zero or dash at the start.
  if (LETTERS.test(value)) return value.length <= LONGEST_WORD && WORDS.has(value.toLowerCase())
  // Runs of blanks or quotes are looked through again and again: what is long is no word.
  if (value.length > LONGEST_QUOTED) return ZEROS_AND_DASHES.test(value)
  const bare = value.replace(QUOTES_AROUND, '').toLowerCase()
  return ZEROS_AND_DASHES.test(bare) || WORDS.has(bare) || WORDS.has(bare.replace(/\s+/g, ''))
}
