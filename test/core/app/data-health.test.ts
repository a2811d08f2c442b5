import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Output } from '#contract/contract'
import { DEFAULT_MODEL } from '#score'
import { cancelAt, startProject, type TestEngine, watch } from './support/engine.ts'
import { csv, EVENTS, event, importSmall, LAST_DAY, ODD_WORKSPACE, USERS, WORKSPACES } from './support/exports.ts'

type Report = Output<'health.run'>
type Code = Report['checks'][number]['code']

const DIRTY = [
  event(901, 'page_view', ['nowhere', 'u1'], LAST_DAY),
  event(902, 'page_view', ['', ''], LAST_DAY),
  event(903, 'login', ['w1', 'u-unlisted'], LAST_DAY),
  event(904, 'login', ['w1', ''], LAST_DAY - 1000),
]

async function startDirty(onEnd?: (stop: () => Promise<void>) => void): Promise<TestEngine> {
  const engine = await startProject(onEnd === undefined ? {} : { onEnd })
  await importSmall(engine)
  await engine.client['import.run']({
    sources: [
      engine.write('dirty.csv', csv(DIRTY)),
      engine.write(
        'more-users.csv',
        'user_id,primary_email,password_digest\nu9,nina@gmail.com,x\nu9,nina@gmail.com,y\nu1,ada@new.example,z\n',
      ),
      engine.write(
        'subs.csv',
        'subscription_id,workspace_id,status\ns1,w1,active\ns2,w1,active\ns3,w-unknown,active\n',
      ),
    ],
  })
  return engine
}

/** One project, checked, for all that only look at it. */
let shared: TestEngine
let end = async (): Promise<void> => undefined
beforeAll(async () => {
  shared = await startDirty(stop => {
    end = stop
  })
  await shared.client['health.run']({})
})
afterAll(async () => await end())

const checkOf = ({ checks }: Report, code: Code): Report['checks'][number] =>
  checks.find(check => check.code === code) as Report['checks'][number]

test('a check finds what was planted, with the counts of the scores', async () => {
  const { client } = await startDirty()
  const report = await client['health.run']({})
  const scored = await client['score.run']({})
  expect(report).toMatchObject({ asOf: scored.asOf, isStale: false })
  const aside = new Map(scored.setAside.map(({ reason, count }) => [reason, count]))
  expect(checkOf(report, 'event_of_unknown_workspace').count).toBe(aside.get('unknown_workspace'))
  expect(checkOf(report, 'event_without_workspace').count).toBe(aside.get('no_workspace'))
  expect(
    Object.fromEntries(report.checks.filter(({ count }) => count > 0).map(({ code, count }) => [code, count])),
  ).toMatchObject({
    event_without_user: 1,
    event_of_unknown_user: 1,
    secret_column: 1,
    repeated_key: 1,
    changed_row: 1,
    overlapping_subscriptions: 1,
    subscription_orphan: 1,
    personal_mail: 1,
  })
  const email = report.fill.find(({ table, column }) => table === 'users' && column === 'primary_email')
  expect(email).toEqual({
    table: 'users',
    column: 'primary_email',
    filled: USERS.length + 1,
    of: USERS.length + 1,
    isDelivered: true,
  })
  const phone = report.fill.find(({ table, column }) => table === 'users' && column === 'phone')
  expect(phone).toMatchObject({ filled: 0, isDelivered: false })
  const user = report.fill.find(({ table, column }) => table === 'events' && column === 'user_id')
  expect(user).toMatchObject({ filled: EVENTS.length + 2, of: EVENTS.length + 4 })
})

test('scores change nothing of what a check finds, contacts of known people included', async () => {
  const { client, write } = await startDirty()
  await client['import.run']({
    sources: [write('contacts.csv', 'contact_id,email,account_id\nc1,BOB@hot.example,a1\nc2,nobody@else.example,\n')],
  })
  const found = ({ checkedAt: _at, ...report }: Report): Omit<Report, 'checkedAt'> => report
  const before = await client['health.run']({})
  await client['score.run']({})
  const after = await client['health.run']({})
  expect(before.coverage.find(({ id }) => id === 'contacts_users')).toMatchObject({ found: 1, of: 2 })
  expect(found(after)).toEqual(found(before))
})

