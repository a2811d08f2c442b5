import { beforeEach, describe, expect, test } from 'vitest'
import type { RoutingPolicy } from '#schema/policy'
import { startProject, type TestEngine } from './support/engine.ts'
import { csv, importSmall } from './support/exports.ts'

let engine: TestEngine

beforeEach(async () => {
  engine = await startProject()
  await importSmall(engine)
  await engine.client['score.run']({})
})

const policy = async () => await engine.client['routing.policy']({})
const draft = async (change: (policy: RoutingPolicy) => unknown): Promise<string> =>
  JSON.stringify(change((await policy()).policy as RoutingPolicy))

describe('a draft of the rules', () => {
  test('that is the policy in force decides as the scores do, and moves nobody', async () => {
    const checked = await engine.client['routing.check']({ json: await draft(same => same) })
    const rows = (await engine.client['score.rows']({ unitNos: [0, 1, 2, 3] })).rows
    expect(checked).toMatchObject({ issues: [], units: 4, isSame: true, moved: { units: 0, flows: [] } })
    expect(checked.rules.reduce((sum, { decides }) => sum + decides, 0)).toBe(4)
    const goingTo = (destination: string) => rows.filter(row => row.destination === destination).length
    for (const [destination, units] of Object.entries(checked.destinations)) expect(goingTo(destination)).toBe(units)
  })

  test('that is no policy says where, and does nothing', async () => {
    const json = await draft(({ rules, ...rest }) => ({ ...rest, rules: rules.slice(0, -1) }))
    const { issues, rules } = await engine.client['routing.check']({ json })
    expect(issues).toEqual([{ path: 'rules', message: 'the last rule must hold for every unit' }])
    expect(rules).toEqual([])
    expect((await engine.client['routing.check']({ json: '{' })).issues[0]?.message).toContain('not JSON')
  })

  test('that is shadowed names the rule before it and a workspace', async () => {
    const wide = {
      id: 'wide',
      title: 'Anybody scored',
      all: [{ fact: 'score', op: '>=', value: 0 }],
      destination: 'review',
    }
    const json = await draft(({ rules, ...rest }) => ({ ...rest, rules: [wide, ...rules] }))
    const { rules, moved, destinations } = await engine.client['routing.check']({ json })
    const last = rules.at(-1)
    expect(last).toMatchObject({ isDefault: true, shadowedBy: ['wide'], decides: 0, holdsFor: 4 })
    expect(rules[5]).toMatchObject({ ruleId: '5', shadowedBy: ['wide'], shadowExample: { unitId: 'w1' } })
    expect(destinations).toEqual({ review: 4 })
    expect(moved.units).toBe(4)
  })
})

describe('versions of the rules', () => {
  test('are saved, listed, read and brought back', async () => {
    const { hash } = await policy()
    const json = await draft(({ rules, ...rest }) => ({ ...rest, name: 'Mine', version: 2, rules: rules.slice(-1) }))
    const saved = await engine.client['routing.save']({ json, expectedHash: hash })
    expect(saved).toMatchObject({ name: 'Mine', isNew: true })
    const { versions } = await engine.client['routing.versions']({})
    expect(versions.map(({ name, isInForce, isDefault }) => [name, isInForce, isDefault])).toEqual([
      ['Mine', true, false],
      ['Recipe', false, true],
    ])
    expect((await engine.client['routing.version']({ hash: saved.hash })).policy.rules).toHaveLength(1)
    expect((await engine.client['project.summary']({})).scoreRun?.isStale).toBe(true)
    await engine.client['routing.revert']({ hash, expectedHash: saved.hash })
    expect(await policy()).toMatchObject({ hash, isDefault: true })
    expect((await engine.client['project.summary']({})).scoreRun?.isStale).toBe(false)
  })

  test('are not saved over a change that somebody made meanwhile', async () => {
    const json = await draft(same => ({ ...same, name: 'Mine' }))
    const expectedHash = 'f'.repeat(64)
    await expect(engine.client['routing.save']({ json, expectedHash })).rejects.toMatchObject({
      code: 'usage/overtaken',
    })
    await expect(engine.client['routing.revert']({ hash: expectedHash, expectedHash })).rejects.toMatchObject({
      code: 'usage/bad-argument',
    })
  })
})

