import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emailReader, type FirstSighting, personLadders, settingsIn } from '../../../../core/identity/index.ts'
import { calendarOf } from '../../../../core/lib/time.ts'
import type { IdentityDecision } from '../../../../core/schema/identity.ts'
import { type Tables, tables } from '../rows.ts'

type Given = Readonly<{
  users: NonNullable<Parameters<typeof tables>[0]['users']>
  workspaces?: Parameters<typeof tables>[0]['workspaces']
  /** Users of one person each; without it everybody is one. */
  persons?: readonly (readonly string[])[]
  firstSeen?: readonly (readonly [string, FirstSighting])[]
  decisions?: readonly IdentityDecision[]
  shared?: readonly string[]
  zone?: string
}>

const groundOf = (
  { users, workspaces }: Pick<Tables, 'users' | 'workspaces'>,
  { persons, firstSeen = [], decisions = [], shared = [], zone = 'UTC' }: Omit<Given, 'users' | 'workspaces'>,
): Parameters<typeof personLadders>[0] => {
  const { domains, words } = settingsIn(decisions)
  const groups = (persons ?? [users.map(({ user_id }) => user_id)]).map(ids => ({ id: ids[0] ?? '', userIds: ids }))
  return {
    users,
    workspaces,
    persons: groups,
    personOfUser: new Map(groups.flatMap(({ userIds }, i) => userIds.map(id => [id, i] as const))),
    read: emailReader(domains, words),
    words,
    sharedAddresses: new Set(shared),
    firstSeen: new Map(firstSeen),
    calendar: calendarOf(zone),
  }
}

const laddersIn = ({ users, workspaces, ...rest }: Given): string[] =>
  personLadders(groundOf(tables({ users, workspaces: workspaces ?? [] }), rest)).map(
    ({ personId, step, at, dating, evidence }) =>
      `${personId} ${step} ${at === null ? '-' : new Date(at).toISOString().slice(0, 16)} ${dating}: ${evidence}`,
  )

const at = (text: string): number => Date.parse(text)
const word = (entry: string): IdentityDecision => ({
  id: entry,
  type: 'set_word',
  list: 'placeholder',
  entry,
  isIn: true,
})

