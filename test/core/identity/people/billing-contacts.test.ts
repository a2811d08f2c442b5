import { expect, test } from 'vitest'
import { emailReader, resolveFully, settingsIn } from '../../../../core/identity/index.ts'
import { billingContacts } from '../../../../core/identity/people/billing-contacts.ts'
import { type Tables, tables } from '../rows.ts'

const found = (given: Tables): [string, string, string][] =>
  [...billingContacts(given, { read: emailReader(), words: settingsIn([]).words })]
    .map(([user, { customer, email }]): [string, string, string] => [user, customer, email])
    .sort()

const BILLED = {
  workspaces: [
    { workspace_id: 'w1', billing_contact_email: 'Jane@Acme.com' },
    { workspace_id: 'w2', billing_contact_email: 'jane@acme.com', owner_user_id: 'u4' },
  ],
  subscriptions: [
    { subscription_id: 's1', workspace_id: 'w1', customer_id: 'cus_1' },
    { subscription_id: 's2', workspace_id: 'w2', customer_id: 'cus_1' },
  ],
}

test('who is billed: by the contact of the CRM, by an own address but for the tag, as user, member or owner', () => {
  const given = tables({
    ...BILLED,
    users: [
      { user_id: 'u1', primary_email: 'jane.roe@gmail.com', contact_id: 'c1' },
      { user_id: 'u2', primary_email: 'jane+a@acme.com', workspace_id: 'w1' },
      { user_id: 'u3', primary_email: '"Jane" <JANE+b@acme.com>' },
      { user_id: 'u4', primary_email: 'jane@acme.com' },
      { user_id: 'u5', primary_email: 'bob@gmail.com' },
      { user_id: 'u6', primary_email: 'jane+c@acme.com', workspace_id: 'w9' },
      { user_id: 'u7', primary_email: 'ann@acme.com', workspace_id: 'w1' },
    ],
    memberships: [{ user_id: 'u3', workspace_id: 'w2' }],
    contacts: [
      { contact_id: 'c1', email: 'jane@acme.com' },
      { contact_id: 'c2', email: 'jane@acme.com', user_id: 'u5' },
    ],
  })
  expect(found(given)).toEqual(['u1', 'u2', 'u3', 'u4', 'u5'].map(user => [user, 'cus_1', 'jane@acme.com']))
})

test.each([
  { why: 'a shared mailbox', email: 'billing@acme.com', customer: 'cus_1' },
  { why: 'a relay', email: 'jane@users.noreply.github.com', customer: 'cus_1' },
  { why: 'a placeholder of an address', email: 'test@test.com', customer: 'cus_1' },
  { why: 'a placeholder of a customer', email: 'jane@acme.com', customer: 'n/a' },
  { why: 'no customer', email: 'jane@acme.com', customer: null },
])('$why makes nobody a billing contact', ({ email, customer }) => {
  const given = tables({
    workspaces: [{ workspace_id: 'w1', billing_contact_email: email }],
    subscriptions: [{ subscription_id: 's1', workspace_id: 'w1', customer_id: customer }],
    users: [{ user_id: 'u1', primary_email: email, workspace_id: 'w1', contact_id: 'c1' }],
    contacts: [{ contact_id: 'c1', email }],
  })
  expect(found(given)).toEqual([])
})

test('of several customers the first counts, whatever the order of the rows', () => {
  const rows = ['cus_2', 'cus_1'].map((customer_id, i) => ({
    subscription_id: `s${i}`,
    workspace_id: 'w1',
    customer_id,
  }))
  const users = [{ user_id: 'u1', primary_email: 'jane@acme.com', workspace_id: 'w1' }]
  const workspaces = [{ workspace_id: 'w1', billing_contact_email: 'jane@acme.com', billing_entity_id: 'cus_3' }]
  for (const subscriptions of [rows, rows.toReversed()])
    expect(found(tables({ workspaces, users, subscriptions }))).toEqual([['u1', 'cus_1', 'jane@acme.com']])
})

const PERSONS = { mode: 'matched', eventUsers: [], activity: new Map() } as const
const two = (b: object) => ({
  ...BILLED,
  workspaces: BILLED.workspaces.map(workspace => ({ ...workspace, owner_user_id: null })),
  users: [
    { user_id: 'a', name: 'Jane Roe', primary_email: 'jane+a@acme.com', workspace_id: 'w1' },
    { user_id: 'b', name: 'Jane Roe', primary_email: 'jr@home.example', contact_id: 'c1', ...b },
  ],
  contacts: [{ contact_id: 'c1', email: 'jane@acme.com' }],
})
const barOf = (given: Tables) =>
  resolveFully(given, PERSONS).personLinks[0]?.evidence.find(({ comparison }) => comparison.startsWith('billing'))

test('two addresses that one customer is billed to are one person: +7.63 bits, by the evidence that says so', () => {
  const given = tables(two({}))
  expect(resolveFully(given, PERSONS).persons).toHaveLength(1)
  expect(barOf(given)).toEqual({ comparison: 'billing contact: same', value: 'cus_1, jane@acme.com', bits: 7.625 })
})

test('another name is held for somebody to look at', () => {
  expect(resolveFully(tables(two({ name: 'Mark Twain' })), PERSONS).persons).toHaveLength(2)
})

test('one mailbox is paid for once', () => {
  const same = { primary_email: 'jane+a@acme.com', contact_id: null, workspace_id: 'w2' }
  expect(barOf(tables(two(same)))).toBeUndefined()
  expect(resolveFully(tables(two(same)), PERSONS).persons).toHaveLength(1)
})

test('a blocked address makes nobody a billing contact', () => {
  const decisions = [{ id: '1', type: 'block_value', kind: 'email', value: 'jane@acme.com' }] as const
  const { personLinks } = resolveFully(tables(two({})), { ...PERSONS, decisions })
  expect(personLinks.flatMap(({ evidence }) => evidence).some(({ comparison }) => comparison.startsWith('bill'))).toBe(
    false,
  )
})
