import { describe, expect, test } from 'vitest'
import type { ScoringModel, Signal } from '#schema/model'
import { DEFAULT_MODEL } from '#score'
import { aged, modelWith, scoreOf } from './scored.ts'

type Case = Readonly<{
  why: string
  signal: Partial<Signal>
  /** [age, number of events] */
  events: readonly (readonly [age: number, n: number])[]
  want: number
  capped?: number
}>

const NONE = { curve: 'none' } as const
const depth = (signal: Partial<Signal>): ScoringModel =>
  modelWith({
    signals: [
      { id: 'core_feature_used', kind: 'core_feature_used', bucket: 'depth', points: 2, count: 'each', ...signal },
    ],
    buckets: { ...DEFAULT_MODEL.buckets, depth: { scope: 'person', curve: 'time_constant', decayDays: 14 } },
    roles: { ...DEFAULT_MODEL.roles, other: 1 },
  })

const exp = (age: number, days = 14): number => Math.exp(-age / days)

describe('value of a signal', () => {
  test.each<Case>([
    { why: 'age 0 is worth all', signal: {}, events: [[0, 1]], want: 2 },
    { why: 'D days leave 36.8 %', signal: {}, events: [[14, 1]], want: 2 * Math.exp(-1) },
    { why: 'each counts every event of a day', signal: {}, events: [[3, 4]], want: 8 * exp(3) },
    {
      why: 'daily counts a day once',
      signal: { count: 'daily' },
      events: [
        [3, 4],
        [5, 1],
      ],
      want: 2 * exp(3) + 2 * exp(5),
    },
    {
      why: 'first counts the oldest day once',
      signal: { count: 'first' },
      events: [
        [3, 4],
        [40, 2],
      ],
      want: 2 * exp(40),
    },
    {
      why: 'latest counts the newest day once',
      signal: { count: 'latest' },
      events: [
        [3, 4],
        [40, 2],
      ],
      want: 2 * exp(3),
    },
    { why: 'a half-life leaves half at D', signal: { curve: 'half_life', decayDays: 7 }, events: [[7, 1]], want: 1 },
    {
      why: 'linear leaves nothing at D',
      signal: { curve: 'linear', decayDays: 10 },
      events: [
        [10, 1],
        [11, 3],
      ],
      want: 0,
    },
    {
      why: 'linear leaves a tenth a day before D',
      signal: { curve: 'linear', decayDays: 10 },
      events: [[9, 1]],
      want: 2 * (1 - 9 / 10),
    },
    { why: 'none leaves all', signal: NONE, events: [[1000, 1]], want: 2 },
    {
      why: 'ages beyond the table decay by the same formula',
      signal: { curve: 'half_life', decayDays: 2000 },
      events: [[1500, 1]],
      want: 2 * 2 ** -0.75,
    },
    {
      why: 'a cap stops within its window',
      signal: { ...NONE, cap: { points: 5, days: 7 } },
      events: [[0, 4]],
      want: 5,
    },
    {
      why: 'ages W-1 and W lie in two windows',
      signal: { ...NONE, cap: { points: 3, days: 7 } },
      events: [
        [6, 2],
        [7, 2],
      ],
      want: 6,
    },
    {
      why: 'ages 0 and W-1 lie in one window',
      signal: { ...NONE, cap: { points: 3, days: 7 } },
      events: [
        [0, 2],
        [6, 2],
      ],
      want: 3,
    },
    {
      why: 'the smallest age takes first: the older day gets what is left and decays more',
      signal: { cap: { points: 5, days: 7 } },
      events: [
        [1, 2],
        [6, 2],
      ],
      want: 4 * exp(1) + 1 * exp(6),
    },
    {
      why: 'the cap is on points before decay',
      signal: { cap: { points: 4, days: 7 } },
      events: [[6, 5]],
      want: 4 * exp(6),
    },
    {
      why: 'windows far apart fill one by one',
      signal: { ...NONE, cap: { points: 3, days: 2 } },
      events: [
        [0, 9],
        [100, 9],
        [101, 9],
      ],
      want: 6,
    },
    { why: 'a cap of 0 gives nothing', signal: { cap: { points: 0, days: 7 } }, events: [[0, 1]], want: 0 },
    {
      why: 'a negative signal is capped by its size',
      signal: { points: -5, cap: { points: 12, days: 14 }, ...NONE },
      events: [[0, 3]],
      want: -12,
    },
    {
      why: 'a cap holds for first and latest too',
      signal: { count: 'first', ...NONE, cap: { points: 1.5, days: 7 } },
      events: [[3, 1]],
      want: 1.5,
    },
    { why: 'no points, no value', signal: { points: 0 }, events: [[0, 3]], want: 0 },
  ])('$why', ({ signal, events, want }) => {
    const scored = scoreOf(
      {
        workspaces: [{ workspace_id: 'w' }],
        events: events.flatMap(([age, n]) =>
          Array.from({ length: n }, (_, i) => ({
            name: 'core_feature_used',
            at: aged(age, i),
            workspace: 'w',
            user: 'u',
          })),
        ),
      },
      { model: depth(signal) },
    )
    expect(scored.score('w').buckets.depth).toBeCloseTo(want, 12)
    expect(scored.line('w', 'core_feature_used')?.pointsAfterDecay).toBeCloseTo(want, 12)
  })
})

