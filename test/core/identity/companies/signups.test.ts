import { describe, expect, test } from 'vitest'
import { resolveFully } from '../../../../core/identity/index.ts'
import type { IdentityDecision } from '../../../../core/schema/identity.ts'
import { tables } from '../rows.ts'

const ACCOUNTS = [
  { account_id: 'A', name: 'Acme', primary_domain: 'acme.com' },
  { account_id: 'B', name: 'Beta', primary_domain: 'beta.com' },
]
const MAPPED = [{ workspace_id: 'w1', account_id: 'A' }]

type Given = Parameters<typeof tables>[0]
const signupsOf = (given: Given, decisions: readonly IdentityDecision[] = []) =>
  resolveFully(tables({ accounts: ACCOUNTS, ...given }), {
    mode: 'matched',
    eventUsers: [],
    activity: new Map(),
    decisions,
  }).signups.map(({ userId, status, candidates }) => [userId, status, ...candidates.map(one => one.accountId)])

/** Two records of one person, by their address; the first is in the workspace of A. */
const HAL = [
  { user_id: 'h1', primary_email: 'hal@quux.org' },
  { user_id: 'h2', primary_email: 'hal@quux.org' },
]
const IN_W1 = [{ user_id: 'h1', workspace_id: 'w1' }]

describe('persons and sign-ups', () => {
  test('who invited is told by all records of the person', () => {
    const users = [...HAL, { user_id: 'n', primary_email: 'n@gmail.com', invited_by_user_id: 'h2' }]
    expect(signupsOf({ users, workspaces: MAPPED, memberships: IN_W1 })).toEqual([['n', 'matched', 'A']])
  })

  test('a further record of somebody who is in the workspace of an account is no sign-up', () => {
    expect(signupsOf({ users: HAL, workspaces: MAPPED, memberships: IN_W1 })).toEqual([])
  })

  test('two records of two persons are told apart, as an answer says', () => {
    const user = (key: string) => ({ object: 'user', key }) as const
    const decisions: IdentityDecision[] = [{ id: '1', type: 'cannot_link', a: user('h1'), b: user('h2') }]
    expect(signupsOf({ users: HAL, workspaces: MAPPED, memberships: IN_W1 }, decisions)).toEqual([
      ['h2', 'new_corporate_domain'],
    ])
  })

  test('a user who was given to an account stays so, whatever the person is in', () => {
    const decisions: IdentityDecision[] = [{ id: '1', type: 'assign_signup', user: 'h2', account: 'B' }]
    expect(signupsOf({ users: HAL, workspaces: MAPPED, memberships: IN_W1 }, decisions)).toEqual([
      ['h2', 'decided', 'B'],
    ])
  })
})

describe('domains of several accounts', () => {
  const users = [{ user_id: 'u', primary_email: 'joe@acme.com' }]
  const [acme, beta] = [ACCOUNTS[0], { ...ACCOUNTS[1], account_id: 'B', all_known_domains: ['acme.com'] }]

  test('the primary domain of one and another domain of the other leave it open', () => {
    expect(signupsOf({ users, accounts: [{ ...acme, account_id: 'A' }, beta] })).toEqual([['u', 'ambiguous', 'A', 'B']])
  })

  test('an account that states its domain twice has it once', () => {
    const twice = {
      account_id: 'A',
      primary_domain: 'acme.com',
      all_known_domains: ['acme.com'],
      sso_domain: 'acme.com',
    }
    expect(signupsOf({ users, accounts: [twice] })).toEqual([['u', 'matched', 'A']])
  })

  test('the inviter tells which of the two it is', () => {
    const invited = { user_id: 'v', primary_email: 'vic@acme.com', invited_by_user_id: 'h1' }
    const given = { users: [...HAL, invited], workspaces: MAPPED, memberships: IN_W1 }
    const accounts = [{ ...acme, account_id: 'A' }, beta]
    expect(signupsOf({ ...given, accounts })).toEqual([['v', 'matched', 'A']])
  })
})
