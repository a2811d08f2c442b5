/** Marks of direction, Arabic and Persian digits, full-width forms. */
const ODD = /[\u0660-\u0669\u06f0-\u06f9\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\uff01-\uff5e]/
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const ARABIC_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g
const FULL_WIDTH = /[\uff01-\uff5e]/g
const FULL_WIDTH_SHIFT = 0xfee0

/**
 * A number or time in the characters that are looked for: without invisible marks of direction, with the digits 0 to 9 in place of
 * Arabic, Persian and full-width ones, and ASCII in place of other full-width forms. Each stands for one thing only.
 *
 * @param text without blanks around it
 * @returns the same text where it has none of these
 *
 * Source: docs/methods/import.md, "Values".
 */
export function plainSpelling(text: string): string {
  if (!ODD.test(text)) return text
  return text
    .replace(DIRECTION, '')
    .replace(ARABIC_DIGIT, digit => String(digit.charCodeAt(0) & 15))
    .replace(FULL_WIDTH, wide => String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_SHIFT))
    .trim()
}
