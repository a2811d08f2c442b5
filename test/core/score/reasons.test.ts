import { expect, test } from 'vitest'
import { changedSince, printedPoints, sentenceOf, topReasons } from '#score'
import type { EventRow, WorldRows } from '../features/world.ts'
import { aged, day, type Scored, scoreOf } from './scored.ts'

const one = (name: string, age: number, user = 'u'): EventRow => ({ name, at: aged(age), workspace: 'w', user })
const W = { workspaces: [{ workspace_id: 'w' }], users: [{ user_id: 'u', buying_role_weight: 1 }] }
const sentence = (scored: Scored, signal: string): string => {
  const line = scored.line('w', signal)
  if (line === undefined) throw new Error(`no line ${signal}`)
  const ground = { unit: scored.unit('w'), model: scored.ground.model, today: scored.ground.today }
  return sentenceOf(line, ground, printedPoints(scored.score('w'))(line))
}

test.each<readonly [why: string, signal: string, rows: WorldRows, want: string]>([
  [
    'twice, with the last day',
    'usage_limit_hit',
    { events: [one('usage_limit_hit', 5), one('usage_limit_hit', 2)] },
    'Hit a usage limit twice in the last 7 days, last on 29 May: +12.4',
  ],
  ['once', 'upgrade_click', { events: [one('upgrade_click', 0)] }, 'Clicked upgrade once on 31 May: +8.0'],
  [
    'the span that holds the first',
    'invite_sent',
    { events: [one('invite_sent', 7), one('invite_sent', 1), one('invite_sent', 1)] },
    'Invited a teammate 3 times in the last 14 days, last on 30 May: +5.2',
  ],
  [
    'beyond 90 days, with the year',
    'invite_sent',
    { events: [one('invite_sent', 300), one('invite_sent', 200)] },
    'Invited a teammate twice since 4 Aug 2025, last on 12 Nov 2025: +0.0',
  ],
  [
    'days',
    'core_feature_used',
    { events: [one('core_feature_used', 1), one('core_feature_used', 3)] },
    'Used the core feature on 2 days in the last 7 days, last on 30 May: +3.5',
  ],
  ['one day', 'core_feature_used', { events: [one('core_feature_used', 1)] }, 'Used the core feature on 30 May: +1.9'],
  [
    'first',
    'workspace_created',
    { events: [one('workspace_created', 3)] },
    'Created the workspace, first on 28 May: +1.8',
  ],
  [
    'latest',
    'key_action_completed',
    { events: [one('key_action_completed', 3), one('key_action_completed', 9)] },
    'Completed the key action, last on 28 May: +13.6',
  ],
  ['a cost', 'workspace_downgraded', { events: [one('workspace_downgraded', 0)] }, 'Downgraded once on 31 May: -15.0'],
  [
    'trial today',
    'trial_ending',
    { workspaces: [{ workspace_id: 'w', paid_status: 'trial', trial_end_date: day(0) }] },
    'Trial ends today: +5.0',
  ],
  [
    'trial in days',
    'trial_ending',
    { workspaces: [{ workspace_id: 'w', paid_status: 'trial', trial_end_date: day(-1) }] },
    'Trial ends in 1 day, on 1 Jun: +5.0',
  ],
  [
    'silence',
    'inactive_14d',
    { workspaces: [{ workspace_id: 'w', created_at: day(20) }] },
    'No activity in the last 14 days: -20.0',
  ],
  [
    'the floor',
    'clamp',
    { workspaces: [{ workspace_id: 'w', created_at: day(20) }] },
    'Below 0, the lowest score: +20.0',
  ],
  [
    'fit',
    'fit',
    { workspaces: [{ workspace_id: 'w', account_id: 'x' }], accounts: [{ account_id: 'x', icp_fit_score: 82.5 }] },
    'Fit of the account, score 82.5, tier A: +8.3',
  ],
  [
    'tier',
    'fit',
    { workspaces: [{ workspace_id: 'w', account_id: 'x' }], accounts: [{ account_id: 'x', icp_fit_tier: 'B' }] },
    'Fit of the account, tier B: +6.0',
  ],
])('%s', (_why, signal, rows, want) => {
  expect(sentence(scoreOf({ ...W, ...rows }), signal)).toBe(want)
})

test('the three lines with the most points, best first', () => {
  const scored = scoreOf({
    ...W,
    events: [
      one('upgrade_click', 0),
      one('key_action_completed', 0),
      one('invite_sent', 0),
      one('core_feature_used', 0),
    ],
  })
  const ground = { unit: scored.unit('w'), model: scored.ground.model, today: scored.ground.today }
  expect(topReasons(scored.score('w'), ground).map(reason => reason.line.signal)).toEqual([
    'key_action_completed',
    'upgrade_click',
    'core_feature_used',
  ])
})

test('costs come last, the clamp and empty lines not at all', () => {
  const scored = scoreOf({ ...W, workspaces: [{ workspace_id: 'w', created_at: day(40) }] })
  const ground = { unit: scored.unit('w'), model: scored.ground.model, today: scored.ground.today }
  expect(topReasons(scored.score('w'), ground).map(reason => reason.sentence)).toEqual([
    'No activity in the last 14 days: -20.0',
  ])
})

test('what changed: by line, the largest first', () => {
  const rows = { ...W, events: [one('upgrade_click', 1), one('invite_sent', 9)] }
  const now = scoreOf(rows).score('w')
  const before = scoreOf(rows, { asOf: aged(7) }).score('w')
  const changes = changedSince(now, before)
  expect(changes.map(({ signal, before }) => [signal, before > 0])).toEqual([
    ['upgrade_click', false],
    ['invite_sent', true],
    ['new_active_user', true],
  ])
  expect(changes[0]?.change).toBeCloseTo(8 * Math.exp(-1 / 7), 12)
})
