/** Groups up to this size are sorted by insertion. */
const SMALL = 24

/**
 * Rows in the order of workspace code, then time; equal ones keep their order.
 *
 * @param rows numbers of rows in any order; rearranged in place and returned
 * @param workspace code per row number
 * @param time ms per row number
 */
export function sortRows(rows: Uint32Array, workspace: Uint32Array, time: Float64Array): Uint32Array {
  const { sorted, ends } = byWorkspace(rows, workspace)
  let from = 0
  const sort = timeSorter(sorted, time)
  for (const end of ends) {
    if (end - from > 1) sort(from, end)
    from = end
  }
  rows.set(sorted)
  return rows
}

/** Counting sort. `ends`: where the rows of each workspace code end. */
function byWorkspace(rows: Uint32Array, workspace: Uint32Array): Readonly<{ sorted: Uint32Array; ends: Uint32Array }> {
  let highest = 0
  // All indices are row numbers or codes counted before.
  for (const row of rows) if ((workspace[row] as number) > highest) highest = workspace[row] as number
  const next = new Uint32Array(highest + 2)
  for (const row of rows) {
    const code = (workspace[row] as number) + 1
    next[code] = (next[code] as number) + 1
  }
  for (let code = 1; code < next.length; code++) next[code] = (next[code] as number) + (next[code - 1] as number)
  const sorted = new Uint32Array(rows.length)
  for (const row of rows) {
    const code = workspace[row] as number
    const at = next[code] as number
    sorted[at] = row
    next[code] = at + 1
  }
  return { sorted, ends: next.subarray(0, highest + 1) }
}

/** Sorts stretches of row numbers by time, in place and stably. */
function timeSorter(rows: Uint32Array, time: Float64Array): (from: number, end: number) => void {
  let spare = new Uint32Array(0)
  return (from, end) => {
    if (isSorted(rows, time, from, end)) return
    for (let start = from; start < end; start += SMALL) insertionSort(rows, time, start, Math.min(start + SMALL, end))
    if (end - from <= SMALL) return
    if (spare.length < end - from) spare = new Uint32Array(end - from)
    for (let width = SMALL; width < end - from; width *= 2) {
      for (let start = from; start + width < end; start += 2 * width) {
        merge(rows, time, spare, { start, middle: start + width, end: Math.min(start + 2 * width, end) })
      }
    }
  }
}

function isSorted(rows: Uint32Array, time: Float64Array, from: number, end: number): boolean {
  let before = time[rows[from] as number] as number
  for (let i = from + 1; i < end; i++) {
    const now = time[rows[i] as number] as number
    if (now < before) return false
    before = now
  }
  return true
}

function insertionSort(rows: Uint32Array, time: Float64Array, from: number, end: number): void {
  for (let i = from + 1; i < end; i++) {
    const row = rows[i] as number
    const at = time[row] as number
    let j = i
    while (j > from && (time[rows[j - 1] as number] as number) > at) {
      rows[j] = rows[j - 1] as number
      j--
    }
    rows[j] = row
  }
}

type Halves = Readonly<{ start: number; middle: number; end: number }>

function merge(rows: Uint32Array, time: Float64Array, spare: Uint32Array, { start, middle, end }: Halves): void {
  if ((time[rows[middle - 1] as number] as number) <= (time[rows[middle] as number] as number)) return
  const left = middle - start
  for (let i = 0; i < left; i++) spare[i] = rows[start + i] as number
  let i = 0
  let j = middle
  let to = start
  while (i < left && j < end) {
    const isLeft = (time[spare[i] as number] as number) <= (time[rows[j] as number] as number)
    rows[to++] = (isLeft ? spare[i++] : rows[j++]) as number
  }
  while (i < left) rows[to++] = spare[i++] as number
}
