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

describe('assignments', () => {
  const reps = [
    { owner_id: 'o1', team: 'SDR', weekly_capacity: 1 },
    { owner_id: 'o2', team: 'SDR', weekly_capacity: 4 },
    { owner_id: 'ae', team: 'AE', weekly_capacity: null },
  ]
  const withReps = async (): Promise<void> => {
    const json = await draft(same => ({ ...same, reps, overflow: { SDR: 'AE' } }))
    await engine.client['routing.save']({ json, expectedHash: (await policy()).hash })
  }
  const pool = async (name: string) => {
    const found = (await engine.client['routing.pools']({})).teams.find(({ team }) => team === name)
    return found ?? expect.fail(`no pool ${name}`)
  }
  const isStale = async () => (await engine.client['project.summary']({})).scoreRun?.staleBecause ?? []

  test('are listed with what the run gives, and their pool says whose turn is next', async () => {
    await withReps()
    const sdr = await pool('SDR')
    expect(sdr).toMatchObject({ overflowTo: 'AE', others: [] })
    expect(sdr.members.map(({ ownerId, turn, owned }) => [ownerId, turn, owned])).toEqual([
      ['o1', null, 1],
      ['o2', 1, 0],
    ])
    expect(await engine.client['routing.owned']({ ownerId: 'o1' })).toEqual({
      total: 1,
      rows: [expect.objectContaining({ unitId: 'w1', team: 'SDR', since: '2026-05-31', standing: 'in use' })],
    })
  })

  test('go to another person by hand, are followed by the next scores, and are brought back to the letter', async () => {
    await withReps()
    await engine.client['score.run']({})
    expect(await isStale()).toEqual([])
    const moves = [{ unitId: 'w1', team: 'SDR', owner: 'ae' }]
    const { changed, before } = await engine.client['routing.assign']({ moves })
    expect([changed, before]).toEqual([1, [{ unitId: 'w1', team: 'SDR', owner: 'o1', sinceRun: 1 }]])
    expect(await isStale()).toEqual(['routing'])
    expect((await pool('SDR')).others).toEqual([
      { ownerId: 'ae', name: null, team: 'AE', isKnown: true, assigned: 1, takenThisWeek: 1 },
    ])
    expect(await engine.client['routing.owned']({ ownerId: 'o1' })).toEqual({ total: 0, rows: [] })
    const left = await engine.client['routing.owned']({ ownerId: 'ae' })
    expect(left.rows).toMatchObject([{ unitId: 'w1', standing: 'next', destination: 'sdr' }])
    await engine.client['routing.assign']({ moves: before })
    expect(await isStale()).toEqual([])
    expect(await engine.client['routing.assign']({ moves: before })).toEqual({ changed: 0, before: [] })
    await engine.client['routing.assign']({ moves })
    await engine.client['score.run']({})
    expect((await engine.client['score.unit']({ unitId: 'w1' })).row.owner).toBe('ae')
  })

  test.each([
    { why: 'somebody nobody knows', move: { unitId: 'w1', team: 'SDR', owner: 'x' }, code: 'usage/bad-argument' },
    {
      why: 'a workspace that is not scored',
      move: { unitId: 'w9', team: 'SDR', owner: 'o1' },
      code: 'score/unknown-unit',
    },
    {
      why: 'scores never made',
      move: { unitId: 'w1', team: 'SDR', owner: 'o1', sinceRun: 99 },
      code: 'usage/bad-argument',
    },
  ])('are refused for $why', async ({ move, code }) => {
    await expect(engine.client['routing.assign']({ moves: [move] })).rejects.toMatchObject({ code })
  })

  test('of somebody who left are shown as such', async () => {
    await withReps()
    await engine.client['routing.assign']({ moves: [{ unitId: 'w1', team: 'SDR', owner: 'o2' }] })
    const json = await draft(same => ({ ...same, reps: reps.slice(0, 1) }))
    await engine.client['routing.save']({ json, expectedHash: (await policy()).hash })
    expect((await pool('SDR')).others).toMatchObject([{ ownerId: 'o2', isKnown: false, assigned: 1 }])
  })
})

test('alerts are told for the days asked for, name the records behind them, and stay seen', async () => {
  const sources = [
    engine.write('a.csv', csv([{ account_id: 'a1', is_strategic: 'true' }])),
    engine.write('u.csv', csv([{ user_id: 'u2', name: 'Una Berg', created_at: '2026-05-20' }])),
  ]
  await engine.client['import.run']({ sources })
  await engine.client['score.run']({})
  const ask = async (days?: number) => await engine.client['routing.alerts'](days === undefined ? {} : { days })
  expect(await ask()).toEqual({ alerts: [], days: 7 })
  const { alerts } = await ask(30)
  const told = alerts.find(({ kind }) => kind === 'new_strategic_contact') ?? expect.fail('nothing told')
  expect(told).toMatchObject({ seenAt: null, text: expect.stringContaining('Una Berg') })
  expect(told.evidence).toEqual([
    { table: 'users', key: 'u2', text: 'user made on 20 May 2026' },
    { table: 'accounts', key: 'a1', text: 'strategic account' },
  ])
  const alertIds = [told.alertId]
  await engine.client['routing.seeAlerts']({ alertIds, isSeen: true })
  await engine.client['score.run']({})
  const seen = async () => (await ask(30)).alerts.find(({ alertId }) => alertId === told.alertId)?.seenAt
  expect(await seen()).toBe(1_780_000_000_000)
  await engine.client['routing.seeAlerts']({ alertIds, isSeen: false })
  expect(await seen()).toBeNull()
})

