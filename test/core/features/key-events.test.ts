import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KeyEvent, keyEventSteps, type LoopStretch } from '#features'
import { finish } from '#lib/steps'
import { DEFAULT_MODEL } from '#score'
import { type EventRow, logOf } from './world.ts'

const AS_OF = Date.parse('2026-05-31T12:00:00Z')
const MOST = 3

type Given = Readonly<{
  events: readonly EventRow[]
  chunkSize?: number
  loops?: readonly LoopStretch[]
  homes?: ReadonlyMap<string, string>
}>

const newest = ({ events, chunkSize = 3, loops = [], homes = new Map() }: Given, workspaces: readonly string[]) =>
  finish(
    keyEventSteps({ log: logOf(events, chunkSize), model: DEFAULT_MODEL, asOf: AS_OF, loops, homes, most: MOST }),
  ).newestOf(workspaces)

const ago = (minutes: number): number => AS_OF - minutes * 60_000
const event = (minutes: number, more: Partial<EventRow> = {}): EventRow => ({
  name: 'upgrade_click',
  at: ago(minutes),
  workspace: 'w1',
  user: 'u1',
  ...more,
})
const minutes = (found: readonly KeyEvent[]): readonly number[] => found.map(({ at }) => (AS_OF - at) / 60_000)

describe('the newest key events of a workspace', () => {
  test.each([
    { why: 'come newest first, no more than asked for', events: [9, 1, 5, 3].map(n => event(n)), want: [1, 3, 5] },
    { why: 'are none of tomorrow', events: [event(-5), event(2)], want: [2] },
    { why: 'are of kinds that the score knows', events: [event(1, { name: 'login' }), event(2)], want: [2] },
    { why: 'are of the workspace', events: [event(1, { workspace: 'w2' }), event(2)], want: [2] },
    {
      why: 'leave out a copy that gives way',
      events: [event(1, { id: 'e1' }), event(4, { id: 'e1' })],
      want: [4],
    },
  ])('$why', ({ events, want }) => {
    expect(minutes(newest({ events }, ['w1']))).toEqual(want)
  })

  test('leave out a loop, and nothing else of its user', () => {
    const loops = [{ userId: 'u1', kind: 'upgrade_click', firstAt: ago(20), lastAt: ago(10) }]
    const events = [event(15), event(9), event(12, { name: 'usage_limit_hit' }), event(11, { user: 'u2' })]
    expect(minutes(newest({ events, loops }, ['w1']))).toEqual([9, 11, 12])
  })

  test('take events without a workspace where their user has one', () => {
    const events = [event(1, { workspace: '' }), event(2, { workspace: '', user: 'u2' }), event(3, { user: '' })]
    const found = newest({ events, homes: new Map([['u1', 'w1']]) }, ['w1'])
    expect(found.map(({ at, userId }) => [(AS_OF - at) / 60_000, userId])).toEqual([
      [1, 'u1'],
      [3, null],
    ])
  })

  test('of a workspace that nobody knows are none', () => {
    expect(newest({ events: [event(1)] }, ['w9'])).toEqual([])
  })
})

test('equal a plain sort of all events, however the log is cut', () => {
  const row = fc.record({
    name: fc.constantFrom('upgrade_click', 'usage_limit_hit', 'login', 'Nothing Known'),
    at: fc.integer({ min: AS_OF - 20, max: AS_OF + 3 }),
    workspace: fc.constantFrom('w1', 'w2', 'w3', ''),
    user: fc.constantFrom('u1', 'u2', ''),
  })
  const given = fc.record({
    events: fc.array(row, { maxLength: 40 }),
    chunkSize: fc.integer({ min: 1, max: 12 }),
    units: fc.subarray(['w1', 'w2', 'w3']),
  })
  fc.assert(
    fc.property(given, ({ events, chunkSize, units }) => {
      const homes = new Map([['u1', 'w2']])
      const wanted = events
        .map(own => ({ ...own, workspace: own.workspace === '' ? (homes.get(own.user) ?? '') : own.workspace }))
        .filter(own => ['upgrade_click', 'usage_limit_hit'].includes(own.name))
        .filter(own => own.at <= AS_OF && units.includes(own.workspace))
        .map(own => own.at)
        .sort((a, b) => b - a)
        .slice(0, MOST)
      const found = newest({ events, chunkSize, homes }, units)
      expect(found.map(({ at }) => at)).toEqual(wanted)
    }),
  )
})
