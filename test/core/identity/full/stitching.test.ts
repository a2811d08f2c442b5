import { describe, expect, test } from 'vitest'
import { type Sightings, stitchDevices } from '../../../../core/identity/index.ts'

const DAY = 86_400_000

/** `d1 jane@3`: seen on device 1 on day 3 with the login of Jane. A dash is nobody. */
function sightings(...texts: readonly string[]): Sightings {
  const users = ['-', 'jane', 'ann', 'bob']
  const parsed = texts.map(text => /^d(\d) (\S+)@([\d.]+)$/.exec(text) ?? [])
  return {
    device: Uint32Array.from(parsed, ([, device]) => Number(device)),
    user: Uint32Array.from(parsed, ([, , user = '-']) => users.indexOf(user)),
    at: Float64Array.from(parsed, ([, , , day]) => Number(day) * DAY),
  }
}

const shown = (given: Sightings): string[] =>
  stitchDevices(given).map(({ device, user, from, to, reason }) => {
    const name = ['nobody', 'jane', 'ann', 'bob'][user]
    return `d${device} ${name} ${from / DAY}-${to / DAY} ${reason}`
  })

describe('time of a device', () => {
  test.each<{ why: string; seen: string[]; want: string[] }>([
    {
      why: 'what came before the first login is the same person',
      seen: ['d1 -@1', 'd1 -@2', 'd1 jane@3'],
      want: ['d1 jane 1-2 before_login', 'd1 jane 3-3 login'],
    },
    {
      why: 'after 30 days it is nobody',
      seen: ['d1 -@1', 'd1 -@10', 'd1 jane@40'],
      want: ['d1 nobody 1-1 too_long_before', 'd1 jane 10-10 before_login', 'd1 jane 40-40 login'],
    },
    {
      why: 'between two logins of one person it is that person',
      seen: ['d1 jane@1', 'd1 -@2', 'd1 jane@3'],
      want: ['d1 jane 1-1 login', 'd1 jane 2-2 before_login', 'd1 jane 3-3 login'],
    },
    {
      why: 'between two people it is nobody: not the next one, not the one before',
      seen: ['d1 jane@1', 'd1 -@2', 'd1 ann@3'],
      want: ['d1 jane 1-1 login', 'd1 nobody 2-2 other_user_before', 'd1 ann 3-3 login'],
    },
    {
      why: 'a shared device is never back-dated to its last user',
      seen: ['d1 -@0', 'd1 jane@1', 'd1 ann@2', 'd1 -@3', 'd1 ann@4'],
      want: [
        'd1 jane 0-0 before_login',
        'd1 jane 1-1 login',
        'd1 ann 2-2 login',
        'd1 nobody 3-3 other_user_before',
        'd1 ann 4-4 login',
      ],
    },
    { why: 'without any login it stays nobody', seen: ['d1 -@1'], want: ['d1 nobody 1-1 never_logged_in'] },
    {
      why: 'devices do not mix, and the order of rows does not count',
      seen: ['d2 ann@2', 'd1 jane@3', 'd2 -@1', 'd1 -@1'],
      want: ['d1 jane 1-1 before_login', 'd1 jane 3-3 login', 'd2 ann 1-1 before_login', 'd2 ann 2-2 login'],
    },
  ])('$why', ({ seen, want }) => {
    expect(shown(sightings(...seen))).toEqual(want)
    expect(shown(sightings(...seen.toReversed()))).toEqual(want)
  })
})
