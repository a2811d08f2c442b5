import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarOf, DAY_MS } from '../../../core/lib/time.ts'
import { applyRules, DEFAULT_POLICY, type Facts, factsOf } from '../../../core/route/index.ts'
import { DESTINATIONS, FACTS, type FactValue, routingPolicy } from '../../../core/schema/policy.ts'
import type { TestTrace } from '../../../core/schema/route.ts'
import { row } from '../identity/rows.ts'
import { anomaly, type Given, judged } from './judged.ts'

const TODAY = 20_600
const AS_OF = TODAY * DAY_MS + DAY_MS / 2

const facts = (given: Given = {}, employees: number | null = null, dismissed: readonly string[] = []): Facts =>
  factsOf(judged('w', given), {
    asOf: AS_OF,
    calendar: calendarOf('UTC'),
    anomalyDays: 14,
    dismissedAnomalies: new Set(dismissed),
    account: employees === null ? undefined : row('accounts', { account_id: 'A', employee_count: employees }),
  })

const step = (channel: 'in_app' | 'sdr' | 'lifecycle_email' | 'csm') =>
  ({ id: 'm', holdsWhen: { kindSeen: 'x' }, channel, prompt: 'Do it' }) as const
const ofTier = (tier: string | null) => ({ points: 0, score: null, tier, source: 'given tier' }) as const
const hot: Given = {
  unit: { fit: ofTier('B') },
  score: { score: 80 },
  findings: { hasHighIntent30d: true, hasAdmin: true },
}

