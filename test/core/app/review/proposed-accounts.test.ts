import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startProject } from '../support/engine.ts'
import { csv, EVENTS } from '../support/exports.ts'

const RULES = [
  { field: 'employee_count', op: '>=', value: 3, points: 60 },
  { field: 'hq_country', op: '=', value: 'DE', points: 25 },
  { field: 'industry', op: '=', value: 'software', points: 15 },
] as const

async function startSignups() {
  const engine = await startProject()
  const user = (id: string, email: string, workspace_id: string, company_name = '') => ({
    user_id: id,
    primary_email: email,
    name: `Given${id} Family${id}`,
    workspace_id,
    company_name,
  })
  const files = {
    users: [
      user('a1', 'a1@newco.com', 'w8', 'Newco GmbH'),
      user('a2', 'a2@newco.com', 'w8', 'Newco GmbH'),
      user('a3', 'a3@newco.com', 'w8', 'n/a'),
      user('b1', 'b1@small.com', 'w9'),
      user('c1', 'c1@gmail.com', 'w9'),
      user('d1', 'd1@known.com', 'w9'),
      user('e1', 'e1@halcyon-foods.com', 'w10'),
      user('e2', 'e2@halcyon-foods.com', 'w11'),
      user('f1', 'f1@orvex.com', 'w12'),
      user('f2', 'f2@orvex.com', 'w13'),
      user('g1', 'g1@plainly.com', 'w14'),
    ],
    workspaces: [
      { workspace_id: 'w8', workspace_name: 'Newco', country: 'DE' },
      { workspace_id: 'w9', workspace_name: 'Small', country: 'FR' },
      { workspace_id: 'w10', workspace_name: 'Halcyon Foods (staging)', country: '' },
      { workspace_id: 'w11', workspace_name: 'Halcyon Foods', country: '' },
      { workspace_id: 'w12', workspace_name: 'Orvex', country: '' },
      { workspace_id: 'w13', workspace_name: 'Ledger rollout', country: '' },
      { workspace_id: 'w14', workspace_name: 'My workspace', country: '' },
    ],
    accounts: [{ account_id: 'acc1', name: 'Known', primary_domain: 'known.com' }],
    events: EVENTS,
  }
  await engine.client['import.run']({
    sources: Object.entries(files).map(([name, rows]) => engine.write(`${name}.csv`, csv(rows))),
  })
  const { tierFrom, modelHash } = await engine.client['routing.icp']({})
  await engine.client['routing.icpSave']({ rules: [...RULES], tierFrom, modelHash })
  return engine
}

test('a new corporate domain proposes an account, checked over what is known of it; what is not known is said', async () => {
  const { client } = await startSignups()
  const { domains } = await client['identity.domains']({})
  const of = (name: string) => domains.find(({ domain }) => domain === name)?.proposed
  expect(of('newco.com')).toEqual({
    name: 'Newco GmbH',
    users: 3,
    verdict: 'passes',
    sentence: 'Passes the ICP check, whatever is not known: score 85 to 100; not known: industry.',
  })
  expect(of('small.com')).toMatchObject({ name: 'Small', users: 1, verdict: 'open' })
  expect(of('small.com')?.sentence).toContain('score 0 to 75; not known: employee count, industry')
  expect([of('known.com'), of('gmail.com')]).toEqual([null, null])
})

test.each([
  { why: 'one name of its workspaces names it', domain: 'halcyon-foods.com', name: 'Halcyon Foods' },
  { why: 'two names name nothing', domain: 'orvex.com', name: 'orvex.com' },
  { why: 'what a workspace is called when nobody names it is no name', domain: 'plainly.com', name: 'plainly.com' },
])('$why', async ({ domain, name }) => {
  const { client } = await startSignups()
  const { domains } = await client['identity.domains']({ search: domain })
  expect(domains[0]?.proposed?.name).toBe(name)
})

