import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { startProject } from './support/engine.ts'

const DUMP = `{"users":[{"user_id":"u1","primary_email":"a@x.io"}],
"workspaces":[{"workspace_id":"w1","workspace_name":"One"},{"workspace_id":"w2","workspace_name":"Two"}]}`

test('lists of a document are told, each is imported by itself, and a mapping finds its list in the next file', async () => {
  const engine = await startProject()
  const { client } = engine
  const source = engine.write('dump.json', DUMP)
  const { files } = await client['import.inspect']({ sources: [source] })
  expect(files[0]).toMatchObject({
    table: null,
    lists: [
      { path: 'users', records: 1, line: 1 },
      { path: 'workspaces', records: 2, line: 2 },
    ],
  })
  const users = await client['import.run']({ sources: [source], options: { recordsAt: 'users' } })
  expect(users.files).toMatchObject([{ table: 'users', read: 1, loaded: 1 }])
  const chosen = await client['import.inspect']({ sources: [source], options: { recordsAt: 'workspaces' } })
  const mapping = chosen.files[0]?.mapping
  expect([chosen.files[0]?.recordsAt, mapping?.recordsAt]).toEqual(['workspaces', 'workspaces'])
  const mapped = await client['import.run']({
    sources: [source],
    ...(mapping === undefined ? {} : { mappings: [{ source, mapping }] }),
  })
  expect(mapped.files).toMatchObject([{ table: 'workspaces', read: 2, loaded: 2 }])
  const next = engine.write('next.json', DUMP.replaceAll('w1', 'w3'))
  const again = await client['import.run']({ sources: [next] })
  expect(again.files).toMatchObject([{ table: 'workspaces', read: 2, loaded: 2 }])
})

/** Longer than the first bytes by which a file is planned. */
const LONG = `{"data":[${Array.from({ length: 30_000 }, (_, i) => `{"user_id":"u${i}","primary_email":"a@x.io"}`).join()}],
"staff":[{"user_id":"s1"},{"user_id":"s2"}]}`

test('a list that lies far behind the beginning is found, packed or not', async () => {
  const engine = await startProject()
  const { client } = engine
  for (const source of [engine.write('dump.json', LONG), engine.write('dump.json.gz', gzipSync(LONG))]) {
    const { files } = await client['import.inspect']({ sources: [source], options: { recordsAt: 'staff' } })
    expect(files[0]).toMatchObject({ table: 'users', recordsAt: 'staff', sample: [['s1'], ['s2']] })
    const run = await client['import.run']({ sources: [source], options: { recordsAt: 'staff' } })
    expect(run.files).toMatchObject([{ table: 'users', read: 2 }])
  }
})

const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll('a@x', 'é@x'), 'latin1'))

test.each([
  { why: 'UTF-8', name: 'dump.json', bytes: Buffer.from(LONG), options: {} },
  { why: 'packed', name: 'dump.json.gz', bytes: gzipSync(LONG), options: {} },
  { why: 'UTF-16', name: 'dump.json', bytes: utf16(LONG), options: {} },
  { why: 'windows-1252', name: 'dump.json', bytes: latin(LONG), options: { encoding: 'windows-1252' } },
])('it is offered, chosen, and found by its mapping, in $why', async ({ name, bytes, options }) => {
  const engine = await startProject()
  const { client } = engine
  const source = engine.write(name, bytes)
  const { files } = await client['import.inspect']({ sources: [source], options })
  expect(files[0]?.lists).toEqual([
    { path: 'data', records: 30_000, line: 1 },
    { path: 'staff', records: 2, line: 2 },
  ])
  const chosen = await client['import.inspect']({ sources: [source], options: { ...options, recordsAt: 'staff' } })
  expect(chosen.files[0]).toMatchObject({ table: 'users', recordsAt: 'staff', sample: [['s1'], ['s2']] })
  expect(chosen.files[0]?.lists?.map(({ path }) => path)).toEqual(['data', 'staff'])
  const mapping = chosen.files[0]?.mapping
  if (mapping === undefined) throw new Error('a file of a table has a mapping')
  const run = await client['import.run']({ sources: [source], options, mappings: [{ source, mapping }] })
  expect(run.files).toMatchObject([{ table: 'users', read: 2, held: 0 }])
  const next = engine.write(`next-${name}`, bytes)
  const again = await client['import.inspect']({ sources: [next], options })
  expect(again.files[0]).toMatchObject({ recordsAt: 'staff', recognition: { by: 'mapping' } })
})

test('lines of objects and lists by themselves offer nothing, however long', async () => {
  const engine = await startProject()
  const record = '{"user_id":"u1","tags":[{"a":1},{"a":2}]}'
  const sources = [
    engine.write('list.json', `[${Array.from({ length: 40_000 }, () => record).join()}]`),
    engine.write('objects.json', `{"a":[{"x":1}]}${' '.repeat(1 << 21)}{"b":[{"user_id":"u1"}]}`),
  ]
  const { files } = await engine.client['import.inspect']({ sources })
  expect(files.map(({ lists }) => lists?.map(({ path }) => path) ?? [])).toEqual([[], []])
})

test.each([
  { why: 'spelt otherwise', path: 'Staff', text: LONG, lists: '"data", "staff"' },
  { why: 'none', path: 'users', text: '{"data":[{"user_id":"u1"}]}', lists: '"data"' },
  { why: 'no document', path: 'users', text: '[{"user_id":"u1"}]', lists: null },
])('a list that no file has is refused with those there are: $why', async ({ path, text, lists }) => {
  const engine = await startProject()
  const { client } = engine
  const order = { sources: [engine.write('dump.json', text)], options: { recordsAt: path } }
  const said = lists === null ? 'There is no list to choose' : `The lists there are: ${lists}`
  await expect(client['import.run'](order)).rejects.toMatchObject({
    code: 'usage/bad-argument',
    message: `none of the files has the list "${path}" (--records-at). ${said}`,
  })
  const { files } = await client['import.inspect'](order)
  expect(files[0]?.table).toBe('users')
})

test('of several files those that have the list take it, and the others say that they have none', async () => {
  const engine = await startProject()
  const { client } = engine
  const sources = [engine.write('dump.json', DUMP), engine.write('users.json', '{"data":[{"user_id":"u9"}]}')]
  const { files } = await client['import.inspect']({ sources, options: { recordsAt: 'workspaces' } })
  expect(files[1]?.reason).toMatch(/; it has no list "workspaces"$/)
  const run = await client['import.run']({ sources, options: { recordsAt: 'workspaces' } })
  expect(run.files).toMatchObject([
    { table: 'workspaces', read: 2 },
    { table: 'users', read: 1 },
  ])
})
