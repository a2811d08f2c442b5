import type { RecordValues } from '../block/gathered-values.ts'

/**
 * What two records say in one group of fields: a level and its weight, packed into one whole number so that millions of
 * pairs make no objects.
 */
export type Comparison = Readonly<{
  /** `name`, `email`, `birth date`: one group is one comparison, however many fields it reads. */
  name: string
  /** Names of the levels, from 0 (nothing to compare) on. */
  levels: readonly string[]
  /** The highest steps any pair can get; what is left to win is known before all groups are compared. */
  most: number
  /**
   * The highest steps that these two can get, or more, seen from codes alone, and `MAY_IDENTIFY` where they may be at an identifier:
   * cheap, and asked of every pair. Null: `most`, and there is no identifier.
   */
  reach: ((a: number, b: number) => number) | null
  /** What two records without anything in common cannot get. Not given: they may get `most`, and be at an identifier. */
  apart?: Apart
  /** Packed level and steps of two records. */
  compare(a: number, b: number): number
  /** What was compared, in words. */
  value(a: number, b: number): string
  /** Bit per level that is an identifier. */
  identifiers: number
  /** Bit per level that contradicts: the pair is held for a person to look at. */
  conflicts: number
  /** Bit per level that fits brothers and colleagues, too: such a pair joins by itself over other identifiers alone. */
  guesses: number
  /** Bit per level beside which nothing is a guess; none by default. */
  settles?: number
  /** Bit per level that may propose, and never makes sure: what joins by itself does so without it; none by default. */
  supports?: number
  /** Bit per level that a household or an office has in common: where nothing else agrees, that is a guess, too; none by default. */
  ofMany?: number
}>

/** Two records that have none of some values in common have a reach of at most `steps`. */
export type Apart = Readonly<{
  steps: number
  values: readonly RecordValues[]
  /** Records of which this is not 0 may reach anything with any other. */
  open?: RecordValues
}>

/** The same comparison, of what households and offices have in common. */
export function ofMany(comparison: Comparison): Comparison {
  return { ...comparison, ofMany: -1 }
}

/** Reach of a pair that may be at an identifier: more than steps can be. */
export const MAY_IDENTIFY = 1 << 20

const OFFSET = 1 << 11
const STEP_BITS = 12

/** Packs a level, 0..15, and steps, -2048..2047. */
export function packed(level: number, steps: number): number {
  return (level << STEP_BITS) | (steps + OFFSET)
}

/** The level of a packed result. */
export function levelOf(result: number): number {
  return result >>> STEP_BITS
}

/** The steps of a packed result. */
export function stepsIn(result: number): number {
  return (result & ((1 << STEP_BITS) - 1)) - OFFSET
}

/** Nothing to compare: level 0, 0 bits. */
export const NOTHING = packed(0, 0)

/**
 * What two records say, as lines of evidence show it: one value where both say the same.
 *
 * @param one    of the first record
 * @param other  of the second
 *
 * Source: docs/methods/identity.md, "Bits".
 */
export function bothValues(one: string, other: string): string {
  return one === other ? one : `${one} | ${other}`
}

/**
 * A set of levels as bits.
 *
 * @param levels names of all levels
 * @param chosen those that are in the set
 */
export function levelSet(levels: readonly string[], chosen: readonly string[]): number {
  return chosen.reduce((set, level) => set | (1 << levels.indexOf(level)), 0)
}

/**
 * Levels by name.
 *
 * @param levels names of all levels
 * @returns name -> level
 */
export function levelRanks<const L extends string>(levels: readonly L[]): Readonly<Record<L, number>> {
  return Object.fromEntries(levels.map((level, rank) => [level, rank])) as Record<L, number> // one entry per name
}
