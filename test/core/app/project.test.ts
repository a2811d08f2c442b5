import { existsSync, linkSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Client } from '#contract/contract'
import { startEngine, startProject, stateOf } from './support/engine.ts'
import { csv, importSmall, USERS } from './support/exports.ts'

const ORDER = { sort: 'score', descending: true, filter: {} } as const

test('the program says who it is, and which project is open', async () => {
  const engine = startEngine()
  const { client } = engine
  expect(await client['app.info']({})).toMatchObject({ host: 'test', project: null })
  await client['project.create']({ target: engine.path('My project.pql') })
  expect(await client['app.info']({})).toMatchObject({ project: { name: 'My project', folder: engine.folder } })
  expect(await client['project.close']({})).toEqual({})
  expect(await client['app.info']({})).toMatchObject({ project: null })
  expect(readdirSync(engine.folder)).toEqual(['My project.pql'])
})

test('without a project, every call that needs one says so', async () => {
  const engine = startEngine()
  const token = engine.write('users.csv', csv(USERS))
  const calls: readonly ((client: Client) => Promise<unknown>)[] = [
    client => client['project.summary']({}),
    client => client['project.record']({ table: 'users', key: ['u1'] }),
    client => client['import.run']({ sources: [token] }),
    client => client['import.list']({}),
    client => client['import.held']({ after: 0, limit: 10 }),
    client => client['score.run']({}),
    client => client['score.order'](ORDER),
    client => client['score.rows']({ unitNos: [0] }),
    client => client['score.histogram']({ filter: {} }),
    client => client['score.unit']({ unitId: 'w1' }),
    client => client['score.events']({ unitId: 'w1', limit: 10, before: null, signal: null }),
    client => client['score.activity']({ unitId: 'w1' }),
    client => client['model.get']({}),
    client => client['model.apply']({ json: '{}' }),
    client => client['policy.apply']({ json: '{}' }),
    client => client['export.preview']({}),
    client => client['export.run']({ target: engine.path('out') }),
  ]
  for (const call of calls) await expect(call(engine.client)).rejects.toMatchObject({ code: 'project/not-open' })
  expect(engine.reports).toEqual([])
})

test('without scores, every call that shows them says so', async () => {
  const { client, path } = await startProject()
  const calls = [
    client['score.order'](ORDER),
    client['score.rows']({ unitNos: [0] }),
    client['score.histogram']({ filter: {} }),
    client['score.unit']({ unitId: 'w1' }),
    client['score.events']({ unitId: 'w1', limit: 10, before: null, signal: null }),
    client['score.activity']({ unitId: 'w1' }),
    client['export.preview']({}),
    client['export.run']({ target: path('out') }),
  ]
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'score/no-run' })
})

test('a token that was not handed out is refused', async () => {
  const { client } = await startProject({ known: token => token.endsWith('.pql') })
  const calls = [
    client['project.open']({ source: 'elsewhere' }),
    client['project.create']({ target: 'elsewhere' }),
    client['import.inspect']({ sources: ['elsewhere'] }),
    client['import.run']({ sources: ['elsewhere'] }),
  ]
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'import/unknown-source' })
})

