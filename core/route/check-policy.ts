import { append } from '#lib/lists-by-key'
import type { Destination, RoutingPolicy } from '#schema/policy'
import type { Facts } from './facts.ts'
import { shadowedRules } from './policy-regions.ts'
import { destinationOf, ruleHolds } from './rules.ts'

/** A unit as a policy is tried on it. */
export type TriedUnit = Readonly<{ facts: Facts; score: number }>

/** Units that something is true of: how many, and which has the best score (the first on a tie). */
export type Share = Readonly<{ units: number; example: number }>

/** What a rule of a policy comes to on the data. Units are given by their place. */
export type RuleReach = Readonly<{
  ruleId: string
  /** Units whose route this rule gives; the best of them. */
  decides: number
  examples: readonly number[]
  /** Units for which it would hold, wherever it stood. */
  holdsFor: number
  /** Earlier rules that leave it nothing, whatever the data; empty: it can decide. */
  shadowedBy: readonly string[]
  /** Earlier rules that decide units for which it holds too. */
  takenBy: readonly (Share & Readonly<{ ruleId: string }>)[]
}>

/** What a policy comes to on the data. */
export type PolicyReach = Readonly<{
  rules: readonly RuleReach[]
  /** Units for which nothing but the last rule holds, by score: from -> share. */
  gaps: readonly (Share & Readonly<{ from: number; to: number }>)[]
  destinations: Readonly<Record<string, number>>
  /** Units that would go elsewhere than by the other policy; the first 200 of each way are listed, best score first. */
  moved: readonly (Share & Readonly<{ from: Destination; to: Destination; listed: readonly number[] }>)[]
  /** rule id -> units that it decides by the other policy */
  decidesBefore: ReadonlyMap<string, number>
}>

const BAND = 20
const MOST_EXAMPLES = 3
const MOST_LISTED = 200

/**
 * What a policy would do with units, beside the one in force.
 *
 * @param units in any order
 * @param policy the one that is tried
 * @param inForce the one that it is held against
 *
 * Source: docs/methods/route.md, "Checking a policy".
 */
export function checkPolicy(
  units: readonly TriedUnit[],
  policy: Pick<RoutingPolicy, 'rules'>,
  inForce: Pick<RoutingPolicy, 'rules'>,
): PolicyReach {
  const { rules } = policy
  const scoreOf = (unit: number): number => units[unit]?.score ?? 0
  const best = new Best(scoreOf)
  const holdsFor = rules.map(() => 0)
  const decided: number[][] = rules.map(() => [])
  const destinations = new Map<string, number>()
  const before = new Map<string, number>()
  const movers = new Map<string, number[]>()
  const last = rules.length - 1
  const tryOn = (facts: Facts, u: number): Destination => {
    const holding = rules.flatMap((rule, r) => (ruleHolds(rule, facts) ? [r] : []))
    const first = holding[0] ?? last
    for (const r of holding) {
      holdsFor[r] = (holdsFor[r] ?? 0) + 1
      if (r !== first && r !== last) best.add(`taken ${r} ${first}`, u)
    }
    decided[first]?.push(u)
    if (first === last) best.add(`gap ${bandOf(scoreOf(u))}`, u)
    return destinationBy(policy, first, facts)
  }
  for (const [u, { facts }] of units.entries()) {
    const to = tryOn(facts, u)
    count(destinations, to)
    const place = inForce.rules.findIndex(rule => ruleHolds(rule, facts))
    const from = destinationBy(inForce, place, facts)
    count(before, inForce.rules[place]?.id ?? '')
    if (from !== to) append(movers, `${from} ${to}`, u)
  }
  const shadowed = shadowedRules(policy)
  return {
    rules: rules.map((rule, r) => ({
      ruleId: rule.id,
      decides: decided[r]?.length ?? 0,
      examples: firstBy(decided[r] ?? [], scoreOf),
      holdsFor: holdsFor[r] ?? 0,
      shadowedBy: shadowed.get(rule.id) ?? [],
      takenBy: rules.slice(0, r).flatMap((earlier, e) => {
        const share = best.of(`taken ${r} ${e}`)
        return share === null ? [] : [{ ruleId: earlier.id, ...share }]
      }),
    })),
    gaps: best.named('gap').map(([[from = ''], share]) => ({ from: Number(from), to: Number(from) + BAND, ...share })),
    destinations: Object.fromEntries([...destinations].sort(([a], [b]) => (a < b ? -1 : 1))),
    moved: movedOf(movers, scoreOf),
    decidesBefore: before,
  }
}

/** Units by where they went and would go, as `from to`; those with the best score first. */
function movedOf(
  movers: ReadonlyMap<string, readonly number[]>,
  scoreOf: (unit: number) => number,
): PolicyReach['moved'] {
  return [...movers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([way, own]) => {
      const [from, to] = way.split(' ') as [Destination, Destination] // both were destinations when they were added
      const listed = own.toSorted((a, b) => scoreOf(b) - scoreOf(a) || a - b).slice(0, MOST_LISTED)
      return { from, to, units: own.length, example: listed[0] ?? 0, listed }
    })
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function destinationBy({ rules }: Pick<RoutingPolicy, 'rules'>, place: number, facts: Facts): Destination {
  const rule = rules[place]
  return rule === undefined ? 'none' : destinationOf(rule, facts)
}

/** 100 is of the last band. */
function bandOf(score: number): number {
  return Math.min(100 - BAND, Math.floor(score / BAND) * BAND)
}

function firstBy(units: readonly number[], scoreOf: (unit: number) => number): readonly number[] {
  const first: number[] = []
  for (const unit of units) {
    const place = first.findIndex(other => scoreOf(other) < scoreOf(unit))
    if (place !== -1) first.splice(place, 0, unit)
    else if (first.length < MOST_EXAMPLES) first.push(unit)
    if (first.length > MOST_EXAMPLES) first.pop()
  }
  return first
}

/** Counts by name, each with the unit of the best score. */
class Best {
  private readonly shares = new Map<string, { units: number; example: number }>()
  private readonly scoreOf: (unit: number) => number

  constructor(scoreOf: (unit: number) => number) {
    this.scoreOf = scoreOf
  }

  add(name: string, unit: number): void {
    const share = this.shares.get(name)
    if (share === undefined) {
      this.shares.set(name, { units: 1, example: unit })
      return
    }
    share.units++
    if (this.scoreOf(unit) > this.scoreOf(share.example)) share.example = unit
  }

  of(name: string): Share | null {
    return this.shares.get(name) ?? null
  }

  /** Shares whose name begins with a word, with the other words, in the order of the names. */
  named(word: string): readonly (readonly [rest: readonly string[], share: Share])[] {
    const own = [...this.shares].filter(([name]) => name.startsWith(`${word} `))
    return own.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, share]) => [name.split(' ').slice(1), share])
  }
}