describe('default rules at their edges', () => {
  type Case = { why: string; given: Given; employees?: number; dismissed?: string[]; want: string }
  test.each<Case>([
    { why: '1: deleted', given: { ...hot, unit: { isDeleted: true, isPaid: true } }, want: '1 none' },
    { why: '1: sandbox', given: { ...hot, unit: { isSandbox: true } }, want: '1 none' },
    {
      why: '2: an anomaly of today',
      given: { ...hot, findings: { anomalies: [anomaly('a', AS_OF)] } },
      want: '2 review',
    },
    {
      why: '2: age 13 is within the last 14 days',
      given: { findings: { anomalies: [anomaly('a', AS_OF - 13 * DAY_MS)] } },
      want: '2 review',
    },
    {
      why: '2: age 14 is not',
      given: { findings: { anomalies: [anomaly('a', AS_OF - 14 * DAY_MS)] } },
      want: '9 nurture',
    },
    {
      why: '2: dismissed',
      given: { findings: { anomalies: [anomaly('a', AS_OF)] } },
      dismissed: ['a'],
      want: '9 nurture',
    },
    {
      why: '2: one dismissed, one open',
      given: { findings: { anomalies: [anomaly('a', AS_OF), anomaly('b', AS_OF)] } },
      dismissed: ['a'],
      want: '2 review',
    },
    {
      why: '2: before rule 3',
      given: { unit: { isPaid: true }, score: { score: 70 }, findings: { anomalies: [anomaly('a', AS_OF)] } },
      want: '2 review',
    },
    { why: '3: paid from 70', given: { unit: { isPaid: true }, score: { score: 70 } }, want: '3 csm' },
    {
      why: '3: paid at 69.9 falls to 4',
      given: { unit: { isPaid: true }, score: { score: 69.9 } },
      want: '4 customer',
    },
    { why: '3: expansion', given: { unit: { isPaid: true }, health: { isExpansion: true } }, want: '3 csm' },
    { why: '3: at risk', given: { unit: { isPaid: true }, health: { state: 'at_risk' } }, want: '3 csm' },
    {
      why: '3: dormant alone is not at risk',
      given: { unit: { isPaid: true }, health: { state: 'dormant' } },
      want: '4 customer',
    },
    { why: '3: renewal risk', given: { unit: { isPaid: true }, health: { hasRenewalRisk: true } }, want: '3 csm' },
    {
      why: '3: active now adds in-app',
      given: { unit: { isPaid: true }, score: { score: 70 }, findings: { isActiveNow: true } },
      want: '3 csm in_app',
    },
    {
      why: '3: nothing of it counts unpaid',
      given: { score: { score: 49 }, health: { isExpansion: true, hasRenewalRisk: true } },
      want: '9 nurture',
    },
    { why: '4: active now', given: { unit: { isPaid: true }, findings: { isActiveNow: true } }, want: '4 in_app' },
    { why: '4: not active', given: { unit: { isPaid: true } }, want: '4 customer' },
    { why: '5: from 80 with tier B, intent and an admin', given: hot, want: '5 sdr' },
    { why: '5: tier A in lower case with blanks', given: { ...hot, unit: { fit: ofTier(' a ') } }, want: '5 sdr' },
    { why: '5: 79.9 falls to 7', given: { ...hot, score: { score: 79.9 } }, want: '7 lifecycle_email in_app' },
    { why: '5: tier C falls to 6', given: { ...hot, unit: { fit: ofTier('C') } }, want: '6 lifecycle_email' },
    { why: '5: no tier falls to 6', given: { ...hot, unit: { fit: ofTier(null) } }, want: '6 lifecycle_email' },
    { why: '5: no high intent falls to 6', given: { ...hot, findings: { hasAdmin: true } }, want: '6 lifecycle_email' },
    {
      why: '5: intent but no way in',
      given: { ...hot, findings: { hasHighIntent30d: true } },
      want: '6 lifecycle_email',
    },
    {
      why: '5: pricing or upgrade is a way in',
      given: { ...hot, findings: { hasHighIntent30d: true, hasPricingOrUpgrade14d: true } },
      want: '5 sdr',
    },
    {
      why: '5: growth of 4 seats is a way in',
      given: { ...hot, findings: { hasHighIntent30d: true }, rollups: { seat_growth_30d: 4 } },
      want: '5 sdr',
    },
    {
      why: '5: growth of 3 seats is not',
      given: { ...hot, findings: { hasHighIntent30d: true }, rollups: { seat_growth_30d: 3 } },
      want: '6 lifecycle_email',
    },
    { why: '5: 1000 employees add an account executive', given: hot, employees: 1000, want: '5 sdr ae_assist' },
    { why: '5: 999 do not', given: hot, employees: 999, want: '5 sdr' },
    {
      why: '6: active now adds in-app',
      given: { score: { score: 80 }, findings: { isActiveNow: true } },
      want: '6 lifecycle_email in_app',
    },
    { why: '7: from 60', given: { score: { score: 60 } }, want: '7 lifecycle_email in_app' },
    { why: '7: 59.9 falls to 9, Warm adds in-app', given: { score: { score: 59.9 } }, want: '9 nurture in_app' },
    {
      why: '7: tier A and PQL add a light touch',
      given: { unit: { fit: ofTier('A') }, score: { score: 65 } },
      want: '7 lifecycle_email in_app,sdr_light',
    },
    {
      why: '7: tier A at 64.9 is Warm',
      given: { unit: { fit: ofTier('A') }, score: { score: 64.9 } },
      want: '7 lifecycle_email in_app',
    },
    {
      why: '7: tier B gets no light touch',
      given: { unit: { fit: ofTier('B') }, score: { score: 70 } },
      want: '7 lifecycle_email in_app',
    },
    {
      why: '8: active now and next in-app',
      given: { score: { score: 55 }, findings: { isActiveNow: true, nextBestAction: step('in_app') } },
      want: '8 in_app',
    },
    {
      why: '8: next step elsewhere',
      given: { findings: { isActiveNow: true, nextBestAction: step('lifecycle_email') } },
      want: '9 nurture',
    },
    { why: '8: not active', given: { findings: { nextBestAction: step('in_app') } }, want: '9 nurture' },
    { why: '8: nothing left to do', given: { findings: { isActiveNow: true } }, want: '9 nurture' },
    { why: '9: Warm from 50', given: { score: { score: 50 } }, want: '9 nurture in_app' },
    { why: '9: 49.9', given: { score: { score: 49.9 } }, want: '9 nurture' },
  ])('$why', ({ given, employees = null, dismissed = [], want }) => {
    const { ruleId, destination, also } = applyRules(facts(given, employees, dismissed), DEFAULT_POLICY)
    expect([ruleId, destination, also.join()].filter(part => part !== '').join(' ')).toBe(want)
  })
})

/** Any facts: each a value of its kind or unknown. */
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  score: fc.integer({ min: 0, max: 1000 }).map(tenths => tenths / 10),
  stage: fc.constantFrom('Hot PQL', 'PQL', 'Warm', 'Not PQL'),
  fit_tier: fc.constantFrom('A', 'B', 'C', 'D', null),
  seat_growth_30d: fc.integer({ min: -5, max: 9 }),
  employee_count: fc.option(fc.integer({ min: 0, max: 3000 })),
  next_action_channel: fc.constantFrom('in_app', 'sdr', 'lifecycle_email', 'csm', null),
  is_paid: fc.boolean(),
  is_on_trial: fc.boolean(),
  is_deleted: fc.boolean(),
  is_sandbox: fc.boolean(),
  has_open_anomaly_14d: fc.boolean(),
  is_expansion: fc.boolean(),
  is_at_risk: fc.boolean(),
  has_renewal_risk: fc.boolean(),
  is_active_now: fc.boolean(),
  has_high_intent_30d: fc.boolean(),
  has_pricing_or_upgrade_14d: fc.boolean(),
  has_admin: fc.boolean(),
})

