import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createListSearch, mappingOfPlans, planTables } from '#import'
import { bytesOf, readFile } from '../read-file.ts'

const TWO = `{"meta":{"users":"none"},
 "users":[{"user_id":"u1","note":"\\"users\\":["},
   {"user_id":"u2"}],
 "nested":{"x":{"workspaces":[1]},"workspaces":[{"workspace_id":"w1","workspace_name":"One"},
 {"workspace_id":"","workspace_name":"Two"}]}}`

const read = (recordsAt: string, chunk?: number): ReturnType<typeof readFile> =>
  readFile('dump.json', TWO, { options: { recordsAt }, ...(chunk === undefined ? {} : { chunk }) })

describe('a list of a JSON document that is chosen', () => {
  test.each([
    { why: 'the first', path: 'users', table: 'users', lines: [2, 3], held: [] },
    { why: 'one inside an object', path: 'nested.workspaces', table: 'workspaces', lines: [4], held: [5] },
  ])('is read with its lines, and the others are named: $why', ({ path, table, lines, held }) => {
    const { plan, rows, held: bad, result } = read(path)
    expect([plan.table, plan.recordsAt]).toEqual([table, path])
    expect([rows.map(({ line }) => line), bad.map(({ line }) => line)]).toEqual([lines, held])
    const note = result.notes.find(({ code }) => code === 'note/unread-list')
    expect(note?.message).toMatch(
      new RegExp(`the list "${path}" is read by this import. Not read by it: "(?!${path}")`),
    )
  })

  test('is told with its records and line, whatever is read', () => {
    const lists = [
      { path: 'users', records: 2, line: 2 },
      { path: 'nested.workspaces', records: 2, line: 4 },
    ]
    const head = bytesOf(TWO)
    const given = { file: 'dump.json', head, size: head.length, isWhole: true }
    for (const options of [{}, { recordsAt: 'users' }])
      expect(planTables({ ...given, options })[0]?.lists).toEqual(lists)
  })

  test('that is not there leaves the document as it would be read without', () => {
    const { plan, rows } = readFile('users.json', '{"data":[{"user_id":"u1"}]}', { options: { recordsAt: 'users' } })
    expect([plan.recordsAt, plan.lists, rows.length]).toEqual([undefined, undefined, 1])
    expect(plan.reason).toMatch(/; it has no list "users"$/)
  })

  test.each([
    { why: 'a dot', key: 'a.b', path: 'a\\.b' },
    { why: 'dots at its ends', key: '.x.', path: '\\.x\\.' },
    { why: 'a backslash before its dot', key: 'a\\\\.b', path: 'a\\\\\\.b' },
    { why: 'a quote', key: 'a\\"b', path: 'a\\"b' },
  ])('whose name has $why is told by a path that finds it', ({ key, path }) => {
    const text = `{"a":{"b":[{"x":1}]},"${key}":[{"user_id":"u1"}],"other":[{"x":1}]}`
    const { plan, rows } = readFile('dump.json', text, { options: { recordsAt: path } })
    expect(plan.lists?.map(list => list.path)).toEqual(['a.b', path, 'other'])
    expect([plan.table, plan.recordsAt, rows.length]).toEqual(['users', path, 1])
  })

  test('is kept with the mapping, and found again by it', () => {
    const head = bytesOf(TWO)
    const given = { file: 'dump.json', head, size: head.length, isWhole: true }
    const mapping = mappingOfPlans(planTables({ ...given, options: { recordsAt: 'users' } }), 'Dump')
    expect(mapping.recordsAt).toBe('users')
    for (const mappings of [{ assigned: mapping }, { offered: [mapping] }, { remembered: [mapping] }]) {
      const [plan] = planTables({ ...given, options: {}, mappings })
      expect([plan?.table, plan?.recordsAt, plan?.recognition?.by]).toEqual(['users', 'users', 'mapping'])
    }
  })

  test('is read the same for every chunk size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.constantFrom('users', 'nested.workspaces'), (chunk, path) => {
        const [whole, cut] = [read(path), read(path, chunk)]
        expect([cut.rows, cut.held, cut.result]).toEqual([whole.rows, whole.held, whole.result])
      }),
      { numRuns: 80 },
    )
  })

  test('is the same as the list by itself, wherever it stands', () => {
    const name = fc.constantFrom('users', 'data', 'a', 'usersX', 'user', 'us"ers')
    const other = fc.constantFrom<unknown>(1, 'users', [], [{ x: 1 }], { users: 1 }, { users: { users: [] } }, null)
    const records = fc.array(fc.record({ user_id: fc.constantFrom('u1', 'u2', ''), note: fc.string() }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(records, fc.array(fc.tuple(name, other)), fc.array(fc.tuple(name, other)), (list, before, after) => {
        const members = (each: readonly (readonly [string, unknown])[]): string[] =>
          each.filter(([key]) => key !== 'a').map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
        const inner = `{${[...members(after), `"users":${JSON.stringify(list)}`].join(',')}}`
        const document = `{${[...members(before), `"a":${inner}`, ...members(after)].join(',')}}`
        const sink = (path: string, text: string): unknown[] => {
          const { rows, held, result } = readFile('users.json', text, { options: { recordsAt: path } })
          return [rows.map(({ values }) => values), held.map(({ code }) => code), result.read]
        }
        const isListed = after.some(([key, value]) => key === 'users' && Array.isArray(value))
        if (isListed || list.every(({ user_id }) => user_id === '')) return
        expect(sink('a.users', document)).toEqual(sink('x', JSON.stringify(list)))
      }),
      { numRuns: 100 },
    )
  })
})

describe('a search through a whole document', () => {
  const text = `\ufeff{"data":[{"a":1},{"b":2}],
"deep":{"x.y":[{"user_id":"u1"},{"user_id":"é"}]},"none":1}`

  test.each([
    { why: 'one that is there', path: 'deep.x\\.y', head: '\ufeff{"deep":{"x.y":[{"user_id":"u1"},{"user_id":"é"},' },
    { why: 'one that is not', path: 'Deep.x', head: null },
  ])('finds lists and their first records, in any chunks: $why', ({ path, head }) => {
    const bytes = bytesOf(text)
    for (const chunk of [1, 2, 7, bytes.length]) {
      const search = createListSearch(path, { encoding: 'utf-8', bomBytes: 3 }, 1 << 10)
      for (let at = 0; at < bytes.length; at += chunk) search.push(bytes.subarray(at, at + chunk))
      const found = search.head()
      expect(found === null ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(found)).toBe(head)
      expect(search.paths()).toEqual(['data', 'deep.x\\.y'])
    }
  })

  test('is over with enough records, and with what is no document', () => {
    const of = (content: string): boolean =>
      createListSearch('users', { encoding: 'utf-8', bomBytes: 0 }, 20).push(bytesOf(content))
    expect([
      of('{"users":[{"user_id":"u1"}'),
      of('{"users":[{"user_id":"u1"},{"user_id":"u2"}'),
      of('{"a":1}\n{"a":2}\n'),
      of('user_id\nu1\n'),
    ]).toEqual([false, true, true, true])
  })
})
