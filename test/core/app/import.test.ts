import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { leftovers, startProject, stateOf, type TestEngine, watch } from './support/engine.ts'
import {
  csv,
  datedUsers,
  EVENTS,
  event,
  gz,
  importSmall,
  LAST_DAY,
  longEvents,
  TABLES,
  USERS,
  writeSmallExport,
} from './support/exports.ts'

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** Expects an import to fail with a code, and to leave nothing behind. */
async function expectRefused(engine: TestEngine, sources: readonly string[], code: string): Promise<void> {
  const before = await stateOf(engine.client)
  await expect(engine.client['import.run']({ sources: [...sources] })).rejects.toMatchObject({ code })
  expect(await stateOf(engine.client)).toEqual(before)
  expect(engine.reports).toEqual([])
  await engine.close()
  expect(leftovers(engine)).toEqual([])
}

describe('looking at files', () => {
  test('a file is described by its table, columns and first records', async () => {
    const engine = await startProject()
    const token = engine.write('people.tsv', 'User ID\tE-mail\tpassword_hash\nu1\tada@hot.example\tsecret\n')
    const { files } = await engine.client['import.inspect']({ sources: [token] })
    expect(files).toMatchObject([
      { source: token, file: 'people.tsv', format: 'csv', delimiter: '\t', table: 'users', compression: 'none' },
    ])
    expect(files[0]?.columns.map(({ header, match }) => [header, match])).toContainEqual(['password_hash', 'secret'])
    expect(JSON.stringify(files)).not.toContain('"secret\\"')
  })

  test('a file that cannot be read is shown beside the others', async () => {
    const engine = await startProject()
    mkdirSync(engine.path('folder'))
    const sources = [
      engine.write('users.csv', csv(USERS)),
      engine.path('gone.csv'),
      engine.path('folder'),
      engine.write('broken.csv.gz', Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9)),
      engine.write('all.zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)),
      engine.write('empty.csv', ''),
      engine.write('latin.csv', Buffer.from('user_id,name\nu1,Jos\xe9\nu2,Zo\xeb\n', 'latin1')),
    ]
    const seen = watch()
    const { files } = await engine.client['import.inspect']({ sources }, seen.options)
    expect(files.map(({ table, bytes }) => [table, bytes > 0])).toEqual([
      ['users', true],
      [null, false],
      [null, false],
      [null, true],
      [null, true],
      [null, false],
      ['users', true],
    ])
    expect(files[1]?.reason).toMatch(/does not exist/)
    expect(files[2]?.reason).toMatch(/not a regular file/)
    expect(files[3]?.reason).toMatch(/does not unpack/)
    expect(files[4]?.reason).toMatch(/the .zip archive is cut off/)
    expect(files[6]?.reason).toMatch(/--encoding windows-1252/)
    expect(seen.seen.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  test('a megabyte that unpacks to a gigabyte is looked at without unpacking it', async () => {
    const engine = await startProject()
    const token = engine.write('users.csv.gz', gz(`user_id,name\nu1,${'a'.repeat(100_000_000)}\n`))
    const { files } = await engine.client['import.inspect']({ sources: [token] })
    expect(files).toMatchObject([{ compression: 'gzip', table: 'users' }])
  })
})

test('files are imported with their accounts, hashes and warnings', async () => {
  const engine = await startProject()
  const users = `${csv(USERS)}\n,nobody@x.example,No Id,member\n`
  const sources = [engine.write('users.csv', users), engine.write('events.csv.gz', gz(csv(EVENTS)))]
  const { files, skipped } = await engine.client['import.run']({ sources })
  expect(skipped).toEqual([])
  expect(files).toMatchObject([
    { table: 'users', bytes: Buffer.byteLength(users), sha256: sha256(users), read: 6, loaded: 4, held: 1, skipped: 1 },
    { table: 'events', sha256: sha256(gz(csv(EVENTS))), read: 81, loaded: 81, added: 81, held: 0, skipped: 0 },
  ])
  expect(files[0]?.heldRules).toMatchObject([{ code: 'value/missing', column: 'user_id', count: 1 }])
  const { imports } = await engine.client['import.list']({})
  expect(imports.map(({ file }) => file)).toEqual(['events.csv.gz', 'users.csv'])
  const held = await engine.client['import.held']({ after: 0, limit: 10 })
  expect(held).toMatchObject({ total: 1, rows: [{ file: 'users.csv', line: 7, code: 'value/missing' }] })
  const [row] = held.rows
  expect(await engine.client['import.held']({ after: row?.heldId ?? 0, limit: 10 })).toEqual({ rows: [], total: 1 })
  const ofEvents = await engine.client['import.held']({ after: 0, limit: 10, importId: files[1]?.importId ?? 0 })
  expect(ofEvents).toEqual({ rows: [], total: 0 })
})

describe('again', () => {
  test('the same files change nothing, by whatever name', async () => {
    const engine = await startProject()
    await importSmall(engine)
    const before = await stateOf(engine.client)
    const sources = Object.entries(TABLES).map(([table, rows]) => engine.write(`copy of ${table}.csv`, csv(rows)))
    const { files } = await engine.client['import.run']({ sources })
    expect(files.every(({ alreadyImported }) => alreadyImported)).toBe(true)
    expect(await stateOf(engine.client)).toEqual(before)
  })

  test('a file that equals another is told under its own name', async () => {
    const { client, write } = await startProject()
    const first = await client['import.run']({ sources: [write('users.csv', csv(USERS))] })
    const { files } = await client['import.run']({ sources: [write('copy of users.csv', csv(USERS))] })
    expect(first.files.map(({ file }) => file)).toEqual(['users.csv'])
    expect(files.map(({ file, importId }) => [file, importId])).toEqual([
      ['copy of users.csv', first.files[0]?.importId],
    ])
  })

  test('a file that is named twice is read once', async () => {
    const engine = await startProject()
    const sources = [engine.write('a/events.csv', csv(EVENTS)), engine.write('b/events.csv', csv(EVENTS))]
    const { files } = await engine.client['import.run']({ sources })
    expect(files.map(({ alreadyImported }) => alreadyImported)).toEqual([false, true])
    expect(files[1]?.importId).toBe(files[0]?.importId)
    expect(await engine.client['project.summary']({})).toMatchObject({ files: 1, events: 81 })
  })

  test.each([
    { why: 'month first', dates: ['03/25/2026', '04/26/2026'] },
    { why: 'day first', dates: ['25/03/2026', '26/04/2026'] },
  ])('a file as long as one that was imported is read like any other, and once: $why', async ({ dates }) => {
    const engine = await startProject()
    await engine.client['import.run']({
      sources: [engine.write('users.csv', datedUsers(['2026/03/11', '2026/04/12'], 9))],
    })
    const { options, seen } = watch()
    const sources = [engine.write('users-june.csv', datedUsers(dates, 9))]
    const { files } = await engine.client['import.run']({ sources }, options)
    expect(files).toMatchObject([{ read: 2, loaded: 2, changed: 2, alreadyImported: false }])
    expect(seen.map(({ phase }) => phase)).not.toContain('Reading again')
    const record = await engine.client['project.record']({ table: 'users', key: ['u1'] })
    expect(record?.fields).toContainEqual({ name: 'created_at', value: '2026-04-26' })
  })

  test('a newer export of a table adds, changes and leaves alone', async () => {
    const engine = await startProject()
    await importSmall(engine)
    const newer = [{ ...USERS[0], name: 'Ada L.' }, ...USERS.slice(1), { ...USERS[0], user_id: 'u9', name: 'New' }]
    const { files } = await engine.client['import.run']({ sources: [engine.write('users-june.csv', csv(newer))] })
    expect(files).toMatchObject([{ read: 5, loaded: 5, added: 1, changed: 1, same: 3, alreadyImported: false }])
    const record = await engine.client['project.record']({ table: 'users', key: ['u1'] })
    expect(record).toMatchObject({ file: 'users-june.csv', line: 2 })
  })

  test('events are deduplicated across files and imports; copies that differ are kept and counted', async () => {
    const engine = await startProject()
    const later = (record: (typeof EVENTS)[number]) => ({ ...record, timestamp: '2026-05-30T00:00:00.000Z' })
    const first = engine.write('one.csv', csv(EVENTS.slice(0, 50)))
    const second = engine.write('two.csv', csv([...EVENTS.slice(40, 70), later(EVENTS[0] as (typeof EVENTS)[number])]))
    const batch = await engine.client['import.run']({ sources: [first, second] })
    expect(batch.files).toMatchObject([
      { read: 50, loaded: 50, skipped: 0, differingCopies: 0 },
      { read: 31, loaded: 31, added: 21, same: 10, skipped: 0, differingCopies: 1 },
    ])
    const third = engine.write('three.csv', csv(EVENTS))
    const { files } = await engine.client['import.run']({ sources: [third] })
    expect(files).toMatchObject([{ read: 81, loaded: 81, added: 11, same: 70, skipped: 0, differingCopies: 0 }])
    expect(await engine.client['project.summary']({})).toMatchObject({ events: 82 })
  })
})

describe('proof over all rows', () => {
  const slashes = (day: number, month: number): string =>
    `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')}/2026`
  /** One date that fits mm/dd alone at the head, and sixty behind it that fit dd/mm alone. */
  const mixed = [
    slashes(4, 13),
    ...Array.from({ length: 600 }, (_, i) => slashes(1 + (i % 12), 1 + (i % 7))),
    ...Array.from({ length: 60 }, (_, i) => slashes(13 + (i % 15), 3)),
  ]

  test('a file whose head suggests mm/dd is read again as dd/mm where all its rows say so', async () => {
    const engine = await startProject()
    const seen = watch()
    const sources = [engine.write('users.csv', datedUsers(mixed, 2000))]
    const { files } = await engine.client['import.run']({ sources }, seen.options)
    expect(files).toMatchObject([{ read: 661, loaded: 660, held: 1, added: 660 }])
    expect(seen.seen.map(({ phase }) => phase)).toContain('Reading again')
    const record = await engine.client['project.record']({ table: 'users', key: ['u660'] })
    expect(record?.fields).toContainEqual({ name: 'created_at', value: '2026-03-27' })
    expect(await engine.client['import.held']({ after: 0, limit: 10 })).toMatchObject({ total: 1 })
    await engine.close()
    expect(leftovers(engine)).toEqual([])
  })

  test('an events file that is read again still finds the events of the file before it', async () => {
    const engine = await startProject()
    const filler = JSON.stringify({ note: 'x'.repeat(2000) })
    const at = (text: string): string => `${text.slice(6)}-${text.slice(3, 5)}-${text.slice(0, 2)}`
    const rows = mixed.slice(1).map((timestamp, i) => ({
      ...event(i, 'login', ['w1', 'u1'], LAST_DAY),
      timestamp,
      event_properties: filler,
    }))
    const first = engine.write(
      'first.csv',
      csv(rows.slice(0, 100).map(row => ({ ...row, timestamp: at(row.timestamp) }))),
    )
    const head = { ...event(9999, 'login', ['w1', 'u1'], LAST_DAY), timestamp: '04/13/2026', event_properties: filler }
    const second = engine.write('second.csv', csv([head, ...rows]))
    const { files } = await engine.client['import.run']({ sources: [first, second] })
    expect(files).toMatchObject([
      { read: 100, loaded: 100, differingCopies: 0 },
      { read: 661, loaded: 660, added: 560, same: 100, skipped: 0, held: 1, differingCopies: 0 },
    ])
  })

  test('dates that fit both ways are asked about, and the answer is taken', async () => {
    const engine = await startProject()
    await importSmall(engine)
    const token = engine.write('dated.csv', datedUsers(['03/04/2026', '05/06/2026'], 3))
    await expect(engine.client['import.run']({ sources: [token] })).rejects.toMatchObject({
      code: 'import/ambiguous',
      context: { flag: '--date-order', column: 'created_at' },
    })
    const { files } = await engine.client['import.run']({ sources: [token], options: { dateOrder: 'dmy' } })
    expect(files).toMatchObject([{ loaded: 2 }])
    const record = await engine.client['project.record']({ table: 'users', key: ['u0'] })
    expect(record?.fields).toContainEqual({ name: 'created_at', value: '2026-04-03' })
  })

  test('an ambiguous file leaves nothing of itself or of the files before it', async () => {
    const engine = await startProject()
    const ambiguous = engine.write('dated.csv', datedUsers(['03/04/2026', '05/06/2026'], 3))
    await expectRefused(engine, [...writeSmallExport(engine), ambiguous], 'import/ambiguous')
  })
})

describe('refusals leave the project as it was', () => {
  const cases: readonly Readonly<{ why: string; name: string; content: string | Uint8Array; code: string }>[] = [
    {
      why: 'an archive that is cut off',
      name: 'events.csv.gz',
      content: gz(longEvents(50, 3000)).subarray(0, 500),
      code: 'import/not-readable',
    },
    {
      why: 'an archive with a damaged end',
      name: 'events.csv.gz',
      content: gz(csv(EVENTS)).map((byte, i, all) => (i === all.length - 6 ? byte ^ 255 : byte)),
      code: 'import/not-readable',
    },
    { why: 'a zip archive', name: 'a.zip', content: Uint8Array.of(0x50, 0x4b, 3, 4, 9), code: 'import/not-readable' },
    { why: 'a file of no table', name: 'x.csv', content: 'colour,shape\nred,round\n', code: 'import/no-table' },
    {
      why: 'a file of which most is held',
      name: 'events.csv',
      content: csv(EVENTS.map((row, i) => (i % 3 === 0 ? row : { ...row, timestamp: 'soon' }))),
      code: 'import/mostly-held',
    },
    {
      why: 'a document that ends within a record',
      name: 'users.json',
      content: '[{"user_id": "u1"}, {"us',
      code: 'import/not-readable',
    },
  ]
  test.each(cases)('$why', async ({ name, content, code }) => {
    const engine = await startProject()
    await importSmall(engine)
    const good = engine.write('more.csv', csv([{ user_id: 'another', name: 'Another' }]))
    await expectRefused(engine, [good, engine.write(name, content)], code)
  })

  test.each([
    { why: 'a mapping can help', content: 'colour,shape\nred,round\n', isHelped: true },
    { why: 'no mapping can help', content: '<!doctype html>\n<table></table>\n', isHelped: false },
  ])('a file of no table is told what $why with', async ({ content, isHelped }) => {
    const engine = await startProject()
    const message = isHelped ? expect.stringContaining('--write-map') : expect.not.stringContaining('mapping')
    await expect(engine.client['import.run']({ sources: [engine.write('x.csv', content)] })).rejects.toMatchObject({
      code: 'import/no-table',
      message,
    })
  })

  test('a file of no table is named and left out where that is allowed', async () => {
    const engine = await startProject()
    const sources = [engine.write('x.csv', 'colour,shape\nred,round\n'), engine.write('users.csv', csv(USERS))]
    const { files, skipped } = await engine.client['import.run']({ sources, skipUnknown: true })
    expect(files).toMatchObject([{ table: 'users', loaded: 4 }])
    expect(skipped).toMatchObject([{ file: 'x.csv' }])
  })

  test.each([
    { why: 'grows while it is read', change: (path: string) => appendFileSync(path, '\n') },
    { why: 'is gone while it is read', change: (path: string) => rmSync(path) },
  ])('a file that $why', async ({ change }) => {
    const engine = await startProject()
    await importSmall(engine)
    const before = await stateOf(engine.client)
    const token = engine.write('events.csv', longEvents(1500, 2000))
    const seen = watch(({ phase, done }) => {
      if (phase === 'Reading' && done > 0 && done <= 1 << 20) change(token)
    })
    const run = engine.client['import.run']({ sources: [token] }, seen.options)
    await expect(run).rejects.toMatchObject({ code: 'import/file-changed' })
    expect(await stateOf(engine.client)).toEqual(before)
    const retry = engine.write('events.csv', longEvents(1500, 2000))
    const { files } = await engine.client['import.run']({ sources: [retry] })
    expect(files).toMatchObject([{ read: 1500, loaded: 1500 }])
  })
})

test('a file that replaced its table takes nothing out when it comes again unchanged', async () => {
  const engine = await startProject()
  await engine.client['import.run']({ sources: [engine.write('old.csv', csv([{ user_id: 'u1', name: 'Ada' }]))] })
  const sources = [engine.write('new.csv', csv([{ user_id: 'u2', name: 'Bo' }]))]
  const { files } = await engine.client['import.run']({ sources, mode: 'replace' })
  expect(files).toMatchObject([{ alreadyImported: false, removed: 1 }])
  const again = await engine.client['import.run']({ sources })
  expect(again.files).toMatchObject([{ alreadyImported: true, removed: 0 }])
})

test('held rows of a staged file can be looked at, and are not held by the project before it is published', async () => {
  const engine = await startProject()
  const rows = csv([
    { user_id: 'u1', created_at: '2026-02-30' },
    { user_id: 'u2', created_at: '2026-02-03' },
  ])
  const { batchId, files } = await engine.client['import.stage']({ sources: [engine.write('users.csv', rows)] })
  const importId = files[0]?.importId ?? 0
  const staged = await engine.client['import.held']({ importId, after: 0, limit: 10 })
  expect(staged).toMatchObject({
    total: 1,
    rows: [{ file: 'users.csv', line: 2, column: 'created_at', value: '2026-02-30', code: 'value/impossible-date' }],
  })
  expect(await engine.client['import.held']({ after: 0, limit: 10 })).toEqual({ rows: [], total: 0 })
  await engine.client['import.publish']({ batchId })
  expect(await engine.client['import.held']({ after: 0, limit: 10 })).toEqual(staged)
})
