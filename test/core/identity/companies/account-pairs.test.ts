import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountCompanies } from '../../../../core/identity/companies/account-companies.ts'
import { emailReader, resolveIdentities } from '../../../../core/identity/index.ts'
import { SHIPPED_WORDS } from '../../../../core/identity/words/words.ts'
import type { AccountRole, IdentityDecision, Resolution } from '../../../../core/schema/identity.ts'
import type { Row } from '../../../../core/schema/tables.ts'
import { tables } from '../rows.ts'

type Account = Partial<Row<'accounts'>> & { account_id: string }
const account = (n: number, name: string | null, values: Partial<Row<'accounts'>> = {}): Account => ({
  account_id: `crm_${n}`,
  name,
  ...values,
})
/** A customer of the billing tool: its key is its billing id. */
const customer = (n: number, name: string | null, values: Partial<Row<'accounts'>> = {}): Account => ({
  account_id: `cus_${n}`,
  billing_entity_id: `cus_${n}`,
  name,
  ...values,
})
const read = emailReader(new Map(), SHIPPED_WORDS)
const roleOf = (id: string): AccountRole => (id.startsWith('cus_') ? 'billing' : 'crm')
const about = (type: 'must_link' | 'cannot_link', a: string, b: string, id = '1'): IdentityDecision => ({
  id,
  type,
  a: { object: 'account', key: a },
  b: { object: 'account', key: b },
})
const pairs = (rows: readonly Account[], decisions: readonly IdentityDecision[] = []): string[] =>
  accountCompanies(tables({ accounts: rows }).accounts, {
    read,
    words: SHIPPED_WORDS,
    roleOf,
    decisions,
  }).pairs.map(({ accountId, billingId, isOne, status, doubt }) =>
    [accountId, billingId, isOne ? 'one' : 'two', status, ...(doubt === null ? [] : [doubt])].join(' '),
  )

const acme = account(1, 'Acme Mills', { primary_domain: 'acme-mills.com' })
const billed = (domain: string): Partial<Row<'accounts'>> => ({ billing_contact_email: `billing@${domain}` })

