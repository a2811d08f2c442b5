import { DECIDED_STEPS, type Forest } from '#identity'

/** One cluster of two or more: its first and last place in the order of a forest, and the weakest join between them. */
export type Run = Readonly<{ from: number; to: number; weakest: number }>

/** Clusters of two or more, in the order of a forest: as columns, since there may be hundreds of thousands. */
export type Runs = Readonly<{ from: Uint32Array; to: Uint32Array; weakest: Int32Array }>

/** Clusters of two or more as runs of the forest's order, at a threshold in sixteenths of a bit. */
export function runsAt({ order, joins }: Forest, threshold: number): Runs {
  const most = order.length >>> 1
  const [starts, ends, weakest] = [new Uint32Array(most), new Uint32Array(most), new Int32Array(most)]
  let count = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    let least = DECIDED_STEPS
    for (let join = joins[to] as number; join >= threshold; join = joins[++to] as number) if (join < least) least = join // one join per place
    if (to > from) {
      starts[count] = from
      ends[count] = to
      weakest[count++] = least
    }
    from = to + 1
  }
  return { from: starts.subarray(0, count), to: ends.subarray(0, count), weakest: weakest.subarray(0, count) }
}

/** Those that pass a test. */
export function runsThat(runs: Runs, passes: (run: Run) => boolean): Runs {
  const places: number[] = []
  for (let at = 0; at < runs.from.length; at++) if (passes(runAt(runs, at))) places.push(at)
  return {
    from: Uint32Array.from(places, at => runs.from[at] as number), // places of runs
    to: Uint32Array.from(places, at => runs.to[at] as number),
    weakest: Int32Array.from(places, at => runs.weakest[at] as number),
  }
}

/**
 * A page of clusters, the largest or the weakest first, equal ones in the order of the forest.
 *
 * Each goes by a count of those before it, so that no more than the page is put in order.
 */
export function pageOfRuns(
  runs: Runs,
  { sort, offset, limit }: Readonly<{ sort: 'size' | 'weakest'; offset: number; limit: number }>,
): Run[] {
  // The larger ones have the lower key; at < length.
  const keys = runs.weakest.map((weakest, at) =>
    sort === 'weakest' ? weakest : (runs.from[at] as number) - (runs.to[at] as number),
  )
  const page: Run[] = []
  const places = placesByKey(keys)
  for (let at = 0; at < keys.length; at++) {
    const place = places(keys[at] as number) // at < length
    if (place >= offset && place < offset + limit) page[place - offset] = runAt(runs, at)
  }
  return page
}

/** Tells the place of each next entry of a key among all by ascending key. */
function placesByKey(keys: Int32Array): (key: number) => number {
  let [lowest, highest] = [0, 0]
  for (const key of keys) {
    if (key < lowest) lowest = key
    if (key > highest) highest = key
  }
  const next = new Uint32Array(highest - lowest + 2)
  // Keys lie between the lowest and the highest.
  for (const key of keys) next[key - lowest + 1] = (next[key - lowest + 1] as number) + 1
  for (let key = 1; key < next.length; key++) next[key] = (next[key] as number) + (next[key - 1] as number)
  return key => {
    const place = next[key - lowest] as number
    next[key - lowest] = place + 1
    return place
  }
}

function runAt({ from, to, weakest }: Runs, at: number): Run {
  return { from: from[at] as number, to: to[at] as number, weakest: weakest[at] as number } // at < length
}
