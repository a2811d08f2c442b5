import { describe, expect, test } from 'vitest'
import { dominantDomainOf, wilsonInterval } from '../../../core/identity/dominant-domain.ts'
import { readEmail, resolveIdentities } from '../../../core/identity/index.ts'
import { joinPersons } from '../../../core/identity/persons.ts'
import type { Decision } from '../../../core/schema/decision.ts'
import type { IdentityMode, Resolution } from '../../../core/schema/identity.ts'
import { type Tables, tables } from './rows.ts'

const resolve = (data: Tables, active: readonly string[] = [], mode: IdentityMode = 'matched'): Resolution =>
  resolveIdentities(data, { mode, eventUsers: active, activity: new Map([['w1', active]]) })

const verdicts = ({ workspaceAccounts }: Resolution): string[] =>
  workspaceAccounts.map(({ workspaceId, accountId, status, bits }) => `${workspaceId} ${accountId} ${status} ${bits}`)

/** Users u1.. with these emails, all active in w1. */
const people = (emails: readonly string[]) => ({
  users: emails.map((primary_email, i) => ({ user_id: `u${String(i).padStart(2, '0')}`, primary_email })),
  active: emails.map((_, i) => `u${String(i).padStart(2, '0')}`),
})
const at = (domain: string, count: number): string[] => Array.from({ length: count }, (_, i) => `person${i}@${domain}`)

