import { expect, test } from 'vitest'
import { startProject } from './support/engine.ts'

const ROWS = 1300
const wrong = (at: number): string => (at % 3 === 0 ? 'many' : `${at}x`)

test('groups of many rows are counted page by page, and their example is the first row', async () => {
  const engine = await startProject()
  const lines = Array.from({ length: ROWS }, (_, at) => `g${at},5,\na${at},${wrong(at)},${at < 1200 ? '' : 'b,c'}`)
  const file = engine.write('accounts.csv', `account_id,employee_count,name\n${lines.join('\n')}\n`)
  const run = await engine.client['import.run']({ sources: [file], mode: 'upsert' })
  const importId = run.files[0]?.importId ?? 0
  const { groups, imports, records } = await engine.client['held.groups']({})
  expect(groups).toMatchObject([
    { importId, state: 'held', code: 'value/not-a-number', column: 'employee_count', count: 1200, example: 'many' },
    { importId, state: 'held', code: 'row/too-many-fields', column: '', count: 100 },
  ])
  expect(groups[1]?.message).toContain('Line 2403:')
  expect(imports).toMatchObject([{ held: ROWS, leftOut: 0, fixed: 0, superseded: 0 }])
  expect(records).toBe(ROWS)
  const change = {
    kind: 'rule',
    importId,
    code: 'row/too-many-fields',
    column: '',
    fix: { kind: 'leave-out' },
  } as const
  await engine.client['held.fix']({ change })
  const after = await engine.client['held.groups']({ importId })
  expect(after.groups.map(({ state, count }) => [state, count])).toEqual([
    ['held', 1200],
    ['left-out', 100],
  ])
  expect(after.imports).toMatchObject([{ held: 1200, leftOut: 100 }])
  expect(after.records).toBe(1200)
})

test('the question can be cancelled', async () => {
  const engine = await startProject()
  const file = engine.write('accounts.csv', 'account_id,employee_count\na1,many\na2,5\n')
  await engine.client['import.run']({ sources: [file] })
  const signal = AbortSignal.abort()
  await expect(engine.client['held.groups']({}, { signal })).rejects.toMatchObject({ code: 'run/cancelled' })
})
