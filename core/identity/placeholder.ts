import { PLACEHOLDERS } from './reference/placeholders.ts'

const WORDS = new Set(PLACEHOLDERS.values)
const QUOTES_AROUND = /^[\s"'`\u2018-\u201f]+|[\s"'`\u2018-\u201f]+$/g
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
  const bare = value.replace(QUOTES_AROUND, '').toLowerCase()
  return ZEROS_AND_DASHES.test(bare) || WORDS.has(bare) || WORDS.has(bare.replace(/\s+/g, ''))
}