describe('account of a workspace', () => {
  const acme = { account_id: 'A', primary_domain: 'https://www.acme.com/', all_known_domains: ['acme.io'] }
  const beta = { account_id: 'B', primary_domain: 'beta.com', billing_entity_id: 'cus_b' }
  type Case = {
    why: string
    workspace: Parameters<typeof tables>[0]['workspaces']
    extra?: Parameters<typeof tables>[0]
    emails?: readonly string[]
    want: string[]
  }
  test.each<Case>([
    { why: 'nothing known, no row', workspace: [{}], want: [] },
    {
      why: 'a stated account wins over evidence',
      workspace: [{ account_id: 'B', sso_domain: 'acme.com' }],
      want: ['w1 B given null'],
    },
    {
      why: 'a stated account without a row stays stated',
      workspace: [{ account_id: 'Z9' }],
      want: ['w1 Z9 given null'],
    },
    {
      why: 'a placeholder states nothing',
      workspace: [{ account_id: 'n/a', sso_domain: 'acme.com' }],
      want: ['w1 A auto 6.0625'],
    },
    { why: 'SSO domain', workspace: [{ sso_domain: 'login.acme.io' }], want: ['w1 A auto 6.0625'] },
    {
      why: 'billing domain, also of a billing inbox',
      workspace: [{ billing_contact_email: 'billing@acme.com' }],
      want: ['w1 A auto 5'],
    },
    { why: 'billing entity', workspace: [{ billing_entity_id: 'cus_b' }], want: ['w1 B auto 6.625'] },
    {
      why: 'billing entity through a subscription',
      workspace: [{}],
      extra: { subscriptions: [{ subscription_id: 's', workspace_id: 'w1', customer_id: 'cus_b' }] },
      want: ['w1 B auto 6.625'],
    },
    {
      why: 'a subscription that names the account',
      workspace: [{}],
      extra: { subscriptions: [{ subscription_id: 's', workspace_id: 'w1', account_id: 'B' }] },
      want: ['w1 B auto 6.625'],
    },
    {
      why: 'a domain is paid for once',
      workspace: [{ sso_domain: 'acme.com', billing_contact_email: 'x@acme.com' }],
      emails: at('acme.com', 3),
      want: ['w1 A auto 6.0625'],
    },
    {
      why: 'another domain of the account adds at most 3',
      workspace: [{ sso_domain: 'acme.com', billing_contact_email: 'x@acme.io' }],
      want: ['w1 A auto 9.0625'],
    },
    {
      why: 'billing entity and billing domain are one group',
      workspace: [{ billing_entity_id: 'cus_b', billing_contact_email: 'x@beta.com' }],
      want: ['w1 B auto 6.625'],
    },
    {
      why: 'less than 3 bits between two: ambiguous, both shown',
      workspace: [{ sso_domain: 'acme.com', billing_contact_email: 'x@beta.com' }],
      want: ['w1 A ambiguous 6.0625', 'w1 B ambiguous 5'],
    },
    {
      why: '3 bits and more between two: assigned',
      workspace: [{ sso_domain: 'acme.com', billing_contact_email: 'x@acme.io' }],
      emails: at('beta.com', 3),
      want: ['w1 A auto 9.0625'],
    },
    {
      why: 'free mail never maps, whatever an account says',
      workspace: [{ sso_domain: 'gmail.com', billing_contact_email: 'x@gmail.com' }],
      extra: { accounts: [{ account_id: 'G', primary_domain: 'gmail.com' }] },
      emails: at('gmail.com', 9),
      want: [],
    },
    {
      why: 'multi-tenant domains never map',
      workspace: [{ sso_domain: 'acme.okta.com' }],
      extra: { accounts: [{ account_id: 'O', sso_domain: 'acme.okta.com' }] },
      emails: at('acme.onmicrosoft.com', 9),
      want: [],
    },
    { why: 'majority of 3', workspace: [{}], emails: at('acme.com', 3), want: ['w1 A auto 5'] },
    { why: 'two are no majority', workspace: [{}], emails: at('acme.com', 2), want: [] },
    {
      why: 'private addresses are not counted',
      workspace: [{}],
      emails: [...at('acme.com', 3), ...at('gmail.com', 20)],
      want: ['w1 A auto 5'],
    },
    {
      why: 'a majority domain of two accounts maps to neither',
      workspace: [{}],
      extra: { accounts: [acme, { account_id: 'A2', all_known_domains: ['acme.com'] }] },
      emails: at('acme.com', 3),
      want: [],
    },
    {
      why: 'an SSO domain of two accounts is ambiguous',
      workspace: [{ sso_domain: 'acme.com' }],
      extra: { accounts: [acme, { account_id: 'A2', all_known_domains: ['acme.com'] }] },
      want: ['w1 A ambiguous 6.0625', 'w1 A2 ambiguous 6.0625'],
    },
    {
      why: 'two members who are contacts',
      workspace: [{}],
      extra: {
        contacts: [
          { contact_id: 'c1', account_id: 'B', user_id: 'u00' },
          { contact_id: 'c2', account_id: 'B', email: 'PERSON1@gmail.com' },
        ],
        memberships: [
          { user_id: 'u00', workspace_id: 'w1' },
          { user_id: 'u01', workspace_id: 'w1' },
        ],
      },
      emails: at('gmail.com', 2),
      want: ['w1 B auto 5'],
    },
    {
      why: 'one member who is twice a contact is one',
      workspace: [{}],
      extra: {
        contacts: [
          { contact_id: 'c1', account_id: 'B', user_id: 'u00' },
          { contact_id: 'c2', account_id: 'B', email: 'person0@gmail.com' },
        ],
        memberships: [{ user_id: 'u00', workspace_id: 'w1' }],
      },
      emails: at('gmail.com', 1),
      want: [],
    },
  ])('$why', ({ workspace, extra = {}, emails = [], want }) => {
    const { users, active } = people(emails)
    const data = tables({
      accounts: [acme, beta],
      ...extra,
      users,
      workspaces: (workspace ?? []).map(w => ({ ...w, workspace_id: 'w1' })),
    })
    expect(verdicts(resolve(data, active))).toEqual(want)
  })

  test('the evidence of an assigned account is kept, also what is not paid', () => {
    const { users, active } = people(at('acme.com', 3))
    const data = tables({ accounts: [acme], users, workspaces: [{ workspace_id: 'w1', sso_domain: 'acme.com' }] })
    const result = resolve(data, active)
    expect(result.workspaceAccounts[0]?.evidence).toEqual([
      { comparison: 'sso_domain', value: 'acme.com', bits: 6.0625 },
      {
        comparison: 'user_domain',
        value: 'acme.com: 3 of 3 persons (95 % interval of the share 44 to 100 %)',
        bits: 0,
      },
    ])
    expect([...result.accountOfWorkspace]).toEqual([['w1', 'A']])
  })

  test('explicit identity takes account_id as it is and nothing else', () => {
    const data = tables({
      accounts: [acme],
      workspaces: [
        { workspace_id: 'w1', sso_domain: 'acme.com' },
        { workspace_id: 'w2', account_id: '0' },
      ],
    })
    expect(verdicts(resolve(data, [], 'explicit'))).toEqual(['w2 0 given null'])
  })

  test('a domain that pays for two other companies is an agency: it tells no account', () => {
    const activity = new Map([
      ['w1', ['b0', 'b1', 'b2']],
      ['w2', ['c0', 'c1', 'c2']],
      ['w3', []],
    ])
    const users = [...activity.values()].flat().map(id => ({
      user_id: id,
      primary_email: `${id}@${id.startsWith('b') ? 'beta' : 'gamma'}.com`,
    }))
    const billed = ['w1', 'w2', 'w3'].map(workspace_id => ({ workspace_id, billing_contact_email: 'pay@acme.com' }))
    const options = { mode: 'matched', eventUsers: [], activity } as const
    const all = resolveIdentities(tables({ accounts: [acme, beta], users, workspaces: billed }), options)
    expect(verdicts(all)).toEqual(['w1 B auto 5'])
    const one = resolveIdentities(tables({ accounts: [acme, beta], users, workspaces: billed.slice(1) }), options)
    expect(verdicts(one)).toEqual(['w2 A auto 5', 'w3 A auto 5'])
  })
})

