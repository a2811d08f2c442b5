/**
 * Whether a JSON value is larger than a cap, without writing it out: strings and keys count their UTF-16 code units,
 * every other value and every entry counts 8. Stops as soon as the cap is passed, so rubbish costs no more than the cap.
 *
 * @param value a JSON value; typed arrays and the like count as one value
 * @param cap   units, >= 0
 * @returns true where the count is above the cap, or where the value nests deeper than 200 levels
 */
export function isLargerThan(value: unknown, cap: number): boolean {
  return remaining(value, cap, MAX_DEPTH) < 0
}

const MAX_DEPTH = 200
const PLAIN = 8

function remaining(value: unknown, left: number, depth: number): number {
  if (typeof value === 'string') return left - value.length - PLAIN
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return left - PLAIN
  if (depth === 0) return -1
  let rest = left - PLAIN
  for (const [key, entry] of Object.entries(value)) {
    if (rest < 0) return rest
    rest = remaining(entry, rest - (Array.isArray(value) ? 0 : key.length), depth - 1)
  }
  return rest
}
