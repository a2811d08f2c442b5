import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#route'
import { FACT_KINDS, FACTS, routingPolicy } from '#schema/policy'
import {
  addRule,
  areSamePolicy,
  changedRules,
  changeRule,
  dropRule,
  freeChannel,
  freeRuleId,
  hasOtherSettings,
  moveRule,
  newRule,
  newTest,
  type Policy,
  ruleOf,
  toggleChoice,
} from '../../../renderer/src/state/routing-rules.ts'

const ids = ({ rules }: Policy): readonly string[] => rules.map(({ id }) => id)

test.each([
  { why: 'down by one', id: '2', to: 2, want: ['1', '3', '2', '4', '5', '6', '7', '8', '9'] },
  { why: 'up to the first place', id: '3', to: 0, want: ['3', '1', '2', '4', '5', '6', '7', '8', '9'] },
  { why: 'never above the first place', id: '1', to: -4, want: ['1', '2', '3', '4', '5', '6', '7', '8', '9'] },
  { why: 'never behind the default', id: '1', to: 40, want: ['2', '3', '4', '5', '6', '7', '8', '1', '9'] },
  { why: 'the default itself stays', id: '9', to: 0, want: ['1', '2', '3', '4', '5', '6', '7', '8', '9'] },
  {
    why: 'a rule that is not there changes nothing',
    id: 'x',
    to: 0,
    want: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
])('moving: $why', ({ id, to, want }) => {
  expect(ids(moveRule(DEFAULT_POLICY, id, to))).toEqual(want)
})

test('whatever is moved, added and removed, it stays a policy with the same default', () => {
  const step = fc.oneof(
    fc.record({ of: fc.constant('move' as const), place: fc.nat(12), to: fc.integer({ min: -3, max: 15 }) }),
    fc.record({ of: fc.constant('add' as const), place: fc.nat(12), to: fc.constant(0) }),
    fc.record({ of: fc.constant('drop' as const), place: fc.nat(12), to: fc.constant(0) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps => {
      const end = steps.reduce<Policy>((policy, { of, place, to }) => {
        const id = policy.rules[place % policy.rules.length]?.id ?? ''
        if (of === 'move') return moveRule(policy, id, to)
        return of === 'drop' ? dropRule(policy, id) : addRule(policy, newRule(freeRuleId(policy)), id)
      }, DEFAULT_POLICY)
      expect(routingPolicy.safeParse(end).success).toBe(true)
      expect(end.rules.at(-1)?.id).toBe('9')
    }),
  )
})

test('a test of every fact that is newly made can be read', () => {
  const rules = FACTS.map((fact, place) => ({ ...newRule(String(place)), all: [newTest(fact)] }))
  const made = { ...DEFAULT_POLICY, rules: [...rules, { ...newRule('last'), all: [] }] }
  expect(routingPolicy.safeParse(made).success).toBe(true)
  for (const fact of FACTS) expect(typeof newTest(fact).value === 'boolean').toBe(FACT_KINDS[fact].kind === 'flag')
})

test('a choice is taken in and out; the last one stays', () => {
  const one = newTest('stage')
  const two = toggleChoice(one, 'Warm')
  expect(two).toEqual({ fact: 'stage', op: 'in', value: ['Hot PQL', 'Warm'] })
  expect(toggleChoice(two, 'Warm')).toEqual(one)
  expect(toggleChoice(one, 'Hot PQL')).toEqual(one)
  expect(toggleChoice({ fact: 'fit_tier', op: '=', value: 'A' }, 'B').value).toEqual(['A', 'B'])
})

test('a channel is free that is neither the destination nor beside it', () => {
  const rule = { ...newRule('x'), destination: 'in_app' as const }
  expect(freeChannel(rule)).toBe('sdr_light')
  const also = (['sdr_light', 'ae_assist'] as const).map(channel => ({ channel, all: [] }))
  expect(freeChannel({ ...rule, also })).toBeNull()
})

test('what differs between two policies is told by rule, and apart from it the settings', () => {
  const moved = moveRule(DEFAULT_POLICY, '2', 0)
  expect(changedRules(DEFAULT_POLICY, DEFAULT_POLICY)).toEqual([])
  expect(changedRules(DEFAULT_POLICY, moved)).toEqual(['2', '1'])
  expect(changedRules(DEFAULT_POLICY, dropRule(DEFAULT_POLICY, '4'))).toEqual(['4'])
  expect(changedRules(DEFAULT_POLICY, addRule(DEFAULT_POLICY, newRule('10'), '1'))).toEqual(['10'])
  const renamed = changeRule(DEFAULT_POLICY, '5', { title: 'Hot' })
  expect(changedRules(DEFAULT_POLICY, renamed)).toEqual(['5'])
  expect(ruleOf(renamed, '5')?.title).toBe('Hot')
  expect(hasOtherSettings(DEFAULT_POLICY, renamed)).toBe(false)
  expect(hasOtherSettings(DEFAULT_POLICY, { ...DEFAULT_POLICY, anomalyDays: 7 })).toBe(true)
  expect(areSamePolicy(DEFAULT_POLICY, { ...DEFAULT_POLICY, anomalyDays: 7 })).toBe(false)
})
