import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPolicy, DEFAULT_POLICY, type Facts } from '../../../core/route/index.ts'
import { shadowedRules } from '../../../core/route/policy-regions.ts'
import { ruleHolds } from '../../../core/route/rules.ts'
import { DESTINATIONS, type RoutingPolicy, routingPolicy, type Test } from '../../../core/schema/policy.ts'

const FACTS: Facts = {
  score: 0,
  stage: 'Not PQL',
  fit_tier: null,
  is_paid: false,
  is_on_trial: false,
  is_deleted: false,
  is_sandbox: false,
  has_open_anomaly_14d: false,
  is_expansion: false,
  is_at_risk: false,
  has_renewal_risk: false,
  is_active_now: false,
  has_high_intent_30d: false,
  has_pricing_or_upgrade_14d: false,
  has_admin: false,
  seat_growth_30d: 0,
  employee_count: null,
  next_action_channel: null,
}

type Given = Readonly<{ id: string; all?: readonly Test[]; any?: readonly Test[]; destination?: string }>

const policyOf = (...rules: readonly Given[]): RoutingPolicy =>
  routingPolicy.parse({
    version: 1,
    name: 'x',
    rules: [...rules, { id: 'else', destination: 'nurture' }].map(rule => ({
      title: rule.id,
      destination: 'sdr',
      ...rule,
    })),
  })
const score = (op: Test['op'], value: number): Test => ({ fact: 'score', op, value })
const paid = (value: boolean): Test => ({ fact: 'is_paid', op: '=', value })

describe('a rule is shadowed where', () => {
  const cases: readonly (readonly [why: string, rules: readonly Given[], shadowed: Record<string, string[]>])[] = [
    [
      'one before it asks for less',
      [
        { id: 'a', all: [score('>=', 60)] },
        { id: 'b', all: [score('>=', 80)] },
      ],
      { b: ['a'] },
    ],
    [
      'not where it asks for more',
      [
        { id: 'a', all: [score('>=', 80)] },
        { id: 'b', all: [score('>=', 60)] },
      ],
      {},
    ],
    [
      'two before it take both halves',
      [
        { id: 'a', all: [paid(true)] },
        { id: 'x', all: [score('>', 99)] },
        { id: 'b', all: [paid(false)] },
        { id: 'c', all: [score('>=', 10)] },
      ],
      { c: ['a', 'b'], else: ['a', 'b'] },
    ],
    [
      'each way of `any` is taken',
      [
        { id: 'a', all: [paid(true)] },
        { id: 'b', all: [score('<', 50)] },
        { id: 'c', any: [paid(true), score('<', 20)] },
      ],
      { c: ['a', 'b'] },
    ],
    [
      'not where one way of `any` is left',
      [
        { id: 'a', all: [paid(true)] },
        { id: 'c', any: [paid(true), score('<', 20)] },
      ],
      {},
    ],
    ['it contradicts itself', [{ id: 'a', all: [score('<', 10), score('>', 20)] }], { a: [] }],
    ['no score lies between its bounds', [{ id: 'a', all: [score('>', 20), score('<', 20.1)] }], { a: [] }],
    [
      'scores end at 100',
      [
        { id: 'a', all: [score('>=', 50)] },
        { id: 'b', all: [score('<', 50)] },
        { id: 'c', all: [score('>', 10)] },
      ],
      { c: ['a', 'b'], else: ['a', 'b'] },
    ],
    [
      'an unknown tier is met by nothing, so the default is left',
      [
        { id: 'a', all: [{ fact: 'fit_tier', op: 'in', value: ['A', 'B', 'C'] }] },
        { id: 'b', all: [{ fact: 'fit_tier', op: '=', value: 'A' }] },
      ],
      { b: ['a'] },
    ],
    [
      'a number is asked of a word',
      [{ id: 'a', all: [{ fact: 'seat_growth_30d', op: '=', value: 'many' }] }],
      { a: [] },
    ],
  ]
  test.each(cases)('%s', (_why, rules, shadowed) => {
    expect(Object.fromEntries(shadowedRules(policyOf(...rules)))).toEqual(shadowed)
  })

  test('the built-in rules can all decide', () => {
    expect([...shadowedRules(DEFAULT_POLICY)]).toEqual([])
  })
})