describe('the report', () => {
  test('is kept, also over a close, and is stale once anything it rests on has changed', async () => {
    const engine = await startDirty()
    const { client } = engine
    expect(await client['health.report']({})).toEqual({ report: null })
    const report = await client['health.run']({})
    expect(await client['health.report']({})).toEqual({ report })
    await client['project.close']({})
    await client['project.open']({ source: engine.path('p.pql') })
    expect(await client['health.report']({})).toEqual({ report })
    const isStale = async (): Promise<boolean | undefined> => (await client['health.report']({})).report?.isStale
    await client['score.run']({})
    expect(await isStale()).toBe(false)
    await client['model.apply']({ json: JSON.stringify({ ...DEFAULT_MODEL, stages: { warm: 1, pql: 2, hot: 3 } }) })
    expect(await isStale()).toBe(false)
    const [first, ...others] = DEFAULT_MODEL.taxonomy
    await client['model.apply']({
      json: JSON.stringify({ ...DEFAULT_MODEL, taxonomy: [{ ...first, match: ['page_view'] }, ...others] }),
    })
    expect(await isStale()).toBe(true)
    await client['health.run']({})
    expect(await isStale()).toBe(false)
    await client['import.run']({
      sources: [engine.write('held.csv', 'user_id,created_at\nu77,never\nu78,2026-05-01\n')],
    })
    expect(await isStale()).toBe(true)
  })

  test('is as of any day, at which later events are no dirt', async () => {
    const { client } = await startDirty()
    const report = await client['health.run']({ asOf: '2026-05-20' })
    expect(new Date(report.asOf).toISOString()).toBe('2026-05-20T23:59:59.999Z')
    expect(checkOf(report, 'event_in_future').count).toBe(0)
    expect(checkOf(report, 'event_of_unknown_workspace').count).toBe(0)
    await expect(client['health.run']({ asOf: 'soon' })).rejects.toMatchObject({ code: 'usage/bad-argument' })
  })

  test('a cancelled check leaves the one before', async () => {
    const { client } = await startDirty()
    const before = await client['health.run']({})
    for (const phase of [
      'Reading the project',
      'Matching people and accounts',
      'Checking the events',
      'Checking the records',
    ])
      await expect(client['health.run']({ asOf: '2026-05-01' }, cancelAt(phase).options)).rejects.toMatchObject({
        code: 'run/cancelled',
      })
    expect(await client['health.report']({})).toEqual({ report: before })
  })

  test('tells how far it is', async () => {
    const { client } = shared
    const { options, seen } = watch()
    await client['health.run']({}, options)
    const phases = [...new Set(seen.map(({ phase }) => phase))]
    expect(phases).toEqual([
      'Reading the project',
      'Finding the date',
      'Reading the events',
      'Matching people and accounts',
      'Counting what they did',
      'Looking for patterns',
      'Checking the events',
      'Checking the records',
    ])
  })

  test.each<readonly [why: string, files: Readonly<Record<string, string>>]>([
    ['nothing but users', { 'users.csv': csv(USERS) }],
    ['nothing but workspaces', { 'workspaces.csv': csv(WORKSPACES) }],
    ['nothing but events', { 'events.csv': csv(EVENTS) }],
    ['an empty project', {}],
  ])('%s can be checked', async (_why, files) => {
    const engine = await startProject()
    const sources = Object.entries(files).map(([name, text]) => engine.write(name, text))
    if (sources.length > 0) await engine.client['import.run']({ sources })
    const report = await engine.client['health.run']({})
    expect(checkOf(report, 'missing_table')).toMatchObject({ severity: 'critical' })
    expect(await engine.client['health.rows']({ code: 'missing_table', offset: 0, limit: 10 })).toMatchObject({
      total: checkOf(report, 'missing_table').count,
    })
    expect(engine.reports).toEqual([])
  })
})

