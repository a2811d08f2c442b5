import { describe, expect, test } from 'vitest'
import { emailReader } from '../../../../core/identity/index.ts'
import { type WeighedUsers, weighSteps } from '../../../../core/identity/people/weigh-users.ts'
import { HELD_STEPS, type Waterfall } from '../../../../core/identity/weigh/pair-scorer.ts'
import { finish } from '../../../../core/lib/steps.ts'
import type { Row } from '../../../../core/schema/tables.ts'
import { CROWD } from '../records/people-crowd.ts'
import { tables } from '../rows.ts'

type User = Partial<Row<'users'>>

/** Some users in a crowd, who have no network. */
function weighed(users: readonly User[], weights: ReadonlyMap<string, number> = new Map()): WeighedUsers {
  const rows = users.map((user, i) => ({ user_id: `a${String(i).padStart(2, '0')}`, ...user }))
  const others = CROWD.map(([name, email], i) => ({ user_id: `c${i}`, name, primary_email: email }))
  const ground = { decisions: [], read: emailReader(), weights }
  return finish(weighSteps(tables({ users: [...rows, ...others] }).users, ground))
}

function evidence(users: readonly User[], weights?: ReadonlyMap<string, number>): Waterfall {
  return weighed(users, weights).details().scorer.explain(0, 1)
}

const deviceIn = ({ bars }: Waterfall) => bars.find(({ comparison }) => comparison === 'device')
const named = (ip: string | null, email: string, more: User = {}): User => {
  return { name: 'Quokka Zwirn', primary_email: email, signup_ip: ip, ...more }
}
/** Two records of one rare name, signed up from two addresses. */
const twoFrom = (one: string | null, other: string | null): User[] => [named(one, 'q@a.org'), named(other, 'z@b.org')]
const IP = '8.8.4.4'

describe('the network that records were signed up from', () => {
  test('supports what else agrees, by no more than a device', () => {
    const [without, found] = [evidence(twoFrom(null, null)), evidence(twoFrom(IP, IP))]
    expect(deviceIn(without)).toBeUndefined()
    expect(deviceIn(found)).toEqual({ comparison: 'device', level: 'same network', value: IP, steps: 32 })
    expect(found.steps).toBe(without.steps + 32)
  })

  test('is one with the device: where both agree, the device is paid for alone', () => {
    const users = twoFrom(IP, IP).map(user => ({ ...user, device_id: 'd1' }))
    const alone = twoFrom(null, null).map(user => ({ ...user, device_id: 'd1' }))
    expect(evidence(users)).toEqual(evidence(alone))
    expect(deviceIn(evidence(users))).toMatchObject({ level: 'same', value: 'd1' })
  })

  test.each([
    ['2606:4700:1:2::1', '2606:4700:1:2:ffff::9', '2606:4700:1:2::/64'],
    ['::ffff:8.8.4.4', IP, IP],
    ['::FFFF:0808:0404', ' 8.8.4.4 ', IP],
  ])('%s and %s are one', (one, other, value) => {
    expect(deviceIn(evidence(twoFrom(one, other)))).toMatchObject({ level: 'same network', value })
  })

  test.each<readonly [string, string]>([
    ['8.8.4.4', '8.8.4.5'],
    ['2606:4700:1:2::1', '2606:4700:1:3::1'],
    ['no address', 'no address'],
    ['300.1.2.3', '300.1.2.3'],
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.9',
      '100.127.255.255',
      '127.0.0.1',
      '169.254.1.1',
      '172.16.0.1',
      '172.31.9.9',
      '192.0.2.7',
      '192.168.1.1',
      '198.18.0.1',
      '198.51.100.4',
      '203.0.113.200',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:10.0.0.1',
      'fe80::1%eth0',
      'fd12:3456::1',
      'ff02::1',
      '2001:db8::1',
      '2001:0:4136::1',
      '3fff:1::1',
    ].map(address => [address, address] as const),
  ])('%s and %s say nothing', (one, other) => {
    expect(evidence(twoFrom(one, other))).toEqual(evidence(twoFrom(null, null)))
  })

  test.each(['9.255.255.255', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1', '192.0.3.1', '198.20.0.1'])(
    '%s is a place',
    address => {
      expect(deviceIn(evidence(twoFrom(address, address)))).toMatchObject({ level: 'same network' })
    },
  )

  test('of an office or a proxy, which more than 25 records were signed up from, says nothing and is named', () => {
    const crowded = (count: number): User[] => [
      ...twoFrom(IP, IP),
      ...Array.from({ length: count - 2 }, (_, i) => ({ primary_email: `x${i}@office${i}.org`, signup_ip: IP })),
    ]
    expect(deviceIn(evidence(crowded(25)))).toMatchObject({ level: 'same network' })
    expect(deviceIn(evidence(crowded(26)))).toMatchObject({ level: 'network of many', value: IP, steps: 0 })
  })

  test('never makes sure: what joins by itself does so without it', () => {
    // Eight records of one mailbox: 6 1/2 bits.
    const mailbox = (ip: string | null): User[] =>
      Array.from({ length: 8 }, (_, i) => ({ primary_email: 'home@a.org', signup_ip: i < 2 ? ip : null }))
    const [without, found] = [evidence(mailbox(null)), evidence(mailbox(IP))]
    expect(without.steps).toBeLessThan(HELD_STEPS)
    expect(found.steps).toBe(HELD_STEPS)
    expect(found.bars.reduce((sum, { steps }) => sum + steps, 0)).toBe(found.steps)
    expect(found.bars.at(-1)).toMatchObject({ comparison: 'held' })
  })

  test('takes nothing from what joins without it', () => {
    const [without, found] = [null, IP].map(ip => evidence([named(ip, 'q@a.org'), named(ip, 'q@a.org')]))
    expect(found?.steps).toBe((without?.steps ?? 0) + 32)
  })

  test('may be set like other weights, up to what a device says', () => {
    const set = (entries: readonly (readonly [string, number])[]) =>
      deviceIn(evidence(twoFrom(IP, IP), new Map(entries)))?.steps
    expect(set([['device: same network', 0.001]])).toBeLessThan(32)
    expect(set([['device: same network', 0.9]])).toBe(32)
    expect(set([['device: same', 0.9]])).toBe(51)
  })

  test('alone makes no pair: it is no key', () => {
    const { edges } = weighed([
      { primary_email: 'q@a.org', signup_ip: IP },
      { primary_email: 'z@b.org', signup_ip: IP },
    ])
    expect([...edges.a]).not.toContain(0)
  })
})
