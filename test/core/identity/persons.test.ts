import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveIdentities } from '../../../core/identity/index.ts'
import type { IdentityMode, Resolution } from '../../../core/schema/identity.ts'
import { type Tables, tables } from './rows.ts'

const resolve = (data: Tables, mode: IdentityMode = 'matched', eventUsers: readonly string[] = []): Resolution =>
  resolveIdentities(data, { mode, eventUsers, activity: new Map() })

const withEmails = (...emails: (string | null)[]): Tables =>
  tables({
    users: emails.map((primary_email, i) => ({ user_id: `u${String(i + 1).padStart(3, '0')}`, primary_email })),
  })

const same = (email: string, times: number): Tables => withEmails(...Array.from({ length: times }, () => email))

const sizes = ({ persons }: Resolution): number[] => persons.map(({ userIds }) => userIds.length)

describe('persons joined by canonical email', () => {
  test.each<{ why: string; data: Tables; want: number[] }>([
    { why: 'Gmail dots are one mailbox', data: withEmails('ja.ne@gmail.com', 'jane@googlemail.com'), want: [2] },
    { why: 'corporate dots are two', data: withEmails('ja.ne@acme.com', 'jane@acme.com'), want: [1, 1] },
    { why: 'case does not part', data: withEmails('Jane@Acme.com', 'jane@acme.com'), want: [2] },
    { why: 'missing emails join nobody', data: withEmails(null, null, '', ''), want: [1, 1, 1, 1] },
    {
      why: 'placeholders join nobody',
      data: withEmails('test@test.com', 'test@test.com', 'n/a', 'n/a'),
      want: [1, 1, 1, 1],
    },
    { why: 'relays join nobody', data: same('1+jane@users.noreply.github.com', 3), want: [1, 1, 1] },
    { why: 'forty people on info@ stay forty', data: same('info@acme.com', 40), want: Array(40).fill(1) },
    { why: 'six records on one email are one person: 7 7/16 bits', data: same('jane@acme.com', 6), want: [6] },
    { why: 'seven are held for review: 6 15/16 bits', data: same('jane@acme.com', 7), want: Array(7).fill(1) },
    { why: '26 records are no identifier', data: same('jane@acme.com', 26), want: Array(26).fill(1) },
  ])('$why', ({ data, want }) => {
    expect(sizes(resolve(data))).toEqual(want)
  })

  test('what joins nobody says why', () => {
    const refused = (data: Tables): unknown => resolve(data).refusedIdentifiers
    expect(refused(same('info@acme.com', 40))).toEqual([
      { kind: 'email', value: 'info@acme.com', records: 40, reason: 'role_inbox', bits: null },
    ])
    expect(refused(same('j.a.n.e@gmail.com', 26))).toEqual([
      { kind: 'email', value: 'jane@gmail.com', records: 26, reason: 'too_many_records', bits: null },
    ])
    expect(refused(same('jane@acme.com', 7))).toEqual([
      { kind: 'email', value: 'jane@acme.com', records: 7, reason: 'below_auto', bits: 6.9375 },
    ])
    expect(refused(withEmails('info@acme.com', null, ''))).toEqual([])
  })

  test('explicit identity joins nobody', () => {
    expect(sizes(resolve(same('jane@acme.com', 3), 'explicit'))).toEqual([1, 1, 1])
  })

  test('users whom only events, memberships or ownership name are persons too; empty ids are nobody', () => {
    const data = tables({
      users: [{ user_id: 'b' }],
      memberships: [{ user_id: 'c', workspace_id: 'w' }],
      workspaces: [{ workspace_id: 'w', owner_user_id: 'd' }],
    })
    const { persons, personOfUser } = resolve(data, 'matched', ['a', '', 'b'])
    expect(persons.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect([...personOfUser]).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 3],
    ])
  })

  test('a person is named by the smallest user id in code-point order', () => {
    const email = 'jane@acme.com'
    const ids = ['\u{1f600}', '\uffee', 'b', 'B']
    const data = tables({ users: ids.map(user_id => ({ user_id, primary_email: email })) })
    expect(resolve(data).persons).toEqual([{ id: 'B', userIds: ['B', 'b', '\uffee', '\u{1f600}'] }])
  })
})

describe('laws of persons', () => {
  const email = fc.constantFrom(
    'jane@acme.com',
    'Jane@acme.com',
    'j.ane@gmail.com',
    'jane@gmail.com',
    'info@acme.com',
    null,
  )
  const users = fc.uniqueArray(
    fc.record({ user_id: fc.string({ minLength: 1, maxLength: 3 }), primary_email: email }),
    {
      selector: user => user.user_id,
      maxLength: 12,
    },
  )

  test('every user is in exactly one person, named by its smallest id, persons in order', () => {
    fc.assert(
      fc.property(users, fc.array(fc.string({ maxLength: 3 }), { maxLength: 5 }), (rows, eventUsers) => {
        const { persons, personOfUser } = resolve(tables({ users: rows }), 'matched', eventUsers)
        const all = new Set([...rows.map(({ user_id }) => user_id), ...eventUsers].filter(id => id !== ''))
        expect(persons.flatMap(({ userIds }) => userIds).sort()).toEqual([...all].sort())
        persons.forEach(({ id, userIds }, index) => {
          expect(id).toBe(userIds[0])
          for (const userId of userIds) expect(personOfUser.get(userId)).toBe(index)
        })
      }),
    )
  })

  test('the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(users, rows => {
        const data = tables({ users: rows })
        expect(resolve({ ...data, users: [...data.users].reverse() })).toEqual(resolve(data))
      }),
    )
  })
})

describe('identifiers', () => {
  const data = tables({
    users: [
      { user_id: 'u1', primary_email: 'Jane@Acme.com', device_id: 'd1', anonymous_id: 'a1', sso_subject: 's1' },
      { user_id: 'u2', primary_email: 'jane@acme.com', device_id: 'd1', contact_id: 'c1' },
      { user_id: 'u3', primary_email: 'info@acme.com', device_id: '0', anonymous_id: 'null' },
    ],
    contacts: [
      { contact_id: 'c2', email: 'JANE@acme.com' },
      { contact_id: 'c3', user_id: 'u3', email: 'info@acme.com' },
      { contact_id: 'c4', email: 'nobody.known@acme.com' },
    ],
  })

  test('are stated once per person; placeholders and shared inboxes are none', () => {
    expect(resolve(data).identifiers.map(({ kind, id, personId }) => `${kind} ${id} ${personId}`)).toEqual([
      'anonymous_id a1 u1',
      'contact_id c1 u1',
      'contact_id c2 u1',
      'contact_id c3 u3',
      'device_id d1 u1',
      'email Jane@Acme.com u1',
      'email jane@acme.com u1',
      'sso_subject s1 u1',
      'user_id u1 u1',
      'user_id u2 u1',
      'user_id u3 u3',
    ])
  })

  test('explicit identity matches no contact by email', () => {
    const ids = resolve(data, 'explicit').identifiers.filter(({ kind }) => kind === 'contact_id')
    expect(ids.map(({ id, personId }) => `${id} ${personId}`)).toEqual(['c1 u2', 'c3 u3'])
  })
})