describe('the rows', () => {
  test('of every check are as many as it says, each from the line that it says', async () => {
    const engine = shared
    const report = (await engine.client['health.report']({})).report as Report
    const lines = new Map<string, readonly string[]>()
    const lineOf = (file: string, line: number): string => {
      const all = lines.get(file) ?? readFileSync(engine.path(file), 'utf8').split('\n')
      lines.set(file, all)
      return all[line - 1] ?? ''
    }
    let placed = 0
    for (const { code, rows: wanted } of report.checks) {
      const { rows, total, columns } = await engine.client['health.rows']({ code, offset: 0, limit: 500 })
      expect(total, code).toBe(wanted)
      for (const row of rows) {
        expect(row.values, code).toHaveLength(columns.length)
        if (row.file === null || row.line === null) continue
        placed++
        const names = [row.record?.key[0], row.event?.find(({ name }) => name === 'event_id')?.value]
        const text = lineOf(row.file, row.line).replaceAll('""', '"')
        expect(
          names.some(name => name !== undefined && text.includes(name)),
          `${code} ${row.file}:${row.line}`,
        ).toBe(true)
      }
    }
    expect(placed).toBeGreaterThan(5)
  })

  test('come page by page, after a reopening too, and follow the data', async () => {
    const engine = await startDirty()
    const { client } = engine
    await client['health.run']({})
    const page = async (offset: number, limit: number) =>
      (await client['health.rows']({ code: 'unmapped_event', offset, limit })).rows.map(({ values }) => values[0])
    const all = await page(0, 100)
    expect([...(await page(0, 1)), ...(await page(1, 100))]).toEqual(all)
    expect(await page(100, 10)).toEqual([])
    await client['project.close']({})
    await client['project.open']({ source: engine.path('p.pql') })
    expect(await page(0, 100)).toEqual(all)
    const more = [event(990, 'brand_new_name', ['w1', 'u1'], LAST_DAY)]
    await client['import.run']({ sources: [engine.write('more.csv', csv(more))] })
    expect(await page(0, 100)).toContain('brand_new_name')
  })

  test('as CSV: a header once, harmless text, file and line', async () => {
    const { client } = shared
    const first = await client['health.csv']({ code: 'workspace_without_events', offset: 0, limit: 1 })
    expect(first.text.split('\r\n')[0]).toBe('workspace,name,created,file,line')
    const named = await client['health.csv']({ code: 'changed_row', offset: 0, limit: 5 })
    expect(named).toMatchObject({ rows: 1, total: 1 })
    expect(named.text).toBe(
      'table,record,columns,before,line_before,file,line\r\nusers,u1,primary_email,users.csv,2,more-users.csv,4\r\n',
    )
    const rest = await client['health.csv']({ code: 'changed_row', offset: 1, limit: 5 })
    expect(rest).toMatchObject({ text: '', rows: 0 })
  })
})

describe('a workspace as of a day', () => {
  test('has the rollups, milestones and health that the scores of that day have', async () => {
    const { client } = await startDirty()
    for (const asOf of ['2026-05-31', '2026-05-15']) {
      await client['score.run']({ asOf })
      for (const workspaceId of ['w1', 'w2', 'w3', ODD_WORKSPACE]) {
        const { workspace } = await client['health.workspace']({ workspaceId, asOf })
        const unit = await client['score.unit']({ unitId: workspaceId })
        expect(workspace?.rollups).toEqual(unit.rollups)
        expect(workspace?.milestones).toEqual(unit.milestones)
        expect(workspace?.evidence).toEqual(unit.healthEvidence)
        expect(workspace?.state).toBe(unit.row.health)
      }
    }
  })

  test('is not there before its creation', async () => {
    const { client } = shared
    expect(await client['health.workspace']({ workspaceId: 'w2', asOf: '2026-03-15' })).toMatchObject({
      workspace: null,
    })
    expect(await client['health.workspace']({ workspaceId: 'w9' })).toMatchObject({ workspace: null })
  })

  test('is found by a part of its name or id', async () => {
    const { client } = shared
    const found = async (search: string, asOf?: string) =>
      await client['health.workspaces']({ search, limit: 2, ...(asOf === undefined ? {} : { asOf }) })
    expect(await found('')).toMatchObject({ matching: 4, workspaces: [{ workspaceId: 'w2' }, { workspaceId: 'w1' }] })
    expect(await found('WÖRK')).toEqual({ matching: 1, workspaces: [{ workspaceId: ODD_WORKSPACE, name: 'Odd' }] })
    expect(await found('quiet')).toMatchObject({ workspaces: [{ workspaceId: 'w3' }] })
    expect(await found('odd', '2026-04-15')).toMatchObject({ matching: 0 })
  })
})

