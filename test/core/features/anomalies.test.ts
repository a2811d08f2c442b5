import { describe, expect, test } from 'vitest'
import { networkOf } from '#features'
import type { Anomaly } from '#schema/rollups'
import { aged, day } from '../score/scored.ts'
import { judged } from './found.ts'
import type { EventRow, WorldRows } from './world.ts'

const many = (n: number, age: number, more: Partial<EventRow> = {}): EventRow[] =>
  Array.from({ length: n }, (_, i) => ({ name: 'x', at: aged(age, i), workspace: 'w', user: 'u', ...more }))
const found = (rows: WorldRows): readonly Anomaly[] =>
  judged({ workspaces: [{ workspace_id: 'w' }], ...rows }).anomalies
/** `n` events on each of the `days` days before an age. */
const earlier = (n: number, days: number, age = 0): EventRow[] =>
  Array.from({ length: days }, (_, i) => many(n, age + 1 + i)).flat()

describe('burst', () => {
  test.each<readonly [why: string, events: EventRow[], created: string | null, want: number]>([
    ['5 times the mean of 30 days', [...earlier(10, 30), ...many(50, 0)], null, 1],
    ['under 5 times', [...earlier(11, 30), ...many(50, 0)], null, 0],
    ['49 events are too few', [...earlier(5, 30), ...many(49, 0)], null, 0],
    ['days without events count in the mean', [...earlier(42, 7, 20), ...many(49, 0), ...many(1, 0)], null, 1],
    ['6 active days are too few', [...earlier(10, 6, 20), ...many(60, 0)], null, 0],
    ['13 days of life are too few', [...earlier(10, 13), ...many(60, 0)], null, 0],
    ['14 days of life are enough', [...earlier(10, 14), ...many(60, 0)], null, 1],
    ['life starts at created_at', [...earlier(10, 10), ...many(60, 0)], day(14), 1],
    ['day 31 is not before', [...many(3000, 31), ...earlier(10, 13, 1), ...many(60, 0)], null, 1],
  ])('%s', (_why, events, created_at, want) => {
    const bursts = found({ workspaces: [{ workspace_id: 'w', created_at }], events }).filter(
      ({ kind }) => kind === 'burst',
    )
    expect(bursts).toHaveLength(want)
  })

  test('the evidence has the figures; the id is the unit and the day', () => {
    const [burst] = found({ events: [...earlier(10, 30), ...many(60, 0)] })
    expect(burst).toMatchObject({
      id: `burst:w:${day(0)}`,
      unitIds: ['w'],
      subject: 'w',
      count: 60,
      evidence: `60 events on 31 May 2026, 10.0 a day over the 30 days before (30 active days)`,
    })
  })
})

describe('sign-ups of bots', () => {
  const users = (n: number, ip: (i: number) => string, at = '2026-05-20T10:00:30Z') =>
    Array.from({ length: n }, (_, i) => ({
      user_id: `u${i}`,
      created_at: new Date(Date.parse(at) + i).toISOString(),
      signup_ip: ip(i),
      workspace_id: i === 0 ? 'w' : null,
    }))
  test.each([
    ['100 in one /24', 100, (i: number) => `203.0.113.${i}`, 1],
    ['99 in one /24', 99, (i: number) => `203.0.113.${i}`, 0],
    ['two networks', 100, (i: number) => `203.0.${i % 2}.9`, 0],
    ['one /64', 100, (i: number) => `2001:db8:1:2::${i.toString(16)}`, 1],
    ['no address', 100, () => 'unknown', 0],
  ])('%s', (_why, n, ip, want) => {
    expect(found({ users: users(n, ip) })).toHaveLength(want)
  })

  test('a minute starts on the minute', () => {
    expect(found({ users: users(100, () => '203.0.113.9', '2026-05-20T10:00:59.950Z') })).toEqual([])
  })

  test('it lies in the units of those users', () => {
    expect(found({ users: users(120, () => '203.0.113.9') })).toMatchObject([
      { id: 'bot_signups:203.0.113.0/24:2026-05-20T10:00Z', unitIds: ['w'], count: 120 },
    ])
  })
})

test('the loops of one user, kind and UTC day are one anomaly', () => {
  const hour = 3_600_000
  const events = [
    ...many(100, 2, { name: 'login' }),
    ...many(120, 2, { name: 'login' }).map(row => ({ ...row, at: (row.at as number) - hour })),
  ]
  expect(found({ events })).toEqual([
    {
      id: `loop:u:login:${day(2)}`,
      kind: 'loop',
      unitIds: ['w'],
      subject: 'u login',
      firstAt: aged(2, hour + 119),
      lastAt: aged(2, 1),
      count: 219,
      evidence: '219 events of login by user u in 2 hours, up to 119 in one',
    },
  ])
})

test.each([
  ['192.0.2.77', '192.0.2.0/24'],
  [' 192.0.2.77 ', '192.0.2.0/24'],
  ['::ffff:192.0.2.77', '192.0.2.0/24'],
  ['::ffff:c000:24d', '192.0.2.0/24'],
  ['2001:DB8:0:1::5', '2001:db8:0:1::/64'],
  ['2001:db8::5', '2001:db8:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
  ['256.0.0.1', null],
  ['1.2.3', null],
  ['1:2:3', null],
  ['1::2::3', null],
  ['2001:db8:12345::1', null],
  ['', null],
])('network of %s is %s', (address, want) => {
  expect(networkOf(address)).toBe(want)
})
