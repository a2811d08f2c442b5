import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { startProject, type TestEngine, withFile } from './support/engine.ts'

const HEADER = 'account_id,name,employee_count\n'
const GOOD = Array.from({ length: 20 }, (_, i) => `g${i},Good ${i},${i + 1}\n`).join('')
const FIRST = `${HEADER}${GOOD}a1,One,51-200\na2,Two,51-200\n`

async function take(engine: TestEngine, week: string, content: string): Promise<number> {
  const { files } = await engine.client['import.run']({ sources: [engine.write(`${week}/accounts.csv`, content)] })
  return files[0]?.importId ?? 0
}

async function download(engine: TestEngine): Promise<string> {
  await engine.client['held.export']({ target: engine.path('held.csv'), overwrite: true })
  return readFileSync(engine.path('held.csv'), 'utf8')
}

const corrected = (text: string): string => text.replace('One,51-200', 'One,125').replace('Two,51-200', 'Two,77')

/** A download without its last column, `_error_row`. */
const withoutRow = (text: string): string => text.replaceAll(/,[^,\r\n]*(?=\r\n)/g, '')

async function totals({ client }: TestEngine): Promise<readonly string[]> {
  const { imports } = await client['held.groups']({})
  return imports.map(({ importId, held, fixed, superseded }) => `${importId}: ${held} ${fixed} ${superseded}`)
}

async function waiting({ client }: TestEngine, importId: number): Promise<readonly string[]> {
  const { rows } = await client['held.rows']({ importId, state: 'held', after: 0, limit: 9 })
  return rows.map(({ cells }) => cells.join())
}

async function accounts(engine: TestEngine): Promise<readonly string[]> {
  await engine.close()
  const sql =
    "SELECT account_id || ',' || name || ',' || employee_count FROM accounts WHERE account_id LIKE 'a%' ORDER BY 1"
  return withFile(engine, ({ db }) => db.prepare(sql).pluck().all() as string[])
}

describe('a corrected download whose rows a newer export has superseded', () => {
  test('corrects the same records in the newer import, wherever they stand there, and no other', async () => {
    const engine = await startProject()
    await take(engine, '1', FIRST)
    const text = corrected(await download(engine))
    const newer = await take(engine, '2', `${HEADER}${GOOD}a7,Seven,51-200\na1,One Inc,51-200\na2,Two,51-200\n`)
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', text) })
    expect(loaded).toMatchObject({ rows: 2, corrected: 2, notHeld: 0, done: [{ originId: newer, loaded: 2 }] })
    expect(loaded.superseded).toBeUndefined()
    expect(await totals(engine)).toEqual(['1: 0 0 2', '2: 1 2 0'])
    expect(await waiting(engine, newer)).toEqual(['a7,Seven,51-200'])
    expect(await accounts(engine)).toEqual(['a1,One Inc,125', 'a2,Two,77'])
  })

  test('is led on where a third export has superseded the second', async () => {
    const engine = await startProject()
    await take(engine, '1', FIRST)
    const text = corrected(await download(engine))
    await take(engine, '2', `${HEADER}${GOOD}a2,Two,51-200\na1,One,51-200\n`)
    const newest = await take(engine, '3', `${HEADER}a2,Two,51-200\na1,One,51-200\n${GOOD}`)
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', text) })
    expect(loaded).toMatchObject({ corrected: 2, done: [{ originId: newest, loaded: 2 }] })
    expect(await accounts(engine)).toEqual(['a1,One,125', 'a2,Two,77'])
  })

  test.each<
    readonly [why: string, newer: string, superseded: object, left: readonly string[], there: readonly string[]]
  >([
    [
      'that loads one of them and says something else of the other',
      'a1,One,60\na2,Two,201-500\n',
      { importId: 2, rows: 2, held: 1 },
      ['a2,Two,201-500'],
      ['a1,One,60'],
    ],
    [
      'that holds one of them twice and the other as it was',
      'a1,One,51-200\na2,Two,51-200\na1,One,51-200\n',
      { importId: 2, rows: 1, held: 1 },
      ['a1,One,51-200', 'a1,One,51-200'],
      ['a2,Two,77'],
    ],
  ])('changes nothing of a record in an import %s, and says so', async (_why, newer, superseded, left, there) => {
    const engine = await startProject()
    await take(engine, '1', FIRST)
    const text = corrected(await download(engine))
    const newest = await take(engine, '2', `${HEADER}${GOOD}${newer}`)
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', text) })
    expect(loaded.superseded).toEqual([superseded])
    expect(loaded.notHeld).toBe(loaded.superseded?.[0]?.rows)
    expect(loaded.corrected + loaded.notHeld).toBe(2)
    expect(await waiting(engine, newest)).toEqual(left)
    expect(await accounts(engine)).toEqual(there)
  })

  test('leads a record that cannot be taken apart by its bytes', async () => {
    const engine = await startProject()
    await take(engine, '1', `${HEADER}${GOOD}broken\n`)
    const text = (await download(engine)).replace(',broken,row', ',"b1,Mended,8",row')
    const newer = await take(engine, '2', `${HEADER}${GOOD}other\nbroken\n`)
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', text) })
    expect(loaded).toMatchObject({ corrected: 1, done: [{ originId: newer, loaded: 1 }] })
    expect((await engine.client['held.rows']({ importId: newer, after: 0, limit: 9 })).rows).toMatchObject([
      { text: 'other' },
    ])
  })

  test('takes a row whose number was given to another row since only where the record is the same', async () => {
    const engine = await startProject()
    const first = await take(engine, '1', FIRST)
    const text = corrected(await download(engine))
    await engine.client['import.undo']({ importId: first })
    const again = await take(engine, '2', `${HEADER}${GOOD}a1,One,51-200\na9,Nine,51-200\n`)
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', text) })
    expect(loaded).toMatchObject({ corrected: 1, notHeld: 1, lines: [3] })
    expect(await waiting(engine, again)).toEqual(['a9,Nine,51-200'])
    expect(await accounts(engine)).toEqual(['a1,One,125'])
  })
})

