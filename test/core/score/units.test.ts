import { describe, expect, test } from 'vitest'
import type { Row } from '#schema/tables'
import type { Unit } from '#schema/unit'
import { aged, day, scoreOf } from './scored.ts'

type Subscription = Partial<Row<'subscriptions'>>
type Case = Readonly<{
  why: string
  workspace?: Partial<Row<'workspaces'>>
  subscriptions?: Subscription[]
  want: Partial<Unit>
}>

const later = new Date(aged(-5)).toISOString()
const earlier = new Date(aged(5)).toISOString()

function unitOf({ workspace, subscriptions }: Omit<Case, 'why' | 'want'>): Unit {
  return scoreOf({
    workspaces: [{ workspace_id: 'w', ...workspace }],
    subscriptions: (subscriptions ?? []).map((row, i) => ({ subscription_id: `s${i}`, workspace_id: 'w', ...row })),
  }).unit('w')
}

describe('paid and on trial', () => {
  test.each<Case>([
    { why: 'an active subscription', subscriptions: [{ status: 'active' }], want: { isPaid: true, isOnTrial: false } },
    { why: 'a past due one', subscriptions: [{ status: 'Past Due' }], want: { isPaid: true, isPastDue: true } },
    { why: 'a trialing one', subscriptions: [{ status: 'trialing' }], want: { isPaid: false, isOnTrial: true } },
    { why: 'a canceled one', subscriptions: [{ status: 'canceled' }], want: { isPaid: false, isOnTrial: false } },
    { why: 'paid_status without a subscription', workspace: { paid_status: 'Paid' }, want: { isPaid: true } },
    {
      why: 'paid_status where no subscription is live',
      workspace: { paid_status: 'paid' },
      subscriptions: [{ status: 'canceled' }],
      want: { isPaid: true },
    },
    {
      why: 'paid beats trial',
      workspace: { paid_status: 'trial' },
      subscriptions: [{ status: 'active' }],
      want: { isPaid: true, isOnTrial: false },
    },
    { why: 'paid_status trial', workspace: { paid_status: 'trial' }, want: { isPaid: false, isOnTrial: true } },
    { why: 'free is neither', workspace: { paid_status: 'free' }, want: { isPaid: false, isOnTrial: false } },
    {
      why: 'not there yet',
      subscriptions: [{ status: 'active', started_at: later }],
      want: { isPaid: false, subscriptions: [] },
    },
    {
      why: 'canceled later was active',
      subscriptions: [{ status: 'canceled', started_at: earlier, canceled_at: later }],
      want: { isPaid: true },
    },
    {
      why: 'canceled at asOf is canceled',
      subscriptions: [{ status: 'active', canceled_at: new Date(aged(0)).toISOString() }],
      want: { isPaid: false },
    },
    {
      why: 'canceled later, in trial at asOf',
      subscriptions: [{ status: 'canceled', trial_end: later, canceled_at: later }],
      want: { isOnTrial: true },
    },
    {
      why: 'active now, in trial at asOf',
      subscriptions: [{ status: 'active', trial_start: earlier, trial_end: later }],
      want: { isPaid: false, isOnTrial: true },
    },
    {
      why: 'active with an end of trial alone stays active',
      subscriptions: [{ status: 'active', trial_end: later }],
      want: { isPaid: true },
    },
    {
      why: 'trialing past its end stays trialing',
      subscriptions: [{ status: 'trialing', trial_end: earlier }],
      want: { isOnTrial: true },
    },
    {
      why: 'trial end of the subscription first',
      workspace: { trial_end_date: day(-9) },
      subscriptions: [{ status: 'trialing', trial_end: day(-2) }],
      want: { trialEndDay: Math.floor(aged(-2) / 86_400_000) },
    },
    {
      why: 'else the given date',
      workspace: { trial_end_date: day(-9) },
      subscriptions: [{ status: 'trialing' }],
      want: { trialEndDay: Math.floor(aged(-9) / 86_400_000) },
    },
  ])('$why', ({ want, ...rows }) => {
    expect(unitOf(rows)).toMatchObject(want)
  })
})

describe('money and seats', () => {
  test.each<Case>([
    {
      why: 'sum over active ones',
      subscriptions: [
        { status: 'active', mrr: 10, seats_purchased: 3 },
        { status: 'active', mrr: 5, arr: 50 },
        { status: 'trialing', mrr: 99 },
      ],
      want: { mrr: 15, arr: 170, seatsPurchased: 3 },
    },
    {
      why: 'none active is 0',
      workspace: { mrr: 7 },
      subscriptions: [{ status: 'canceled', mrr: 5 }],
      want: { mrr: 0, arr: 0 },
    },
    { why: 'the given figure without subscriptions', workspace: { mrr: 7 }, want: { mrr: 7, arr: 84 } },
    { why: 'nothing known', want: { mrr: null, arr: null, seatsPurchased: null } },
    {
      why: 'the next renewal that is not over',
      subscriptions: [
        { status: 'active', renewal_date: day(3) },
        { status: 'active', renewal_date: day(-20) },
        { status: 'active', renewal_date: day(-10) },
      ],
      want: { renewalDay: Math.floor(aged(-10) / 86_400_000) },
    },
  ])('$why', ({ want, ...rows }) => {
    expect(unitOf(rows)).toMatchObject(want)
  })
})