describe('a billing record and an account of the CRM', () => {
  type Case = { why: string; rows: readonly Account[]; decisions?: readonly IdentityDecision[]; want: string[] }
  test.each<Case>([
    {
      why: 'a name alone pairs nobody, and is named',
      rows: [acme, customer(1, 'Acme Mills Inc.')],
      want: ['crm_1 cus_1 two review name_only'],
    },
    {
      why: 'a name of two accounts says nothing',
      rows: [acme, account(2, 'Acme Mills'), customer(1, 'Acme Mills')],
      want: [],
    },
    {
      why: 'billed to the domain, and called the same',
      rows: [acme, customer(1, 'Acme Mills GmbH', billed('acme-mills.com'))],
      want: ['crm_1 cus_1 one auto'],
    },
    {
      why: 'billed to the domain and called like it',
      rows: [
        account(1, 'Quark Holding', { primary_domain: 'acme-mills.com' }),
        customer(1, 'Acme Mills', billed('acme-mills.com')),
      ],
      want: ['crm_1 cus_1 one auto'],
    },
    {
      why: 'billed to the domain by somebody without a name: it may be an agency',
      rows: [acme, customer(1, null, billed('acme-mills.com'))],
      want: ['crm_1 cus_1 two review names'],
    },
    {
      why: 'its own domain is enough without a name',
      rows: [acme, customer(1, null, { primary_domain: 'www.acme-mills.com' })],
      want: ['crm_1 cus_1 one auto'],
    },
    {
      why: 'its own domain under another name is not',
      rows: [acme, customer(1, 'Zephyr Boats', { primary_domain: 'acme-mills.com' })],
      want: ['crm_1 cus_1 two review names'],
    },
    {
      why: 'three customers of one company are three billing records of it',
      rows: [
        acme,
        ...[1, 2, 3].map(n =>
          customer(n, ['Acme Mills', 'Acme Mills AB', 'ACME MILLS Europe'][n - 1] ?? null, billed('acme-mills.com')),
        ),
      ],
      want: ['crm_1 cus_1 one auto', 'crm_1 cus_2 one auto', 'crm_1 cus_3 one auto'],
    },
    {
      why: 'an agency that is billed for several clients is none of them',
      rows: [
        account(1, 'Studio Quark', { primary_domain: 'studio-quark.com' }),
        account(2, 'Zephyr Boats', { primary_domain: 'zephyr-boats.com' }),
        customer(1, 'Zephyr Boats', billed('studio-quark.com')),
        customer(2, 'Orvo Link', billed('studio-quark.com')),
        customer(3, 'Studio Quark', billed('studio-quark.com')),
      ],
      want: [
        'crm_1 cus_1 two review names',
        'crm_1 cus_2 two review names',
        'crm_1 cus_3 one auto',
        'crm_2 cus_1 two review name_only',
      ],
    },
    {
      why: 'a workspace of the one that is not of the other says that they are two',
      rows: [acme, customer(1, 'Acme Mills GmbH', billed('acme-mills.com'))],
      decisions: [
        { id: '1', type: 'detach', workspace: 'w1', account: 'crm_1' },
        { id: '2', type: 'assign', workspace: 'w1', account: 'cus_1' },
      ],
      want: ['crm_1 cus_1 two review answers'],
    },
    {
      why: 'a domain of two accounts pairs with neither',
      rows: [
        acme,
        account(2, 'Acme Mills', { all_known_domains: ['acme-mills.com'] }),
        customer(1, 'Acme Mills', billed('acme-mills.com')),
      ],
      want: ['crm_1 cus_1 two review several_accounts', 'crm_2 cus_1 two review several_accounts'],
    },
    {
      why: 'free mail and shared hosts pair nobody',
      rows: [
        account(1, 'Acme', { primary_domain: 'gmail.com' }),
        account(2, 'Orvo', { primary_domain: 'orvo.onmicrosoft.com' }),
        customer(1, 'Acme One', billed('gmail.com')),
        customer(2, 'Orvo One', billed('orvo.onmicrosoft.com')),
      ],
      want: [],
    },
    {
      why: 'a tax id in two spellings, whatever the names',
      rows: [account(1, 'Acme', { tax_id: 'DE 123 456 789' }), customer(1, 'Jane Roe', { tax_id: 'DE123456789' })],
      want: ['crm_1 cus_1 one auto'],
    },
    {
      why: 'one domain and another tax id are two companies',
      rows: [
        account(1, 'Acme Mills', { primary_domain: 'acme-mills.com', tax_id: 'DE123456789' }),
        customer(1, 'Acme Mills', { ...billed('acme-mills.com'), tax_id: 'DE987654321' }),
      ],
      want: ['crm_1 cus_1 two review other_tax_id'],
    },
    {
      why: 'another SSO domain is another company',
      rows: [
        account(1, 'Acme Mills', { primary_domain: 'acme-mills.com', sso_domain: 'acme-mills.com' }),
        customer(1, 'Acme Mills', { ...billed('acme-mills.com'), sso_domain: 'acme-boats.com' }),
      ],
      want: ['crm_1 cus_1 two review other_sso_domain'],
    },
    {
      why: 'the billing id that the CRM keeps',
      rows: [account(1, 'Acme', { billing_entity_id: 'cus_1' }), customer(1, 'Zephyr Boats')],
      want: ['crm_1 cus_1 one auto'],
    },
    {
      why: 'the CRM id that the billing tool keeps',
      rows: [acme, customer(1, 'Zephyr Boats', { crm_id: 'crm_1' })],
      want: ['crm_1 cus_1 one auto'],
    },
    {
      why: 'placeholders are no ids',
      rows: [account(1, 'Acme', { tax_id: 'n/a', crm_id: '0' }), customer(1, 'Orvo', { tax_id: 'n/a', crm_id: '0' })],
      want: [],
    },
    {
      why: 'an id goes before a domain, which is named',
      rows: [
        acme,
        account(2, 'Other', { billing_entity_id: 'cus_1' }),
        customer(1, 'Acme Mills', billed('acme-mills.com')),
      ],
      want: ['crm_1 cus_1 two review stronger_elsewhere', 'crm_2 cus_1 one auto'],
    },
    {
      why: 'two ids that lead to two accounts lead to none',
      rows: [acme, account(2, 'Other', { billing_entity_id: 'cus_1' }), customer(1, 'Acme Mills', { crm_id: 'crm_1' })],
      want: ['crm_1 cus_1 two review several_matches', 'crm_2 cus_1 two review several_matches'],
    },
    {
      why: 'a decision keeps them apart',
      rows: [acme, customer(1, 'Acme Mills', billed('acme-mills.com'))],
      decisions: [about('cannot_link', 'cus_1', 'crm_1')],
      want: ['crm_1 cus_1 two decided'],
    },
    {
      why: 'the last decision about two counts, in whatever order they are named',
      rows: [acme, customer(1, 'Acme Mills', billed('acme-mills.com'))],
      decisions: [about('cannot_link', 'cus_1', 'crm_1'), about('must_link', 'crm_1', 'cus_1', '2')],
      want: ['crm_1 cus_1 one decided'],
    },
    {
      why: 'a decision pairs what shares nothing, and ends other doubts',
      rows: [acme, account(2, 'Other'), customer(1, null, billed('acme-mills.com'))],
      decisions: [about('must_link', 'crm_2', 'cus_1')],
      want: ['crm_2 cus_1 one decided'],
    },
    {
      why: 'two accounts of the CRM are not paired, nor two customers',
      rows: [
        acme,
        account(2, 'Acme Mills', { tax_id: 'T1234' }),
        customer(1, 'A', { tax_id: 'T9999' }),
        customer(2, 'A', { tax_id: 'T9999' }),
      ],
      decisions: [about('must_link', 'crm_1', 'crm_2'), about('must_link', 'cus_1', 'cus_2', '2')],
      want: [],
    },
  ])('$why', ({ rows, decisions, want }) => {
    expect(pairs(rows, decisions)).toEqual(want)
  })
})

