/** Bits are counted in sixteenths, as whole numbers, so that sums are equal on every machine. */
export const STEPS_PER_BIT = 16
/** One attribute gives at most this. */
export const MOST_ATTRIBUTE_STEPS = 16 * STEPS_PER_BIT

/** Others that are thought to carry a value which only the pair at hand does. */
export const UNKNOWN_OTHERS = 0.5

/**
 * Bits as whole sixteenths.
 *
 * @param bits log2 odds
 *
 * Source: docs/methods/identity.md, "Bits".
 */
export function stepsOf(bits: number): number {
  return Math.round(bits * STEPS_PER_BIT)
}

/**
 * Weight of an exact agreement by how many records carry the value, for every number of records.
 *
 *   steps[c] = 16 * log2(m / u), u = max((c - 2 + 0.5) / N, uMin), at most +16 bits
 *
 * The pair itself is left out of the count, so that a value that only these two carry is as telling as it can be.
 *
 * @param m share of pairs of one entity that agree exactly, 0..1
 * @param records N
 * @param most highest count that occurs
 * @param floor least chance agreement, 0..1; others that are thought to carry a value that only the pair does, 0.5 by default
 * @returns steps by count, 0 .. max(most, 2); counts below 2 as 2
 *
 * Source: docs/methods/identity.md, "Term frequency".
 */
export function frequencySteps(
  m: number,
  records: number,
  most: number,
  floor: Readonly<{ uMin?: number; unknown?: number }> = {},
): Int32Array {
  const { uMin = 0, unknown = UNKNOWN_OTHERS } = floor
  return Int32Array.from({ length: Math.max(most, 2) + 1 }, (_, count) => {
    const u = Math.max((Math.max(count, 2) - 2 + unknown) / records, uMin)
    return Math.min(stepsOf(Math.log2(m / u)), MOST_ATTRIBUTE_STEPS)
  })
}

/** Highest value of a list of counts, 0 for none. */
export function highest(counts: Uint32Array): number {
  let most = 0
  for (const count of counts) if (count > most) most = count
  return most
}