const POOL = {
  accounts: [
    { account_id: 'acme', name: 'Acme', icp_fit_tier: 'A' },
    { account_id: 'beta', icp_fit_tier: 'C' },
  ],
  workspaces: [
    {
      workspace_id: 'w1',
      account_id: 'acme',
      created_at: day(50),
      paid_status: 'trial',
      trial_end_date: day(-1),
      seat_count_total: 5,
      workspace_type: 'prod',
    },
    {
      workspace_id: 'w2',
      account_id: 'beta',
      created_at: day(90),
      paid_status: 'free',
      trial_end_date: day(-6),
      seat_count_total: 2,
      workspace_status: 'deleted',
    },
    { workspace_id: 'w3', account_id: 'acme', workspace_type: 'Sandbox', paid_status: 'paid' },
    { workspace_id: 'w4' },
  ],
  memberships: [
    { user_id: 'a', workspace_id: 'w1', role: 'viewer' },
    { user_id: 'a', workspace_id: 'w2', role: 'admin' },
    { user_id: 'b', workspace_id: 'w2' },
  ],
}

test('a merged group is one unit: named by its first workspace, earliest start, latest end of trial, sums; fit of the account with most persons', () => {
  const scored = scoreOf(POOL, { identities: { mergedWorkspaces: [['w1', 'w2']] } })
  expect(scoreOf(POOL, { identities: { mergedWorkspaces: [['w2', 'w1']] } }).units[0]?.id).toBe('w2')
  expect(scored.units.map(unit => unit.id)).toEqual(['w1', 'w3', 'w4'])
  expect(scored.unit('w1')).toMatchObject({
    workspaceIds: ['w1', 'w2'],
    createdDay: Math.floor(aged(90) / 86_400_000),
    isOnTrial: true,
    trialEndDay: Math.floor(aged(-6) / 86_400_000),
    seatsGiven: 7,
    isDeleted: false,
    isSandbox: false,
    accountId: 'beta',
    otherAccountIds: ['acme'],
    fit: { points: 2, tier: 'C' },
    memberCount: 2,
  })
  expect(scored.unit('w1').people.map(({ personId, isAdmin }) => [personId, isAdmin])).toEqual([
    ['a', true],
    ['b', false],
  ])
})

test('account level pools what is not sandbox or dev; workspaces without an account are in no unit', () => {
  const scored = scoreOf(
    {
      ...POOL,
      events: [
        { name: 'login', at: aged(1), workspace: 'w3', user: 'a' },
        { name: 'login', at: aged(2), workspace: 'w1', user: 'a' },
      ],
    },
    { level: 'account' },
  )
  expect(scored.units.map(({ id, name, workspaceIds, isPaid }) => [id, name, workspaceIds, isPaid])).toEqual([
    ['acme', 'Acme', ['w1'], false],
    ['beta', null, ['w2'], false],
  ])
  expect(scored.bundle.cells.count).toBe(2) // login and new_active_user in w1
})

test('what was created after asOf does not exist', () => {
  const scored = scoreOf({
    users: [{ user_id: 'late', created_at: later, product_role: 'admin' }],
    workspaces: [
      { workspace_id: 'new', created_at: later },
      { workspace_id: 'w', created_at: day(0) },
    ],
    memberships: [
      { user_id: 'late', workspace_id: 'w', role: 'admin' },
      { user_id: 'soon', workspace_id: 'w', joined_at: later },
      { user_id: 'a', workspace_id: 'w', joined_at: earlier },
    ],
    events: [
      { name: 'login', at: aged(1), workspace: 'new', user: 'a' },
      { name: 'login', at: aged(1), workspace: 'w', user: 'late' },
    ],
  })
  expect(scored.units.map(unit => unit.id)).toEqual(['w'])
  expect(scored.unit('w').people.map(({ personId, role }) => [personId, role])).toEqual([
    ['a', 'other'],
    ['late', 'other'],
  ])
  expect(scored.unit('w').memberCount).toBe(1)
  expect(scored.bundle.setAside).toEqual([{ eventId: '', reason: 'unknown_workspace', count: 1 }])
})

test('a subscription of an account pays for its workspaces, its money is counted with the account', () => {
  const rows = {
    workspaces: [
      { workspace_id: 'w1', account_id: 'acme' },
      { workspace_id: 'w2', account_id: 'acme' },
      { workspace_id: 'dev', account_id: 'acme', workspace_type: 'dev' },
      { workspace_id: 'solo', account_id: 'beta' },
    ],
    subscriptions: [
      { subscription_id: 's1', account_id: 'acme', status: 'active', mrr: 100 },
      { subscription_id: 's2', account_id: 'beta', status: 'active', mrr: 30 },
    ],
  }
  const money = (level: 'workspace' | 'account') =>
    scoreOf(rows, { level }).units.map(({ id, isPaid, mrr }) => [id, isPaid, mrr])
  expect(money('workspace')).toEqual([
    ['dev', false, null],
    ['solo', true, 30],
    ['w1', true, null],
    ['w2', true, null],
  ])
  expect(money('account')).toEqual([
    ['acme', true, 100],
    ['beta', true, 30],
  ])
})