const text = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: null })
const facts = fc.record({
  name: text('Acme Mills', 'Acme', 'Zephyr Boats', 'Studio Quark'),
  primary_domain: text('acme-mills.com', 'zephyr-boats.com', 'gmail.com'),
  tax_id: text('T1234', 'T9876', 'n/a'),
  sso_domain: text('acme-mills.com', 'zephyr-boats.com'),
  billing_contact_email: text('a@acme-mills.com', 'b@zephyr-boats.com', 'c@gmail.com'),
})
const companies = fc
  .tuple(fc.array(facts, { maxLength: 5 }), fc.array(facts, { maxLength: 6 }))
  .map(([crm, billing]) => [
    ...crm.map(({ name, billing_contact_email: _, ...values }, i) => account(i, name, values)),
    ...billing.map(({ name, ...values }, i) => customer(i, name, values)),
  ])

test('the order of the rows changes nothing, and a billing record is of one account at most', () => {
  fc.assert(
    fc.property(companies, fc.infiniteStream(fc.nat()), (rows, random) => {
      const keyed = rows.map(row => [random.next().value, row] as const).sort(([x], [y]) => x - y)
      const shuffled = keyed.map(([, row]) => row)
      const ground = { read, words: SHIPPED_WORDS, roleOf, decisions: [] }
      const found = accountCompanies(tables({ accounts: rows }).accounts, ground).pairs
      const anew = accountCompanies(
        shuffled.map(row => tables({ accounts: [row] }).accounts[0]).flatMap(row => row ?? []),
        ground,
      ).pairs
      expect(anew).toEqual(found)
      const paired = found.flatMap(({ isOne, billingId }) => (isOne ? [billingId] : []))
      expect(new Set(paired).size).toBe(paired.length)
    }),
  )
})

