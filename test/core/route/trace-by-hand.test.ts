import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarOf, DAY_MS } from '../../../core/lib/time.ts'
import { routeUnits } from '../../../core/route/index.ts'
import type { JudgedUnit } from '../../../core/schema/findings.ts'
import {
  ALSO_CHANNELS,
  DESTINATIONS,
  FACT_KINDS,
  FACTS,
  type FactName,
  type FactValue,
  type RoutingPolicy,
  type Rule,
  routingPolicy,
  type Test,
} from '../../../core/schema/policy.ts'
import type { RouteDecision, TestTrace } from '../../../core/schema/route.ts'
import { tables } from '../identity/rows.ts'
import { anomaly, judged } from './judged.ts'

const TODAY = 20_600
const AS_OF = TODAY * DAY_MS + DAY_MS / 2
const ANOMALY_DAYS = 14
const EMPLOYEES = [null, 0, 50, 1000] as const

const flag = fc.boolean()
const figure = fc.constantFrom(0, 25, 50, 65, 80, 100)

const someTest: fc.Arbitrary<Test> = fc.constantFrom(...FACTS).chain((fact): fc.Arbitrary<Test> => {
  const { kind, choices } = FACT_KINDS[fact]
  if (kind === 'flag') return fc.record({ fact: fc.constant(fact), op: fc.constant('=' as const), value: flag })
  if (kind === 'number') {
    const op = fc.constantFrom('=' as const, '>=' as const, '>' as const, '<' as const, '<=' as const)
    return fc.record({ fact: fc.constant(fact), op, value: figure })
  }
  const word = fc.constantFrom(...choices)
  return fc.oneof(
    fc.record({ fact: fc.constant(fact), op: fc.constant('=' as const), value: word }),
    fc.record({ fact: fc.constant(fact), op: fc.constant('in' as const), value: fc.array(word, { maxLength: 3 }) }),
  )
})
const tests = (minLength: number) => fc.array(someTest, { minLength, maxLength: 2 })
const destination = fc.constantFrom(...DESTINATIONS)
const outcome = {
  title: fc.constant('a rule'),
  destination,
  destinationWhen: fc.array(fc.record({ destination, all: tests(1) }), { maxLength: 2 }),
  also: fc.array(fc.record({ channel: fc.constantFrom(...ALSO_CHANNELS), all: tests(0) }), { maxLength: 4 }),
}
const policy = fc
  .tuple(
    fc.array(fc.record({ all: tests(0), any: tests(0), ...outcome }), { maxLength: 4 }),
    fc.record(outcome),
    fc.constantFrom(1, 1000),
  )
  .map(([rules, last, aeFromEmployees]) =>
    routingPolicy.parse({
      version: 1,
      name: 'random',
      rules: [...rules, { ...last, all: [], any: [] }].map((rule, i) => ({ id: String(i), ...rule })),
      aeFromEmployees,
      anomalyDays: ANOMALY_DAYS,
    }),
  )

const unit = fc
  .record({
    score: figure,
    tier: fc.constantFrom(null, 'A', 'b ', 'C'),
    flags: fc.array(flag, { minLength: 12, maxLength: 12 }),
    growth: figure,
    account: fc.constantFrom(...EMPLOYEES.keys()),
    age: fc.constantFrom(null, -1, 0, ANOMALY_DAYS - 1, ANOMALY_DAYS),
  })
  .map(({ score, tier, flags, growth, account, age }) => {
    const [isPaid, isOnTrial, isDeleted, isSandbox, isExpansion, isAtRisk, hasRenewalRisk, ...more] = flags
    const [isActiveNow, hasHighIntent30d, hasPricingOrUpgrade14d, hasAdmin] = more
    return (id: string): JudgedUnit =>
      judged(id, {
        unit: {
          accountId: `a${account}`,
          fit: { points: 0, score: null, tier, source: 'given tier' },
          ...{ isPaid, isOnTrial, isDeleted, isSandbox },
        },
        score: { score },
        rollups: { seat_growth_30d: growth },
        health: { isExpansion, hasRenewalRisk, state: isAtRisk === true ? 'at_risk' : 'steady' },
        findings: {
          ...{ isActiveNow, hasHighIntent30d, hasPricingOrUpgrade14d, hasAdmin },
          anomalies: age === null ? [] : [anomaly('x', AS_OF - age * DAY_MS)],
        },
      } as Parameters<typeof judged>[1])
  })

