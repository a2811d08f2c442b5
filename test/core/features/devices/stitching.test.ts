import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyEventSteps, losingCopies, stitchedLog, stitchSteps } from '../../../../core/features/index.ts'
import { finish } from '../../../../core/lib/steps.ts'
import type { DeviceHolder, DeviceKind, EventCopy, EventLog } from '../../../../core/schema/event.ts'
import { textColumnOf } from '../world.ts'

const DAY = 86_400_000

/** An event as a row: `user` empty is nobody; the ids empty where it has none. */
type Seen = Readonly<{ at: number; user: string; anonymous: string; device: string }>
type Given = Readonly<{
  seen: readonly Seen[]
  holders?: readonly DeviceHolder[]
  copies?: readonly EventCopy[]
  size?: number
}>

const ALL = Number.POSITIVE_INFINITY
const see = (at: number, user: string, anonymous = '', device = ''): Seen => ({ at: at * DAY, user, anonymous, device })

/** A log of chunks of `size` events, the codes of ids being each chunk's own. */
function logOf({ seen, holders = [], copies = [], size = 3 }: Given): EventLog {
  const users = ['', ...new Set(seen.map(({ user }) => user).filter(user => user !== ''))]
  const parts = Array.from({ length: Math.ceil(seen.length / size) }, (_, i) => ({
    base: i * size,
    rows: seen.slice(i * size, (i + 1) * size),
  }))
  const chunks = parts.map(({ base, rows }) => ({
    base,
    count: rows.length,
    timestamp: Float64Array.from(rows, ({ at }) => at),
    user: Uint32Array.from(rows, ({ user }) => users.indexOf(user)),
    name: new Uint32Array(rows.length).fill(1),
    workspace: new Uint32Array(rows.length).fill(1),
    properties: { offsets: new Uint32Array(rows.length + 1), bytes: new Uint8Array(0) },
    ids: (kind: DeviceKind) => {
      const texts = rows.map(({ anonymous, device }) => (kind === 'anonymous_id' ? anonymous : device))
      const own = ['', ...new Set(texts.filter(text => text !== ''))]
      return { codes: Uint32Array.from(texts, text => own.indexOf(text)), texts: textColumnOf(own.slice(1)) }
    },
  }))
  return {
    count: seen.length,
    names: ['', 'page'],
    workspaces: ['', 'w'],
    users,
    chunks: () => chunks,
    copies,
    devices: {
      chunks: () => chunks,
      holders: isWanted => holders.filter(({ kind, id }) => isWanted(kind, id)),
      decisions: () => [],
    },
  }
}

const stitched = (given: Given, asOf = ALL): EventLog => {
  const log = logOf(given)
  return stitchedLog(log, finish(stitchSteps(log, asOf)))
}

/** The user of every event, in the order of the log. */
const usersOf = (log: EventLog): string[] =>
  [...log.chunks()].flatMap(({ user }) => Array.from(user, code => log.users[code] ?? '?'))

const holder = (id: string, userId: string, day: number | null, kind: DeviceKind = 'anonymous_id'): DeviceHolder => {
  const at = day === null ? null : day * DAY
  return { kind, id, userId, createdAt: at, signedUpAt: at }
}

