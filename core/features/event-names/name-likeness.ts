/**
 * Jaro-Winkler similarity of two words.
 *
 *   jaro = (m / |a| + m / |b| + (m - t) / m) / 3;  winkler = jaro + l * 0.1 * (1 - jaro)
 *
 * with m characters in common no further apart than half the longer word less one, t half the number of those in another
 * order, l the length of the common beginning, 4 at most.
 *
 * @returns 0 (nothing in common) to 1 (equal)
 *
 * Source: Winkler, "String comparator metrics", 1990; docs/methods/taxonomy.md, "Suggestions".
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1
  if (one === '' || other === '') return 0
  const [mine, theirs] = commonOf(one, other)
  const common = mine.length
  if (common === 0) return 0
  let moved = 0
  for (const [i, letter] of mine.entries()) if (letter !== theirs[i]) moved++
  const jaro = (common / one.length + common / other.length + (common - moved / 2) / common) / 3
  let start = 0
  while (start < 4 && start < one.length && one[start] === other[start]) start++
  return jaro + start * 0.1 * (1 - jaro)
}

/** Letters in common, as each word orders them. */
function commonOf(one: string, other: string): readonly [string[], string[]] {
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1)
  const taken = new Set<number>()
  const mine: string[] = []
  for (let i = 0; i < one.length; i++) {
    for (let j = Math.max(0, i - reach); j <= Math.min(other.length - 1, i + reach); j++) {
      if (taken.has(j) || one[i] !== other[j]) continue
      taken.add(j)
      mine.push(one[i] ?? '')
      break
    }
  }
  return [mine, [...taken].sort((a, b) => a - b).map(j => other[j] ?? '')]
}
