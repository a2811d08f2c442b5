import { AUTO_BITS } from '../bits.ts'
import type { PairSieve } from '../block/gathered-values.ts'
import { type Comparison, levelOf, MAY_IDENTIFY, NOTHING, stepsIn } from '../compare/comparison.ts'
import { STEPS_PER_BIT, stepsOf } from './steps.ts'

/** From these steps on two records are joined without asking. */
export const AUTO_STEPS = AUTO_BITS * STEPS_PER_BIT
/** Where a pair is held that would pass but must be looked at: 6 15/16. */
export const HELD_STEPS = AUTO_STEPS - 1
/** Where pairs are shown, but not proposed. */
export const WATCH_STEPS = -3 * STEPS_PER_BIT
const AUTO_WITHOUT_IDENTIFIER_STEPS = 10 * STEPS_PER_BIT
const LEAST_GROUPS = 3
const MOST_FURTHER_IDENTIFIER_STEPS = 4 * STEPS_PER_BIT
const EVERYTHING = -(1 << 30)
const NOTHING_LEFT = 1 << 30
/** A group counts as agreeing from two bits on: a language that every fourth user has is no third witness. */
const LEAST_GROUP_STEPS = 2 * STEPS_PER_BIT

/** One bar of a waterfall: a comparison, its level, and what it adds, in sixteenths. */
export type Bar = Readonly<{ comparison: string; level: string; value: string; steps: number }>

/** All bars of a pair: they add up to `steps`. */
export type Waterfall = Readonly<{ steps: number; bars: readonly Bar[] }>

/** Weighs pairs of records. */
export type PairScorer = Readonly<{
  comparisons: readonly Comparison[]
  priorSteps: number
  /** Total of a pair in sixteenths; below `least`, any value below `least` may be given. */
  score(a: number, b: number, least: number): number
  /** Values of which two records have one in common if they come to `least`; null where pairs without any may, too. */
  sieve(least: number): PairSieve | null
  /** The total with what it is made of. */
  explain(a: number, b: number): Waterfall
  /** Sum without prior and before any rule, and whether an identifier replaces the prior: for estimating. */
  evidence(a: number, b: number): Readonly<{ steps: number; hasIdentifier: boolean }>
}>

/** What the rules need of a pair, gathered over its comparisons. */
type Tally = { attributes: number; identifiers: number; strongest: number; groups: number; isConflict: boolean }

