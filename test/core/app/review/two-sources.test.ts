import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Output } from '#contract/contract'
import { startProject, type TestEngine } from '../support/engine.ts'
import { csv } from '../support/exports.ts'

const COMPANIES = `Record ID,Company name,Company Domain Name,Industry,Company owner,Lifecycle Stage
9001,Acme Mills,acme-mills.com,RETAIL,Kim Reyes,customer
9002,Zephyr Boats,zephyr-boats.com,RETAIL,Kim Reyes,customer
`
/** The second one is billed to an agency. */
const CUSTOMERS = `id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Card Fingerprint,Card Address Country,Business Vat ID
cus_1,,billing@acme-mills.com,Acme Mills GmbH,2026-01-05 09:58,false,card_1,fp1,DE,DE123456789
cus_2,,billing@studio-quark.com,Zephyr Boats Ltd,2026-01-05 09:58,false,card_2,fp2,DE,
`
const workspaces = ['w1', 'w2']
const domains = ['acme-mills.com', 'zephyr-boats.com']
const users = workspaces.flatMap((workspace_id, w) =>
  [1, 2, 3, 4].map(i => ({
    user_id: `${workspace_id}u${i}`,
    primary_email: `given${i}@${domains[w]}`,
    name: `Given${w}${i} Family${w}${i}`,
    workspace_id,
  })),
)
const events = users.flatMap(({ user_id, workspace_id }, i) =>
  ['2026-05-01', '2026-05-20'].map((day, d) => ({
    event_id: `e${i}-${d}`,
    event_name: 'report_created',
    timestamp: `${day}T10:00:00Z`,
    workspace_id,
    user_id,
  })),
)

async function startTwoSources(): Promise<TestEngine> {
  const engine = await startProject()
  await engine.client['import.run']({
    sources: [
      engine.write('companies.csv', COMPANIES),
      engine.write('customers.csv', CUSTOMERS),
      engine.write('users.csv', csv(users)),
      engine.write(
        'workspaces.csv',
        csv(workspaces.map((workspace_id, i) => ({ workspace_id, workspace_name: `Unit ${i}` }))),
      ),
      engine.write(
        'subscriptions.csv',
        csv(
          workspaces.map((workspace_id, i) => ({
            subscription_id: `s${i}`,
            workspace_id,
            customer_id: `cus_${i + 1}`,
          })),
        ),
      ),
      engine.write('events.csv', csv(events)),
    ],
  })
  return engine
}

const accountsOf = async ({ client }: TestEngine): Promise<string[]> => {
  const of = await Promise.all(workspaces.map(id => client['identity.workspace']({ id })))
  return of.map(({ account }) => account?.key ?? '-')
}
const pairsIn = ({ composition }: Output<'identity.workspace'>): string[] =>
  composition.pairs.map(({ account, billing, sentence }) => `${account.key} ${billing.key} ${sentence}`)
const pair = { question: 'companies', a: '9002', b: 'cus_2' } as const

test('a customer of Stripe and a company of HubSpot are one company, and HubSpot gets its own id', async () => {
  const engine = await startTwoSources()
  const { client } = engine
  expect(await accountsOf(engine)).toEqual(['9001', '-'])
  expect(pairsIn(await client['identity.workspace']({ id: 'w1' }))).toEqual([
    '9001 cus_1 One company: domain it is billed to acme-mills.com, name acme mills.',
  ])
  await client['score.run']({})
  await client['export.deliver']({ target: engine.path('crm'), preset: 'hubspot' })
  const known = readFileSync(engine.path('crm/hubspot_companies_known.csv'), 'utf8')
  expect(known).toContain('9001')
  expect(known).not.toContain('cus_')
  const target = engine.path('out')
  await client['identity.export']({ target, overwrite: false, proposeWeights: false })
  const [header = '', first = ''] = readFileSync(join(target, 'workspace_accounts.csv'), 'utf8').split('\r\n')
  expect(header.endsWith(',billing_records')).toBe(true)
  expect(first).toMatch(/^w1,9001,auto,.*same_company cus_1.*,cus_1$/)
  expect(readFileSync(join(target, 'account_pairs.csv'), 'utf8').trim().split('\r\n')).toEqual([
    'account_id,billing_id,is_one,status,doubt,evidence',
    '9001,cus_1,true,auto,,"one company: domain it is billed to acme-mills.com, name acme mills"',
    '9002,cus_2,false,review,name_only,perhaps one company: name zephyr boats; not taken for it since a name alone is too little',
  ])
  const domain = await client['identity.domains']({ search: 'acme-mills', classes: [], offset: 0, limit: 5 })
  expect(domain.domains[0]?.accounts).toEqual([{ accountId: '9001', name: 'Acme Mills', billingOf: null }])
})

