import { describe, expect, test } from 'vitest'
import type { ExportUnit, PresetId } from '../../../../core/export/index.ts'
import { resolveIdentities } from '../../../../core/identity/index.ts'
import { DEFAULT_POLICY, routeUnits } from '../../../../core/route/index.ts'
import { tables } from '../../identity/rows.ts'
import { judged, person } from '../../route/judged.ts'
import { linksOf } from '../../route/links.ts'
import { AS_OF, CALENDAR, deliveredBy, recordsOf, type Wish } from './delivered.ts'

type Tables = Parameters<typeof tables>[0]
type Place = Readonly<{ id: string; account: string | null; user: string; score: number }>

/** Hot workspaces, one person each, as a CRM gets them; nobody is joined to one person by identity. */
function made(preset: PresetId, rows: Tables, places: readonly Place[] = PLACES, wish: Wish = {}) {
  const data = tables({ ...rows, workspaces: places.map(({ id }) => ({ workspace_id: id })) })
  const units = places.map(({ id, account, user, score }) =>
    judged(id, {
      unit: {
        name: id,
        accountId: account,
        workspaceIds: [id],
        fit: { points: 10, score: null, tier: 'A', source: 'given tier' },
        people: [person(user, { isAdmin: true, roleFactor: 1.3 })],
      },
      score: { score, representativeId: user },
      findings: { hasHighIntent30d: true, hasAdmin: true },
    }),
  )
  const routes = routeUnits(units, DEFAULT_POLICY, {
    dataset: data,
    asOf: AS_OF,
    calendar: CALENDAR,
    assignments: new Map(),
    dismissedAnomalies: new Set<string>(),
    contactLinks: linksOf(data),
  })
  const exported = units.map(
    (unit, i): ExportUnit => ({ judged: unit, route: routes[i] as (typeof routes)[number], stageSince: AS_OF }),
  )
  const identities = resolveIdentities(data, { mode: 'explicit', eventUsers: [], activity: new Map() })
  return deliveredBy(preset, exported, { ...wish, data, identities })
}

const PLACES: readonly Place[] = [
  { id: 'w1', account: 'A', user: 'u1', score: 85 },
  { id: 'w2', account: 'B', user: 'u2', score: 95 },
  { id: 'w3', account: 'C', user: 'u3', score: 90 },
]
const USERS = [
  { user_id: 'u1', name: 'Ada', primary_email: 'ada@acme.com' },
  { user_id: 'u2', name: 'Bob', primary_email: 'bob@acme.com' },
  { user_id: 'u3', name: 'Cyd', primary_email: 'cyd@other.com' },
]
/** A and B have one domain, written in two ways. */
const ACCOUNTS = [
  { account_id: 'A', name: 'Acme', primary_domain: 'Acme.com' },
  { account_id: 'B', name: 'Acme Europe', primary_domain: 'https://www.ACME.com/eu' },
  { account_id: 'C', name: 'Other', primary_domain: 'other.com' },
]
const twins = { users: USERS, accounts: ACCOUNTS }

