import { readdirSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { LIST_COLUMNS } from '#schema/list-columns'
import { startProject, type TestEngine } from './support/engine.ts'
import { importSmall, USERS } from './support/exports.ts'

const CSV = { delimiter: ',', newline: '\r\n' } as const
const BY_NAME = { sort: 'name', descending: false, filter: {} } as const

async function startScored(): Promise<TestEngine> {
  const engine = await startProject()
  await importSmall(engine)
  await engine.client['score.run']({})
  return engine
}

function recordsOf(engine: TestEngine, name: string): readonly Record<string, string>[] {
  const [header = [], ...rows] = Papa.parse(readFileSync(engine.path(name), 'utf8').trimEnd(), CSV).data
  return rows.map(row => Object.fromEntries(header.map((column, i) => [column, row[i] ?? ''])))
}

test('the list is written as it is seen: the same rows in the same order, with the figures of scores.csv', async () => {
  const engine = await startScored()
  const { client } = engine
  const file = { target: engine.folder, name: 'list.csv' }
  const { columns } = await client['score.order'](BY_NAME)
  const { rows } = await client['score.rows']({ unitNos: [...columns.order] })
  const written = await client['score.export']({ ...BY_NAME, ...file, columns: [...LIST_COLUMNS] })
  expect(written.rows).toBe(rows.length)
  const records = recordsOf(engine, 'list.csv')
  expect(records.map(record => record['unit_id'])).toEqual(rows.map(({ unitId }) => unitId))
  await client['export.run']({ target: engine.path('out') })
  const scores = new Map(recordsOf(engine, 'out/scores.csv').map(record => [record['unit_id'], record]))
  for (const record of records)
    for (const [column, cell] of Object.entries(record))
      if (!['account_name', 'owner_name', 'last_active_at'].includes(column))
        expect([column, cell]).toEqual([column, scores.get(record['unit_id'])?.[column]])
})

test('only what is shown: columns that are left out, units that the filter leaves out', async () => {
  const engine = await startScored()
  const { client } = engine
  const { matching } = await client['score.order']({ ...BY_NAME, filter: { stages: ['Not PQL'] } })
  const { rows } = await client['score.export']({
    ...{ ...BY_NAME, filter: { stages: ['Not PQL'] } },
    columns: ['stage'],
    target: engine.folder,
    name: 'list.csv',
  })
  expect(rows).toBe(matching)
  const [first] = recordsOf(engine, 'list.csv')
  expect(first).toMatchObject({ pql_stage: 'Not PQL' })
  expect(Object.keys(first ?? {})).toEqual(['unit_id', 'unit_name', 'account_id', 'account_name', 'pql_stage', 'as_of'])
})

test('a file of that name is not written over unasked; a name is no path; nothing stays of a refusal', async () => {
  const engine = await startScored()
  const { client } = engine
  const asked = { ...BY_NAME, columns: [], target: engine.folder }
  engine.write('list.csv', 'mine')
  const before = readdirSync(engine.folder)
  await expect(client['score.export']({ ...asked, name: 'list.csv' })).rejects.toMatchObject({ code: 'export/exists' })
  await expect(client['score.export']({ ...asked, name: '../list.csv' })).rejects.toThrow()
  expect(readdirSync(engine.folder)).toEqual(before)
  expect(readFileSync(engine.path('list.csv'), 'utf8')).toBe('mine')
  await client['score.export']({ ...asked, name: 'list.csv', overwrite: true })
  expect(recordsOf(engine, 'list.csv').length).toBeGreaterThan(0)
})

test('what a spreadsheet would run is made harmless, and counted', async () => {
  const engine = await startScored()
  const asked = { ...BY_NAME, columns: [], target: engine.folder, name: 'list.csv' }
  const { cellsMadeHarmless } = await engine.client['score.export'](asked)
  const cells = recordsOf(engine, 'list.csv').flatMap(record => Object.values(record))
  expect(cells).toContain("'=1+1")
  expect(cellsMadeHarmless).toBe(cells.filter(cell => cell.startsWith("'")).length)
})

test('people are written as they are listed, all pages of them', async () => {
  const engine = await startScored()
  const { client } = engine
  const { rows } = await client['score.people']({ sort: 'personId', descending: false, search: '' })
  const asked = { sort: 'personId', descending: false, target: engine.folder, name: 'people.csv' } as const
  expect((await client['score.exportPeople'](asked)).rows).toBe(rows.length)
  const records = recordsOf(engine, 'people.csv')
  expect(records.map(({ person_id, unit_id, name }) => [person_id, unit_id, name])).toEqual(
    rows.map(({ personId, unitId, name }) => [personId, unitId, name ?? '']),
  )
  expect(records.map(record => Number(record['user_score']))).toEqual(rows.map(({ userScore }) => userScore))
  expect(new Set(records.map(({ person_id }) => person_id)).size).toBe(USERS.length)
})