/**
 * A scorer of pairs.
 *
 *   without identifier  prior + sum of attributes
 *   with identifiers    strongest + sum over the others of min(its steps, 4 bits) + sum of attributes
 *
 * A pair with an identifier is held at 6 15/16 where a comparison contradicts; one without it passes only from +10 bits with
 * three agreeing groups and no contradiction. One with a guess, and without a date of birth, is held but for its other identifiers.
 *
 * @param comparisons one per group of correlated fields, the cheapest that tells most first
 * @param prior log2(2 d / N), as in `priorBits`
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function pairScorer(comparisons: readonly Comparison[], prior: number): PairScorer {
  const priorSteps = stepsOf(prior)
  const results = new Int32Array(comparisons.length)
  const compared: Compared = { comparisons, results, priorSteps }
  // What the comparisons from i on can still add.
  const left = comparisons.map((_, i) => comparisons.slice(i).reduce((sum, { most }) => sum + most, 0))
  const everything = priorSteps + (left[0] ?? 0)
  // Those that may identify first: only when none of them does can a pair be given up.
  const reaching = comparisons
    .flatMap(({ reach, most, identifiers }) =>
      reach === null ? [] : [{ reach, most, mayIdentify: identifiers !== 0 }],
    )
    .sort((a, b) => Number(b.mayIdentify) - Number(a.mayIdentify))
  const identifying = reaching.filter(({ mayIdentify }) => mayIdentify).length

  /**
   * From where on a pair is given up: everything counts where it may have an identifier. Beyond all steps where codes alone show that
   * it cannot come to `least`, as they do of nearly all others.
   */
  const limitOf = (a: number, b: number, least: number): number => {
    let most = everything
    for (let i = 0; i < reaching.length && (i < identifying || most >= least); i++) {
      const one = reaching[i] as (typeof reaching)[number] // i < length
      const reach = one.reach(a, b)
      if (reach === MAY_IDENTIFY) return EVERYTHING
      most += reach - one.most
    }
    return most < least ? NOTHING_LEFT : least
  }
  /** Without an identifier a pair is given up as soon as what is left cannot bring it to `least`. */
  const compareAll = (a: number, b: number, least: number): boolean => {
    const limit = limitOf(a, b, least)
    if (limit === NOTHING_LEFT) return false
    let sum = priorSteps
    for (let i = 0; i < comparisons.length; i++) {
      if (sum + (left[i] as number) < limit) return false // one entry and one result per comparison
      const result = (comparisons[i] as Comparison).compare(a, b)
      results[i] = result
      sum += stepsIn(result)
    }
    return true
  }
  return {
    comparisons,
    priorSteps,
    sieve: least => sieveOf(comparisons, everything, least),
    score: (a, b, least) => (compareAll(a, b, least) ? judged(compared) : least - 1),
    explain: (a, b) => {
      compareAll(a, b, EVERYTHING)
      return waterfallOf(compared, a, b)
    },
    evidence: (a, b) => {
      compareAll(a, b, EVERYTHING)
      const tally = tallyOf(compared, false)
      return { steps: sumOf(tally), hasIdentifier: tally.strongest > 0 }
    },
  }
}

function sieveOf(comparisons: readonly Comparison[], everything: number, least: number): PairSieve | null {
  const told = comparisons.flatMap(({ apart, most }) => (apart === undefined ? [] : [{ ...apart, most }]))
  const most = told.reduce((sum, one) => sum + one.steps - one.most, everything)
  if (most >= least || comparisons.some(({ apart, identifiers }) => apart === undefined && identifiers !== 0))
    return null
  return { values: told.flatMap(({ values }) => values), open: told.flatMap(({ open }) => open ?? []) }
}

/**
 * Prior of a pair before any evidence.
 *
 *   log2(2 d / N)
 *
 * @param records N, at least 1
 * @param further d, expected further records per entity, > 0
 * @returns log2 odds
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function priorBits(records: number, further: number): number {
  return Math.log2((2 * further) / Math.max(1, records))
}

type Compared = Readonly<{ comparisons: readonly Comparison[]; results: Int32Array; priorSteps: number }>

/** Total of a pair; what only supports it makes it no more than held. */
function judged(compared: Compared): number {
  const total = ruled(compared)
  if (total <= HELD_STEPS) return total
  const { comparisons, results } = compared
  const isSupport = (result: number, i: number): boolean =>
    (((comparisons[i]?.supports ?? 0) >>> levelOf(result)) & 1) === 1
  if (!results.some(isSupport)) return total
  const alone = ruled({ ...compared, results: results.map((result, i) => (isSupport(result, i) ? NOTHING : result)) })
  return alone > HELD_STEPS ? total : HELD_STEPS
}

/** With a guess no more than is held, or than identifiers that are none come to. */
function ruled(compared: Compared): number {
  const { priorSteps } = compared
  const total = totalOf(tallyOf(compared, false), priorSteps)
  if (total <= HELD_STEPS || !isGuessed(compared)) return total
  return Math.max(HELD_STEPS, Math.min(total, totalOf(tallyOf(compared, true), priorSteps)))
}

function isGuessed({ comparisons, results }: Compared): boolean {
  // One result per comparison.
  if (comparisons.some(({ settles = 0 }, i) => ((settles >>> levelOf(results[i] as number)) & 1) === 1)) return false
  if (comparisons.some(({ guesses }, i) => isGuess(guesses, results[i] as number))) return true
  return !comparisons.some(({ ofMany = 0 }, i) => {
    const result = results[i] as number
    return stepsIn(result) > 0 && ((ofMany >>> levelOf(result)) & 1) === 0
  })
}

