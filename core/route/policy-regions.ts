import type { FactName, FactValue, RoutingPolicy, Rule, Test } from '#schema/policy'
import { FACT_KINDS } from '#schema/policy'
import { testHolds } from './rules.ts'

/** Regions are cut into pieces while rules are taken off; beyond this many nothing is claimed. */
const MOST_PIECES = 4000
/** Scores are rounded to a tenth, counts are whole. */
const STEPS: Readonly<Partial<Record<FactName, number>>> = { score: 0.1, seat_growth_30d: 1, employee_count: 1 }
const LIMITS: Readonly<Partial<Record<FactName, readonly [lowest: number, highest: number]>>> = {
  score: [0, 100],
  employee_count: [0, Number.POSITIVE_INFINITY],
}

/** Per fact that a policy tests, the values of its domain that are let in, one bit each. */
type Region = readonly bigint[]
type Domains = Readonly<{ facts: readonly FactName[]; values: readonly (readonly FactValue[])[] }>

/**
 * Rules that can never decide: whatever a workspace is like, an earlier rule takes it.
 *
 *   a rule without `any` is one region of the space of facts, else one region per test of `any`;
 *   it is shadowed when its regions minus those of the rules before it are empty
 *
 * Each fact falls into finitely many classes between which no test of the policy tells apart; regions are sets of classes.
 * Facts are taken as independent, so that a rule which asks for what no workspace can be is not found.
 *
 * @param policy any
 * @returns rule id -> ids of the earlier rules that it takes to leave it nothing, in order; rules that can decide are not in it
 *
 * Source: docs/methods/route.md, "Checking a policy".
 */
export function shadowedRules({ rules }: Pick<RoutingPolicy, 'rules'>): ReadonlyMap<string, readonly string[]> {
  const domains = domainsOf(rules)
  const regions = rules.map(rule => regionsOf(rule, domains))
  const shadowed = new Map<string, readonly string[]>()
  for (const [i, rule] of rules.entries()) {
    const own = regions[i] ?? []
    let needed = rules.slice(0, i).map((_, place) => place)
    if (!isCovered(own, needed, regions)) continue
    for (const place of needed.toReversed()) {
      const fewer = needed.filter(other => other !== place)
      if (isCovered(own, fewer, regions)) needed = fewer
    }
    shadowed.set(
      rule.id,
      needed.flatMap(place => rules[place]?.id ?? []),
    )
  }
  return shadowed
}

function isCovered(
  own: readonly Region[],
  places: readonly number[],
  regions: readonly (readonly Region[])[],
): boolean {
  let left: Region[] = [...own]
  for (const place of places) {
    for (const taken of regions[place] ?? []) {
      left = left.flatMap(piece => without(piece, taken))
      if (left.length > MOST_PIECES) return false
    }
    if (left.length === 0) return true
  }
  return left.length === 0
}

/** A region minus another, as regions that do not meet. */
function without(region: Region, taken: Region): Region[] {
  if (region.some((bits, d) => (bits & (taken[d] ?? 0n)) === 0n)) return [region]
  const pieces: Region[] = []
  const rest = [...region]
  for (const [d, bits] of rest.entries()) {
    const outside = bits & ~(taken[d] ?? 0n)
    if (outside !== 0n) pieces.push(rest.with(d, outside))
    rest[d] = bits & (taken[d] ?? 0n)
  }
  return pieces
}

function regionsOf(rule: Rule, domains: Domains): readonly Region[] {
  const ways = rule.any.length === 0 ? [[]] : rule.any.map(test => [test])
  return ways.map(way => regionOf([...rule.all, ...way], domains)).filter(region => !region.includes(0n))
}

function regionOf(tests: readonly Test[], { facts, values }: Domains): Region {
  return facts.map((fact, d) => {
    const own = tests.filter(test => test.fact === fact)
    let bits = 0n
    for (const [i, value] of (values[d] ?? []).entries())
      if (own.every(test => testHolds(test, value))) bits |= 1n << BigInt(i)
    return bits
  })
}

function domainsOf(rules: readonly Rule[]): Domains {
  const tests = rules.flatMap(({ all, any }) => [...all, ...any])
  const facts = [...new Set(tests.map(({ fact }) => fact))]
  return { facts, values: facts.map(fact => domainOf(fact, tests)) }
}

/** One value of each class that the tests of a fact tell apart. */
function domainOf(fact: FactName, tests: readonly Test[]): readonly FactValue[] {
  const { kind, choices, isAlwaysKnown } = FACT_KINDS[fact]
  const unknown = isAlwaysKnown ? [] : [null]
  if (kind === 'flag') return [true, false, ...unknown]
  const wanted = tests.filter(test => test.fact === fact).flatMap(({ value }) => value)
  if (kind === 'choice') return [...new Set<FactValue>([...choices, ...wanted.map(String), ...unknown])]
  return [
    ...numbersBetween(
      fact,
      wanted.filter(value => typeof value === 'number'),
    ),
    ...unknown,
  ]
}

function numbersBetween(fact: FactName, bounds: readonly number[]): readonly number[] {
  const step = STEPS[fact] ?? 1
  const [lowest, highest] = LIMITS[fact] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const around = bounds.flatMap(bound => [bound - step, bound, bound + step])
  const ends = [lowest, highest].filter(Number.isFinite)
  const known = [0, ...around, ...ends].filter(value => value >= lowest && value <= highest)
  return [...new Set(known)]
}