test('another activation rule is looked at without being applied, and applied as a new model version', async () => {
  const { client } = await startDirty()
  await client['health.run']({})
  const { activation } = DEFAULT_MODEL
  const same = await client['health.activation']({ activation })
  expect(same).toMatchObject({ gained: 0, lost: 0, moved: 0 })
  expect(same.now).toEqual(same.draft)
  const easy = { primary: { activePersons: 1 }, secondary: [] }
  const effect = await client['health.activation']({ activation: easy })
  expect(effect.now).toEqual(same.now)
  expect(effect.draft.activated).toBe(same.now.activated + effect.gained - effect.lost)
  expect(effect.gained).toBeGreaterThan(0)
  const { json } = await client['model.get']({})
  await client['model.apply']({ json: JSON.stringify({ ...JSON.parse(json), activation: easy }) })
  const after = await client['health.activation']({ activation: easy })
  expect(after.now).toEqual(effect.draft)
  expect((await client['health.report']({})).report?.isStale).toBe(false)
  await client['score.run']({})
  const { workspace } = await client['health.workspace']({ workspaceId: 'w2' })
  expect(workspace?.rollups['activation_date']).toBe(
    (await client['score.unit']({ unitId: 'w2' })).rollups['activation_date'],
  )
  expect(workspace?.primary.holds).toBe(true)
})

test('an answer at hand waits for nobody; one that has to be worked out is a job among others', async () => {
  const { client } = await startDirty()
  await client['health.run']({})
  let answers: unknown[] = []
  const waiting = watch()
  const { options } = watch(progress => {
    if (progress.phase !== 'Matching people and accounts' || answers.length > 0) return
    answers = [
      client['health.rows']({ code: 'personal_mail', offset: 0, limit: 1 }),
      client['health.workspace']({ workspaceId: 'w1' }),
      client['health.workspace']({ workspaceId: 'w1', asOf: '2026-05-05' }, waiting.options),
    ]
  })
  await client['score.run']({}, options)
  expect(await Promise.all(answers)).toMatchObject([
    { total: 1 },
    { workspace: { unitId: 'w1' } },
    { workspace: { unitId: 'w1' } },
  ])
  expect(waiting.seen[0]).toMatchObject({ waitsFor: { job: 'scoring', ahead: 1 } })
})

test('questions at once that have to read the data wait for one another', async () => {
  const engine = await startDirty()
  const { client } = engine
  await client['health.run']({})
  await client['project.close']({})
  await client['project.open']({ source: engine.path('p.pql') })
  const answers = await Promise.all([
    client['health.rows']({ code: 'personal_mail', offset: 0, limit: 1 }),
    client['health.workspace']({ workspaceId: 'w1' }),
    client['health.workspace']({ workspaceId: 'w1', asOf: '2026-05-05' }),
    client['health.rows']({ code: 'event_copy', offset: 0, limit: 1 }),
    client['health.run']({}),
  ])
  expect(answers).toMatchObject([
    { total: 1 },
    { workspace: { unitId: 'w1' } },
    { workspace: { unitId: 'w1' } },
    { total: 0 },
    {},
  ])
})
