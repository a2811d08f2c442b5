import type { Parsed } from '#contract/contract'
import type { Weighed } from './room.ts'

export type Wanted = Parsed<'review.queue'>
/** Candidates of a page, how many there are, and how many more are left out because an answer to them changes little. */
export type Found = Readonly<{ matching: number; little: number; weighed: readonly Weighed[] }>

/** Is a weight within the bounds that are asked for? */
export function isWithin(bits: number | null, { minBits, maxBits }: Wanted): boolean {
  if (bits === null) return minBits === undefined && maxBits === undefined
  return (minBits === undefined || bits >= minBits) && (maxBits === undefined || bits <= maxBits)
}
