import type { Forest } from './cluster-records.ts'

/**
 * How many unions a threshold allows.
 *
 *   count of merges with steps >= threshold, by binary search
 *
 * @param forest clusters of every threshold
 * @param threshold sixteenths of a bit
 * @returns so that there are `size - mergesAt` clusters
 *
 * Source: docs/methods/identity.md, "Clusters".
 */
export function mergesAt({ merges: { steps } }: Pick<Forest, 'merges'>, threshold: number): number {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((steps[middle] as number) >= threshold)
      low = middle + 1 // middle < length
    else high = middle
  }
  return low
}

/**
 * The cluster of every record at a threshold.
 *
 * @param forest clusters of every threshold
 * @param threshold sixteenths of a bit
 * @returns per record the smallest record of its cluster
 *
 * Source: docs/methods/identity.md, "Clusters".
 */
export function clustersAt({ size, order, joins }: Forest, threshold: number): Uint32Array {
  const labels = new Uint32Array(size)
  for (let from = 0; from < size; ) {
    let to = from
    let smallest = order[from] as number // from < size
    while ((joins[to] as number) >= threshold) smallest = Math.min(smallest, order[++to] as number)
    for (let at = from; at <= to; at++) labels[order[at] as number] = smallest
    from = to + 1
  }
  return labels
}

/**
 * The records of one cluster at a threshold, without looking at any other.
 *
 * @param forest clusters of every threshold
 * @param place of one of its records in `order`
 * @param threshold sixteenths of a bit
 * @returns its records, ascending
 *
 * Source: docs/methods/identity.md, "Clusters".
 */
export function clusterAround(
  { order, joins }: Pick<Forest, 'order' | 'joins'>,
  place: number,
  threshold: number,
): Uint32Array {
  let [from, to] = [place, place]
  while (from > 0 && (joins[from - 1] as number) >= threshold) from--
  while ((joins[to] as number) >= threshold) to++
  return order.slice(from, to + 1).sort()
}
