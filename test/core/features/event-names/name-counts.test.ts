import fc from 'fast-check'
import { expect, test } from 'vitest'
import { losingCopies, maskOf, NameCounter, type NameCounts, recentDays, takeRoster } from '#features'
import { calendarOf, DAY_MS, formatDay } from '#lib/time'
import { datasetOf, type EventRow } from '../world.ts'

const START = Date.UTC(2026, 3, 1)
const AS_OF = START + 40 * DAY_MS
const TABLES = {
  users: [{ user_id: 'a', workspace_id: 'w1' }, { user_id: 'b' }],
  workspaces: [{ workspace_id: 'w1' }, { workspace_id: 'w2' }],
  memberships: [
    { user_id: 'b', workspace_id: 'w1' },
    { user_id: 'b', workspace_id: 'w2' },
  ],
}

function countsOf(events: readonly EventRow[], chunkSize = 7, timeZone = 'UTC'): NameCounts {
  const dataset = datasetOf({ ...TABLES, events, chunkSize })
  const calendar = calendarOf(timeZone)
  const roster = takeRoster(dataset, calendar, AS_OF)
  const counter = new NameCounter({ log: dataset.events, roster, calendar, asOf: AS_OF })
  const losing = losingCopies(dataset.events, AS_OF)
  for (const chunk of dataset.events.chunks()) counter.take(chunk, maskOf(losing, chunk))
  return counter.finish()
}

/** One line per name: events, later, users, workspaces, first and last day. */
function linesOf(counts: NameCounts): readonly string[] {
  return counts.names
    .flatMap((name, code) => {
      const events = counts.events[code] ?? 0
      const later = counts.later[code] ?? 0
      if (events + later === 0) return []
      const days = events === 0 ? [] : [counts.firstDay[code] ?? 0, counts.lastDay[code] ?? 0].map(formatDay)
      return [`${name}: ${[events, later, counts.users[code], counts.workspaces[code], ...days].join(' ')}`]
    })
    .sort()
}

/** The same, read plainly: events without an id, so that there are no copies. */
function plainLines(events: readonly EventRow[]): readonly string[] {
  const soleOf = new Map([['a', 'w1']])
  return [...new Set(events.map(({ name }) => name))]
    .map(name => {
      const all = events.filter(event => event.name === name)
      const own = all.filter(event => Number(event.at) <= AS_OF)
      const users = new Set(own.flatMap(({ user }) => (user === undefined ? [] : [user])))
      const workspaces = new Set(own.flatMap(({ user, workspace }) => workspace ?? soleOf.get(user ?? '') ?? []))
      const days = own.map(event => Math.floor(Number(event.at) / DAY_MS))
      const ends = own.length === 0 ? [] : [Math.min(...days), Math.max(...days)].map(formatDay)
      return `${name}: ${[own.length, all.length - own.length, users.size, workspaces.size, ...ends].join(' ')}`
    })
    .sort()
}

const event: fc.Arbitrary<EventRow> = fc
  .record({
    name: fc.constantFrom('login', 'Page View', 'x'),
    at: fc.integer({ min: 0, max: 50 * 24 }).map(hours => START + hours * 3_600_000),
    workspace: fc.constantFrom(undefined, 'w1', 'w2', 'unknown'),
    user: fc.constantFrom(undefined, 'a', 'b', 'stranger'),
  })
  .map(({ workspace, user, ...rest }) => ({
    ...rest,
    ...(workspace === undefined ? {} : { workspace }),
    ...(user === undefined ? {} : { user }),
  }))

test('counts are those of a plain reading, however the log is cut', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 80 }), fc.integer({ min: 1, max: 40 }), (events, chunkSize) => {
      expect(linesOf(countsOf(events, chunkSize))).toEqual(plainLines(events))
    }),
  )
})

test('the days of a name and its workspaces add up to its events', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), events => {
      const counts = countsOf(events)
      const sumBy = (name: Int32Array, count: Uint32Array, code: number): number =>
        count.reduce((total, n, i) => (name[i] === code ? total + n : total), 0)
      const { days, places } = counts
      for (const [code, own] of counts.events.entries()) {
        expect(sumBy(days.name, days.count, code)).toBe(own)
        expect(sumBy(places.name, places.count, code)).toBeLessThanOrEqual(own)
      }
    }),
  )
})

test('a losing copy of an id does not count', () => {
  const counts = countsOf([
    { id: 'e1', name: 'login', at: START, workspace: 'w1', user: 'a' },
    { id: 'e1', name: 'login', at: START + 5, workspace: 'w1', user: 'a' },
    { id: 'e2', name: 'login', at: START + DAY_MS, workspace: 'w1', user: 'a' },
  ])
  expect(linesOf(counts)).toEqual(['login: 2 0 1 1 2026-04-01 2026-04-02'])
})

test('days are those of the zone', () => {
  const late = Date.UTC(2026, 3, 1, 23, 30)
  expect(linesOf(countsOf([{ name: 'login', at: late, user: 'a' }], 7, 'Europe/Berlin'))).toEqual([
    'login: 1 0 1 1 2026-04-02 2026-04-02',
  ])
})

test('recent days end with today, oldest first, and leave out what is older', () => {
  const days = [0, 0, 1, 29, 30, 400].map(ago => ({ name: 'login', at: AS_OF - ago * DAY_MS, user: 'a' }))
  const counts = countsOf([...days, { name: 'x', at: AS_OF - 2 * DAY_MS }])
  const codes = ['login', 'x'].map(name => counts.names.indexOf(name))
  const perDay = [...recentDays(counts, Uint32Array.from(codes), 30)]
  const login = Array.from({ length: 30 }, (_, i) => (i === 29 ? 2 : i === 28 || i === 0 ? 1 : 0))
  const x = Array.from({ length: 30 }, (_, i) => (i === 27 ? 1 : 0))
  expect(perDay).toEqual([...login, ...x])
})
