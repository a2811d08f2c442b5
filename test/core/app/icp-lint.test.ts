import { expect, test } from 'vitest'
import { type Row, TABLES } from '#schema/tables'
import { DEFAULT_MODEL } from '#score'
import { IcpReach } from '../../../core/app/icp-lint.ts'

type Fit = ConstructorParameters<typeof IcpReach>[0]
type Rule = Fit['rules'][number]

const NOTHING = Object.fromEntries(Object.keys(TABLES.accounts.columns).map(column => [column, null]))
const account = (own: Partial<Row<'accounts'>>): Row<'accounts'> => ({ ...NOTHING, ...own }) as Row<'accounts'>
const ACCOUNTS = [
  account({ account_id: 'b1', employee_count: 20, industry: 'Health' }),
  account({ account_id: 'b2', employee_count: 500, industry: 'Health' }),
  account({ account_id: 'b3', employee_count: 5000 }),
]
const TIERS = { A: 80, B: 60, C: 40 }
const size = (op: '>=' | '<', value: number, points: number): Rule => ({ field: 'employee_count', op, value, points })

function findings(rules: readonly Rule[], tierFrom: Fit['tierFrom'] = TIERS) {
  const fit = { rules: [...rules], tierFrom }
  const reach = new IcpReach(fit, DEFAULT_MODEL.buckets)
  for (const own of ACCOUNTS) reach.add(own)
  return reach.findings(fit)
}

test.each([
  {
    why: 'a column that accounts do not have',
    rules: [{ field: 'size', op: '>', value: 1, points: 90 }],
    says: 'no column size',
  },
  { why: 'no value', rules: [{ field: 'industry', op: '=', points: 90 }], says: 'value to compare with is missing' },
  { why: 'a size that is none', rules: [{ field: 'industry', op: '>', value: 'x', points: 90 }], says: 'no number' },
  { why: 'a rule twice', rules: [size('>=', 100, 45), size('>=', 100, 45)], says: 'the same as rule 1' },
  { why: 'no points', rules: [size('>=', 1, 90), size('>=', 2, 0)], says: 'gives no points' },
  {
    why: 'a field that nobody has',
    rules: [{ field: 'hq_country', op: 'known', points: 90 }],
    says: 'no account has a hq_country',
  },
  { why: 'a rule that never holds', rules: [size('>=', 9_999_999, 90)], says: 'holds for no account' },
  { why: 'a gap', rules: [size('>=', 100, 90)], says: 'no rule about employee_count holds for 1 of' },
  {
    why: 'an overlap',
    rules: [size('>=', 100, 50), size('>=', 1000, 40)],
    says: 'rules 1 and 2 hold together for 1 account',
  },
  { why: 'a tier out of reach', rules: [size('>=', 1, 70)], says: 'tier A needs 80, and all rules together give 70' },
  {
    why: 'tiers in the wrong order',
    rules: [size('>=', 1, 90)],
    tiers: { A: 50, B: 60 },
    says: 'tier B is never given',
  },
])('ICP rules with $why are told', ({ rules, says, tiers }) => {
  const told = findings(rules as Rule[], tiers)
  expect(told.map(({ message }) => message).join('\n')).toContain(says)
})

test('ICP rules that fit the accounts have nothing to be told', () => {
  expect(findings([size('>=', 100, 90), size('<', 100, 20)])).toEqual([])
})

test('ICP rules that hold for nobody leave no gap: they say so themselves', () => {
  expect(findings([size('>=', 9_999_999, 90)])).toEqual([
    { level: 'warning', rule: 0, message: 'holds for no account' },
  ])
})
