import { beforeAll, describe, expect, test } from 'vitest'
import { compare, type Difference } from './compare.ts'
import { judge } from './judge.ts'
import { type OracleModel, RECIPE } from './model.ts'
import { runProduct } from './product.ts'
import { cell, type Exports, type TextRow } from './tables.ts'

const AS_OF = '2026-05-31T12:00:00.000Z'
const TODAY = Date.parse('2026-05-31T00:00:00Z') / 86_400_000

/** One `page` is worth 85 points, so that a case's other events decide where it goes. */
const MODEL: OracleModel = {
  ...RECIPE,
  buckets: { ...RECIPE.buckets, expansion: { scope: 'unit', curve: 'none' } },
  signals: [{ id: 'page', kind: 'page', bucket: 'expansion', points: 85, count: 'first' }],
  conditions: [],
  taxonomy: [...RECIPE.taxonomy, { kind: 'page', category: 'other', match: ['page'] }],
}

type Doing = Readonly<[who: string, what: string, age: number]>
type Case = Readonly<{
  why: string
  /** Of the account; A unless said. */
  tier?: string
  fitScore?: string
  employees?: string
  /** Members: `admin` is one, the others are not. */
  members?: readonly string[]
  events: readonly Doing[]
  want: Readonly<Record<string, string>>
}>

const sdr = { rule: '5', destination: 'sdr', also: '' }
const email = { rule: '6', destination: 'lifecycle_email', also: '' }
const page: Doing = ['ann', 'page', 3]
const limit: Doing = ['ann', 'usage_limit_hit', 3]

const CASES: readonly Case[] = [
  { why: 'a score alone is no reason to call', members: ['admin'], events: [page], want: email },
  { why: 'a limit hit and an admin are', members: ['admin'], events: [page, limit], want: sdr },
  { why: 'a limit hit 29 days ago', members: ['admin'], events: [page, ['ann', 'usage_limit_hit', 29]], want: sdr },
  { why: 'a limit hit 30 days ago', members: ['admin'], events: [page, ['ann', 'usage_limit_hit', 30]], want: email },
  {
    why: 'an invitation by an admin is intent',
    members: ['admin'],
    events: [page, ['admin', 'invite_sent', 9]],
    want: sdr,
  },
  { why: 'one by anybody else is not', members: ['admin'], events: [page, ['ann', 'invite_sent', 9]], want: email },
  { why: 'nobody to talk to', events: [page, limit], want: email },
  { why: 'pricing 13 days ago', events: [page, limit, ['ann', 'pricing_page_view', 13]], want: sdr },
  { why: 'pricing 14 days ago', events: [page, limit, ['ann', 'pricing_page_view', 14]], want: email },
  { why: 'three newcomers', events: [page, limit, ['bob', 'page', 9], ['cyn', 'page', 9]], want: email },
  {
    why: 'four newcomers',
    events: [page, limit, ['bob', 'page', 9], ['cyn', 'page', 9], ['dan', 'page', 9]],
    want: sdr,
  },
  { why: 'tier C is not called', tier: 'C', members: ['admin'], events: [page, limit], want: email },
  { why: 'a score of 60 is tier B', tier: '', fitScore: '60', members: ['admin'], events: [page, limit], want: sdr },
  {
    why: 'a score of 59.9 is tier C',
    tier: '',
    fitScore: '59.9',
    members: ['admin'],
    events: [page, limit],
    want: email,
  },
  {
    why: 'a thousand employees',
    employees: '1000',
    members: ['admin'],
    events: [page, limit],
    want: { ...sdr, also: 'ae_assist' },
  },
  { why: 'one less', employees: '999', members: ['admin'], events: [page, limit], want: sdr },
  {
    why: 'half as many people as in an average week are at risk',
    events: [7, 14, 21, 28]
      .flatMap(age => ['ann', 'bob', 'cyn', 'dan'].map(who => [who, 'page', age] as const))
      .concat([
        ['ann', 'page', 6],
        ['bob', 'page', 1],
      ]),
    want: { health: 'at_risk' },
  },
  {
    why: 'a few more are steady',
    events: [7, 14, 21, 28]
      .flatMap(age => ['ann', 'bob', 'cyn', 'dan'].map(who => [who, 'page', age] as const))
      .concat([
        ['ann', 'page', 6],
        ['bob', 'page', 1],
        ['cyn', 'page', 1],
        ['ann', 'page', 31],
        ['bob', 'page', 31],
        ['cyn', 'page', 31],
        ['dan', 'page', 31],
      ]),
    want: { health: 'steady' },
  },
  {
    why: 'of two who are equal the smaller id by code point, not by UTF-16 unit, stands for the rest',
    members: ['\u{1F600}', '\uFF5E'],
    events: [],
    want: { representative_user_id: '\uFF5E', coverage: 'none' },
  },
]

/** Every case is a workspace with people of its own; a name that starts a user id goes before the number. */
const exportsOf = (cases: readonly Case[]): Exports => {
  const all = cases.map((one, i) => ({ ...one, id: `w${i}`, user: (name: string) => `${name} of w${i}` }))
  return {
    users: all.flatMap(({ members = [], user }) =>
      members.map(name => ({ user_id: user(name), is_workspace_admin: String(name === 'admin') })),
    ),
    workspaces: all.map(({ id }) => ({ workspace_id: id, created_at: '2026-01-01', account_id: `a ${id}` })),
    memberships: all.flatMap(({ id, members = [], user }) =>
      members.map(name => ({ user_id: user(name), workspace_id: id, role: '' })),
    ),
    subscriptions: [],
    events: all.flatMap(({ id, events, user }) =>
      events.map(([who, what, age]) => ({
        event_name: what,
        timestamp: `${new Date((TODAY - age) * 86_400_000).toISOString().slice(0, 10)}T09:00:00Z`,
        workspace_id: id,
        user_id: user(who),
      })),
    ),
    accounts: all.map(({ id, tier = 'A', fitScore = '', employees = '' }) => ({
      account_id: `a ${id}`,
      icp_fit_tier: tier,
      icp_fit_score: fitScore,
      employee_count: employees,
    })),
  }
}

describe('a rule at its edge', () => {
  const exports = exportsOf(CASES)
  const asOf = Date.parse(AS_OF)
  let scores: readonly TextRow[] = []
  let differences: readonly Difference[] = []
  beforeAll(async () => {
    const product = await runProduct({ exports, model: MODEL, asOf, asOfText: AS_OF, columnZone: undefined })
    scores = product.scores
    differences = compare(judge(exports, MODEL, { asOf }), product)
  }, 240_000)

  test.each(CASES.map((one, i) => ({ ...one, id: `w${i}` })))('$why', ({ id, want }) => {
    const row = scores.find(score => cell(score, 'unit_id') === id)
    const found = Object.fromEntries(Object.keys(want).map(name => [name, cell(row, name).replace(` of ${id}`, '')]))
    expect(found).toEqual(want)
    expect(differences.filter(({ unit }) => unit === id)).toEqual([])
  })
})
