import { describe, expect, test } from 'vitest'
import { DEFAULT_MODEL, explainUnit, scoreOfTotal, stageOf } from '#score'
import type { EventRow, WorldRows } from '../features/world.ts'
import { aged, day, scoreOf } from './scored.ts'

describe('representative and coverage', () => {
  const use = (user: string, n: number, workspace = 'w'): EventRow[] =>
    Array.from({ length: n }, (_, i) => ({ name: 'automation_run', at: aged(i), workspace, user }))
  const W = { workspaces: [{ workspace_id: 'w' }] }
  const user = (user_id: string, row: object = {}) => ({ user_id, workspace_id: 'w', ...row })
  type Case = Readonly<{ why: string; rows: WorldRows; representative: string | null; coverage: string }>

  test.each<Case>([
    { why: 'nobody at all', rows: {}, representative: null, coverage: 'none' },
    {
      why: 'without admin or champion the best of all',
      rows: { users: [user('a'), user('b')], events: use('b', 1) },
      representative: 'b',
      coverage: 'none',
    },
    {
      why: 'a silent admin represents before a busy other',
      rows: { users: [user('a', { product_role: 'admin' }), user('b')], events: use('b', 3) },
      representative: 'a',
      coverage: 'admin',
    },
    {
      why: 'a champion alone',
      rows: { users: [user('a', { persona: 'champion' }), user('b')], events: use('b', 3) },
      representative: 'a',
      coverage: 'champion',
    },
    {
      why: 'the better of admin and champion',
      rows: { users: [user('a', { product_role: 'admin' }), user('b', { seniority: 'vp' })], events: use('b', 3) },
      representative: 'b',
      coverage: 'both',
    },
    {
      why: 'ties go to the smallest id by code point',
      rows: { users: [user('\u{1F600}'), user('\uFFFD'), user('z')] },
      representative: 'z',
      coverage: 'none',
    },
    {
      why: 'code points, not UTF-16 units',
      rows: { users: [user('\u{1F600}'), user('\uFFFD')] },
      representative: '\uFFFD',
      coverage: 'none',
    },
    {
      why: 'a difference under 1e-9 is a tie',
      rows: {
        users: [user('a', { buying_role_weight: 1 }), user('b', { buying_role_weight: 1 + 1e-12 })],
        events: [...use('a', 1), ...use('b', 1)],
      },
      representative: 'a',
      coverage: 'champion',
    },
    {
      why: 'a difference of 1e-8 is none',
      rows: {
        users: [user('a', { buying_role_weight: 1 }), user('b', { buying_role_weight: 1 + 1e-8 })],
        events: [...use('a', 1), ...use('b', 1)],
      },
      representative: 'b',
      coverage: 'champion',
    },
  ])('$why', ({ rows, representative, coverage }) => {
    expect(scoreOf({ ...W, ...rows }).score('w')).toMatchObject({ representativeId: representative, coverage })
  })

  test('without persons, person buckets are 0, anonymous events fill unit buckets, conditions still count', () => {
    const { score } = scoreOf({
      workspaces: [{ workspace_id: 'w', paid_status: 'trial', trial_end_date: day(-3) }],
      events: [
        { name: 'upgrade_click', at: aged(0), workspace: 'w' },
        { name: 'invite_sent', at: aged(0), workspace: 'w' },
      ],
    })
    expect(score('w')).toMatchObject({
      representativeId: null,
      coverage: 'none',
      total: 7,
      buckets: { intent: 5, expansion: 2, depth: 0 },
    })
  })

  test('the person is clipped first, then the unit with its conditions', () => {
    const clicks = Array.from({ length: 3 }, (_, i) => ({
      name: 'upgrade_click',
      at: aged(0, i),
      workspace: 'w',
      user: 'a',
    }))
    const scored = scoreOf({
      workspaces: [{ workspace_id: 'w', paid_status: 'trial', trial_end_date: day(0) }],
      users: [user('a', { product_role: 'admin' })],
      events: clicks,
    })
    expect(scored.score('w').buckets.intent).toBe(20)
    expect(scored.line('w', 'upgrade_click')).toMatchObject({ pointsAfterDecay: 24, roleFactor: 1.3, finalPoints: 16 })
    expect(scored.line('w', 'trial_ending')).toMatchObject({
      scope: 'unit',
      personId: null,
      pointsBeforeCap: 5,
      finalPoints: 4,
    })
  })
})

