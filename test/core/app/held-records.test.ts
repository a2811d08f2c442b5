import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { startProject, type TestEngine } from './support/engine.ts'

const call = (type: string, i: number, rest: object = {}): string =>
  JSON.stringify({
    type,
    event: type === 'track' ? 'login' : null,
    messageId: `m${i}`,
    timestamp: '2026-05-31T12:00:00Z',
    originalTimestamp: '2026-05-31T12:00:00Z',
    anonymousId: `a${i}`,
    userId: `u${i}`,
    groupId: 'w1',
    context: { ip: '10.0.0.1', groupId: 'w1' },
    traits: { email: `u${i}@example.com`, name: `U ${i}` },
    integrations: {},
    writeKey: 'k',
    ...rest,
  })
const GOOD = Array.from({ length: 12 }, (_, i) => call(['track', 'identify', 'group'][i % 3] ?? 'track', i))
const BROKEN = '{"type":"track","event":'

type Row = Readonly<Record<string, string>>

/** Calls that feed several tables; the records are one per line, or all on the first. */
async function imported(lines: readonly string[], name = 'calls.jsonl'): Promise<TestEngine> {
  const engine = await startProject()
  const text = name.endsWith('.json') ? `[${lines.join(',')}]` : `${lines.join('\n')}\n`
  const { files } = await engine.client['import.run']({ sources: [engine.write(name, text)] })
  expect(new Set(files.map(({ table }) => table)).size).toBeGreaterThan(1)
  return engine
}

async function download(engine: TestEngine): Promise<Readonly<{ text: string; rows: readonly Row[]; count: number }>> {
  const { rows: count } = await engine.client['held.export']({ target: engine.path('held.csv'), overwrite: true })
  const text = readFileSync(engine.path('held.csv'), 'utf8')
  const [header = [], ...lines] = Papa.parse(text.trimEnd(), { delimiter: ',', newline: '\r\n' }).data
  return { text, count, rows: lines.map(cells => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']))) }
}

const held = async ({ client }: TestEngine) => {
  const { imports, records } = await client['held.groups']({})
  const { held: summed } = (await client['project.summary']({})) as { held: number }
  expect(summed).toBe(records)
  return { rows: imports.map(each => each.held), records }
}

test('a record that is held for several tables is written once, with its tables, and counts once', async () => {
  const engine = await imported([...GOOD, BROKEN, '7', ...GOOD.slice(0, 3), BROKEN])
  const { rows, records } = await held(engine)
  expect(records).toBe(3)
  expect(rows.length).toBeGreaterThan(1)
  expect(new Set(rows)).toEqual(new Set([3]))
  const found = await download(engine)
  expect([found.count, found.rows.length]).toEqual([3, 3])
  expect(found.rows.map(row => row['_error_line'])).toEqual(['13', '14', '18'])
  for (const row of found.rows) expect(row['_error_table']?.split('; ').length).toBe(rows.length)
})

test('dropped back it is judged for each of its tables, and counts once', async () => {
  const engine = await imported([...GOOD, BROKEN, '7'])
  const before = await held(engine)
  const found = await download(engine)
  const back = await engine.client['held.load']({ source: engine.write('same.csv', found.text) })
  expect(back).toMatchObject({ rows: 2, corrected: 0, untouched: 2, done: [] })
  const [header = '', ...lines] = found.text.split('\r\n')
  const at = (name: string): number => header.split(',').indexOf(name)
  const cells = (lines[0] ?? '').split(',')
  cells[at('type')] = 'track'
  cells[at('event')] = 'login'
  cells[at('timestamp')] = '2026-05-31T12:00:00Z'
  cells[at('userId')] = 'u99'
  const source = engine.write('back.csv', [header, cells.join(','), ...lines.slice(1)].join('\r\n'))
  const loaded = await engine.client['held.load']({ source })
  expect(loaded).toMatchObject({ rows: 2, corrected: 1, untouched: 1, repeated: 0, notHeld: 0 })
  expect(loaded.outcome.holds).toBe(0)
  expect(loaded.outcome.loads).toBeGreaterThan(0)
  expect(loaded.outcome.loads + loaded.outcome.skips).toBe(before.rows.length)
  expect((await held(engine)).records).toBe(1)
  expect((await download(engine)).count).toBe(1)
})

test('of records on one line each comes back as itself', async () => {
  const late = Array.from({ length: 4 }, (_, i) => call('track', 50 + i, { timestamp: `soon ${i}` }))
  const engine = await imported([...GOOD, ...late, ...late.slice(0, 1)], 'calls.json')
  const found = await download(engine)
  expect(found.rows.map(row => row['_error_line'])).toEqual(found.rows.map(() => '1'))
  const { records } = await held(engine)
  expect([found.count, records]).toEqual([5, 5])
  const fixed = found.text.replaceAll(/soon 2(?=[,;"])/g, '2026-05-30T12:00:00Z')
  const loaded = await engine.client['held.load']({ source: engine.write('back.csv', fixed) })
  expect(loaded).toMatchObject({ rows: 5, corrected: 1, untouched: 4, repeated: 0 })
  expect(loaded.outcome).toMatchObject({ holds: 0, samples: [{ before: 'soon 2' }] })
  expect((await held(engine)).records).toBe(4)
})

test('a record that was edited for one of its tables and stays held is a record of its own everywhere', async () => {
  const engine = await imported([...GOOD, BROKEN, '7', BROKEN])
  const { rows } = await held(engine)
  const { imports } = await engine.client['held.groups']({})
  const [{ importId } = { importId: 0 }] = imports.filter(each => each.held > 0)
  const page = await engine.client['held.rows']({ importId, after: 0, limit: 10 })
  const { heldId } = page.rows[0] ?? { heldId: 0 }
  const edits = [{ heldId, record: '{"type":"track","event":"x"' }]
  const { outcome } = await engine.client['held.fix']({ change: { kind: 'edits', importId, edits } })
  expect(outcome).toMatchObject({ holds: 1, loads: 0 })
  const { rows: now, records } = await held(engine)
  expect([now, records]).toEqual([rows, 4])
  expect((await download(engine)).count).toBe(records)
})