const CASES: readonly (Given & Readonly<{ why: string; steps: readonly string[] }>)[] = [
  {
    why: 'all steps of a person, each by the record that shows it first',
    users: [
      { user_id: 'a', primary_email: 'jane@acme.com', created_at: '2025-03-01' },
      { user_id: 'b', created_at: '2025-02-01', sso_subject: 's1', sso_provider: 'okta' },
      { user_id: 'c', created_at: '2025-04-01', sso_subject: 's1', sso_provider: 'entra' },
    ],
    workspaces: [
      { workspace_id: 'w1', billing_contact_email: 'Jane <JANE@acme.com>', created_at: '2025-06-01' },
      { workspace_id: 'w2', billing_contact_email: 'jane@acme.com', created_at: '2025-05-01' },
    ],
    firstSeen: [['a', { at: at('2025-01-20T10:00Z'), by: { kind: 'device_id', id: 'd1' } }]],
    steps: [
      'a anonymous 2025-01-20T10:00 at: device d1, before user a logged in',
      'a signed_up 2025-02-01T00:00 at: record of user b',
      'a sso 2025-02-01T00:00 not_before: SSO subject of okta on the record of user b',
      'a billing_admin 2025-05-01T00:00 not_before: billing contact of workspace w2 by the address of user a',
    ],
  },
  {
    why: 'nobody is billed before the record with the address was created',
    users: [{ user_id: 'a', primary_email: 'jane@acme.com', created_at: '2025-03-01' }],
    workspaces: [{ workspace_id: 'w1', billing_contact_email: 'jane@acme.com', created_at: '2020-01-01' }],
    steps: [
      'a signed_up 2025-03-01T00:00 at: record of user a',
      'a billing_admin 2025-03-01T00:00 not_before: billing contact of workspace w1 by the address of user a',
    ],
  },
  {
    why: 'what is done without login after the sign-up is no step before it; on its day it is',
    users: [
      { user_id: 'a', created_at: '2025-03-01' },
      { user_id: 'b', created_at: '2025-03-01' },
    ],
    persons: [['a'], ['b']],
    firstSeen: [
      ['a', { at: at('2025-03-02T10:00Z'), by: null }],
      ['b', { at: at('2025-03-01T10:00Z'), by: null }],
    ],
    steps: [
      'a signed_up 2025-03-01T00:00 at: record of user a',
      'b anonymous 2025-03-01T10:00 at: an event, before user b logged in',
      'b signed_up 2025-03-01T00:00 at: record of user b',
    ],
  },
  {
    why: 'an anonymous id on the record dates nothing; a user without record has its devices alone',
    users: [{ user_id: 'a', anonymous_id: 'v-17' }],
    persons: [['a'], ['z']],
    firstSeen: [['z', { at: at('2025-03-02T10:00Z'), by: { kind: 'anonymous_id', id: 'x' } }]],
    steps: [
      'a anonymous - at: anonymous id v-17 on the record of user a',
      'a signed_up - at: record of user a',
      'z anonymous 2025-03-02T10:00 at: anonymous id x, before user z logged in',
    ],
  },
  {
    why: 'placeholders of the project show nothing, and a shared address bills nobody',
    users: [
      { user_id: 'a', primary_email: 'niemand@acme.com', sso_subject: 'Keiner', anonymous_id: '0' },
      { user_id: 'b', primary_email: 'all@bulk.com' },
    ],
    workspaces: [
      { workspace_id: 'w1', billing_contact_email: 'niemand@acme.com' },
      { workspace_id: 'w2', billing_contact_email: 'all@bulk.com' },
    ],
    decisions: [word('keiner'), word('niemand')],
    shared: ['all@bulk.com'],
    steps: ['a signed_up - at: record of user a'],
  },
]

describe('the ladder of a person', () => {
  test.each(CASES)('$why', ({ steps, why: _, ...given }) => {
    expect(laddersIn(given)).toEqual(steps)
  })

  test('a date without a time is the first instant of that day in the zone', () => {
    expect(laddersIn({ users: [{ user_id: 'a', created_at: '2025-03-01' }], zone: 'America/New_York' })).toEqual([
      'a signed_up 2025-03-01T05:00 at: record of user a',
    ])
  })

  test('one person alone has the steps that it has among all', () => {
    const days = fc.constantFrom(null, '2025-01-01', '2025-01-05', '2025-02-01')
    const addresses = fc.constantFrom(null, 'a@acme.com', 'b@acme.com', 'A@acme.com', 'info@acme.com')
    const userRows = fc.array(
      fc.record({ primary_email: addresses, created_at: days, sso_subject: fc.constantFrom(null, 's') }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    const workspaceRows = fc.array(fc.record({ billing_contact_email: addresses, created_at: days }), { maxLength: 4 })
    fc.assert(
      fc.property(userRows, workspaceRows, fc.nat(3), (users, workspaces, split) => {
        const data = tables({
          users: users.map((row, i) => ({ user_id: `u${i}`, ...row })),
          workspaces: workspaces.map((row, i) => ({ workspace_id: `w${i}`, ...row })),
        })
        const ids = data.users.map(({ user_id }) => user_id)
        const persons = [ids.slice(0, split), ids.slice(split)].filter(own => own.length > 0)
        const all = personLadders(groundOf(data, { persons }))
        const each = persons.flatMap(own => {
          const rows = data.users.filter(({ user_id }) => own.includes(user_id))
          return personLadders(groundOf({ ...data, users: rows }, { persons: [own] }))
        })
        expect(all).toEqual(each)
      }),
      { numRuns: 100 },
    )
  })
})
