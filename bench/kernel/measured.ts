/** Times of one contender in ms; `processor` is the mean over all threads, null where it was not taken. */
export type Measured = Readonly<{
  name: string
  median: number
  p95: number
  max: number
  processor: number | null
}>

export function measured(name: string, times: readonly number[], processor: number | null = null): Measured {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  return { name, median: at(0.5), p95: at(0.95), max: at(1), processor }
}

export function lineOf({ name, median, p95, max, processor }: Measured): string {
  const cells = [median, p95, max, processor].map(ms => (ms === null ? '' : `${ms.toFixed(3)} ms`).padStart(14))
  return `${name.padEnd(40)}${cells.join('')}\n`
}