describe('whose an event is that names nobody', () => {
  test.each<{ why: string; given: Given; want: string[]; asOf?: number }>([
    {
      why: 'the next to log in under its anonymous id',
      given: { seen: [see(1, '', 'x'), see(2, 'ann', 'x')] },
      want: ['ann', 'ann'],
    },
    {
      why: 'the next to log in on its device',
      given: { seen: [see(1, '', '', 'd'), see(2, 'ann', '', 'd')] },
      want: ['ann', 'ann'],
    },
    {
      why: 'an anonymous id is no device, though the text is the same',
      given: { seen: [see(1, '', 'x'), see(2, 'ann', '', 'x')] },
      want: ['', 'ann'],
    },
    {
      why: 'a kiosk is nobody’s, whatever the browser says',
      given: { seen: [see(0, 'bob', '', 'kiosk'), see(1, '', 'x', 'kiosk'), see(2, 'ann', 'x', 'kiosk')] },
      want: ['bob', '', 'ann'],
    },
    {
      why: 'nobody’s where its two ids lead to two users',
      given: { seen: [see(1, '', 'x', 'd'), see(2, 'ann', 'x'), see(3, 'bob', '', 'd')] },
      want: ['', 'ann', 'bob'],
    },
    {
      why: 'an id under which nobody logs in says nothing against the other',
      given: { seen: [see(1, '', 'x', 'd'), see(2, 'ann', 'x')] },
      want: ['ann', 'ann'],
    },
    { why: 'a placeholder is no id', given: { seen: [see(1, '', 'n/a'), see(2, 'ann', 'n/a')] }, want: ['', 'ann'] },
    {
      why: 'a login after as-of does not exist',
      given: { seen: [see(1, '', 'x'), see(5, 'ann', 'x')] },
      asOf: 4 * DAY,
      want: ['', 'ann'],
    },
    {
      why: 'somebody who comes after as-of does not share the device yet',
      given: { seen: [see(1, '', 'x'), see(2, 'ann', 'x'), see(3, 'bob', 'x'), see(0, 'bob', 'x')] },
      asOf: 2 * DAY,
      want: ['', 'ann', 'bob', 'bob'],
    },
    {
      why: 'a record that names the anonymous id is a login when it was created, by one whom no event names',
      given: { seen: [see(1, '', 'x'), see(3, '', 'x')], holders: [holder('x', 'ann', 2)] },
      want: ['ann', ''],
    },
    {
      why: 'one that does not exist at as-of is none',
      given: { seen: [see(1, '', 'x'), see(1, '', 'x')], holders: [holder('x', 'ann', 9)] },
      asOf: 5 * DAY,
      want: ['', ''],
    },
    {
      why: 'a record that names the device dates nothing',
      given: { seen: [see(1, '', '', 'd')], holders: [holder('d', 'ann', 2, 'device_id')] },
      want: [''],
    },
    {
      why: 'but keeps it from everybody else',
      given: { seen: [see(1, '', '', 'd'), see(2, 'ann', '', 'd')], holders: [holder('d', 'bob', null, 'device_id')] },
      want: ['', 'ann'],
    },
    {
      why: 'a copy that gives way is no login',
      given: {
        seen: [see(1, '', 'x'), see(2, 'ann', 'y'), see(3, 'ann', 'x')],
        copies: [{ eventId: 'e', positions: [1, 2] }],
      },
      want: ['', 'ann', 'ann'],
    },
  ])('$why', ({ given, want, asOf = ALL }) => {
    expect(usersOf(stitched(given, asOf))).toEqual(want)
  })

  test('nothing is worked out where no event names nobody but an id', () => {
    const log = logOf({ seen: [see(1, 'ann', 'x', 'd'), see(2, '')] })
    expect(finish(stitchSteps(log, ALL))).toBeNull()
    expect(stitchedLog(log, null)).toBe(log)
  })

  test('every event is accounted for: with whom, since when, or why not', () => {
    const seen = [
      see(1, '', 'x'),
      see(2, 'ann', 'x'),
      see(3, '', 'x'),
      see(1, '', 'z'),
      see(40, 'bob', 'z'),
      see(9, 'ann', 'x'),
    ]
    const { stitching } = stitched({
      seen: [...seen, see(50, '', 'z'), see(5, '', '', 'k'), see(6, 'ann', '', 'k'), see(0, 'bob', '', 'k')],
    })
    expect([...(stitching?.events.position ?? [])]).toEqual([0, 2])
    expect([...(stitching?.events.loginAt ?? [])]).toEqual([2 * DAY, 9 * DAY])
    expect(stitching?.dated).toEqual([
      { kind: 'anonymous_id', id: 'x', userId: 'ann', from: DAY, to: 9 * DAY, isGiven: true },
      { kind: 'anonymous_id', id: 'z', userId: 'bob', from: 40 * DAY, to: 40 * DAY, isGiven: false },
      { kind: 'device_id', id: 'k', userId: 'ann', from: 6 * DAY, to: 6 * DAY, isGiven: false },
      { kind: 'device_id', id: 'k', userId: 'bob', from: 0, to: 0, isGiven: false },
    ])
    expect(stitching?.anonymousSince).toEqual(new Map([['ann', DAY]]))
    expect(stitching?.refusals).toEqual([
      { kind: 'anonymous_id', id: 'z', reason: 'too_long_before', events: 1 },
      { kind: 'device_id', id: 'k', reason: 'other_user', events: 1 },
    ])
    expect(stitching?.neverLoggedIn).toBe(1)
  })

  test('a kiosk has everybody who logged in there, each from the first to the last time', () => {
    const turns = [see(1, '', '', 'kiosk'), see(2, 'ann', '', 'kiosk'), see(3, 'bob', '', 'kiosk')]
    const { stitching } = stitched({
      seen: [...turns, see(4, '', '', 'kiosk'), see(5, 'ann', '', 'kiosk'), see(6, 'bob', '', 'kiosk')],
    })
    const kiosk = { kind: 'device_id', id: 'kiosk' }
    expect(stitching?.dated).toEqual([
      { ...kiosk, userId: 'ann', from: DAY, to: 5 * DAY, isGiven: true },
      { ...kiosk, userId: 'bob', from: 3 * DAY, to: 6 * DAY, isGiven: false },
    ])
    // What dates the first rung of the ladder: nobody else's past.
    expect(stitching?.anonymousSince).toEqual(new Map([['ann', DAY]]))
  })

  test('which copy of an id counts does not depend on whom an event was given to', () => {
    const copies = [{ eventId: 'e', positions: [0, 1] }]
    const log = stitched({ seen: [see(1, '', 'x'), see(1, 'bob', 'y'), see(2, 'zoe', 'x')], copies })
    expect(usersOf(log)).toEqual(['zoe', 'bob', 'zoe'])
    expect([...losingCopies(log, ALL).positions]).toEqual([1])
  })
})