test('a line says what was counted: occurrences, days, points before and after cap and decay', () => {
  const scored = scoreOf(
    {
      workspaces: [{ workspace_id: 'w' }],
      events: [2, 2, 3, 9].map((age, i) => ({ name: 'automation_run', at: aged(age, i), workspace: 'w', user: 'u' })),
    },
    { model: modelWith({ signals: DEFAULT_MODEL.signals.map(s => ({ ...s, cap: s.cap && { points: 7, days: 7 } })) }) },
  )
  const today = scored.ground.today
  const value = 6 * exp(2) + 1 * exp(3) + 3 * exp(9)
  expect(scored.line('w', 'automation_run')).toEqual({
    signal: 'automation_run',
    bucket: 'depth',
    scope: 'person',
    personId: 'u',
    occurrences: 4,
    firstDay: today - 9,
    lastDay: today - 2,
    pointsBeforeCap: 12,
    pointsAfterCap: 10,
    pointsAfterDecay: value,
    roleFactor: 0.6,
    finalPoints: value * 0.6,
  })
})

test('a unit-scope bucket sums all persons and nobody before it caps', () => {
  const invite = (age: number, user?: string) => ({
    name: 'invite_sent',
    at: aged(age),
    workspace: 'w',
    ...(user ? { user } : {}),
  })
  const scored = scoreOf({
    workspaces: [{ workspace_id: 'w' }],
    events: [invite(1, 'a'), invite(1, 'b'), invite(2, 'a'), invite(2), invite(3, 'b'), invite(15, 'b')],
  })
  const line = scored.line('w', 'invite_sent')
  const decay = (age: number): number => Math.exp(-age / 21)
  expect(line).toMatchObject({
    scope: 'unit',
    personId: null,
    occurrences: 6,
    pointsBeforeCap: 12,
    pointsAfterCap: 12,
    roleFactor: 1,
  })
  expect(line?.pointsAfterDecay).toBeCloseTo(4 * decay(1) + 4 * decay(2) + 2 * decay(3) + 2 * decay(15), 12)
})

test('a person-scope signal in a bucket that is normally per unit is summed per person', () => {
  const model = modelWith({
    buckets: { ...DEFAULT_MODEL.buckets, expansion: { scope: 'person', curve: 'none' } },
    signals: [{ id: 'invite_sent', kind: 'invite_sent', bucket: 'expansion', points: 2, count: 'daily' }],
  })
  const invite = (user: string, age: number) => ({ name: 'invite_sent', at: aged(age), workspace: 'w', user })
  const scored = scoreOf(
    { workspaces: [{ workspace_id: 'w' }], events: [invite('a', 1), invite('b', 1), invite('b', 2)] },
    { model },
  )
  expect(scored.score('w')).toMatchObject({ representativeId: 'b', total: 4 * 0.6 })
})