test('what sends workspaces to review is listed and decided about without a check of the data', async () => {
  const day = (n: number): string => `2026-05-${String(n).padStart(2, '0')}T10:00:00Z`
  const quiet = Array.from({ length: 28 }, (_, i) => ({ event_id: `q${i}`, timestamp: day(i + 1) }))
  const burst = Array.from({ length: 80 }, (_, i) => ({ event_id: `b${i}`, timestamp: day(30) }))
  const events = [...quiet, ...burst].map(own => ({ ...own, user_id: 'u1', workspace_id: 'w1', event_name: 'login' }))
  const sources = [
    engine.write('burst.csv', csv(events)),
    engine.write('w.csv', csv([{ workspace_id: 'w1', created_at: '2026-01-01' }])),
  ]
  await engine.client['import.run']({ sources })
  await engine.client['score.run']({})
  const ask = async () => await engine.client['routing.anomalies']({})
  const { anomalies, total } = await ask()
  expect(total).toBe(1)
  expect(anomalies[0]).toMatchObject({
    kind: 'burst',
    verdict: null,
    isOpen: true,
    unitsTotal: 1,
    units: [{ unitId: 'w1', destination: 'review' }],
  })
  await engine.client['anomalies.decide']({ id: anomalies[0]?.id ?? '', verdict: 'dismissed' })
  expect((await ask()).anomalies[0]).toMatchObject({ verdict: 'dismissed', isOpen: false })
  await engine.client['score.run']({})
  expect((await ask()).anomalies[0]?.units[0]?.destination).not.toBe('review')
  await expect(engine.client['anomalies.decide']({ id: 'no such', verdict: null })).rejects.toMatchObject({
    code: 'usage/bad-argument',
  })
})

describe('ICP rules', () => {
  type Rule = Parameters<TestEngine['client']['routing.icpPreview']>[0]['rules'][number]
  const tierFrom = { A: 80, B: 60, C: 40 }
  const importAccounts = async (): Promise<void> => {
    const rows = csv([
      { account_id: 'b1', employee_count: '20', industry: 'Health' },
      { account_id: 'b2', employee_count: '500', industry: 'Health' },
      { account_id: 'b3', employee_count: '5000', industry: '' },
    ])
    await engine.client['import.run']({ sources: [engine.write('acc.csv', rows)] })
  }

  test('say how many accounts each one reaches, among those that the CRM gives nothing', async () => {
    await importAccounts()
    const rules: Rule[] = [
      { field: 'employee_count', op: '>=', value: 100, points: 60 },
      { field: 'industry', op: '=', value: 'health', points: 30 },
    ]
    const { rules: reach, given, accounts } = await engine.client['routing.icpPreview']({ rules, tierFrom })
    expect([accounts, given]).toEqual([5, 2])
    expect(reach).toEqual([
      { known: 3, holds: 2 },
      { known: 2, holds: 2 },
    ])
  })
})

test('a hand-off tells the last five key events as they happened: day, person, what', async () => {
  const deeds = [
    { event_id: 'k1', event_name: 'upgrade_click', timestamp: '2026-05-31T09:00:00Z', user_id: 'u1' },
    { event_id: 'k2', event_name: 'usage_limit_hit', timestamp: '2026-05-31T08:00:00Z', user_id: 'u2' },
    { event_id: 'k3', event_name: 'pricing_page_view', timestamp: '2026-05-31T07:00:00Z', user_id: '' },
    { event_id: 'k4', event_name: 'login', timestamp: '2026-05-31T07:30:00Z', user_id: 'u1' },
  ].map(own => ({ ...own, workspace_id: 'w1' }))
  const contacts = [{ contact_id: 'c2', user_id: 'u2', opted_out: 'true' }]
  const sources = [engine.write('deeds.csv', csv(deeds)), engine.write('contacts.csv', csv(contacts))]
  await engine.client['import.run']({ sources })
  await engine.client['score.run']({ asOf: '2026-05-31' })
  const templates = [{ id: 'sdr_task' as const, text: '- {key_events}' }]
  const { rows } = await engine.client['handoff.preview']({ unitIds: ['w1'], templates })
  const lines = rows[0]?.payloads.find(({ id }) => id === 'sdr_task')?.text.split('\n') ?? []
  expect(lines.slice(0, 3)).toEqual([
    '- 31 May, Ada: Clicked upgrade',
    '- 31 May, Somebody: Hit a usage limit',
    '- 31 May, Somebody: Viewed the pricing page',
  ])
  expect(lines).toHaveLength(5)
})