describe('one workspace', () => {
  test('is explained rule by rule, with its suppressions and where its owner comes from', async () => {
    const contacts = [{ contact_id: 'c1', user_id: 'u1', account_id: 'a1', last_contacted_at: '2026-05-30' }]
    const deals = [{ deal_id: 'd1', account_id: 'a1', status: 'open', stage: 'Proposal', created_at: '2026-05-01' }]
    await engine.client['import.run']({
      sources: [engine.write('contacts.csv', csv(contacts)), engine.write('deals.csv', csv(deals))],
    })
    await engine.client['score.run']({})
    const view = await engine.client['score.unit']({ unitId: 'w1' })
    const explained = await engine.client['routing.explain']({ unitId: 'w1' })
    expect(explained).toMatchObject({ destination: view.row.destination, also: view.row.also, unit: { unitId: 'w1' } })
    const reached = explained.rules.filter(({ isReached }) => isReached)
    expect(reached.map(({ ruleId, holds, all, any }) => ({ ruleId, holds, all, any }))).toEqual(
      view.trace.map(({ ruleId, holds, all, any }) => ({ ruleId, holds, all, any })),
    )
    expect(explained.rules).toHaveLength(9)
    const holding = explained.suppressions.filter(({ holds }) => holds)
    expect(holding.filter(({ stops }) => stops.length > 0).map(({ reason }) => reason)).toEqual(view.suppressedBy)
    expect(holding.flatMap(({ evidence }) => evidence)).toEqual([
      { table: 'deals', key: 'd1', text: 'open, Proposal, since 2026-05-01' },
      { table: 'contacts', key: 'c1', text: 'last contacted 2026-05-30' },
    ])
    expect(explained.owner).toMatchObject({ team: view.row.ownerTeam, owner: view.row.owner })
    expect(explained.owner.steps.filter(({ isTaken }) => isTaken)).toHaveLength(1)
  })

  test('is explained by a draft too', async () => {
    const json = await draft(({ rules, ...rest }) => ({ ...rest, rules: rules.slice(-1) }))
    expect(await engine.client['routing.explain']({ unitId: 'w1', json })).toMatchObject({
      destination: 'nurture',
      ruleId: '9',
      owner: { team: 'Lifecycle', owner: null },
    })
    await expect(engine.client['routing.explain']({ unitId: 'w9' })).rejects.toMatchObject({
      code: 'score/unknown-unit',
    })
  })
})

describe('pools', () => {
  test('show who takes work, and what is released is given out anew', async () => {
    const { teams, weekFrom, weekTo } = await engine.client['routing.pools']({})
    expect([weekFrom, weekTo]).toEqual(['2026-05-25', '2026-05-31'])
    const sdr = teams.find(({ team }) => team === 'SDR')
    expect(sdr).toMatchObject({
      overCapacity: 0,
      members: [{ ownerId: 'o1', capacity: 5, takenThisWeek: 1, assigned: 1 }],
    })
    expect(await engine.client['routing.release']({ unitIds: ['w1', 'w2'], team: 'SDR' })).toEqual({ released: 1 })
    const after = await engine.client['routing.pools']({})
    expect(after.teams.find(({ team }) => team === 'SDR')?.members[0]).toMatchObject({ takenThisWeek: 0, assigned: 0 })
  })

  test('take the people and the capacity that the rules name, and what they have no room for waits', async () => {
    const reps = [{ owner_id: 'o1', team: 'SDR', weekly_capacity: 0 }]
    const json = await draft(same => ({ ...same, reps }))
    await engine.client['routing.save']({ json, expectedHash: (await policy()).hash })
    await engine.client['routing.release']({ unitIds: ['w1'], team: 'SDR' })
    await engine.client['score.run']({})
    const sdr = (await engine.client['routing.pools']({})).teams.find(({ team }) => team === 'SDR')
    expect(sdr).toMatchObject({ overCapacity: 1, waiting: [{ unitId: 'w1' }], members: [{ capacity: 0, name: 'Sam' }] })
    const overflow = await draft(same => ({
      ...same,
      overflow: { SDR: 'AE' },
      reps: [...reps, { owner_id: 'ae', team: 'AE', weekly_capacity: null }],
    }))
    await engine.client['routing.save']({ json: overflow, expectedHash: (await policy()).hash })
    await engine.client['score.run']({})
    expect((await engine.client['routing.explain']({ unitId: 'w1' })).owner).toMatchObject({
      owner: 'ae',
      isOverCapacity: false,
    })
  })
})

