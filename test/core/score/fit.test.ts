import { expect, test } from 'vitest'
import type { FitRule, ScoringModel } from '#schema/model'
import type { Row } from '#schema/tables'
import type { Fit } from '#schema/unit'
import { DEFAULT_MODEL, fitOf } from '#score'
import { datasetOf } from '../features/world.ts'
import { modelWith } from './scored.ts'

type Case = Readonly<{
  why: string
  account: Partial<Row<'accounts'>> | null
  rules?: FitRule[]
  max?: number | null
  want: Fit
}>

const account = (row: Partial<Row<'accounts'>>): Row<'accounts'> =>
  datasetOf({ accounts: [{ account_id: 'a', ...row }] }).accounts[0] as Row<'accounts'>
const model = (rules: FitRule[] = [], max: number | null = 10): ScoringModel =>
  modelWith({
    fit: { ...DEFAULT_MODEL.fit, rules },
    buckets: { ...DEFAULT_MODEL.buckets, fit: { tiers: { A: 10, B: 6, C: 2 }, ...(max === null ? {} : { max }) } },
  })

const SIZE: FitRule[] = [
  { field: 'employee_count', op: '>=', value: 100, points: 70 },
  { field: 'industry', op: 'in', value: ['Software', 'Finance'], points: 25 },
  { field: 'tech_stack', op: 'contains', value: 'snowflake', points: 30 },
  { field: 'hq_country', op: '!=', value: 'US', points: -40 },
]

test.each<Case>([
  {
    why: 'a score, a tenth of it',
    account: { icp_fit_score: 85 },
    want: { points: 8.5, score: 85, tier: 'A', source: 'given score' },
  },
  {
    why: 'tier B from 60',
    account: { icp_fit_score: 60 },
    want: { points: 6, score: 60, tier: 'B', source: 'given score' },
  },
  {
    why: 'under 40 has no tier',
    account: { icp_fit_score: 39.9 },
    want: { points: 3.9899999999999998, score: 39.9, tier: null, source: 'given score' },
  },
  {
    why: 'above 100 is 100',
    account: { icp_fit_score: 250 },
    want: { points: 10, score: 100, tier: 'A', source: 'given score' },
  },
  {
    why: 'below 0 is 0',
    account: { icp_fit_score: -5 },
    want: { points: 0, score: 0, tier: null, source: 'given score' },
  },
  {
    why: 'a given tier stays beside a score',
    account: { icp_fit_score: 90, icp_fit_tier: 'C' },
    want: { points: 9, score: 90, tier: 'C', source: 'given score' },
  },
  {
    why: 'a tier alone',
    account: { icp_fit_tier: 'b' },
    want: { points: 6, score: null, tier: 'b', source: 'given tier' },
  },
  {
    why: 'a tier the model does not list',
    account: { icp_fit_tier: 'D' },
    want: { points: 0, score: null, tier: 'D', source: 'given tier' },
  },
  {
    why: 'a given tier comes before rules',
    account: { icp_fit_tier: 'C', employee_count: 500 },
    rules: SIZE,
    want: { points: 2, score: null, tier: 'C', source: 'given tier' },
  },
  {
    why: 'rules add up',
    account: { employee_count: 100, industry: 'software' },
    rules: SIZE,
    want: { points: 9.5, score: 95, tier: 'A', source: 'rules' },
  },
  {
    why: 'rules are clamped',
    account: { employee_count: 100, industry: 'Finance', tech_stack: ['Snowflake', 'dbt'] },
    rules: SIZE,
    want: { points: 10, score: 100, tier: 'A', source: 'rules' },
  },
  {
    why: 'rules that fail are known',
    account: { employee_count: 5, hq_country: 'US' },
    rules: SIZE,
    want: { points: 0, score: 0, tier: null, source: 'rules' },
  },
  {
    why: 'rules take points too',
    account: { employee_count: 100, hq_country: 'DE' },
    rules: SIZE,
    want: { points: 3, score: 30, tier: null, source: 'rules' },
  },
  {
    why: 'rules without any data',
    account: { name: 'Acme' },
    rules: SIZE,
    want: { points: 0, score: null, tier: null, source: 'unknown' },
  },
  { why: 'no rules and no data', account: {}, want: { points: 0, score: null, tier: null, source: 'unknown' } },
  { why: 'no account', account: null, rules: SIZE, want: { points: 0, score: null, tier: null, source: 'unknown' } },
  {
    why: 'the maximum of the bucket holds',
    account: { icp_fit_score: 85 },
    max: 5,
    want: { points: 5, score: 85, tier: 'A', source: 'given score' },
  },
  {
    why: 'without a maximum there is none',
    account: { icp_fit_score: 100 },
    max: null,
    want: { points: 10, score: 100, tier: 'A', source: 'given score' },
  },
])('$why', ({ account: row, rules, max, want }) => {
  expect(fitOf(row === null ? null : account(row), model(rules, max === undefined ? 10 : max))).toEqual(want)
})
