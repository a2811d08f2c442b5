import { describe, expect, test } from 'vitest'
import {
  type AccountCompanies,
  aboutCompanies,
  accountCompanies,
} from '../../../../core/identity/companies/account-companies.ts'
import { emailReader, resolveIdentities } from '../../../../core/identity/index.ts'
import { SHIPPED_WORDS } from '../../../../core/identity/words/words.ts'
import type { AccountRole, IdentityDecision } from '../../../../core/schema/identity.ts'
import { tables } from '../rows.ts'

const roleOf = (id: string): AccountRole => (id.startsWith('cus_') ? 'billing' : 'crm')
const accounts = tables({
  accounts: [
    { account_id: 'crm_1', name: 'Acme Mills', primary_domain: 'acme-mills.com' },
    { account_id: 'cus_1', name: 'Acme Mills GmbH', billing_contact_email: 'billing@acme-mills.com' },
  ],
}).accounts
const companies: AccountCompanies = accountCompanies(accounts, {
  read: emailReader(new Map(), SHIPPED_WORDS),
  words: SHIPPED_WORDS,
  roleOf,
  decisions: [],
})

type Said = 'assign' | 'detach' | 'assign_signup' | 'detach_signup'
const said = (type: Said, account: string): IdentityDecision =>
  type === 'assign' || type === 'detach'
    ? { id: `${type} ${account}`, type, workspace: 'w1', account }
    : { id: `${type} ${account}`, type, user: 'u1', account }
const told = (decisions: readonly IdentityDecision[]): string[] =>
  aboutCompanies(decisions, companies).map(one => ('account' in one ? `${one.type} ${one.account}` : one.type))

describe('what was said of a billing record is said of its company', () => {
  type Case = { why: string; decisions: readonly IdentityDecision[]; want: string[] }
  test.each<Case>([
    { why: 'alone', decisions: [said('assign', 'cus_1')], want: ['assign crm_1'] },
    {
      why: 'not where it was its account before the two were one',
      decisions: [said('assign', 'crm_1'), said('detach', 'cus_1')],
      want: ['assign crm_1'],
    },
    {
      why: 'not where that was said later',
      decisions: [said('detach', 'cus_1'), said('assign', 'crm_1')],
      want: ['assign crm_1'],
    },
    {
      why: 'not where the account itself was refused',
      decisions: [said('detach', 'crm_1'), said('assign', 'cus_1')],
      want: ['detach crm_1'],
    },
    {
      why: 'nor of a sign-up',
      decisions: [said('assign_signup', 'crm_1'), said('detach_signup', 'cus_1')],
      want: ['assign_signup crm_1'],
    },
    {
      why: 'of a sign-up whatever was said of a workspace',
      decisions: [said('assign', 'crm_1'), said('detach_signup', 'cus_1')],
      want: ['assign crm_1', 'detach_signup crm_1'],
    },
  ])('$why', ({ decisions, want }) => {
    expect(told(decisions)).toEqual(want)
  })
})

test('a sign-up of the account that is not of the billing record stays so', () => {
  const data = tables({ accounts, users: [{ user_id: 'u1', primary_email: 'new@acme-mills.com' }] })
  const decisions = [said('assign_signup', 'crm_1'), said('detach_signup', 'cus_1')]
  const ground = { mode: 'matched', eventUsers: [], activity: new Map(), roleOfAccount: roleOf } as const
  const found = resolveIdentities(data, { ...ground, decisions }, 'full')
  expect('signups' in found && found.signups).toMatchObject([
    { status: 'decided', candidates: [{ accountId: 'crm_1' }] },
  ])
})
