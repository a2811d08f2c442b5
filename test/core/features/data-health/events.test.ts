import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventRows, hasEventRows } from '#features'
import { CHECK_CODES } from '#schema/data-health'
import { findGaps } from '../../../../core/features/data-health/clock-gaps.ts'
import { EVENT_TESTS } from '../../../../core/features/data-health/event-walk.ts'
import { aged, day } from '../../score/scored.ts'
import type { EventRow, WorldRows } from '../world.ts'
import { type Checked, checked } from './checked.ts'

const eventArb = fc.record(
  {
    id: fc.constantFrom('e1', 'e2', 'e3'),
    name: fc.constantFrom('login', 'page_view', 'invite_sent'),
    at: fc.constantFrom(aged(0), aged(1), aged(40), aged(-3), aged(100)),
    workspace: fc.constantFrom('w', 'v', 'x', ''),
    user: fc.constantFrom('u', 'g', 'z', ''),
  },
  { requiredKeys: ['name', 'at'] },
)
const worldOf = (events: readonly EventRow[]): WorldRows => ({
  workspaces: [{ workspace_id: 'w', created_at: day(60) }, { workspace_id: 'v' }],
  users: [{ user_id: 'u' }, { user_id: 'g', primary_email: 'g@gmail.com' }],
  memberships: [
    { user_id: 'u', workspace_id: 'w' },
    { user_id: 'g', workspace_id: 'w' },
    { user_id: 'g', workspace_id: 'v' },
  ],
  events,
})

const groundOf = ({ input }: Checked): Parameters<typeof eventRows>[1] => ({
  setAsideAt: input.setAsideAt,
  anomalies: input.anomalies,
  units: input.units,
  workspaceIndex: input.roster.workspaceIndex,
  copies: input.dataset.events.copies,
})

test('what is counted can be looked at: as many rows as the count, each in its place', () => {
  fc.assert(
    fc.property(fc.array(eventArb, { maxLength: 40 }), events => {
      const found = checked(worldOf(events))
      for (const code of CHECK_CODES) {
        if (!hasEventRows(code)) continue
        const { positions } = eventRows(code, groundOf(found), found.walk, found.tally)
        expect(positions.length, code).toBe(found.check(code).rows)
        if (code === 'event_copy' || code === 'clock_gap') continue
        expect(positions.length, code).toBe(found.check(code).count)
        expect([...positions], code).toEqual([...new Set(positions)].toSorted((a, b) => a - b))
      }
    }),
    { numRuns: 60 },
  )
})

test('every event up to as-of that is no losing copy counts for a workspace or is set aside', () => {
  fc.assert(
    fc.property(fc.array(eventArb, { maxLength: 40 }), events => {
      const { tally, input } = checked(worldOf(events))
      const { no_workspace, unknown_workspace } = input.setAsideAt
      expect(tally.placed + no_workspace.length + unknown_workspace.length).toBe(tally.events)
    }),
    { numRuns: 60 },
  )
})

test('the walk agrees with what the scores counted: unmapped events are those of the cells', () => {
  fc.assert(
    fc.property(fc.array(eventArb, { maxLength: 40 }), events => {
      const { tally, input, walk } = checked(worldOf(events))
      const unmapped = input.bundle.unmappedNames.reduce((total, { count }) => total + count, 0)
      expect(tally.counts.unmapped_event).toBe(unmapped)
      for (const code of EVENT_TESTS) expect(walk.positions(code).length).toBe(tally.counts[code])
    }),
    { numRuns: 60 },
  )
})

test('the order of the events changes nothing that is reported', () => {
  fc.assert(
    fc.property(
      fc.array(eventArb, { maxLength: 30 }).map(events => events.map(event => ({ ...event, id: undefined as never }))),
      events => {
        const { report } = checked(worldOf(events))
        expect(checked(worldOf([...events].reverse())).report).toEqual(report)
      },
    ),
    { numRuns: 40 },
  )
})

test('copies: all members of a group, each with whether it counts', () => {
  const found = checked(
    worldOf([
      { id: 'e', name: 'login', at: aged(2), workspace: 'w', user: 'u' },
      { id: 'e', name: 'login', at: aged(1), workspace: 'w', user: 'u' },
      { id: 'f', name: 'login', at: aged(1), workspace: 'w', user: 'u' },
    ]),
  )
  const { positions, extra } = eventRows('event_copy', groundOf(found), found.walk, found.tally)
  expect([...positions].map(position => timeAt(found, position))).toEqual([aged(2), aged(1)])
  expect(extra?.values).toEqual(['counts', 'set aside'])
})

function timeAt({ input }: Checked, position: number): number | undefined {
  for (const { base, count, timestamp } of input.dataset.events.chunks())
    if (position >= base && position < base + count) return timestamp[position - base]
  return undefined
}

describe('gaps', () => {
  const WEEK = 168
  const hours = (weeks: number, perHour: (hour: number) => number): Uint32Array =>
    Uint32Array.from({ length: weeks * WEEK }, (_, hour) => perHour(hour))

  test.each<readonly [why: string, perHour: Uint32Array, want: readonly number[]]>([
    ['a busy hour that is empty once', hours(8, hour => (hour === 500 ? 0 : 50)), [1]],
    ['a stretch of quieter hours', hours(8, hour => (hour >= 500 && hour < 510 ? 0 : 5)), [10]],
    ['too little is expected', hours(8, hour => (hour >= 500 && hour < 507 ? 0 : 5)), []],
    ['nights that are always empty', hours(8, hour => (hour % 24 < 8 ? 0 : 50)), []],
    [
      'a night that was never empty before',
      hours(8, hour => (hour >= 500 && hour < 548 && hour % 24 < 8 ? 0 : 50)),
      [8, 8],
    ],
    ['the time before the first and after the last event', hours(8, hour => (hour < 300 || hour > 900 ? 0 : 50)), []],
    ['the quiet time before a product took off', hours(10, hour => (hour < 3 ? 1 : hour < 700 ? 0 : 50)), []],
    ['a gap longer than the weeks that are compared', hours(20, hour => (hour >= 900 && hour < 2000 ? 0 : 50)), [1100]],
    ['a gap in the last week', hours(8, hour => (hour >= 1300 && hour < 1305 ? 0 : 50)), [5]],
    ['the first week tells nothing yet', hours(8, hour => (hour >= 100 && hour < 105 ? 0 : 50)), []],
    ['nothing at all', hours(2, () => 0), []],
  ])('%s', (_why, perHour, want) => {
    expect(findGaps({ perHour, firstHour: 0 }).map(gap => gap.hours)).toEqual(want)
  })

  test('rows are the last event before and the first after', () => {
    const step = 60_000
    const start = aged(40)
    const all = Array.from(
      { length: 40 * 24 * 60 },
      (_, i): EventRow => ({ name: 'x', at: start + i * step, workspace: 'w', user: 'u' }),
    )
    const [from, to] = [aged(5), aged(4)]
    const found = checked({
      ...worldOf(all.filter(({ at }) => (at as number) < from || (at as number) > to)),
      chunkSize: 8192,
    })
    expect(found.check('clock_gap')).toMatchObject({ count: 24, severity: 'critical' })
    expect(found.check('clock_gap').evidence[0]).toMatch(/^No event for 24 hours, from 2026-05-26 12:00 UTC/)
    const { positions, extra } = eventRows('clock_gap', groundOf(found), found.walk, found.tally)
    expect([...positions].map(position => timeAt(found, position))).toEqual([from - step, to + step])
    expect(extra?.values).toEqual(['before 24 h without events', 'after 24 h without events'])
  })
})
