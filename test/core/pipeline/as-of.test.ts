import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarOf } from '#lib/time'
import { resolveAsOf } from '#pipeline'
import { at, datasetOf, type EventRow, type WorldRows } from '../features/world.ts'

const UTC = calendarOf('UTC')
const DAY = 86_400_000
const NOON = at('2026-05-31T12:00:00Z')
const W = { workspaces: [{ workspace_id: 'w' }] }
const asOfText = (option: string, zone = 'UTC'): string =>
  new Date(resolveAsOf(datasetOf(W), calendarOf(zone), option)).toISOString()
const defaultOf = (events: EventRow[], more: WorldRows = {}): number =>
  resolveAsOf(datasetOf({ ...W, ...more, events }), UTC, undefined)
const event = (time: number, workspace = 'w'): EventRow => ({ name: 'x', at: time, workspace })

describe('given', () => {
  test.each([
    ['2026-05-31', 'UTC', '2026-05-31T23:59:59.999Z'],
    ['2026-05-31', 'America/New_York', '2026-06-01T03:59:59.999Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T21:59:59.999Z'],
    ['2024-02-29', 'UTC', '2024-02-29T23:59:59.999Z'],
    ['2026-05-31T12:00:00Z', 'UTC', '2026-05-31T12:00:00.000Z'],
    ['2026-05-31T12:00:00.12345+02:00', 'UTC', '2026-05-31T10:00:00.123Z'],
    ['2026-05-31 12:00', 'America/New_York', '2026-05-31T12:00:00.000Z'],
  ])('%s in %s', (option, zone, want) => {
    expect(asOfText(option, zone)).toBe(want)
  })

  test.each(['yesterday', '2026-02-30', '2026-13-01', '31/05/2026', '2026-05-31T25:00Z', '2026'])(
    '%s is refused',
    option => {
      expect(() => asOfText(option)).toThrow(expect.objectContaining({ code: 'usage/bad-argument' }))
    },
  )
})

const someHours: fc.Arbitrary<number[]> = fc.array(fc.nat(200 * 24), { minLength: 1, maxLength: 40 })

describe('default', () => {
  test('the newest of two events within 30 days', () => {
    expect(defaultOf([event(NOON), event(NOON - 5 * DAY)])).toBe(NOON)
  })

  test('one row dated 2099 does not count, whoever it is by', () => {
    expect(defaultOf([event(at('2099-01-01T00:00:00Z')), event(NOON), event(NOON - DAY)])).toBe(NOON)
  })

  test('two rows dated 2099 do: two are enough in a small set', () => {
    expect(
      defaultOf([event(at('2099-01-01T00:00:00Z')), event(at('2099-01-01T00:00:01Z')), event(NOON), event(NOON - DAY)]),
    ).toBe(at('2099-01-01T00:00:01Z'))
  })

  test('30 days exactly are too long, a millisecond less is not', () => {
    expect(defaultOf([event(NOON), event(NOON - 30 * DAY), event(NOON - 30 * DAY - 1)])).toBe(NOON - 30 * DAY)
    expect(defaultOf([event(NOON), event(NOON - 30 * DAY + 1)])).toBe(NOON)
  })

  test('where none has company, the newest', () => {
    expect(defaultOf([event(NOON), event(NOON - 90 * DAY)])).toBe(NOON)
    expect(defaultOf([event(NOON)])).toBe(NOON)
  })

  test('events of unknown workspaces and losing copies do not count', () => {
    const copy = (time: number): EventRow => ({ ...event(time), id: 'e' })
    expect(
      defaultOf([
        event(NOON + DAY, 'gone'),
        event(NOON + DAY, 'gone'),
        copy(NOON + 40 * DAY),
        copy(NOON),
        event(NOON - DAY),
      ]),
    ).toBe(NOON)
  })

  test('an event without workspace counts where its user has one', () => {
    const own: EventRow = { name: 'x', at: NOON + DAY, user: 'u' }
    expect(defaultOf([own, event(NOON)], { users: [{ user_id: 'u', workspace_id: 'w' }] })).toBe(NOON + DAY)
    expect(defaultOf([own, event(NOON), event(NOON - 1)])).toBe(NOON)
  })

  test('0.1 % of many events are needed', () => {
    const many = Array.from({ length: 4000 }, (_, i) => event(NOON - i * 1000))
    const stray = (n: number): EventRow[] => Array.from({ length: n }, (_, i) => event(NOON + 60 * DAY + i))
    expect(defaultOf([...many, ...stray(4)])).toBe(NOON)
    expect(defaultOf([...many, ...stray(5)])).toBe(NOON + 60 * DAY + 4)
  })

  test('the plain rule, event by event', () => {
    fc.assert(
      fc.property(someHours, hours => {
        const times = hours.map(hour => NOON - hour * 3_600_000).sort((a, b) => b - a)
        const plain = times.find(t => times.filter(other => other <= t && other > t - 30 * DAY).length >= 2) ?? times[0]
        expect(defaultOf(times.map(time => event(time)))).toBe(plain)
      }),
    )
  })

  test('without events there is nothing to go by', () => {
    expect(() => defaultOf([event(NOON, 'gone')])).toThrow(expect.objectContaining({ code: 'import/no-events' }))
  })
})