describe('dominant domain at its edges', () => {
  const of = (emails: readonly string[]) => {
    const { users, active } = people(emails)
    const emailOf = new Map(users.map(user => [user.user_id, readEmail(user.primary_email)]))
    return dominantDomainOf(active, joinPersons(active, emailOf), emailOf)
  }
  test.each<{ why: string; emails: string[]; want: [number, number] | null }>([
    {
      why: '3 of 5 is exactly 60 %',
      emails: [...at('acme.com', 3), ...at('b.com', 1), ...at('c.com', 1)],
      want: [3, 5],
    },
    { why: '5 of 9 is below 60 %', emails: [...at('acme.com', 5), ...at('b.com', 2), ...at('c.com', 2)], want: null },
    {
      why: '12 to 7 of 20 is exactly 25 points',
      emails: [...at('acme.com', 12), ...at('b.com', 7), ...at('c.com', 1)],
      want: [12, 20],
    },
    { why: '12 to 8 of 20 is 20 points', emails: [...at('acme.com', 12), ...at('b.com', 8)], want: null },
    { why: '3 of 3', emails: at('acme.com', 3), want: [3, 3] },
    { why: '2 of 2 are too few', emails: at('acme.com', 2), want: null },
    { why: 'a shared inbox is one person', emails: Array(9).fill('info@acme.com'), want: null },
    { why: 'two people and their inbox are three', emails: [...at('acme.com', 2), 'info@acme.com'], want: [3, 3] },
    { why: 'one person with three records is one', emails: Array(3).fill('jane@acme.com'), want: null },
    { why: 'subdomains are one company', emails: ['a@acme.com', 'b@eu.acme.com', 'c@us.acme.com'], want: [3, 3] },
    { why: 'noreply addresses are nobody', emails: ['no-reply@acme.com', ...at('acme.com', 2)], want: null },
  ])('$why', ({ emails, want }) => {
    const found = of(emails)
    expect(found === null ? null : [found.persons, found.of]).toEqual(want)
  })
})

test('Wilson interval of 7 of 9 and at the ends', () => {
  const [low, high] = wilsonInterval(7, 9)
  expect(low).toBeCloseTo(0.4526, 4)
  expect(high).toBeCloseTo(0.9368, 4)
  expect(wilsonInterval(0, 5)[0]).toBe(0)
  expect(wilsonInterval(5, 5)[1]).toBe(1)
})

describe('workspaces merged by decision', () => {
  const link = (a: string, b: string): Decision => ({
    id: `${a}-${b}`,
    type: 'must_link',
    a: { object: 'workspace', key: a },
    b: { object: 'workspace', key: b },
  })
  const merged = (decisions: readonly Decision[]) =>
    resolveIdentities(tables({ workspaces: ['w1', 'w2', 'w3', 'w4'].map(workspace_id => ({ workspace_id })) }), {
      mode: 'matched',
      eventUsers: [],
      activity: new Map(),
      decisions,
    }).mergedWorkspaces

  test('none without a decision', () => {
    expect(merged([])).toEqual([])
  })
  test('chains are one group, whatever the order', () => {
    const decisions = [link('w3', 'w2'), link('w4', 'w1'), link('w2', 'w1')]
    expect(merged(decisions)).toEqual([['w1', 'w2', 'w3', 'w4']])
    expect(merged([...decisions].reverse())).toEqual([['w1', 'w2', 'w3', 'w4']])
  })
  test('unknown workspaces wait', () => {
    expect(merged([link('w1', 'w9'), link('w2', 'w3')])).toEqual([['w2', 'w3']])
  })
})