test('what is doubtful is a candidate and a finding; an answer settles it, lasts over another import and can be taken back', async () => {
  const engine = await startTwoSources()
  const { client } = engine
  const { candidates } = await client['review.queue']({ question: 'companies' })
  expect(candidates.map(({ pair: { a, b }, band }) => `${a} ${b} ${band}`)).toEqual(['9002 cus_2 review'])
  const card = await client['review.card']({ pair })
  expect(card.sentence).toBe(
    'Perhaps one company: name zephyr boats; not taken for it since a name alone is too little.',
  )
  expect(card.candidate).toMatchObject({ left: { key: '9002', object: 'account' }, right: { key: 'cus_2' } })
  const open = async (): Promise<number | undefined> =>
    (await client['health.run']({})).checks.find(({ code }) => code === 'account_pair')?.count
  expect(await open()).toBe(1)
  const { rows } = await client['health.rows']({ code: 'account_pair', offset: 0, limit: 10 })
  expect(rows).toMatchObject([
    { values: ['cus_2', 'Zephyr Boats Ltd', '9002', 'Zephyr Boats', expect.any(String)], line: 3 },
  ])

  const said = await client['review.decide']({ answers: [{ pair, answer: 'same' }] })
  expect(said.kept).toBe(1)
  expect(await accountsOf(engine)).toEqual(['9001', '9002'])
  expect(await open()).toBe(0)
  await client['import.run']({ sources: [engine.write('again.csv', CUSTOMERS.replace('Zephyr Boats Ltd', 'Z. B.'))] })
  expect(await accountsOf(engine)).toEqual(['9001', '9002'])
  expect((await client['review.history']({ offset: 0, limit: 1 })).entries[0]?.sentence).toContain('are one company')
  await client['review.undo']({})
  expect(await accountsOf(engine)).toEqual(['9001', '-'])
})

/** The first company of the CRM is a customer of Chargebee by the same name, too. */
const SUBSCRIBERS = `Customer Id,company,email,auto_collection,billing_address_country,vat_number
cb_1,Acme Mills GmbH,billing@acme-mills.com,on,DE,DE123456789
`

test('customers of two billing tools by one name are told apart by the tool and the id', async () => {
  const engine = await startTwoSources()
  const { client } = engine
  await client['import.run']({ sources: [engine.write('subscribers.csv', SUBSCRIBERS)] })
  const { candidates } = await client['review.queue']({
    question: 'companies',
    bands: ['auto'],
    sort: 'name',
    descending: false,
  })
  expect(candidates.map(({ left, right }) => [left, right].map(one => `${one?.title}: ${one?.subtitle}`))).toEqual([
    ['Acme Mills: acme-mills.com', 'Acme Mills GmbH: Chargebee cb_1'],
    ['Acme Mills: acme-mills.com', 'Acme Mills GmbH: Stripe cus_1'],
  ])
  const { rivals } = await client['review.card']({ pair: { question: 'companies', a: '9001', b: 'cb_1' } })
  expect(rivals.map(({ pair: { a, b }, side }) => [a, b, side.title, side.subtitle])).toEqual([
    ['9001', 'cus_1', 'Acme Mills GmbH', 'Stripe cus_1'],
  ])
})

const LATER = `9003,Borealis Labs,borealis-labs.com,RETAIL,Kim Reyes,customer
`
const LATER_CUSTOMER = `cus_3,,billing@other-payer.com,Borealis Labs,2026-01-05 09:58,false,card_3,fp3,DE,
`
const COLUMNS = { filter: {}, level: 'workspace' } as const

async function unitsIn({ client }: TestEngine) {
  const { columns } = await client['score.order']({ sort: 'id', descending: false, ...COLUMNS })
  const unitNos = [...(Object.values(columns)[0] as Uint32Array)]
  const { rows } = await client['score.rows']({ unitNos, level: 'workspace' })
  return rows.map(({ unitId, score, stage, destination }) => ({ unitId, score, stage, destination }))
}

test('what an answer would do is shown before it is made, and comes of it; those that do most come first', async () => {
  const engine = await startTwoSources()
  const { client } = engine
  await client['import.run']({
    sources: [
      engine.write('companies2.csv', COMPANIES + LATER),
      engine.write('customers2.csv', CUSTOMERS + LATER_CUSTOMER),
    ],
  })
  expect((await client['review.card']({ pair })).impact).toBeNull()
  await client['score.run']({})
  const { candidates } = await client['review.queue']({ question: 'companies' })
  expect(candidates.map(({ pair: { a }, uncertainty, isJudged }) => [a, uncertainty, isJudged])).toEqual([
    ['9002', 1, true],
    ['9003', 1, true],
  ])
  expect(candidates.map(({ effect }) => (effect ?? 0) > 0)).toEqual([true, false])

  const nobody = await client['review.card']({ pair: { ...pair, a: '9003', b: 'cus_3' } })
  expect(nobody.impact).toMatchObject({ before: [], after: [] })
  expect(nobody.impact?.sentence).toContain('No workspace that is scored gets another account')

  const { impact } = await client['review.card']({ pair })
  expect(impact?.before.map(({ unitId }) => unitId)).toEqual(['w2'])
  expect(impact?.after).not.toEqual(impact?.before)
  expect(impact).toEqual((await client['review.impact']({ pair })).impact)
  await client['review.decide']({ answers: [{ pair, answer: 'same' }] })
  await client['score.run']({})
  const anew = (await unitsIn(engine)).find(({ unitId }) => unitId === 'w2')
  expect(impact?.after).toMatchObject([anew])
  expect((await client['review.card']({ pair })).impact).toBeNull()
})

