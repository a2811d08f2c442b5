import { describe, expect, test } from 'vitest'
import { resolveFully } from '../../../../core/identity/index.ts'
import type { FullResolution } from '../../../../core/schema/identity.ts'
import type { Row } from '../../../../core/schema/tables.ts'
import { tables } from '../rows.ts'

type Given = Parameters<typeof tables>[0]
type Workspace = Partial<Row<'workspaces'>>
type Subscription = Partial<Row<'subscriptions'>>

const resolve = (data: Given): FullResolution =>
  resolveFully(tables(data), { mode: 'matched', eventUsers: [], activity: new Map(), decisions: [] })
const links = ({ workspaceLinks }: FullResolution): string[] =>
  workspaceLinks.map(
    ({ workspaceA, workspaceB, relation, status }) => `${workspaceA} ${relation} ${workspaceB} ${status}`,
  )
const bitsOf = ({ workspaceLinks }: FullResolution) =>
  workspaceLinks.map(({ bits, evidence }) => [bits, ...evidence.map(({ comparison }) => comparison)].join(' '))

/** Two workspaces with the same three people. */
function twins(one: Workspace, other: Workspace, subscriptions: readonly Subscription[] = []): Given {
  const users = [1, 2, 3].map(i => ({ user_id: `u${i}`, primary_email: `p${i}@acme.com` }))
  return {
    users,
    memberships: users.flatMap(({ user_id }) => ['w1', 'w2'].map(workspace_id => ({ user_id, workspace_id }))),
    workspaces: [
      { workspace_id: 'w1', workspace_name: 'Acme', sso_tenant: 't', ...one },
      { workspace_id: 'w2', workspace_name: 'Acme', sso_tenant: 't', ...other },
    ],
    subscriptions,
  }
}

describe('paid by subscription', () => {
  const both = (more: Subscription) =>
    ['w1', 'w2'].map(workspace_id => ({ subscription_id: `s ${workspace_id}`, workspace_id, ...more }))

  test.each<Subscription>([
    { status: 'active', mrr: 10 },
    { status: 'Past Due', mrr: 10 },
    { status: 'non_renewing', mrr: 10 },
    { status: 'active' },
    { mrr: 10 },
    { status: 'odd word', mrr: 10 },
  ])('two that pay are siblings, no duplicate: %o', subscription => {
    expect(links(resolve(twins({}, {}, both(subscription))))).toEqual(['w1 group w2 auto'])
  })

  test.each<Subscription>([
    { status: 'canceled', mrr: 10 },
    { status: 'trialing', mrr: 10 },
    { status: 'active', mrr: 0 },
    { mrr: 10, canceled_at: '2026-01-01' },
    { status: 'odd word' },
  ])('neither pays: %o', subscription => {
    expect(links(resolve(twins({}, {}, both(subscription))))).toEqual(['w1 merge w2 review'])
  })

  test('beside one whose subscription pays the other is the unpaid twin', () => {
    const [paid] = both({ status: 'active', mrr: 10 })
    const { workspaceLinks } = resolve(twins({}, {}, [paid ?? {}]))
    expect(workspaceLinks[0]?.evidence.map(({ value }) => value)).toContain('w2 is the unpaid one of the two')
  })
})

describe('environments', () => {
  test.each(['latest plan', 'contest', 'developer', 'Devices', 'liverpool', 'product', 'attested', 'qatar', 'trial'])(
    'a type that only holds the letters of an environment is none: %s',
    workspace_type => {
      const data = twins({ workspace_type, mrr: 10 }, { workspace_type: 'standard', mrr: 10 })
      expect(links(resolve(data))).toEqual(['w1 group w2 auto'])
    },
  )

  test.each([
    'sandbox',
    'DEV',
    'dev_sandbox',
    'test-2',
    'Staging',
    'QA',
    'demo account',
    'preProd',
    'non-production',
    'uat',
    'test1',
  ])('a type that names an environment: %s', workspace_type => {
    const data = twins({ workspace_type, mrr: 10 }, { workspace_type: 'Production', mrr: 10 })
    expect(links(resolve(data))).toEqual(['w1 environment-of w2 auto'])
  })
})

test.each([
  ['Acme dev', 'Acme staging', 'w1 group w2 auto'],
  ['Acme staging', 'Acme staging', 'w1 merge w2 review'],
  ['Acme', 'Acme production', 'w1 merge w2 review'],
])('%s and %s with the same people: %s', (one, other, want) => {
  expect(links(resolve(twins({ workspace_name: one }, { workspace_name: other })))).toEqual([want])
})

test('an SSO tenant is one in capitals and with blanks around it', () => {
  const at = (sso_tenant: string, other: string) =>
    resolve({
      workspaces: [
        { workspace_id: 'w1', sso_tenant, billing_entity_id: 'c' },
        { workspace_id: 'w2', sso_tenant: other, billing_entity_id: 'c' },
      ],
    })
  expect(bitsOf(at('Acme.okta.com', ' acme.okta.com '))).toEqual(['9.625 billing sso'])
  expect(bitsOf(at('acme.okta.com', 'beta.okta.com'))).toEqual(['-2.375 billing other_sso_tenant'])
})

describe('tax ids', () => {
  const of = (tax_id: string, other: string) =>
    resolve({
      workspaces: [
        { workspace_id: 'w1', tax_id, sso_domain: 'acme.com' },
        { workspace_id: 'w2', tax_id: other, sso_domain: 'acme.com' },
      ],
    })
  const alone = (tax_id: string, other: string) =>
    resolve({
      workspaces: [
        { workspace_id: 'w1', tax_id },
        { workspace_id: 'w2', tax_id: other },
      ],
    })

  test.each([
    ['DE123456789', '123456789'],
    ['DE 123.456-789', 'de123456789'],
    ['DE/123 456 789', '123456789'],
  ])('%s and %s are one: at most the country is missing', (one, other) => {
    for (const [x, y] of [
      [one, other],
      [other, one],
    ] as const) {
      expect(bitsOf(of(x, y))).toEqual(['9.625 billing sso'])
      expect(bitsOf(alone(x, y))).toEqual(['6.625 billing'])
    }
  })

  test.each([
    ['DE123456789', 'AT123456789'],
    ['9', 'DE123456789'],
    ['E123456789', 'DE123456789'],
  ])('%s and %s are two', (one, other) => {
    expect(bitsOf(of(one, other))).toEqual(['-0.9375 sso other_tax_id'])
    expect(bitsOf(alone(one, other))).toEqual([])
  })

  const account = (own: string, theirs: string) =>
    resolve({
      workspaces: [{ workspace_id: 'w1', tax_id: own }],
      accounts: [{ account_id: 'A', tax_id: theirs }],
    }).workspaceAccounts.map(({ accountId, status }) => `${accountId} ${status}`)

  test('an account is found by the tax id of a workspace as companies are by theirs', () => {
    for (const [own, theirs] of [
      ['DE 123 456 789', 'de123456789'],
      ['DE123456789', '123456789'],
      ['123456789', 'DE123456789'],
    ] as const)
      expect(account(own, theirs)).toEqual(['A auto'])
    for (const [own, theirs] of [
      ['DE123456789', 'AT123456789'],
      ['9', 'DE123456789'],
      ['0', '0'],
    ] as const)
      expect(account(own, theirs)).toEqual([])
  })

  test.each(['00-000', '-', 'n/a', 'DE'])('%s is none', nothing => {
    expect(bitsOf(of(nothing, nothing))).toEqual(['6.0625 sso'])
  })
})