describe('two accounts of one domain', () => {
  test.each([
    { preset: 'hubspot', file: 'hubspot_companies.csv', domain: 'Company Domain Name', name: 'Company name' },
    { preset: 'attio', file: 'attio_companies.csv', domain: 'Domains', name: 'Name' },
  ] as const)('$preset: one row with the better workspace, and the dry run names the other', own => {
    const { files, findings, counts } = made(own.preset, twins)
    const rows = recordsOf(files.get(own.file))
    expect(rows.map(row => [row[own.domain], row[own.name], Number(row['PQA Score'] ?? row['PQA score'])])).toEqual([
      ['acme.com', 'Acme', 95],
      ['other.com', 'Other', 90],
    ])
    expect(counts.get('company')).toMatchObject({ create: 2 })
    expect(findings.filter(({ kind }) => kind === 'same_key')).toMatchObject([
      { object: 'company', key: 'B', unitId: 'w2', text: expect.stringContaining('acme.com is the domain of A too') },
    ])
  })

  test('hubspot: the row counts the workspaces of both, and contacts carry its name, so that their import renames nothing', () => {
    const { files } = made('hubspot', twins)
    expect(recordsOf(files.get('hubspot_companies.csv'))[0]).toMatchObject({
      'PQL Workspace Count': '2',
      'PQL Top Workspace ID': 'w2',
    })
    expect(recordsOf(files.get('hubspot_contacts.csv')).map(row => [row['Email'], row['Company name']])).toEqual([
      ['ada@acme.com', 'Acme'],
      ['bob@acme.com', 'Acme'],
      ['cyd@other.com', 'Other'],
    ])
  })

  test('attio: the plan makes one company, and every later call names it', () => {
    const { files } = made('attio', twins)
    const calls = (files.get('attio_plan.jsonl') ?? '').trimEnd().split('\n')
    const creating = calls.filter(call => call.includes('"create_record_if_missing"'))
    expect(creating.map(call => JSON.parse(call).ref)).toEqual(['company:A', 'company:C'])
    expect(calls.filter(call => call.includes('company:B'))).toEqual([])
  })

  test('the one that the CRM has gives the row its name and id', () => {
    const accounts = ACCOUNTS.map(row => (row.account_id === 'B' ? { ...row, crm_id: '77' } : row))
    const { files, counts } = made('hubspot', { ...twins, accounts })
    expect(recordsOf(files.get('hubspot_companies_known.csv'))).toMatchObject([
      { 'Record ID': '77', 'Company name': 'Acme Europe' },
    ])
    expect(counts.get('company')).toMatchObject({ create: 1, update: 1, matchedTwice: 0 })
  })

  test('what the one that names the row does not know comes from the other', () => {
    const accounts = ACCOUNTS.map(row => (row.account_id === 'B' ? { ...row, hq_country: 'AT' } : row))
    const [row] = recordsOf(made('attio', { ...twins, accounts }).files.get('attio_companies.csv'))
    expect(row).toMatchObject({ Name: 'Acme', 'Primary location': 'AT' })
  })

  test('that the CRM has under two ids are held, once', () => {
    const accounts = ACCOUNTS.map((row, i) => ({ ...row, crm_id: String(70 + i) }))
    const { counts, findings } = made('hubspot', { ...twins, accounts })
    expect(counts.get('company')).toMatchObject({ create: 0, update: 1, matchedTwice: 1 })
    expect(findings.filter(({ kind }) => kind === 'matched_twice')).toMatchObject([{ key: 'A' }])
  })

  test('salesforce keeps both, since it knows accounts by their ids, but never one id in two rows', () => {
    expect(recordsOf(made('salesforce', twins).files.get('salesforce_accounts.csv'))).toHaveLength(3)
    const accounts = ACCOUNTS.map(row => (row.account_id === 'B' ? { ...row, crm_id: '0015g00000AbCdE' } : row))
    const { files, counts, findings } = made('salesforce', { ...twins, accounts })
    const known = recordsOf(files.get('salesforce_accounts_known.csv'))
    expect(known.map(row => row['PLG_Account_Id__c'])).toEqual(['B'])
    expect(counts.get('company')).toMatchObject({ create: 1, update: 1, held: 1 })
    expect(findings.filter(({ kind }) => kind === 'same_key')).toMatchObject([{ object: 'company', key: 'A' }])
  })

  test('generic has one row per account', () => {
    expect(recordsOf(made('generic', twins).files.get('companies.csv'))).toHaveLength(3)
  })

  test('a second export in another order of scores is not new: the key stays', () => {
    const first = made('hubspot', twins)
    const turned = PLACES.map(place => (place.id === 'w2' ? { ...place, score: 80 } : place))
    const { delivered } = made('hubspot', twins, turned, { ledger: first.delivered, delta: true })
    expect(delivered.filter(({ object }) => object === 'company').map(({ key }) => key)).toEqual(['A'])
  })
})