describe('laws of rules', () => {
  test('any facts have exactly one destination, at most two other channels, and the trace of every rule up to it', () => {
    fc.assert(
      fc.property(anyFacts, known => {
        const { destination, also, ruleId, trace } = applyRules(known, DEFAULT_POLICY)
        expect(DESTINATIONS).toContain(destination)
        expect(also.length).toBeLessThanOrEqual(2)
        expect(new Set([destination, ...also]).size).toBe(1 + also.length)
        const place = DEFAULT_POLICY.rules.findIndex(({ id }) => id === ruleId)
        expect(trace.map(rule => rule.ruleId)).toEqual(DEFAULT_POLICY.rules.slice(0, place + 1).map(({ id }) => id))
      }),
    )
  })

  test('the trace replays to the same answer', () => {
    const met = ({ test: { op, value: wanted }, value }: TestTrace): boolean => {
      if (value === null) return false
      const table: Record<typeof op, () => boolean> = {
        '=': () => value === wanted,
        in: () => (wanted as string[]).includes(value as string),
        '>=': () => (value as number) >= (wanted as number),
        '>': () => (value as number) > (wanted as number),
        '<': () => (value as number) < (wanted as number),
        '<=': () => (value as number) <= (wanted as number),
      }
      return table[op]()
    }
    fc.assert(
      fc.property(anyFacts, known => {
        const { trace, ruleId, destination, also } = applyRules(known, DEFAULT_POLICY)
        for (const rule of trace) {
          const holds = rule.all.every(met) && (rule.any.length === 0 || rule.any.some(met))
          expect(holds).toBe(rule.ruleId === ruleId)
          expect(holds).toBe(rule.holds)
        }
        const channels = trace.at(-1)?.channels ?? []
        const let_in = channels.filter(({ all }) => all.every(met))
        const replaced = let_in.find(({ use }) => use === 'destination')?.channel
        const rule = DEFAULT_POLICY.rules.find(({ id }) => id === ruleId)
        expect(replaced ?? rule?.destination).toBe(destination)
        expect(let_in.filter(({ use }) => use === 'also').map(({ channel }) => channel)).toEqual(also)
      }),
    )
  })

  test('the trace shows the very facts', () => {
    fc.assert(
      fc.property(anyFacts, known => {
        for (const { all, any } of applyRules(known, DEFAULT_POLICY).trace)
          for (const { test: tested, value } of [...all, ...any]) expect(value).toBe(known[tested.fact])
      }),
    )
  })
})

test('every fact is known to factsOf', () => {
  expect(Object.keys(facts()).sort()).toEqual([...FACTS].sort())
})

test('an unknown fact fails every test, even against itself', () => {
  for (const op of ['=', '>=', '>', '<', '<=', 'in'] as const) {
    const policy = routingPolicy.parse({
      version: 1,
      name: 'x',
      rules: [
        {
          id: 'a',
          title: 'a',
          all: [{ fact: 'employee_count', op, value: op === 'in' ? ['null'] : 0 }],
          destination: 'sdr',
        },
        { id: 'b', title: 'b', destination: 'none' },
      ],
    })
    expect(applyRules(facts(), policy).ruleId).toBe('b')
  }
})

test('only the first two other channels that hold are taken, and never the destination again', () => {
  const also = (['in_app', 'in_app', 'sdr_light', 'ae_assist'] as const).map(channel => ({ channel }))
  const policy = (destination: string) =>
    routingPolicy.parse({ version: 1, name: 'x', rules: [{ id: 'a', title: 'a', destination, also }] })
  expect(applyRules(facts(), policy('nurture')).also).toEqual(['in_app', 'sdr_light'])
  expect(applyRules(facts(), policy('in_app')).also).toEqual(['sdr_light', 'ae_assist'])
})

test('types of fact values', () => {
  const values: readonly FactValue[] = Object.values(facts(hot, 12))
  expect(values).not.toContain(undefined)
})
