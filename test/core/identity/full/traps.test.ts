import { describe, expect, test } from 'vitest'
import { resolveFully } from '../../../../core/identity/index.ts'
import type { FullResolution, IdentityDecision } from '../../../../core/schema/identity.ts'
import { type Tables, tables } from '../rows.ts'

const resolve = (
  data: Tables,
  decisions: readonly IdentityDecision[] = [],
  activity = new Map<string, string[]>(),
): FullResolution => resolveFully(data, { mode: 'matched', eventUsers: [], activity, decisions })

const groups = ({ persons }: FullResolution): string[][] => persons.map(({ userIds }) => [...userIds])
const joined = (result: FullResolution): string[][] => groups(result).filter(ids => ids.length > 1)
const links = ({ workspaceLinks }: FullResolution): string[] =>
  workspaceLinks.map(
    ({ workspaceA, workspaceB, relation, status }) => `${workspaceA} ${relation} ${workspaceB} ${status}`,
  )
const user = (user_id: string, primary_email: string | null, name: string | null = null) => ({
  user_id,
  primary_email,
  name,
})
const numbered = (count: number, at: (i: number) => ReturnType<typeof user>) =>
  Array.from({ length: count }, (_, i) => at(i))
const link = (type: 'must_link' | 'cannot_link', a: string, b: string): IdentityDecision => ({
  id: `${type} ${a} ${b}`,
  type,
  a: { object: 'user', key: a },
  b: { object: 'user', key: b },
})