describe('a company of which the CRM has the name', () => {
  const ours = ACCOUNTS.map(row => (row.account_id === 'C' ? { ...row, name: 'Copperline' } : row))
  const sales = (account_id: string, name: string) => ({ account_id, name })
  const named = (preset: PresetId, own: readonly ReturnType<typeof sales>[], wish: Wish = {}) =>
    made(preset, { users: USERS, accounts: [...ours, ...own] }, PLACES, wish).findings.filter(
      ({ kind }) => kind === 'same_name',
    )

  test.each([
    { preset: 'salesforce', id: '0015g00000AbCdEAAV', title: 'Salesforce' },
    { preset: 'hubspot', id: '7700', title: 'HubSpot' },
    { preset: 'attio', id: 'f3e8d1c4-0b5a-4c7e-9d21-7a6b5c4d3e2f', title: 'Attio' },
  ] as const)('$preset: it is made, and told with the id of that one', ({ preset, id, title }) => {
    const own = [{ ...sales('x', 'COPPERLINE, Inc.'), crm_id: id }]
    expect(named(preset, own)).toMatchObject([
      {
        object: 'company',
        key: 'C',
        text: expect.stringContaining(`${title} has an account of that name, "Copperline" (${id})`),
      },
    ])
  })

  test('an id that fails its check is told where its file is of the CRM', () => {
    const own = [sales('0013t00002AbC05AAA', 'Copperline')]
    expect(named('salesforce', own)).toEqual([])
    expect(named('salesforce', own, { crms: ['salesforce'] })[0]?.text).toContain('(0013t00002AbC05AAA)')
  })

  test('several of the name are counted', () => {
    const own = ['0015g00000AbCdEAAV', '0015g00000AbCdFAAV'].map(id => sales(id, 'Copperline GmbH'))
    expect(named('salesforce', own)[0]?.text).toContain('(0015g00000AbCdEAAV and 1 more)')
  })

  test.each([
    { why: 'another name', own: [sales('0015g00000AbCdEAAV', 'Another')] },
    { why: 'a table of another tool', own: [sales('cus_1', 'Copperline')] },
  ])('nothing is told of $why', ({ own }) => {
    expect(named('salesforce', own)).toEqual([])
  })

  test('nothing is told of one that the CRM has under an id', () => {
    const accounts = ours.map(row => (row.account_id === 'C' ? { ...row, crm_id: '0015g00000AbCdFAAV' } : row))
    const own = sales('0015g00000AbCdEAAV', 'Copperline')
    const { findings } = made('salesforce', { users: USERS, accounts: [...accounts, own] })
    expect(findings.filter(({ kind }) => kind === 'same_name')).toEqual([])
  })

  test('nothing is told of what was handed over before: that account may be the one', () => {
    const own = [sales('0015g00000AbCdEAAV', 'Copperline')]
    const { delivered } = made('salesforce', { users: USERS, accounts: [...ours, ...own] })
    expect(named('salesforce', own, { ledger: delivered })).toEqual([])
  })

  test('nothing is told of a name that says nothing', () => {
    const accounts = ACCOUNTS.map(row => ({ ...row, name: 'Test' }))
    const { findings } = made('salesforce', {
      users: USERS,
      accounts: [...accounts, sales('0015g00000AbCdEAAV', 'Test')],
    })
    expect(findings.filter(({ kind }) => kind === 'same_name')).toEqual([])
  })
})

describe('two persons of one address', () => {
  const users = USERS.map(row => (row.user_id === 'u2' ? { ...row, primary_email: 'ADA@acme.com' } : row))
  test.each([
    { preset: 'hubspot', file: 'hubspot_contacts.csv', email: 'Email' },
    { preset: 'salesforce', file: 'salesforce_leads.csv', email: 'Email' },
    { preset: 'attio', file: 'attio_people.csv', email: 'Email addresses' },
    { preset: 'attio', file: 'attio_users.csv', email: 'Primary email address' },
  ] as const)('$preset: one row in $file', ({ preset, file, email }) => {
    const { files, findings } = made(preset, { ...twins, users })
    expect(recordsOf(files.get(file)).map(row => row[email])).toEqual(['ada@acme.com', 'cyd@other.com'])
    const told = findings.filter(({ kind, object }) => kind === 'same_key' && object === 'person')
    expect(told).toMatchObject([{ key: 'u2', unitId: 'w2' }])
  })

  test('attio: the user is of both workspaces', () => {
    const { files } = made('attio', { ...twins, users })
    expect(recordsOf(files.get('attio_users.csv'))[0]).toMatchObject({ 'Workspace IDs': 'w1, w2' })
  })
})