test('a key event that was given to somebody says so', () => {
  const log = stitched({ seen: [see(1, '', 'x'), see(2, 'ann', 'x')] })
  const taxonomy = [{ kind: 'page', category: 'intent' as const, match: ['page'], highIntent: false }]
  const found = finish(
    keyEventSteps({ log, model: { taxonomy, signals: [] }, asOf: ALL, loops: [], homes: new Map(), most: 5 }),
  )
  expect(found.newestOf(['w'])).toEqual([
    { at: 2 * DAY, kind: 'page', userId: 'ann' },
    { at: DAY, kind: 'page', userId: 'ann', isStitched: true },
  ])
})

/** Whose events are, one by one, by the words of the specification. */
function slowUsers(seen: readonly Seen[], holders: readonly DeviceHolder[]): string[] {
  const answer = (event: Seen, id: (one: Seen) => string, kind: DeviceKind): string | null | undefined => {
    const own = id(event)
    if (own === '' || own === 'n/a') return undefined
    const held = holders.filter(one => one.kind === kind && one.id === own)
    const logins = [
      ...seen.filter(one => id(one) === own && one.user !== '').map(({ user, at }) => ({ user, at })),
      ...(kind === 'anonymous_id'
        ? held.flatMap(({ userId, signedUpAt: at }) => (at === null ? [] : [{ user: userId, at }]))
        : []),
    ]
    const next = Math.min(...logins.filter(({ at }) => at >= event.at).map(({ at }) => at))
    if (next === ALL) return undefined
    const people = new Set([
      ...logins.filter(({ at }) => at === next || at < event.at).map(({ user }) => user),
      ...held.map(({ userId }) => userId),
    ])
    if (people.size > 1) return null
    return next - event.at > 30 * DAY ? undefined : [...people][0]
  }
  return seen.map(event => {
    if (event.user !== '') return event.user
    const answers = [answer(event, one => one.anonymous, 'anonymous_id'), answer(event, one => one.device, 'device_id')]
    const users = new Set(answers.filter(user => user !== undefined))
    return users.size === 1 ? ([...users][0] ?? '') : ''
  })
}

test('equal to the specification word by word, whatever the order of events and the size of segments', () => {
  const seen = fc.record({
    at: fc.nat({ max: 45 }).map(day => day * DAY),
    user: fc.constantFrom('', '', 'ann', 'bob', '\u{1F600}', '\uFF5E'),
    anonymous: fc.constantFrom('', 'x', 'y', 'n/a'),
    device: fc.constantFrom('', 'x', 'k'),
  })
  const holders = fc.array(
    fc
      .record({
        id: fc.constantFrom('x', 'y', 'k'),
        userId: fc.constantFrom('ann', 'cyn'),
        day: fc.option(fc.nat({ max: 45 })),
      })
      .chain(({ id, userId, day }) =>
        fc.constantFrom<DeviceKind>('anonymous_id', 'device_id').map(kind => holder(id, userId, day, kind)),
      ),
    { maxLength: 2 },
  )
  const timeline = fc.array(seen, { maxLength: 16 })
  fc.assert(
    fc.property(
      timeline,
      holders,
      fc.integer({ min: 1, max: 6 }),
      fc.infiniteStream(fc.nat()),
      (given, held, size, dice) => {
        const want = slowUsers(given, held)
        const { stitching } = stitched({ seen: given, holders: held, size })
        const told = [...(stitching?.events.position ?? []), ...(stitching?.ungiven.position ?? [])]
        const byNobody = given.flatMap(({ user, anonymous, device }, i) =>
          user === '' && anonymous + device !== '' ? [i] : [],
        )
        expect(told.toSorted((a, b) => a - b)).toEqual(byNobody)
        expect(usersOf(stitched({ seen: given, holders: held, size }))).toEqual(want)
        const order = given.map((_, i) => ({ i, at: dice.next().value })).sort((a, b) => a.at - b.at || a.i - b.i)
        const shuffled = order.map(({ i }) => given[i] as Seen)
        expect(usersOf(stitched({ seen: shuffled, holders: held.toReversed(), size: 2 }))).toEqual(
          order.map(({ i }) => want[i]),
        )
      },
    ),
    { numRuns: 300 },
  )
})
