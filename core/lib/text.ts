/**
 * Order by Unicode code point (equal to the order of the UTF-8 bytes). The `<` of JavaScript orders by UTF-16 unit,
 * which puts characters beyond U+FFFF before U+E000.
 *
 * @returns negative, 0 or positive
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Lifts surrogates above the rest of the basic plane, so that unit order equals code-point order. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000
}

/**
 * The normal form in which event names are matched: a `_` between a lower-case letter or digit and an upper-case one,
 * lower case, each run of other characters than a-z 0-9 becomes `_`, trimmed of `_`.
 *
 * Source: docs/methods/score.md, "Kinds".
 */
export function normaliseName(name: string): string {
  return name
    .replace(/([\p{Ll}0-9])(?=\p{Lu})/gu, '$1_')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
}

/**
 * A pattern in the normal form of names; its stars stay.
 *
 * @returns the empty string for one without any letter a-z, digit or star: such a pattern matches nothing
 *
 * Source: docs/methods/score.md, "Kinds".
 */
export function normalisePattern(pattern: string): string {
  return pattern
    .replace(/([\p{Ll}0-9])(?=\p{Lu})/gu, '$1_')
    .toLowerCase()
    .replace(/[^a-z0-9*]+/g, '_')
    .replace(/^_+|_+$/g, '')
}

/** Does `value` match `pattern`, where `*` stands for any run of characters (also none)? */
export function matchesPattern(value: string, pattern: string): boolean {
  if (!pattern.includes('*')) return value === pattern
  const parts = pattern.split('*')
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last)) return false
  let at = first.length
  const end = value.length - last.length
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at)
    if (found === -1 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}

const BEYOND_UNIT_ORDER = /[\ud800-\uffff]/

/**
 * A comparison by code point for many texts: the native one, which is several times faster, where none of them holds a
 * character from U+D800 on, so that unit order is code-point order.
 *
 * @param texts all texts that will be compared
 * @returns a function equal to `compareCodePoints` on them
 */
export function codePointOrderOf(texts: Iterable<string>): (a: string, b: string) => number {
  for (const text of texts) if (BEYOND_UNIT_ORDER.test(text)) return compareCodePoints
  return (a, b) => (a < b ? -1 : a > b ? 1 : 0)
}

/** How often, in words: once, twice, 3 times. */
export function timesText(count: number): string {
  if (count === 1) return 'once'
  return count === 2 ? 'twice' : `${count} times`
}