test('a row that is named may have its key corrected, or what is beside a key that was missing', async () => {
  const engine = await startProject()
  await take(engine, '1', `${HEADER}${GOOD}a1,One,51-200\n,Two,2\n`)
  const text = (await download(engine)).replace('a1,One,51-200', 'a5,One,125').replace(',Two,2,', 'a6,Two Inc,2,')
  const loaded = await engine.client['held.load']({ source: engine.write('back.csv', text) })
  expect(loaded).toMatchObject({ corrected: 2, notHeld: 0 })
  expect(await accounts(engine)).toEqual(['a5,One,125', 'a6,Two Inc,2'])
})

describe('a corrected download without _error_row', () => {
  test('is matched by file and line where the key is the same', async () => {
    const engine = await startProject()
    await take(engine, '1', FIRST)
    const text = withoutRow(corrected(await download(engine)))
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', text) })
    expect(loaded).toMatchObject({ corrected: 2, notHeld: 0 })
    expect(await accounts(engine)).toEqual(['a1,One,125', 'a2,Two,77'])
  })

  test('is not laid over another record that stands at the line now', async () => {
    const engine = await startProject()
    await take(engine, '1', FIRST)
    const text = withoutRow(corrected(await download(engine)))
    const newer = await take(engine, '2', `${HEADER}${GOOD}a7,Seven,51-200\na1,One,51-200\na2,Two,51-200\n`)
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', text) })
    expect(loaded).toMatchObject({ corrected: 0, notHeld: 2, lines: [2, 3], done: [] })
    expect(await waiting(engine, newer)).toEqual(['a7,Seven,51-200', 'a1,One,51-200', 'a2,Two,51-200'])
  })

  test.each([
    { why: 'the text in _error_value is that of the record', line: 'broken', said: 'broken', corrected: 1 },
    { why: 'not where it is another', line: 'rubble', said: 'broken', corrected: 0 },
  ])('a record that cannot be taken apart is matched where $why', async ({ line, said, corrected: found }) => {
    const engine = await startProject()
    await take(engine, '1', `${HEADER}${GOOD}${line}\n`)
    const row = `b1,Mended,8,accounts.csv,22,,${said},row/too-few-fields\r\n`
    const head = `${HEADER.trim()},_error_file,_error_line,_error_column,_error_value,_error_code\r\n`
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', head + row) })
    expect(loaded).toMatchObject({ corrected: found, notHeld: 1 - found })
  })
})
