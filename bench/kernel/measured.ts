/** Times of one contender in ms. */
export type Measured = Readonly<{ name: string; median: number; p95: number; max: number }>

export function measured(name: string, times: readonly number[]): Measured {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  return { name, median: at(0.5), p95: at(0.95), max: at(1) }
}

export function lineOf({ name, median, p95, max }: Measured): string {
  const cells = [median, p95, max].map(ms => `${ms.toFixed(3)} ms`.padStart(14))
  return `${name.padEnd(40)}${cells.join('')}\n`
}