test('sales can be told to leave accounts alone that have a success manager', async () => {
  const accounts = csv([{ account_id: 'a1', csm_owner: 'Cara' }])
  await engine.client['import.run']({ sources: [engine.write('csm.csv', accounts)] })
  const json = await draft(({ suppress, ...rest }) => ({ ...rest, suppress: { ...suppress, customersWithCsm: true } }))
  await engine.client['routing.save']({ json, expectedHash: (await policy()).hash })
  await engine.client['score.run']({})
  const { suppressions } = await engine.client['routing.explain']({ unitId: 'w1' })
  expect(suppressions.find(({ reason }) => reason === 'has_csm')).toMatchObject({
    holds: true,
    stops: ['sdr'],
    evidence: [{ table: 'accounts', key: 'a1', text: 'success manager Cara' }],
  })
})

test('ICP rules are tried on all accounts before they are saved', async () => {
  const wide = csv([{ account_id: 'a3', name: 'Big', employee_count: 5000 }])
  await engine.client['import.run']({ sources: [engine.write('big.csv', wide)] })
  const { tierFrom, modelHash, fields } = await engine.client['routing.icp']({})
  expect(fields).toContain('employee_count')
  const rules = [{ field: 'employee_count', op: '>=' as const, value: 1000, points: 85 }]
  const tried = await engine.client['routing.icpPreview']({ rules, tierFrom })
  expect(tried).toMatchObject({
    accounts: 3,
    given: 2,
    movedTotal: 1,
    moved: [{ accountId: 'a3', from: null, to: 'A', score: 85 }],
  })
  expect(tried.tiers).toEqual([
    { tier: 'A', before: 1, after: 2 },
    { tier: 'B', before: 1, after: 1 },
    { tier: null, before: 1, after: 0 },
  ])
  const { isNew } = await engine.client['routing.icpSave']({ rules, tierFrom, modelHash })
  expect(isNew).toBe(true)
  expect((await engine.client['routing.icp']({})).rules).toEqual(rules)
  await expect(engine.client['routing.icpSave']({ rules: [], tierFrom, modelHash })).rejects.toMatchObject({
    code: 'usage/overtaken',
  })
})

test('owners hear of new people of strategic accounts, new accounts that fit, and new PQLs', async () => {
  const { alerts: before } = await engine.client['routing.alerts']({})
  expect(before).toEqual([])
  const sources = [
    engine.write('a.csv', csv([{ account_id: 'a1', is_strategic: 'true', current_owner: 'o1', territory: 'North' }])),
    engine.write('u.csv', csv([{ user_id: 'u2', created_at: '2026-05-30' }])),
    engine.write('w.csv', csv([{ workspace_id: 'w2', created_at: '2026-05-29' }])),
  ]
  await engine.client['import.run']({ sources })
  await engine.client['score.run']({})
  const { alerts } = await engine.client['routing.alerts']({})
  expect(
    alerts.map(({ kind, contactId, accountId, owner, territory, at }) => ({
      kind,
      contactId,
      accountId,
      owner,
      territory,
      at,
    })),
  ).toEqual([
    {
      kind: 'new_strategic_contact',
      contactId: 'u2',
      accountId: 'a1',
      owner: 'o1',
      territory: 'North',
      at: '2026-05-30',
    },
    { kind: 'new_icp_account', contactId: null, accountId: 'a2', owner: null, territory: null, at: '2026-05-29' },
  ])
  const delivered = await engine.client['export.deliver']({ target: engine.path('crm'), preset: 'hubspot' })
  expect(delivered.files).toContainEqual(expect.objectContaining({ name: 'alerts.csv', rows: 2 }))
  // What is told is no record of the CRM.
  const { deliveries } = await engine.client['export.deliveries']({})
  expect(deliveries.map(({ records }) => records)).toEqual([delivered.created + delivered.updated])
})
