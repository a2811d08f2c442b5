/**
 * The order of things by their worth, which is estimated, and known of those that are looked at: the most promising ones, until as
 * many of the first places are known as may be looked at.
 *
 * @param estimated worth of each
 * @param look worth of one by a close look
 * @param most how many are looked at
 * @returns places in the order of their worth, highest first; equal ones as they were
 */
export function bestFirst(
  estimated: readonly number[],
  look: (place: number) => number,
  most: number,
): readonly number[] {
  const worth = Float64Array.from(estimated)
  const byWorth = (x: number, y: number): number => (worth[y] as number) - (worth[x] as number) || x - y // places
  const order = [...estimated.keys()].sort(byWorth)
  const seen: number[] = []
  for (const place of order) {
    const known = seen.filter(one => (worth[one] as number) >= (estimated[place] as number)).length
    if (seen.length === most || known >= most) break
    worth[place] = look(place)
    seen.push(place)
  }
  return order.sort(byWorth)
}