const someTest = fc.oneof(
  fc.record({
    fact: fc.constant('score' as const),
    op: fc.constantFrom('>=', '>', '<', '<='),
    value: fc.integer({ min: 0, max: 4 }).map(n => n * 25),
  }),
  fc.record({
    fact: fc.constantFrom('is_paid' as const, 'has_admin' as const),
    op: fc.constant('=' as const),
    value: fc.boolean(),
  }),
  fc.record({
    fact: fc.constant('fit_tier' as const),
    op: fc.constant('in' as const),
    value: fc.subarray(['A', 'B', 'C'], { minLength: 1 }),
  }),
) as fc.Arbitrary<Test>
const somePolicy = fc
  .array(
    fc.record({
      all: fc.array(someTest, { maxLength: 3 }),
      any: fc.array(someTest, { maxLength: 2 }),
      destination: fc.constantFrom(...DESTINATIONS),
    }),
    { maxLength: 5 },
  )
  .map(rules => policyOf(...rules.map((rule, i) => ({ ...rule, id: `r${i}` }))))

/** Every combination of the values that the tests above tell apart. */
const GRID: readonly Facts[] = [0, 12.5, 25, 37.5, 50, 62.5, 75, 87.5, 100].flatMap(value =>
  [true, false].flatMap(is_paid =>
    [true, false].flatMap(has_admin =>
      ['A', 'B', 'C', 'D', null].map(fit_tier => ({ ...FACTS, score: value, is_paid, has_admin, fit_tier })),
    ),
  ),
)

test('shadowed is what no combination of values reaches', () => {
  fc.assert(
    fc.property(somePolicy, policy => {
      const reached = new Set(GRID.map(facts => policy.rules.find(rule => ruleHolds(rule, facts))?.id))
      const dead = policy.rules.map(({ id }) => id).filter(id => !reached.has(id))
      expect([...shadowedRules(policy).keys()]).toEqual(dead)
    }),
    { numRuns: 200 },
  )
})

describe('a policy on units', () => {
  const units = GRID.map(facts => ({ facts, score: facts.score as number }))

  test('every unit is decided by one rule, and goes to one place', () => {
    fc.assert(
      fc.property(somePolicy, somePolicy, (policy, other) => {
        const reach = checkPolicy(units, policy, other)
        const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0)
        expect(sum(reach.rules.map(({ decides }) => decides))).toBe(units.length)
        expect(sum(Object.values(reach.destinations))).toBe(units.length)
        expect(sum(reach.gaps.map(gap => gap.units))).toBe(reach.rules.at(-1)?.decides)
        for (const { holdsFor, decides, takenBy } of reach.rules.slice(0, -1))
          expect(holdsFor).toBe(decides + sum(takenBy.map(taken => taken.units)))
        expect(checkPolicy(units, policy, policy).moved).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  test('examples have the best score of those that they stand for', () => {
    const policy = policyOf({ id: 'a', all: [paid(true)] }, { id: 'b', all: [score('<=', 50)] })
    const { rules, gaps, moved } = checkPolicy(units, policy, policyOf())
    const best = rules[1]?.takenBy[0]
    expect([best?.ruleId, units[best?.example ?? -1]?.facts]).toMatchObject(['a', { score: 50, is_paid: true }])
    expect(gaps.map(({ from, to, units: own }) => [from, to, own])).toEqual([
      [60, 80, 20],
      [80, 100, 20],
    ])
    expect(moved).toMatchObject([{ from: 'nurture', to: 'sdr', units: 140 }])
  })
})