/** A workspace whose people are of a company that it pays for. */
const world = (accounts: readonly Account[], workspace: Partial<Row<'workspaces'>> = {}) => {
  const users = Array.from({ length: 4 }, (_, i) => ({ user_id: `u${i}`, primary_email: `person${i}@acme-mills.com` }))
  const data = tables({
    accounts,
    users,
    workspaces: [{ workspace_id: 'w1', ...workspace }],
    subscriptions: [{ subscription_id: 's1', workspace_id: 'w1', customer_id: 'cus_1' }],
  })
  const active = users.map(({ user_id }) => user_id)
  return (decisions: readonly IdentityDecision[] = []): Resolution =>
    resolveIdentities(
      data,
      { mode: 'matched', eventUsers: active, activity: new Map([['w1', active]]), decisions, roleOfAccount: roleOf },
      'full',
    )
}
const verdicts = ({ workspaceAccounts }: Resolution): string[] =>
  workspaceAccounts.map(({ accountId, status, bits }) => `${accountId} ${status} ${bits}`)

describe('the account of a workspace', () => {
  const twin = customer(1, 'Acme Mills GmbH', billed('acme-mills.com'))

  test('is that of the CRM, by the evidence of both', () => {
    const found = world([acme, twin])()
    expect(verdicts(found)).toEqual(['crm_1 auto 9.625'])
    expect(found.workspaceAccounts[0]?.evidence.map(({ comparison, value }) => `${comparison} ${value}`)).toEqual([
      'billing_entity entity cus_1',
      expect.stringContaining('user_domain acme-mills.com'),
      'same_company cus_1',
    ])
    expect(verdicts(world([acme, customer(1, 'Zephyr Boats')])())).toEqual([
      'cus_1 ambiguous 6.625',
      'crm_1 ambiguous 5',
    ])
  })

  test('is that of the CRM where the data or a decision name the billing record', () => {
    expect(verdicts(world([acme, twin], { account_id: 'cus_1' })())).toEqual(['crm_1 given null'])
    const assigned: IdentityDecision = { id: '1', type: 'assign', workspace: 'w1', account: 'cus_1' }
    expect(verdicts(world([acme, twin])([assigned]))).toEqual(['crm_1 decided null'])
    const detached: IdentityDecision = { ...assigned, type: 'detach' }
    expect(verdicts(world([acme, twin])([detached]))).toEqual([])
  })

  test('is ambiguous again where somebody keeps them apart', () => {
    const found = world([acme, twin])([about('cannot_link', 'crm_1', 'cus_1')])
    expect(verdicts(found)).toEqual(['cus_1 ambiguous 6.625', 'crm_1 ambiguous 5'])
  })

  test('does not become ambiguous by a billing twin', () => {
    fc.assert(
      fc.property(
        fc.record({ tax_id: text('T1234'), sso_domain: text('acme-mills.com'), billing_entity_id: text('cus_1') }),
        fc.constantFrom('tax', 'domain', 'billed', 'reference'),
        text('Acme Mills', 'Acme Mills Ltd'),
        (values, by, name) => {
          const one = { ...acme, ...values, tax_id: by === 'tax' ? 'T1234' : values.tax_id }
          const before = verdicts(world([one])())
          fc.pre(before.length === 1 && before[0]?.includes(' auto ') === true)
          const shared = {
            tax: { tax_id: 'T1234' },
            domain: { primary_domain: 'acme-mills.com' },
            billed: billed('acme-mills.com'),
            reference: { crm_id: 'crm_1' },
          }[by]
          const after = world([one, customer(1, by === 'billed' ? 'Acme Mills' : name, shared)])()
          expect(after.workspaceAccounts).toMatchObject([{ accountId: 'crm_1', status: 'auto' }])
        },
      ),
    )
  })
})

test('a sign-up is matched with the account, and a domain of both is of exactly one company', () => {
  const twin = customer(1, 'Acme Mills', { primary_domain: 'acme-mills.com' })
  const data = tables({ accounts: [acme, twin], users: [{ user_id: 'u1', primary_email: 'new@acme-mills.com' }] })
  const found = resolveIdentities(
    data,
    { mode: 'matched', eventUsers: [], activity: new Map(), roleOfAccount: roleOf },
    'full',
  )
  expect('signups' in found && found.signups).toMatchObject([
    { status: 'matched', candidates: [{ accountId: 'crm_1' }] },
  ])
})