describe('conditions', () => {
  const total = (row: object, events: EventRow[] = []): number =>
    scoreOf({ workspaces: [{ workspace_id: 'w', ...row }], events }).score('w').total
  const login = (age: number): EventRow => ({ name: 'nonsense', at: aged(age), workspace: 'w' })

  test.each<readonly [why: string, row: object, events: EventRow[], want: number]>([
    ['trial ends today', { paid_status: 'trial', trial_end_date: day(0) }, [], 5],
    ['trial ends in 3 days', { paid_status: 'trial', trial_end_date: day(-3) }, [], 5],
    ['trial ends in 4 days', { paid_status: 'trial', trial_end_date: day(-4) }, [], 0],
    ['trial ended yesterday', { paid_status: 'trial', trial_end_date: day(1) }, [], 0],
    ['end of trial unknown', { paid_status: 'trial' }, [], 0],
    ['not on trial', { paid_status: 'free', trial_end_date: day(0) }, [], 0],
    ['paid', { paid_status: 'paid', trial_end_date: day(0) }, [], 0],
    ['created 14 days ago, never active', { created_at: day(14) }, [], -20],
    ['created 13 days ago, never active', { created_at: day(13) }, [], 0],
    ['created_at unknown', {}, [], 0],
    ['active at age 13', { created_at: day(90) }, [login(13)], 0],
    ['active at age 14', { created_at: day(90) }, [login(14)], -20],
    ['active today', { created_at: day(90) }, [login(0)], 0],
  ])('%s', (_why, row, events, want) => {
    expect(total(row, events)).toBe(want)
  })

  test('a looped hour is no activity', () => {
    const events = Array.from({ length: 100 }, (_, i) => ({
      name: 'login',
      at: aged(1, i + 1),
      workspace: 'w',
      user: 'u',
    }))
    const scored = scoreOf({ workspaces: [{ workspace_id: 'w', created_at: day(30) }], events })
    expect(scored.line('w', 'inactive_14d')?.finalPoints).toBe(-20)
    expect(scored.line('w', 'event_loop')?.finalPoints).toBeCloseTo(-5 * Math.exp(-1 / 30), 12)
  })

  test('a new active person is counted on the first day with an event that is not looped', () => {
    const looped = Array.from({ length: 100 }, (_, i) => ({
      name: 'login',
      at: aged(9, i + 1),
      workspace: 'w',
      user: 'u',
    }))
    const scored = scoreOf({
      workspaces: [{ workspace_id: 'w' }],
      events: [...looped, { name: 'nonsense', at: aged(4), workspace: 'w', user: 'u' }],
    })
    expect(scored.line('w', 'new_active_user')).toMatchObject({ occurrences: 1, firstDay: scored.ground.today - 4 })
  })
})

describe('rounding and stages', () => {
  test.each([
    [79.95, 80, 'Hot PQL'],
    [79.95 - 1e-10, 80, 'Hot PQL'],
    [79.9499, 79.9, 'PQL'],
    [79.94999999999999, 80, 'Hot PQL'],
    [64.95, 65, 'PQL'],
    [64.949999, 64.9, 'Warm'],
    [49.95, 50, 'Warm'],
    [49.94, 49.9, 'Not PQL'],
    [0.05, 0.1, 'Not PQL'],
    [-3, 0, 'Not PQL'],
    [140, 100, 'Hot PQL'],
  ])('%f is %f, %s', (total, score, stage) => {
    expect([scoreOfTotal(total), stageOf(scoreOfTotal(total), DEFAULT_MODEL.stages)]).toEqual([score, stage])
  })
})

test('clamps have a line of their own', () => {
  const scored = scoreOf({ workspaces: [{ workspace_id: 'w', created_at: day(30) }] })
  expect(scored.score('w')).toMatchObject({ total: -20, score: 0 })
  expect(scored.score('w').lines.map(({ signal, bucket, finalPoints }) => [signal, bucket, finalPoints])).toEqual([
    ['inactive_14d', 'negative', -20],
    ['clamp', 'total', 20],
  ])
  expect(explainUnit(scored.ground, 0)).toEqual(scored.scores[0])
})

test('fit has a line where it has points', () => {
  const fitLine = (icp_fit_score: number) =>
    scoreOf({
      workspaces: [{ workspace_id: 'w', account_id: 'x' }],
      accounts: [{ account_id: 'x', icp_fit_score }],
    }).line('w', 'fit')
  expect(fitLine(45)).toMatchObject({ bucket: 'fit', scope: 'unit', finalPoints: 4.5 })
  expect(fitLine(0)).toBeUndefined()
})

test('the range says what unknown roles and unknown fit could make of a score', () => {
  const events = [{ name: 'key_action_completed', at: aged(0), workspace: 'w', user: 'u' }]
  const unknown = scoreOf({ workspaces: [{ workspace_id: 'w' }], events }).score('w')
  expect([unknown.score, unknown.range]).toEqual([11, [11, 31.5]])
  const known = scoreOf({
    workspaces: [{ workspace_id: 'w', account_id: 'x' }],
    accounts: [{ account_id: 'x', icp_fit_tier: 'C' }],
    users: [{ user_id: 'u', product_role: 'admin' }],
    events,
  }).score('w')
  expect(known.range).toEqual([known.score, known.score])
})