function isGuess(guesses: number, result: number): boolean {
  return ((guesses >>> levelOf(result)) & 1) === 1
}

function tallyOf({ comparisons, results }: Pick<Compared, 'comparisons' | 'results'>, isSure: boolean): Tally {
  const tally: Tally = { attributes: 0, identifiers: 0, strongest: 0, groups: 0, isConflict: false }
  for (let i = 0; i < results.length; i++) {
    const { identifiers, conflicts, guesses } = comparisons[i] as Comparison
    const result = results[i] as number
    const [level, steps] = [levelOf(result), stepsIn(result)]
    const isIdentifier = ((identifiers >>> level) & 1) === 1 && steps > 0
    if (isSure && steps > 0 && (!isIdentifier || isGuess(guesses, result))) continue
    if (((conflicts >>> level) & 1) === 1) tally.isConflict = true
    if (steps >= LEAST_GROUP_STEPS) tally.groups++
    if (isIdentifier) {
      tally.identifiers += Math.min(steps, MOST_FURTHER_IDENTIFIER_STEPS)
      tally.strongest = Math.max(tally.strongest, steps)
    } else tally.attributes += steps
  }
  return tally
}

function totalOf({ attributes, identifiers, strongest, groups, isConflict }: Tally, priorSteps: number): number {
  if (strongest === 0) {
    const total = priorSteps + attributes
    const passes = total >= AUTO_WITHOUT_IDENTIFIER_STEPS && groups >= LEAST_GROUPS && !isConflict
    return passes ? total : Math.min(total, HELD_STEPS)
  }
  const total = sumOf({ attributes, identifiers, strongest })
  return isConflict ? Math.min(total, HELD_STEPS) : total
}

function sumOf({
  attributes,
  identifiers,
  strongest,
}: Pick<Tally, 'attributes' | 'identifiers' | 'strongest'>): number {
  return strongest + identifiers - Math.min(strongest, MOST_FURTHER_IDENTIFIER_STEPS) + attributes
}

function waterfallOf(compared: Compared, a: number, b: number): Waterfall {
  const { comparisons, results, priorSteps } = compared
  const tally = tallyOf(compared, false)
  const bars: Bar[] = []
  if (tally.strongest === 0)
    bars.push({ comparison: 'prior', level: 'before any evidence', value: '', steps: priorSteps })
  let isStrongestDue = tally.strongest > 0
  comparisons.forEach((comparison, i) => {
    const result = results[i] as number
    const [level, own] = [levelOf(result), stepsIn(result)]
    if (level === 0) return
    const isIdentifier = ((comparison.identifiers >>> level) & 1) === 1 && own > 0
    const isStrongest = isIdentifier && isStrongestDue && own === tally.strongest
    if (isStrongest) isStrongestDue = false
    const steps = isIdentifier && !isStrongest ? Math.min(own, MOST_FURTHER_IDENTIFIER_STEPS) : own
    bars.push({
      comparison: comparison.name,
      level: comparison.levels[level] ?? '',
      value: comparison.value(a, b),
      steps,
    })
  })
  const sum = bars.reduce((total, { steps }) => total + steps, 0)
  const steps = judged(compared)
  const because =
    steps < totalOf(tally, priorSteps)
      ? 'forms of a name and values that may be shared join nobody by themselves'
      : heldBecause(tally)
  if (steps !== sum) bars.push({ comparison: 'held', level: because, value: '', steps: steps - sum })
  return { steps, bars }
}

function heldBecause({ isConflict, strongest }: Tally): string {
  if (isConflict) return 'a comparison contradicts'
  return strongest === 0 ? 'no identifier, and fewer than three independent groups or 10 bits' : 'held'
}