test('an answer keeps a sure pair apart; two accounts of the CRM cannot be made one', async () => {
  const engine = await startTwoSources()
  const { client } = engine
  await client['review.decide']({
    answers: [{ pair: { question: 'companies', a: 'cus_1', b: '9001' }, answer: 'different' }],
  })
  expect(await accountsOf(engine)).toEqual(['-', '-'])
  const refused = await client['review.decide']({
    answers: [{ pair: { question: 'companies', a: '9001', b: '9002' }, answer: 'same' }],
  })
  expect(refused).toMatchObject({ kept: 0, contradictions: [{ sentence: expect.stringContaining('billing record') }] })
  await client['review.decide']({
    answers: [{ pair: { question: 'companies', a: '9001', b: 'cus_1' }, answer: 'same' }],
  })
  const second = await client['review.decide']({
    answers: [{ pair: { question: 'companies', a: '9002', b: 'cus_1' }, answer: 'same' }],
  })
  expect(second).toMatchObject({ kept: 0, contradictions: [{ sentence: expect.stringContaining('of one account') }] })
  const idle = await client['review.decide']({
    answers: [{ pair: { question: 'companies', a: 'cus_1', b: 'cus_2' }, answer: 'different' }],
  })
  expect(idle).toMatchObject({ kept: 0, contradictions: [{ sentence: expect.stringContaining('not compared') }] })
})

test('a parent that pays for a subsidiary in a table of accounts keeps its workspaces', async () => {
  const engine = await startProject()
  await engine.client['import.run']({
    sources: [
      engine.write(
        'accounts.csv',
        csv([
          {
            account_id: 'acc_parent',
            name: 'Globex Holding',
            primary_domain: 'globex.com',
            billing_entity_id: 'acc_parent',
          },
          {
            account_id: 'acc_sub',
            name: 'Initech Labs',
            primary_domain: 'initech.com',
            billing_entity_id: 'acc_parent',
          },
        ]),
      ),
      engine.write('users.csv', csv(users)),
      engine.write(
        'workspaces.csv',
        csv(workspaces.map(workspace_id => ({ workspace_id, workspace_name: workspace_id, account_id: 'acc_parent' }))),
      ),
      engine.write('events.csv', csv(events)),
    ],
  })
  expect(await accountsOf(engine)).toEqual(['acc_parent', 'acc_parent'])
})

/** The CRM of another team, which has one of the companies as well. */
const OTHER_CRM = `"ID","ISDELETED","NAME","TYPE","BILLINGCITY","BILLINGCOUNTRY","WEBSITE","INDUSTRY","ANNUALREVENUE","NUMBEROFEMPLOYEES","OWNERID","CREATEDDATE"
"0015g00000AbCdEAAV","false","Zephyr Boats Inc","Prospect","Kiel","Germany","http://www.zephyr-boats.com","Technology","52000000","1250","0055g000001XyZaAAK","2026-01-02T10:00:00.000Z"
`

test('accounts of two CRMs that state one domain are a finding, and named where they keep a workspace from its account', async () => {
  const engine = await startProject()
  const { client } = engine
  await client['import.run']({
    sources: [
      engine.write('companies.csv', COMPANIES),
      engine.write('salesforce.csv', OTHER_CRM),
      engine.write('users.csv', csv(users)),
      engine.write('workspaces.csv', csv(workspaces.map(workspace_id => ({ workspace_id })))),
      engine.write('events.csv', csv(events)),
    ],
  })
  expect(await accountsOf(engine)).toEqual(['9001', '-'])
  const of = async (id: string) => (await client['identity.workspace']({ id })).composition.rivals
  expect(await of('w1')).toEqual([])
  expect(await of('w2')).toMatchObject([
    {
      a: { key: '0015g00000AbCdEAAV' },
      b: { key: '9002' },
      sentence: expect.stringContaining('(Salesforce and HubSpot): both state zephyr-boats.com'),
    },
  ])
  const { checks } = await client['health.run']({})
  expect(checks.find(({ code }) => code === 'account_rivals')).toMatchObject({ count: 2, of: 3, severity: 'warning' })
  const { rows } = await client['health.rows']({ code: 'account_rivals', offset: 0, limit: 10 })
  expect(rows).toMatchObject([
    { values: ['0015g00000AbCdEAAV', 'Zephyr Boats Inc', '9002', 'Zephyr Boats', 0, expect.any(String)] },
  ])
})
