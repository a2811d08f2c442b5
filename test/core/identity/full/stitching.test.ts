import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SEVERAL, STITCH_VERDICTS, stitchDevices } from '../../../../core/identity/index.ts'

const DAY = 86_400_000
const USERS = ['-', 'jane', 'ann', 'bob']

type Seen = Readonly<{ device: number; user: number; at: number }>
type Facts = Readonly<{ holder: readonly number[]; kinds: readonly number[] }>

/** `d1 jane@3`: seen on device 1 on day 3 with the login of Jane. A dash is nobody. */
function seenOf(text: string): Seen {
  const [, device, user = '-', day] = /^d(\d+) (\S+)@([\d.]+)$/.exec(text) ?? []
  return { device: Number(device), user: USERS.indexOf(user), at: Number(day) * DAY }
}

const verdictsOf = (seen: readonly Seen[], { holder, kinds }: Facts): string[] => {
  const { user, verdict, loginAt } = stitchDevices(
    {
      device: Uint32Array.from(seen, one => one.device),
      user: Uint32Array.from(seen, one => one.user),
      at: Float64Array.from(seen, one => one.at),
    },
    { holder: Int32Array.from(holder), kinds: Uint8Array.from(kinds), compare: (a, b) => a - b },
  )
  return seen.map((_, i) => {
    const login = loginAt[i] ?? Number.NaN
    const reason = STITCH_VERDICTS[verdict[i] ?? 0]
    return reason === 'before_login' ? `${USERS[user[i] ?? 0] ?? user[i]} of day ${login / DAY}` : `${reason}`
  })
}

const NO_HOLDERS: Facts = { holder: [0, 0, 0], kinds: [0, 0, 0] }

describe('whose a sighting without a login is', () => {
  test.each<{ why: string; seen: string[]; want: string[]; holder?: number }>([
    {
      why: 'what came before the first login is of the same person',
      seen: ['d1 -@1', 'd1 -@2', 'd1 jane@3'],
      want: ['jane of day 3', 'jane of day 3', 'login'],
    },
    {
      why: '30 days to the millisecond are not too long',
      seen: ['d1 -@1', 'd1 jane@31'],
      want: ['jane of day 31', 'login'],
    },
    {
      why: 'a little more is',
      seen: ['d1 -@1', 'd1 jane@31.00001'],
      want: ['too_long_before', 'login'],
    },
    {
      why: 'between two logins of one person it is that person',
      seen: ['d1 jane@1', 'd1 -@2', 'd1 jane@3'],
      want: ['login', 'jane of day 3', 'login'],
    },
    {
      why: 'what follows the last login is nobody’s',
      seen: ['d1 jane@1', 'd1 -@2'],
      want: ['login', 'never_logged_in'],
    },
    {
      why: 'between two people it is nobody: not the next one, not the one before',
      seen: ['d1 jane@1', 'd1 -@2', 'd1 ann@3'],
      want: ['login', 'other_user', 'login'],
    },
    {
      why: 'a shared device is never back-dated to its last user, and what came before its first user is that one’s',
      seen: ['d1 -@0', 'd1 jane@1', 'd1 ann@2', 'd1 -@3', 'd1 ann@4'],
      want: ['jane of day 1', 'login', 'login', 'other_user', 'login'],
    },
    {
      why: 'two people who take turns get nothing but what came before both',
      seen: ['d1 jane@1', 'd1 -@1.5', 'd1 ann@2', 'd1 -@2.5', 'd1 jane@3', 'd1 -@3.5', 'd1 ann@4'],
      want: ['login', 'other_user', 'login', 'other_user', 'login', 'other_user', 'login'],
    },
    {
      why: 'two people who log in at one instant are two people',
      seen: ['d1 -@1', 'd1 jane@2', 'd1 ann@2'],
      want: ['other_user', 'login', 'login'],
    },
    {
      why: 'a login of the same instant is the next one',
      seen: ['d1 -@1', 'd1 jane@1'],
      want: ['jane of day 1', 'login'],
    },
    { why: 'without any login it stays nobody', seen: ['d1 -@1'], want: ['never_logged_in'] },
    {
      why: 'devices do not mix',
      seen: ['d2 ann@2', 'd1 jane@3', 'd2 -@1', 'd1 -@1'],
      want: ['login', 'login', 'ann of day 2', 'jane of day 3'],
    },
    {
      why: 'a device that the record of somebody else names is shared',
      seen: ['d1 -@1', 'd1 jane@2'],
      holder: 2,
      want: ['other_user', 'login'],
    },
    {
      why: 'one that the records of several name is shared',
      seen: ['d1 -@1', 'd1 jane@2'],
      holder: SEVERAL,
      want: ['other_user', 'login'],
    },
    {
      why: 'one that the own record names is not',
      seen: ['d1 -@1', 'd1 jane@2'],
      holder: 1,
      want: ['jane of day 2', 'login'],
    },
  ])('$why', ({ seen, want, holder = 0 }) => {
    const facts = { ...NO_HOLDERS, holder: [0, holder, 0] }
    const parsed = seen.map(seenOf)
    expect(verdictsOf(parsed, facts)).toEqual(want)
    expect(verdictsOf(parsed.toReversed(), facts)).toEqual(want.toReversed())
  })

  test('a user gets sightings of 20 devices of each namespace, by the first login on them', () => {
    const devices = Array.from({ length: 44 }, (_, device) => device)
    const seen = devices.flatMap(device => [
      { device, user: 0, at: 0 },
      { device, user: 1, at: (100 - device) * 1000 },
    ])
    const facts = { holder: devices.map(() => 0), kinds: devices.map(device => device % 2) }
    const refused = verdictsOf(seen, facts).flatMap((verdict, i) =>
      verdict === 'too_many_devices' ? [seen[i]?.device] : [],
    )
    expect(refused).toEqual([0, 1, 2, 3])
  })
})

/** The rule of the specification for one sighting, word by word. */
function slowVerdict(one: Seen, all: readonly Seen[], { holder }: Facts): string {
  if (one.user !== 0) return 'login'
  const logins = all.filter(({ device, user }) => device === one.device && user !== 0)
  const ahead = logins.filter(({ at }) => at >= one.at)
  if (ahead.length === 0) return 'never_logged_in'
  const loginAt = Math.min(...ahead.map(({ at }) => at))
  const next = new Set(ahead.filter(({ at }) => at === loginAt).map(({ user }) => user))
  const before = new Set(logins.filter(({ at }) => at < one.at).map(({ user }) => user))
  const own = holder[one.device] ?? 0
  const concerned = new Set([...next, ...before, ...(own === 0 ? [] : [own])])
  if (concerned.size > 1) return 'other_user'
  const [user = 0] = next
  return loginAt - one.at > 30 * DAY ? 'too_long_before' : `${USERS[user]} of day ${loginAt / DAY}`
}

test('equal to the rule applied to one sighting after the other, in whatever order they come', () => {
  const sighting = fc.record({
    device: fc.nat({ max: 2 }),
    user: fc.nat({ max: 3 }),
    at: fc.nat({ max: 50 }).map(day => day * DAY),
  })
  const facts = fc.record({
    holder: fc.array(fc.constantFrom(0, 0, 1, 2, SEVERAL), { minLength: 3, maxLength: 3 }),
    kinds: fc.constant([0, 1, 0]),
  })
  fc.assert(
    fc.property(fc.array(sighting, { maxLength: 14 }), facts, (seen, known) => {
      expect(verdictsOf(seen, known)).toEqual(seen.map(one => slowVerdict(one, seen, known)))
    }),
  )
})