test('a company name that the project calls a placeholder names no account', async () => {
  const engine = await startSignups()
  const { client } = engine
  await client['identity.setWord']({ list: 'placeholder', entry: 'newco  gmbh', isIn: true })
  const { folder } = await client['identity.export']({ target: engine.path('out') })
  const written = readFileSync(join(folder, 'signup_matches.csv'), 'utf8')
  expect(written).not.toContain('Newco GmbH')
  expect(written).toMatch(/^a1,.*,Newco,passes/m)
})

test('signup_matches.csv has the check beside the sign-up', async () => {
  const engine = await startSignups()
  const { folder } = await engine.client['identity.export']({ target: engine.path('out') })
  const [head = '', ...lines] = readFileSync(join(folder, 'signup_matches.csv'), 'utf8').split(/\r?\n/)
  const names = head.replace(/^\ufeff/, '').split(',')
  const cells = lines.find(line => line.startsWith('a1,'))?.split(',') ?? []
  const row = Object.fromEntries(names.map((name, i) => [name, cells[i]]))
  expect(row).toMatchObject({
    status: 'new_corporate_domain',
    proposed_account: 'Newco GmbH',
    icp_check: 'passes',
    icp_score_low: '85',
    icp_score_high: '100',
    icp_not_known: 'industry',
  })
})

describe('an alert about a company without an account', () => {
  async function alertsWith(
    more: Readonly<{ crm?: readonly Record<string, string>[]; days?: number; created?: string }>,
  ) {
    const engine = await startSignups()
    const users = ['a1', 'a2', 'a3', 'b1'].map((user_id, i) => ({
      user_id,
      created_at: i === 0 ? (more.created ?? '2026-05-28') : '2026-05-30',
    }))
    const accounts = [
      { account_id: 'acc2', hq_country: 'DE', territory: 'Central' },
      { account_id: 'acc3', hq_country: ' de ', territory: 'Central' },
    ]
    const events = [
      {
        event_id: 'n1',
        event_name: 'invite_sent',
        timestamp: '2026-05-31T10:00:00Z',
        workspace_id: 'w8',
        user_id: 'a1',
      },
    ]
    const files = { users, accounts, events, ...(more.crm === undefined ? {} : { crm_users: more.crm }) }
    await engine.client['import.run']({
      sources: Object.entries(files).map(([name, rows]) => engine.write(`more/${name}.csv`, csv(rows))),
    })
    await engine.client['score.run']({})
    const { alerts } = await engine.client['routing.alerts'](more.days === undefined ? {} : { days: more.days })
    return alerts.filter(({ kind, accountId }) => kind === 'new_icp_account' && accountId === null)
  }

  test('is told of one that passes the check and signed up lately, with what says so, and names nobody where nobody is known', async () => {
    const [one, ...others] = await alertsWith({})
    expect(others).toEqual([])
    expect(one).toMatchObject({
      alertId: 'new_icp_account:newco.com:2026-05-28',
      unitId: 'w8',
      owner: null,
      territory: 'Central',
      at: '2026-05-28',
      text: 'Newco GmbH (newco.com) has no account and passes the ICP check, score 85 to 100',
      evidence: [
        { table: 'users', key: 'a1', text: 'first user of newco.com, made on 28 May 2026' },
        { table: 'workspaces', key: 'w8', text: 'only people of newco.com are in it' },
      ],
    })
  })

  test.each([
    { why: 'the one of the territory', crm: [{ owner_id: 'o1', name: 'Ada', territory: 'Central' }], owner: 'o1' },
    {
      why: 'nobody where two have it',
      crm: [
        { owner_id: 'o1', name: 'Ada', territory: 'Central' },
        { owner_id: 'o2', name: 'Bo', territory: 'Central' },
      ],
      owner: null,
    },
  ])('is for $why', async ({ crm, owner }) => {
    expect((await alertsWith({ crm })).map(one => one.owner)).toEqual([owner])
  })

  test('is none where one of its users was there before', async () => {
    expect(await alertsWith({ created: '2026-01-02' })).toEqual([])
    expect(await alertsWith({ created: '2026-01-02', days: 366 })).toHaveLength(1)
  })
})