describe('persons', () => {
  test('forty people on info@ give no merge and one finding', () => {
    const users = numbered(40, i => user(`u${String(i).padStart(2, '0')}`, 'info@acme.com', `Person${i} Family${i}`))
    const result = resolve(tables({ users }))
    expect(joined(result)).toEqual([])
    expect(result.refusedIdentifiers).toEqual([
      { kind: 'email', value: 'info@acme.com', records: 40, reason: 'role_inbox', bits: null },
    ])
  })

  type Case = { why: string; users: ReturnType<typeof user>[]; want: string[][] }
  test.each<Case>([
    {
      why: 'Gmail dots are one mailbox',
      users: [user('a', 'ja.ne@gmail.com'), user('b', 'jane@gmail.com')],
      want: [['a', 'b']],
    },
    { why: 'corporate dots are two', users: [user('a', 'ja.ne@acme.com'), user('b', 'jane@acme.com')], want: [] },
    {
      why: 'a tag elsewhere proposes, it never merges',
      users: [user('a', 'jane+x@acme.com', 'Jane Roe'), user('b', 'jane@acme.com', 'Jane Roe')],
      want: [],
    },
    {
      why: 'two tenants of onmicrosoft.com never meet',
      users: [user('a', 'jo.lee@one.onmicrosoft.com', 'Jo Lee'), user('b', 'jo.lee@two.onmicrosoft.com', 'Jo Lee')],
      want: [],
    },
    {
      why: 'their administrators neither',
      users: [user('a', 'admin@one.onmicrosoft.com', 'Jo Lee'), user('b', 'admin@two.onmicrosoft.com', 'Jo Lee')],
      want: [],
    },
    {
      why: 'one mailbox and two unlike names wait',
      users: [user('a', 'jane@acme.com', 'Jane Roe'), user('b', 'jane@acme.com', 'Peter Quill')],
      want: [],
    },
    {
      why: 'one mailbox and a nickname are one',
      users: [user('a', 'bill@acme.com', 'Bill Gray'), user('b', 'bill@acme.com', 'William Gray')],
      want: [['a', 'b']],
    },
    {
      why: 'a rare name alone does not join',
      users: [user('a', 'x@one.com', 'Zebulon Quark'), user('b', 'y@two.com', 'Zebulon Quark')],
      want: [],
    },
    {
      why: 'placeholders join nobody',
      users: [user('a', 'test@test.com', 'null'), user('b', 'test@test.com', 'null')],
      want: [],
    },
    {
      why: 'noreply addresses join nobody',
      users: [user('a', 'noreply@acme.com'), user('b', 'noreply@acme.com')],
      want: [],
    },
  ])('$why', ({ users, want }) => {
    expect(joined(resolve(tables({ users })))).toEqual(want)
  })

  test('seven records of one address and one name are one: names decide what the address alone does not', () => {
    const users = numbered(7, i => user(`u${i}`, 'jane@acme.com', 'Jane Roe'))
    expect(joined(resolve(tables({ users })))).toEqual([users.map(({ user_id }) => user_id)])
  })

  test('two SSO subjects of one provider are two people, also over a third record', () => {
    const users = [
      { ...user('a', 'jane@acme.com'), sso_provider: 'okta', sso_subject: 's1' },
      user('b', 'jane@acme.com'),
      { ...user('c', 'jane@acme.com'), sso_provider: 'okta', sso_subject: 's2' },
    ]
    const result = resolve(tables({ users }))
    expect(joined(result)).toEqual([['a', 'b']])
    expect(result.personRefusals.map(({ reason }) => reason)).toEqual(['unique_id', 'unique_id'])
  })

  test('a rejected pair is not joined again through a third record; undone, it is', () => {
    const users = numbered(3, i => user(`u${i}`, 'jane@acme.com', 'Jane Roe'))
    expect(joined(resolve(tables({ users }), [link('cannot_link', 'u0', 'u2')]))).toEqual([['u0', 'u1']])
    expect(joined(resolve(tables({ users })))).toEqual([['u0', 'u1', 'u2']])
  })

  test('a decision joins what nothing else would, and a blocked value joins nobody', () => {
    const users = [user('a', 'x@one.com'), user('b', 'y@two.com'), user('c', 'y@two.com')]
    expect(joined(resolve(tables({ users }), [link('must_link', 'b', 'a')]))).toEqual([['a', 'b', 'c']])
    const block: IdentityDecision = { id: '1', type: 'block_value', kind: 'email', value: 'y@two.com' }
    expect(joined(resolve(tables({ users }), [block]))).toEqual([])
    expect(joined(resolve(tables({ users }), [block, { ...block, id: '2', type: 'allow_value' }]))).toEqual([
      ['b', 'c'],
    ])
  })

  test('a null column changes no score', () => {
    const users = [
      user('a', 'jane@acme.com', 'Jane Roe'),
      user('b', 'jane@acme.com', 'Jane Rowe'),
      user('c', 'x@beta.com', 'Jane Roe'),
    ]
    const bare = resolve(tables({ users })).personLinks
    const more = resolve(
      tables({ users: users.map(row => ({ ...row, phone: null, job_title: 'n/a', device_id: '0', locale: '' })) }),
    )
    expect(more.personLinks).toEqual(bare)
    expect(bare.length).toBeGreaterThan(0)
  })

  test('the bars of every waterfall add up to its bits', () => {
    const users = [
      { ...user('a', 'jane@acme.com', 'Jane Roe'), phone: '+49 170 1234321', device_id: 'd1', job_title: 'CTO' },
      { ...user('b', 'jane@acme.com', 'Jane Roe'), phone: '0170 1234321', device_id: 'd1', job_title: 'CTO' },
      { ...user('c', 'jane+x@acme.com', 'J Roe'), phone: '0170 1234321', job_title: 'Founder' },
    ]
    const { personLinks } = resolve(tables({ users }))
    expect(personLinks.length).toBe(3)
    for (const { bits, evidence } of personLinks) expect(evidence.reduce((sum, one) => sum + one.bits, 0)).toBe(bits)
  })

  test('at N = 10,000: a rare name alone is -0.9, in one company of 20 records 7.9 and held', () => {
    const others = numbered(9980, i => user(`x${i}`, `p${i}@gmail.com`))
    const company = numbered(18, i => user(`y${i}`, `q${i}@acme.com`))
    const pair = [user('a', 'zeb@acme.com', 'Zebulon Quark'), user('b', 'z.quark@acme.com', 'Zebulon Quark')]
    const found = resolve(tables({ users: [...others, ...company, ...pair] })).personLinks.find(
      ({ userA }) => userA === 'a',
    )
    expect(found?.status).toBe('review')
    expect(found?.evidence.slice(0, 3).map(({ comparison, bits }) => [comparison, bits])).toEqual([
      ['prior: before any evidence', -15],
      ['name: same name', 14.125],
      ['email: same company', 8.75],
    ])
    expect(found?.bits).toBe(6.9375)
  })
})

