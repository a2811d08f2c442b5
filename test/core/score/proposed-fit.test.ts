import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FitRule, ScoringModel } from '../../../core/schema/model.ts'
import type { Row } from '../../../core/schema/tables.ts'
import { DEFAULT_MODEL, fitOf, ICP_TIERS, proposedFit } from '../../../core/score/index.ts'
import { row } from '../identity/rows.ts'

const modelOf = (rules: readonly FitRule[]): Pick<ScoringModel, 'fit' | 'buckets'> => ({
  buckets: DEFAULT_MODEL.buckets,
  fit: { rules: [...rules], tierFrom: { A: 80, B: 60, C: 40 } },
})
const LARGE: FitRule = { field: 'employee_count', op: '>=', value: 50, points: 60 }
const SOFTWARE: FitRule = { field: 'industry', op: '=', value: 'software', points: 30 }
const GERMAN: FitRule = { field: 'hq_country', op: '=', value: 'DE', points: -40 }

test.each([
  { why: 'without rules nothing is said', rules: [], known: {}, atLeast: 9, is: ['no_rules', 0, 0, []] },
  { why: 'people that were seen prove a size', rules: [LARGE], known: {}, atLeast: 50, is: ['passes', 60, 60, []] },
  {
    why: 'too few of them prove nothing',
    rules: [LARGE],
    known: {},
    atLeast: 49,
    is: ['open', 0, 60, ['employee_count']],
  },
  {
    why: 'unknown fields that cannot reach a tier do not keep it open',
    rules: [SOFTWARE],
    known: {},
    atLeast: 0,
    is: ['fails', 0, 30, ['industry']],
  },
  {
    why: 'a rule that takes points off is not taken as missed',
    rules: [LARGE, GERMAN],
    known: {},
    atLeast: 80,
    is: ['open', 20, 60, ['hq_country']],
  },
  {
    why: 'a known field decides',
    rules: [LARGE, GERMAN],
    known: { hq_country: 'FR' },
    atLeast: 80,
    is: ['passes', 60, 60, []],
  },
  {
    why: 'seen people end a rule for small companies',
    rules: [{ field: 'employee_count', op: '<', value: 10, points: 70 } as const],
    known: {},
    atLeast: 10,
    is: ['fails', 0, 0, []],
  },
] as const)('$why', ({ rules, known, atLeast, is: [verdict, low, high, unknown] }) => {
  expect(proposedFit({ known: row('accounts', known), atLeast }, modelOf(rules))).toEqual({
    verdict,
    low,
    high,
    unknown,
  })
})

test('whatever the unknown fields turn out to be, the score is within the range, and a verdict that is sure stays', () => {
  const rule = fc.constantFrom<FitRule>(LARGE, SOFTWARE, GERMAN, { field: 'industry', op: 'known', points: 25 })
  const whole = fc.record({
    employee_count: fc.integer({ min: 0, max: 200 }),
    industry: fc.constantFrom('software', 'steel'),
    hq_country: fc.constantFrom('DE', 'FR'),
  })
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 5 }), whole, fc.nat({ max: 200 }), (rules, facts, seen) => {
      const account: Row<'accounts'> = row('accounts', facts)
      const known = row('accounts', { hq_country: facts.hq_country })
      const model = modelOf(rules)
      const found = proposedFit({ known, atLeast: Math.min(seen, facts.employee_count) }, model)
      const { score, tier } = fitOf(account, model)
      expect(score).toBeGreaterThanOrEqual(found.low)
      expect(score).toBeLessThanOrEqual(found.high)
      if (found.verdict !== 'open') expect(found.verdict === 'passes').toBe(ICP_TIERS.includes(tier ?? ''))
    }),
  )
})