/** What a fact is, read from the unit by hand. */
function factByHand(fact: FactName, { unit: own, score, findings }: JudgedUnit): FactValue {
  const lastDay = Math.floor((findings.anomalies[0]?.lastAt ?? Number.NaN) / DAY_MS)
  const values: Readonly<Record<FactName, FactValue>> = {
    score: score.score,
    stage: score.score >= 80 ? 'Hot PQL' : score.score >= 65 ? 'PQL' : score.score >= 50 ? 'Warm' : 'Not PQL',
    fit_tier: own.fit.tier === 'b ' ? 'B' : own.fit.tier,
    is_paid: own.isPaid,
    is_on_trial: own.isOnTrial,
    is_deleted: own.isDeleted,
    is_sandbox: own.isSandbox,
    has_open_anomaly_14d: lastDay <= TODAY && lastDay > TODAY - ANOMALY_DAYS,
    is_expansion: findings.health.isExpansion,
    is_at_risk: findings.health.state === 'at_risk',
    has_renewal_risk: findings.health.hasRenewalRisk,
    is_active_now: findings.isActiveNow,
    has_high_intent_30d: findings.hasHighIntent30d,
    has_pricing_or_upgrade_14d: findings.hasPricingOrUpgrade14d,
    has_admin: findings.hasAdmin,
    seat_growth_30d: findings.rollups.seat_growth_30d,
    employee_count: EMPLOYEES[Number(own.accountId?.slice(1))] ?? null,
    next_action_channel: null,
  }
  return values[fact]
}

function testByHand({ op, value: wanted }: Test, value: FactValue): boolean {
  if (value === null) return false
  switch (op) {
    case '=':
      return value === wanted
    case 'in':
      return (wanted as readonly string[]).includes(value as string)
    case '>=':
      return Number(value) >= Number(wanted)
    case '>':
      return Number(value) > Number(wanted)
    case '<=':
      return Number(value) <= Number(wanted)
    case '<':
      return Number(value) < Number(wanted)
  }
}

function expectTrace(own: JudgedUnit, given: readonly Test[], traced: readonly TestTrace[]): boolean {
  const byHand = given.map(one => {
    const value = factByHand(one.fact, own)
    return { test: one, value, holds: testByHand(one, value) }
  })
  expect(traced).toEqual(byHand)
  return byHand.every(({ holds }) => holds)
}

/** Nobody is named by these data: a unit belongs to a team; of `none` alone there is none. */
const TEAMS: Readonly<Record<RouteDecision['destination'], string | null>> = {
  none: null,
  review: 'RevOps',
  csm: 'CSM',
  in_app: 'Growth',
  customer: 'CSM',
  sdr: 'SDR',
  lifecycle_email: 'Lifecycle',
  nurture: 'Lifecycle',
}

test('every unit has one destination, a team and a trace that holds by hand, whatever the policy', () => {
  const accounts = EMPLOYEES.map((employee_count, i) => ({ account_id: `a${i}`, employee_count }))
  const context = {
    dataset: tables({ accounts }),
    asOf: AS_OF,
    calendar: calendarOf('UTC'),
    assignments: new Map(),
    dismissedAnomalies: new Set<string>(),
    contactLinks: [],
  }
  const units = fc.array(unit, { minLength: 1, maxLength: 6 }).map(makers => makers.map((make, i) => make(`w${i}`)))
  fc.assert(
    fc.property(policy, units, (rules, made) => {
      const routes = routeUnits(made, rules, context)
      expect(routes.map(({ unitId }) => unitId)).toEqual(made.map(({ unit: { id } }) => id))
      for (const [i, route] of routes.entries()) expectRoute(made[i] as JudgedUnit, route, rules)
    }),
    { numRuns: 200 },
  )
})

/** The first rule whose tests hold by hand decides; what it says by hand is what the decision says. */
function expectRoute(own: JudgedUnit, route: RouteDecision, { rules, aeFromEmployees }: RoutingPolicy): void {
  for (const [i, { ruleId, holds, all, any, channels }] of route.trace.entries()) {
    const rule = rules[i] as Rule
    expect(ruleId).toBe(rule.id)
    const allHold = expectTrace(own, rule.all, all)
    const anyHolds = expectTrace(own, rule.any, any) || any.some(one => one.holds) || any.length === 0
    const isLast = i === route.trace.length - 1
    expect([holds, holds]).toEqual([allHold && anyHolds, isLast])
    expect(channels === undefined).toBe(!isLast)
  }
  const decided = rules[route.trace.length - 1] as Rule
  expect(route.ruleId).toBe(decided.id)
  const meets = (given: readonly Test[]): boolean => given.every(one => testByHand(one, factByHand(one.fact, own)))
  const want = decided.destinationWhen.find(({ all }) => meets(all))?.destination ?? decided.destination
  const beside = decided.also.filter(({ all }) => meets(all)).map(({ channel }) => channel)
  expect(route.destination).toBe(want)
  expect(route.also).toEqual([...new Set(beside.filter(channel => channel !== want))].slice(0, 2))
  const channels = route.trace.at(-1)?.channels?.map(({ holds }) => holds)
  expect(channels).toEqual([...decided.destinationWhen, ...decided.also].map(({ all }) => meets(all)))
  const isLarge = Number(factByHand('employee_count', own)) >= aeFromEmployees
  expect(route.ownerTeam).toBe(want === 'csm' ? (isLarge ? 'AE' : 'CSM') : TEAMS[want])
}