describe('workspaces', () => {
  const members = (workspace: string, people: readonly string[]) =>
    people.map(user_id => ({ user_id, workspace_id: workspace }))
  const staff = (company: string, count: number, from = 0) =>
    numbered(count, i => user(`${company}${from + i}`, `p${from + i}@${company}.com`))
  const ids = (rows: readonly { user_id: string }[]) => rows.map(({ user_id }) => user_id)

  test('prod and sandbox twins are environment-of', () => {
    const users = staff('acme', 4)
    const data = tables({
      users,
      workspaces: [
        {
          workspace_id: 'w1',
          workspace_name: 'Acme',
          sso_tenant: 't1',
          billing_entity_id: 'cus_1',
          paid_status: 'paid',
        },
        { workspace_id: 'w2', workspace_name: 'Acme sandbox', sso_tenant: 't1', billing_entity_id: 'cus_1' },
      ],
      memberships: [...members('w1', ids(users)), ...members('w2', ids(users))],
    })
    expect(links(resolve(data))).toEqual(['w2 environment-of w1 auto'])
  })

  test('two paid siblings are grouped, not merged', () => {
    const [east, west] = [staff('acme', 4), staff('acme', 4, 10)]
    const data = tables({
      users: [...east, ...west],
      workspaces: [
        { workspace_id: 'w1', workspace_name: 'Acme Marketing', billing_entity_id: 'cus_1', mrr: 90 },
        { workspace_id: 'w2', workspace_name: 'Acme Engineering', billing_entity_id: 'cus_1', mrr: 50 },
      ],
      memberships: [...members('w1', ids(east)), ...members('w2', ids(west))],
    })
    const result = resolve(data)
    expect(links(result)).toEqual(['w1 group w2 auto'])
    expect(result.mergedWorkspaces).toEqual([])
  })

  test('an unpaid twin with the same people and name is proposed as a merge, never done', () => {
    const users = staff('acme', 4)
    const data = tables({
      users,
      workspaces: [
        {
          workspace_id: 'w1',
          workspace_name: 'Acme',
          billing_entity_id: 'cus_1',
          mrr: 90,
          creator_user_id: 'acme0',
          created_at: '2026-01-01',
        },
        {
          workspace_id: 'w2',
          workspace_name: 'Acme',
          sso_domain: 'acme.com',
          creator_user_id: 'acme0',
          created_at: '2026-01-05',
        },
      ],
      memberships: [...members('w1', ids(users)), ...members('w2', ids(users).slice(0, 3))],
    })
    const result = resolve(data)
    expect(links(result)).toEqual(['w1 merge w2 review'])
    expect(result.mergedWorkspaces).toEqual([])
  })

  test("an agency's people at two clients join nothing; the agency is named at each", () => {
    const [agency, one, two] = [staff('agency', 4), staff('one', 5), staff('two', 5)]
    const data = tables({
      users: [...agency, ...one, ...two],
      workspaces: [
        { workspace_id: 'w0', workspace_name: 'Agency' },
        { workspace_id: 'w1', workspace_name: 'One' },
        { workspace_id: 'w2', workspace_name: 'Two' },
      ],
      memberships: [
        ...members('w0', ids(agency)),
        ...members('w1', [...ids(one), 'agency0', 'agency1']),
        ...members('w2', [...ids(two), 'agency0', 'agency1']),
      ],
    })
    expect(links(resolve(data))).toEqual(['w0 agency-of w1 review', 'w0 agency-of w2 review'])
  })

  test('a person in more than 20 workspaces links none of them', () => {
    const data = tables({
      users: [user('a', 'a@one.com'), user('b', 'b@one.com')],
      workspaces: numbered(21, i => user(`w${i}`, null)).map(({ user_id }) => ({ workspace_id: user_id })),
      memberships: numbered(21, i => user(`w${i}`, null)).flatMap(({ user_id }) => members(user_id, ['a', 'b'])),
    })
    expect(links(resolve(data))).toEqual([])
  })

  test('other SSO tenants keep workspaces of one billing entity apart, and generic names say nothing', () => {
    const data = tables({
      workspaces: [
        { workspace_id: 'w1', workspace_name: 'My Project', sso_tenant: 't1', billing_entity_id: 'cus_1' },
        { workspace_id: 'w2', workspace_name: 'My Project', sso_tenant: 't2', billing_entity_id: 'cus_1' },
        { workspace_id: 'w3', workspace_name: 'My Project' },
      ],
    })
    const result = resolve(data)
    expect(links(result)).toEqual(['w1 group w2 watch'])
    expect(result.workspaceLinks[0]?.bits).toBe(6.625 - 9)
  })
})

