import type { Steps } from '#lib/steps'
import type { Candidates, SteppedCandidates } from '../block/candidate-pairs.ts'
import { type Comparison, levelOf, stepsIn } from '../compare/comparison.ts'
import { STEPS_PER_BIT, stepsOf } from './steps.ts'

/** A weight that the data suggest instead of the one in force, for somebody to accept. */
export type WeightProposal = Readonly<{
  comparison: string
  level: string
  /** Mean bits that the level has now, over the pairs that are at it. */
  bits: number
  proposed: number
  /** Pairs at the level. */
  pairs: number
}>

/** Pairs of one combination of levels. */
type Pattern = { readonly levels: readonly number[]; count: number }

const MOST_CHANGE_BITS = 4
const ROUNDS = 100
const LEAST_PAIRS = 20
/** Pairs that every level is thought to have besides those that were seen, so that none is impossible. */
const SMOOTHING = 0.5

/**
 * Proposes weights by expectation maximisation over the histogram of comparison patterns, for somebody to accept: nothing is
 * changed silently.
 *
 *   E: p(match | pattern) from m, u and the share of matches;  M: m, u of each level as shares weighed by p;  weight = log2(m / u)
 *
 * Held within 4 bits of the weight in force, kept in the order of the levels, and left alone where fewer than 20 pairs are at
 * a level. Identifiers are not proposed: their precision is not a matter of this data.
 *
 * @param candidates pairs that are compared
 * @param comparisons one per group of fields
 * @returns by comparison, then level; only what differs by 1/16 bit or more
 *
 * Source: A. Dempster, N. Laird, D. Rubin, JRSS B 39 (1977); W. Winkler, ASA 1988; docs/methods/identity.md, "Estimating weights".
 */
export function proposeWeights(candidates: Candidates, comparisons: readonly Comparison[]): readonly WeightProposal[] {
  const survey = surveyor(comparisons)
  candidates.eachPair(survey.visit)
  return proposalsOf(survey.taken(), comparisons)
}

/**
 * `proposeWeights`, halting now and then.
 *
 * @param candidates pairs that are compared
 * @param comparisons one per group of fields
 *
 * Source: docs/methods/identity.md, "Estimating weights".
 */
export function* proposalSteps(
  candidates: SteppedCandidates,
  comparisons: readonly Comparison[],
): Steps<readonly WeightProposal[]> {
  const survey = surveyor(comparisons)
  yield* candidates.pairSteps(survey.visit)
  return proposalsOf(survey.taken(), comparisons)
}

function proposalsOf(surveyed: Survey, comparisons: readonly Comparison[]): readonly WeightProposal[] {
  const { patterns, sums, counts } = surveyed
  if (patterns.length === 0) return []
  const fitted = maximise(surveyed, comparisons)
  return comparisons.flatMap((comparison, c) => {
    const inForce = comparison.levels.map((_, level) => ratio(sums[c]?.[level], counts[c]?.[level]) / STEPS_PER_BIT)
    const held = monotone(
      comparison.levels.map((_, level) =>
        clamped(Math.log2(ratio(fitted.m[c]?.[level], fitted.u[c]?.[level])), inForce[level] ?? 0),
      ),
      inForce,
    )
    return comparison.levels.flatMap((level, i): WeightProposal[] => {
      const pairs = counts[c]?.[i] ?? 0
      const isIdentifier = ((comparison.identifiers >>> i) & 1) === 1
      const [bits, proposed] = [toSteps(inForce[i] ?? 0), toSteps(held[i] ?? 0)]
      if (i === 0 || isIdentifier || pairs < LEAST_PAIRS || bits === proposed) return []
      return [{ comparison: comparison.name, level, bits, proposed, pairs }]
    })
  })
}

type Survey = Readonly<{ patterns: readonly Pattern[]; sums: readonly number[][]; counts: readonly number[][] }>

/** Counts pairs by their combination of levels. */
function surveyor(
  comparisons: readonly Comparison[],
): Readonly<{ visit(a: number, b: number): void; taken(): Survey }> {
  const patterns = new Map<number, Pattern>()
  const empty = (): number[][] => comparisons.map(({ levels }) => levels.map(() => 0))
  const [sums, counts] = [empty(), empty()]
  return {
    visit: (a, b) => {
      let code = 0
      const levels = comparisons.map(({ compare }, c) => {
        const result = compare(a, b)
        const level = levelOf(result)
        code = code * 16 + level
        add(sums[c], level, stepsIn(result))
        add(counts[c], level, 1)
        return level
      })
      const known = patterns.get(code)
      if (known === undefined) patterns.set(code, { levels, count: 1 })
      else known.count++
    },
    taken: () => ({ patterns: [...patterns.values()], sums, counts }),
  }
}

type Fitted = Readonly<{ m: readonly number[][]; u: readonly number[][] }>

/** Starts from the weights in force: their ratio, over the shares of levels that were seen. */
function maximise({ patterns, sums, counts }: Survey, comparisons: readonly Comparison[]): Fitted {
  let u = counts.map(levels => shares(levels))
  let m = u.map((levels, c) =>
    shares(levels.map((share, level) => share * 2 ** (ratio(sums[c]?.[level], counts[c]?.[level]) / STEPS_PER_BIT))),
  )
  const total = patterns.reduce((sum, { count }) => sum + count, 0)
  let matches = 0.05
  for (let round = 0; round < ROUNDS; round++) {
    const [yes, no] = [zeros(comparisons), zeros(comparisons)]
    let sure = 0
    for (const { levels, count } of patterns) {
      const odds = levels.reduce((product, level, c) => product * oddsAt(m[c], u[c], level), matches / (1 - matches))
      const p = odds / (1 + odds)
      sure += p * count
      levels.forEach((level, c) => {
        add(yes[c], level, p * count)
        add(no[c], level, (1 - p) * count)
      })
    }
    m = yes.map(shares)
    u = no.map(shares)
    matches = Math.min(Math.max(sure / total, 1e-6), 0.5)
  }
  return { m, u }
}

/** Nothing to compare says nothing. */
function oddsAt(m: readonly number[] | undefined, u: readonly number[] | undefined, level: number): number {
  return level === 0 ? 1 : ratio(m?.[level], u?.[level])
}

/** Shares among the levels that compare something. */
function shares(levels: readonly number[]): number[] {
  const known = levels.map((count, level) => (level === 0 ? 0 : count + SMOOTHING))
  const total = known.reduce((sum, count) => sum + count, 0)
  return known.map(count => count / total)
}

/** A level is worth at least as much as those below it that are worth less in force. */
function monotone(proposed: readonly number[], inForce: readonly number[]): number[] {
  const held = [...proposed]
  for (let i = 2; i < held.length; i++) {
    const [before = 0, own = 0] = [held[i - 1], held[i]]
    if ((inForce[i] ?? 0) >= (inForce[i - 1] ?? 0) && own < before) held[i] = before
  }
  return held
}

function clamped(bits: number, around: number): number {
  return Math.min(Math.max(bits, around - MOST_CHANGE_BITS), around + MOST_CHANGE_BITS)
}

const toSteps = (bits: number): number => stepsOf(bits) / STEPS_PER_BIT
const zeros = (comparisons: readonly Comparison[]): number[][] => comparisons.map(({ levels }) => levels.map(() => 0))

function add(list: number[] | undefined, at: number, value: number): void {
  if (list !== undefined) list[at] = (list[at] ?? 0) + value
}

function ratio(a: number | undefined, b: number | undefined): number {
  return a === undefined || b === undefined || b === 0 ? 0 : a / b
}