describe('against what the CRM has', () => {
  test.each([
    { why: 'an address in other case', contact: { contact_id: '501', email: 'ADA@Acme.com' } },
    { why: 'an address that nobody is identified by', contact: { contact_id: '501', email: 'ada@acme.com ' } },
  ])('$why is the same contact', ({ contact }) => {
    const { files, counts } = made('hubspot', { ...twins, contacts: [contact] }, PLACES, { crms: ['hubspot'] })
    expect(recordsOf(files.get('hubspot_contacts_known.csv'))).toMatchObject([{ 'Record ID': '501' }])
    expect(counts.get('person')).toMatchObject({ create: 2, update: 1 })
  })

  test('a role address is no person, and still the contact that the CRM has', () => {
    const users = [{ user_id: 'u1', primary_email: 'Info@acme.com' }]
    const contacts = [{ contact_id: '501', email: 'info@acme.com' }]
    const { counts } = made('hubspot', { users, accounts: ACCOUNTS, contacts }, PLACES.slice(0, 1), {
      crms: ['hubspot'],
    })
    expect(counts.get('person')).toMatchObject({ create: 0, update: 1 })
  })

  test('two contacts of one address in other case are matched twice and held', () => {
    const contacts = ['Cyd@other.com', 'cyd@OTHER.com'].map((email, i) => ({ contact_id: String(600 + i), email }))
    const { counts, findings } = made('hubspot', { ...twins, contacts }, PLACES, { crms: ['hubspot'] })
    expect(counts.get('person')).toMatchObject({ create: 2, update: 0, matchedTwice: 1 })
    expect(findings.find(({ kind }) => kind === 'matched_twice')?.text).toContain('600 and 601')
  })

  test('a domain that says nothing of a company is none: the account is held, not joined with every other one of it', () => {
    const accounts = ['A', 'B'].map(account_id => ({ account_id, name: account_id, primary_domain: 'gmail.com' }))
    const { counts } = made('hubspot', { users: USERS, accounts }, PLACES.slice(0, 2))
    expect(counts.get('company')).toMatchObject({ create: 0, held: 2 })
  })

  test.each([
    { preset: 'salesforce', contact_id: 'hs-1', title: 'Salesforce', why: 'a key of no CRM' },
    { preset: 'salesforce', contact_id: '501', title: 'Salesforce', why: 'a HubSpot id' },
    { preset: 'hubspot', contact_id: '6650f1c2a7b3d94e5f60718a', title: 'HubSpot', why: 'an Intercom id' },
    { preset: 'hubspot', contact_id: '003A0000001kfKvIAI', title: 'HubSpot', why: 'a Salesforce id' },
    { preset: 'attio', contact_id: '6650f1c2a7b3d94e5f60718a', title: 'Attio', why: 'an Intercom id' },
    { preset: 'attio', contact_id: '501', title: 'Attio', why: 'a HubSpot id' },
  ] as const)('$preset: $why is told, and what has it counts as new there', ({ preset, contact_id, title }) => {
    const contacts = [{ contact_id, email: 'ada@acme.com' }]
    const { counts, findings } = made(preset, { ...twins, contacts })
    const { counts: without } = made(preset, twins)
    expect(counts.get('person')).toEqual(without.get('person'))
    expect(findings.filter(({ kind, object }) => kind === 'foreign_id' && object === 'person')).toMatchObject([
      { object: 'person', key: 'u1', text: expect.stringContaining(`none of ${title}'s`) },
    ])
  })

  test.each([
    { preset: 'hubspot', contact_id: '501', why: 'an id of its own' },
    { preset: 'attio', contact_id: 'F3E8D1C4-0B5A-4C7E-9D21-7A6B5C4D3E2F', why: 'an id of its own' },
    { preset: 'hubspot', contact_id: 'ada@acme.com', why: 'an address in place of an id' },
    { preset: 'attio', contact_id: 'ada@acme.com', why: 'an address in place of an id' },
  ] as const)('$preset: $why is updated', ({ preset, contact_id }) => {
    const contacts = [{ contact_id, email: 'ada@acme.com' }]
    const { counts, findings } = made(preset, { ...twins, contacts }, PLACES, { crms: [preset] })
    expect(counts.get('person')).toMatchObject({ update: 1 })
    expect(findings.filter(({ kind }) => kind === 'foreign_id')).toEqual([])
  })

  test.each([
    { preset: 'hubspot', contact_id: '70000000', why: 'numbers of another tool' },
    { preset: 'attio', contact_id: 'f3e8d1c4-0b5a-4c7e-9d21-7a6b5c4d3e2f', why: 'a UUID of another tool' },
    { preset: 'salesforce', contact_id: '003000000000123', why: 'a number of 15 digits' },
    { preset: 'salesforce', contact_id: '003abcdef012345', why: 'a code in one case' },
  ] as const)('$preset: $why is no id of its own where nothing says so', ({ preset, contact_id }) => {
    const contacts = [{ contact_id, email: 'ada@acme.com' }]
    const { counts, findings, files } = made(preset, { ...twins, contacts })
    expect(counts.get('person')).toEqual(made(preset, twins).counts.get('person'))
    expect([...files.keys()].filter(name => /contacts_known|leads_known/.test(name) && files.get(name) === '')).toEqual(
      [...files.keys()].filter(name => /contacts_known|leads_known/.test(name)),
    )
    expect(findings.filter(({ kind, object }) => kind === 'foreign_id' && object === 'person')).toMatchObject([
      { key: 'u1', text: expect.stringContaining(`nothing says that ${contact_id} is an id of`) },
    ])
    const said = made(preset, { ...twins, contacts: [{ ...contacts[0], contact_id, crm_id: contact_id }] })
    expect(said.counts.get('person')).toMatchObject({ update: 1 })
  })

  test('hubspot: numbers of accounts are no Record IDs either; they are told, and match by domain', () => {
    const accounts = ACCOUNTS.map((row, i) => ({ ...row, account_id: String(700 + i) }))
    const places = PLACES.map((place, i) => ({ ...place, account: String(700 + i) }))
    const { counts, findings } = made('hubspot', { users: USERS, accounts }, places)
    expect(counts.get('company')).toMatchObject({ create: 2, update: 0, matchedTwice: 0 })
    expect(findings.find(({ kind, object }) => kind === 'foreign_id' && object === 'company')?.text).toContain(
      'by domain',
    )
  })
})
