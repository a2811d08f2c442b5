import { describe, expect, test } from 'vitest'
import { proposedStage } from '#features'
import type { Health } from '#schema/rollups'
import { aged, day } from '../score/scored.ts'
import { findingsOf } from './found.ts'
import type { EventRow, WorldRows } from './world.ts'

/** One event by each of `persons` (a number: that many, named p0, p1 ...) at an age. */
const active = (age: number, persons: number | string[]): EventRow[] =>
  (typeof persons === 'number' ? Array.from({ length: persons }, (_, i) => `p${i}`) : persons).map(user => ({
    name: 'x',
    at: aged(age),
    workspace: 'w',
    user,
  }))
const one = (name: string, age: number): EventRow => ({ name, at: aged(age), workspace: 'w' })
const healthOf = (events: EventRow[], more: WorldRows = {}): Health =>
  findingsOf({ workspaces: [{ workspace_id: 'w' }], ...more, events }).health
/** Everybody was there long ago, so that nobody is new. */
const weeks = (now: number, before: number[]): EventRow[] => [
  ...active(90, 4),
  ...active(0, now),
  ...before.flatMap((persons, i) => active(7 * (i + 1), persons)),
]

describe('state', () => {
  test.each<readonly [why: string, events: EventRow[], want: Health['state']]>([
    ['nothing ever', [], 'dormant'],
    ['last day at age 14', active(14, 1), 'dormant'],
    ['last day at age 13', active(13, 1), 'steady'],
    ['half of a mean of 3 a week', weeks(1, [3, 3, 3, 3]), 'at_risk'],
    ['half of a mean of 4 exactly', weeks(2, [4, 4, 4, 4]), 'at_risk'],
    ['more than half', weeks(3, [4, 4, 4, 4]), 'steady'],
    ['a mean under 3', weeks(1, [3, 3, 3, 2]), 'steady'],
    ['a downgrade at age 29', [...active(0, 1), one('workspace_downgraded', 29)], 'at_risk'],
    ['a downgrade at age 30', [...active(0, 1), one('workspace_downgraded', 30)], 'steady'],
    ['an uninstall', [...active(0, 1), one('uninstall_integration', 5)], 'at_risk'],
    ['three new persons', active(3, 3), 'growing'],
    ['two new persons where nobody was before', active(3, 2), 'steady'],
    ['one more than five', [...active(40, 5), ...active(3, 6)], 'growing'],
    ['one more than six', [...active(40, 6), ...active(3, 7)], 'steady'],
    ['ages 60 and more are before', [...active(60, 5), ...active(3, 6)], 'steady'],
  ])('%s', (_why, events, want) => {
    expect(healthOf(events).state).toBe(want)
  })

  test('a subscription past due is a risk, and dormant comes first', () => {
    const subscriptions = [{ subscription_id: 's', workspace_id: 'w', status: 'past_due' }]
    expect(healthOf(active(1, 1), { subscriptions })).toMatchObject({
      state: 'at_risk',
      evidence: ['A subscription is past due'],
    })
    expect(healthOf(active(20, 1), { subscriptions }).state).toBe('dormant')
  })
})

describe('renewal risk and expansion', () => {
  const paid = (row: object) => ({
    subscriptions: [{ subscription_id: 's', workspace_id: 'w', status: 'active', ...row }],
  })
  test.each([
    [day(-60), true],
    [day(0), true],
    [day(-61), false],
  ])('renewal on %s while dormant', (renewal_date, want) => {
    expect(healthOf([], paid({ renewal_date })).hasRenewalRisk).toBe(want)
  })

  test('no renewal risk while steady', () => {
    expect(healthOf(active(1, 1), paid({ renewal_date: day(-5) })).hasRenewalRisk).toBe(false)
  })

  test.each<readonly [why: string, events: EventRow[], row: object | null, want: boolean]>([
    ['90 % of the seats', active(1, 1), { seats_purchased: 10, seats_used: 9 }, true],
    ['under 90 %', active(1, 1), { seats_purchased: 10, seats_used: 8 }, false],
    ['a limit hit', [...active(1, 1), one('usage_limit_hit', 29)], {}, true],
    ['growing', active(1, 3), {}, true],
    ['growing, but not paid', active(1, 3), null, false],
  ])('%s', (_why, events, row, want) => {
    expect(healthOf(events, row === null ? {} : paid(row)).isExpansion).toBe(want)
  })
})

test.each<readonly [want: string, facts: Partial<Parameters<typeof proposedStage>[0]> & { state?: Health['state'] }]>([
  ['Prospect', {}],
  ['PQL', { stage: 'PQL' }],
  ['SQL', { stage: 'Hot PQL', hasOpenDeal: true }],
  ['Customer', { isPaid: true, hasOpenDeal: true }],
  ['Churn Risk', { isPaid: true, state: 'dormant' }],
])('%s', (want, { state, ...facts }) => {
  const health: Health = { state: state ?? 'steady', hasRenewalRisk: false, isExpansion: false, evidence: [] }
  expect(proposedStage({ isPaid: false, hasOpenDeal: false, stage: 'Warm', health, ...facts })).toBe(want)
})
