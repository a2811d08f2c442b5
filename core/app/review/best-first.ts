/** How much is looked at. */
type Looks = Readonly<{
  /** First places that are to be known. */
  first: number
  /** How many may be looked at for that. */
  most: number
  /** Places whose worth is known already. */
  known?: readonly number[]
}>

/**
 * The order of things by their worth, which is estimated, and known of those that are looked at: the most promising ones, until the
 * first places are known, or as many were looked at as may be.
 *
 * @param estimated worth of each
 * @param look worth of one by a close look
 * @param looks how much is looked at
 * @returns places in the order of their worth, highest first; equal ones as they were
 */
export function bestFirst(
  estimated: readonly number[],
  look: (place: number) => number,
  { first, most, known = [] }: Looks,
): readonly number[] {
  const worth = Float64Array.from(estimated)
  const byWorth = (x: number, y: number): number => (worth[y] as number) - (worth[x] as number) || x - y // places
  const order = [...estimated.keys()].sort(byWorth)
  const seen = new Set(known)
  const end = seen.size + most
  for (const place of order) {
    if (seen.has(place)) continue
    const ahead = [...seen].filter(one => (worth[one] as number) >= (estimated[place] as number)).length
    if (seen.size === end || ahead >= first) break
    worth[place] = look(place)
    seen.add(place)
  }
  return order.sort(byWorth)
}