describe('accounts and sign-ups', () => {
  const accounts = [
    {
      account_id: 'A',
      name: 'Globex Corporation',
      primary_domain: 'globex.com',
      all_known_domains: ['globex.io'],
      is_strategic: true,
    },
    { account_id: 'B', name: 'Initech LLC', primary_domain: 'initech.com' },
    { account_id: 'C', name: 'Initech Labs', primary_domain: 'initech.com' },
  ]
  test('names only suggest: shown for review, assigned to nobody; a decision assigns', () => {
    const data = tables({ accounts, workspaces: [{ workspace_id: 'w1', workspace_name: 'globex' }] })
    const result = resolve(data)
    expect(result.workspaceAccounts.map(({ accountId, status }) => `${accountId} ${status}`)).toEqual(['A review'])
    expect(result.accountOfWorkspace.size).toBe(0)
    const decided = resolve(data, [{ id: '1', type: 'assign', workspace: 'w1', account: 'B' }])
    expect([...decided.accountOfWorkspace]).toEqual([['w1', 'B']])
    expect(resolve(data, [{ id: '1', type: 'detach', workspace: 'w1', account: 'A' }]).workspaceAccounts).toEqual([])
  })

  test.each<{ why: string; email: string | null; invitedBy?: string; want: string }>([
    { why: 'corporate domain of one account', email: 'x@globex.com', want: 'matched A' },
    { why: 'below it', email: 'x@mail.globex.com', want: 'matched A' },
    { why: 'another domain of the account', email: 'x@globex.io', want: 'matched A' },
    { why: 'a domain of two accounts is ambiguous', email: 'x@initech.com', want: 'ambiguous B C' },
    { why: 'the inviter decides between them', email: 'x@initech.com', invitedBy: 'host', want: 'matched B' },
    { why: 'a private address of somebody invited', email: 'x@gmail.com', invitedBy: 'host', want: 'matched B' },
    { why: 'private', email: 'x@gmail.com', want: 'personal' },
    { why: 'disposable', email: 'x@mailinator.com', want: 'disposable' },
    { why: 'a company nobody knows yet', email: 'x@hooli.com', want: 'new_corporate_domain' },
    { why: 'a tenant of a shared host is no company', email: 'x@globex.onmicrosoft.com', want: 'personal' },
    { why: 'nothing known', email: null, want: 'unknown' },
  ])('sign-up: $why', ({ email, invitedBy = null, want }) => {
    const data = tables({
      accounts,
      users: [user('host', 'h@elsewhere.org'), { ...user('new', email), invited_by_user_id: invitedBy }],
      workspaces: [{ workspace_id: 'w1', account_id: 'B' }],
      memberships: [{ user_id: 'host', workspace_id: 'w1' }],
    })
    const found = resolve(data).signups.find(({ userId }) => userId === 'new')
    expect([found?.status, ...(found?.candidates ?? []).map(({ accountId }) => accountId)].join(' ')).toBe(want)
    for (const { accountId, isStrategic } of found?.candidates ?? []) expect(isStrategic).toBe(accountId === 'A')
  })
})