describe('opening', () => {
  test('what was imported is there when the project is opened again', async () => {
    const engine = await startProject()
    await importSmall(engine)
    const before = await stateOf(engine.client)
    await engine.client['project.close']({})
    await engine.client['project.open']({ source: engine.path('p.pql') })
    expect(await stateOf(engine.client)).toEqual(before)
  })

  test('what is being read of a project ends as cancelled when it is closed', async () => {
    const engine = await startProject()
    await importSmall(engine)
    await engine.client['score.run']({})
    const reading = engine.client['routing.alerts']({})
    const ended = reading.then(
      () => 'answered',
      (error: { code: string }) => error.code,
    )
    await engine.client['project.close']({})
    expect(['answered', 'run/cancelled', 'project/not-open']).toContain(await ended)
    expect(engine.reports).toEqual([])
  })

  test('a file that is no project leaves the one that is open open', async () => {
    const engine = await startProject()
    await importSmall(engine)
    const before = await stateOf(engine.client)
    const token = engine.write('notes.pql', 'dear diary'.repeat(100))
    await expect(engine.client['project.open']({ source: token })).rejects.toMatchObject({
      code: 'store/not-a-project',
    })
    const missing = engine.client['project.open']({ source: engine.path('nothing.pql') })
    await expect(missing).rejects.toMatchObject({ code: 'usage/missing-file' })
    const taken = engine.client['project.create']({ target: engine.path('p.pql') })
    await expect(taken).rejects.toMatchObject({ code: 'usage/bad-argument' })
    expect(await stateOf(engine.client)).toEqual(before)
  })

  test('the open project is opened again by any of its names without a fuss', async () => {
    const engine = await startProject()
    const summary = await engine.client['project.summary']({})
    expect(await engine.client['project.open']({ source: engine.path('p.pql') })).toEqual(summary)
    linkSync(engine.path('p.pql'), engine.path('other.pql'))
    const linked = engine.client['project.open']({ source: engine.path('other.pql') })
    await expect(linked).rejects.toMatchObject({ code: 'store/locked' })
  })

  test('another project takes the place of the one before, which is closed down to one file', async () => {
    const engine = await startProject()
    const { project } = await engine.client['project.create']({ target: engine.path('second.pql') })
    expect(project.name).toBe('second')
    expect(existsSync(engine.path('p.pql-wal'))).toBe(false)
    expect(await engine.client['project.open']({ source: engine.path('p.pql') })).toMatchObject({
      project: { name: 'p' },
    })
  })
})

test('a summary counts what is there', async () => {
  const engine = await startProject()
  await importSmall(engine)
  await engine.client['score.run']({})
  expect(await engine.client['project.summary']({})).toMatchObject({
    project: { name: 'p' },
    files: 6,
    rowsPerTable: { users: 4, workspaces: 4, memberships: 5, accounts: 2, crm_users: 1, deals: 0, events: 81 },
    events: 81,
    held: 0,
    persons: 4,
    linkedWorkspaces: 2,
    scoreRun: { units: 4, modelName: 'Recipe', isStale: false },
  })
})

test('a record is shown with its fields, its file and its line', async () => {
  const engine = await startProject()
  const records = USERS.map(user => ({ ...user, 'Favourite colour': user.name === 'Ada' ? 'mauve' : null }))
  await engine.client['import.run']({ sources: [engine.write('people.csv', csv(records))] })
  const record = await engine.client['project.record']({ table: 'users', key: ['u1'] })
  expect(record).toMatchObject({ file: 'people.csv', line: 2 })
  expect(record?.fields).toContainEqual({ name: 'primary_email', value: 'ada@hot.example' })
  expect(record?.fields).toContainEqual({ name: 'Favourite colour', value: 'mauve' })
  expect(await engine.client['project.record']({ table: 'users', key: ['nobody'] })).toBeNull()
  const twoKeys = engine.client['project.record']({ table: 'users', key: ['u1', 'w1'] })
  await expect(twoKeys).rejects.toMatchObject({ code: 'contract/bad-input' })
  const oneKey = engine.client['project.record']({ table: 'memberships', key: ['u1'] })
  await expect(oneKey).rejects.toMatchObject({ code: 'contract/bad-input' })
  expect(engine.reports).toEqual([])
})

test('a project that another one takes the place of while it is looked at says so', async () => {
  const first = await startProject()
  await importSmall(first)
  await first.client['score.run']({})
  await first.close()
  const engine = startEngine({ folder: first.folder })
  const [opened, made] = await Promise.allSettled([
    engine.client['project.open']({ source: engine.path('p.pql') }),
    engine.client['project.create']({ target: engine.path('q.pql') }),
  ])
  expect(opened).toMatchObject({ status: 'rejected', reason: { code: 'run/cancelled' } })
  expect(made).toMatchObject({ status: 'fulfilled', value: { project: { name: 'q' } } })
  expect(engine.reports).toEqual([])
})
