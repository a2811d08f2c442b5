import { invariant } from '#lib/errors'
import type { AlsoChannel, Destination, FactValue, RoutingPolicy, Rule, Test } from '#schema/policy'
import type { ChannelTrace, RuleTrace, TestTrace } from '#schema/route'
import type { Facts } from './facts.ts'

const MOST_ALSO_CHANNELS = 2

/** What the rules say, before anybody owns it. */
export type Ruling = Readonly<{
  destination: Destination
  also: readonly AlsoChannel[]
  ruleId: string
  trace: readonly RuleTrace[]
}>

/**
 * Applies the rules of a policy in order; the first that holds decides.
 *
 *   a rule holds when all of `all` hold and, where `any` has tests, at least one of them
 *
 * @param facts every fact of one unit; null is unknown and fails every test
 * @param policy its last rule always holds
 * @returns one destination, at most two other channels (the first two whose tests hold, never the destination again),
 *   and every test of every rule up to the one that decided, with the value that met or failed it
 *
 * Source: docs/methods/route.md, "Rules".
 */
export function applyRules(facts: Facts, policy: RoutingPolicy): Ruling {
  const trace: RuleTrace[] = []
  for (const rule of policy.rules) {
    const all = traceTests(rule.all, facts)
    const any = traceTests(rule.any, facts)
    const holds = all.every(isMet) && (any.length === 0 || any.some(isMet))
    if (holds) return ruling(rule, facts, [...trace], { ruleId: rule.id, holds, all, any })
    trace.push({ ruleId: rule.id, holds, all, any })
  }
  invariant(false, 'the last rule of a policy holds for every unit')
}

function ruling(rule: Rule, facts: Facts, before: readonly RuleTrace[], decided: RuleTrace): Ruling {
  const replacing = rule.destinationWhen.map(({ destination, all }) =>
    channelTrace('destination', destination, all, facts),
  )
  const beside = rule.also.map(({ channel, all }) => channelTrace('also', channel, all, facts))
  const destination = replacing.find(isMet)?.channel ?? rule.destination
  const also = rule.also.filter((_, i) => beside[i]?.holds === true).map(({ channel }) => channel)
  const others = new Set(also.filter(channel => channel !== destination))
  return {
    destination: destination as Destination, // `replacing` is built from destinations alone
    also: [...others].slice(0, MOST_ALSO_CHANNELS),
    ruleId: rule.id,
    trace: [...before, { ...decided, channels: [...replacing, ...beside] }],
  }
}

function channelTrace(
  use: ChannelTrace['use'],
  channel: ChannelTrace['channel'],
  tests: readonly Test[],
  facts: Facts,
): ChannelTrace {
  const all = traceTests(tests, facts)
  return { use, channel, holds: all.every(isMet), all }
}

function traceTests(tests: readonly Test[], facts: Facts): readonly TestTrace[] {
  return tests.map(test => ({ test, value: facts[test.fact], holds: testHolds(test, facts[test.fact]) }))
}

function isMet({ holds }: Readonly<{ holds: boolean }>): boolean {
  return holds
}

/**
 * Would a rule hold, wherever it stands?
 *
 * @param facts every fact of one unit
 *
 * Source: docs/methods/route.md, "Rules".
 */
export function ruleHolds({ all, any }: Pick<Rule, 'all' | 'any'>, facts: Facts): boolean {
  const isMetBy = (test: Test): boolean => testHolds(test, facts[test.fact])
  return all.every(isMetBy) && (any.length === 0 || any.some(isMetBy))
}

/**
 * Where a rule sends a unit for which it holds, without a trace.
 *
 * @param facts every fact of one unit
 *
 * Source: docs/methods/route.md, "Rules".
 */
export function destinationOf(rule: Pick<Rule, 'destination' | 'destinationWhen'>, facts: Facts): Destination {
  const instead = rule.destinationWhen.find(({ all }) => ruleHolds({ all, any: [] }, facts))
  return instead?.destination ?? rule.destination
}

/**
 * The tests of every rule of a policy, also of those behind the one that decides.
 *
 * @param facts every fact of one unit
 *
 * Source: docs/methods/route.md, "Rules".
 */
export function readRules(facts: Facts, { rules }: Pick<RoutingPolicy, 'rules'>): readonly RuleTrace[] {
  return rules.map(rule => ({
    ruleId: rule.id,
    holds: ruleHolds(rule, facts),
    all: traceTests(rule.all, facts),
    any: traceTests(rule.any, facts),
    channels: [
      ...rule.destinationWhen.map(({ destination, all }) => channelTrace('destination', destination, all, facts)),
      ...rule.also.map(({ channel, all }) => channelTrace('also', channel, all, facts)),
    ],
  }))
}

/**
 * `fact op value`; null is unknown and fails every test.
 *
 * Source: docs/methods/route.md, "Facts".
 */
export function testHolds({ op, value: wanted }: Test, value: FactValue): boolean {
  if (value === null) return false
  if (op === '=') return value === wanted
  if (op === 'in') return Array.isArray(wanted) && wanted.includes(String(value))
  if (typeof value !== 'number' || typeof wanted !== 'number') return false
  if (op === '>=') return value >= wanted
  if (op === '>') return value > wanted
  return op === '<' ? value < wanted : value <= wanted
}
