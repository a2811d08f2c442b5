/** Seeded choices: equal seed, equal export. */
export type Dice = Readonly<{
  next(): number
  int(below: number): number
  between(low: number, high: number): number
  chance(p: number): boolean
  pick<T>(from: readonly T[]): T
  some<T>(from: readonly T[], p: number): T[]
}>

/** mulberry32 */
export function diceOf(seed: number): Dice {
  let state = (seed * 2654435761) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number): number => Math.floor(next() * below)
  const chance = (p: number): boolean => next() < p
  return {
    next,
    int,
    chance,
    between: (low, high) => low + int(high - low + 1),
    pick: <T>(from: readonly T[]): T => from[int(from.length)] as T,
    some: (from, p) => from.filter(() => chance(p)),
  }
}
