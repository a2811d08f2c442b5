import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startProject } from './support/engine.ts'
import { csv, EVENTS, gz, USERS } from './support/exports.ts'
import { type Packed, zip } from './support/zip.ts'

const users: Packed = { name: 'data/users.csv', content: csv(USERS) }

test('an archive of many tables is many files, whatever else it holds', async () => {
  const engine = await startProject()
  const content = zip([
    { name: 'data/', content: '' },
    users,
    { name: 'events.csv.gz', content: gz(csv(EVENTS)), isStored: true },
    { name: '../../etc/passwd', content: 'root:x\n' },
    { name: '__MACOSX/data/._users.csv', content: 'x' },
    { name: 'inner.zip', content: zip([users]) },
    { name: 'locked.csv', content: csv(USERS), isEncrypted: true },
    { name: 'odd.csv', content: csv(USERS), method: 99 },
    { name: 'notes.txt', content: 'nothing\nin here\n' },
  ])
  const token = engine.write('export.zip', content)
  const before = readdirSync(engine.folder)
  const { files } = await engine.client['import.inspect']({ sources: [token] })
  expect(files.map(({ file, entry, table, compression }) => [file, entry, table, compression])).toEqual([
    ['export.zip/data/users.csv', 'data/users.csv', 'users', 'zip'],
    ['export.zip/events.csv.gz', 'events.csv.gz', 'events', 'zip'],
    ['export.zip/etc/passwd', 'etc/passwd', null, 'zip'],
    ['export.zip/inner.zip', 'inner.zip', null, 'zip'],
    ['export.zip/locked.csv', 'locked.csv', null, 'zip'],
    ['export.zip/odd.csv', 'odd.csv', null, 'zip'],
    ['export.zip/notes.txt', 'notes.txt', null, 'zip'],
  ])
  const reason = (entry: string): string => files.find(file => file.entry === entry)?.reason ?? ''
  expect(reason('inner.zip')).toMatch(/archive inside an archive/)
  expect(reason('locked.csv')).toMatch(/encrypted/)
  expect(reason('odd.csv')).toMatch(/method that is not known/)
  const run = await engine.client['import.run']({ sources: [token] })
  expect(run.files).toMatchObject([
    { file: 'export.zip/data/users.csv', table: 'users', read: 4, loaded: 4, bytes: Buffer.byteLength(csv(USERS)) },
    { file: 'export.zip/events.csv.gz', table: 'events', loaded: 81, bytes: gz(csv(EVENTS)).length },
  ])
  expect(run.skipped.map(({ file }) => file)).toEqual([
    'export.zip/etc/passwd',
    'export.zip/inner.zip',
    'export.zip/locked.csv',
    'export.zip/odd.csv',
    'export.zip/notes.txt',
  ])
  expect(readdirSync(engine.folder).filter(name => !name.startsWith('p.pql'))).toEqual(
    before.filter(name => !name.startsWith('p.pql')),
  )
  const again = await engine.client['import.run']({ sources: [token, engine.write('users.csv', csv(USERS))] })
  expect(again.files.map(({ alreadyImported, same, added }) => [alreadyImported, same, added])).toEqual([
    [true, 4, 0],
    [true, 81, 0],
    [true, 4, 0],
  ])
})

test('the archive that Amplitude gives feeds events and users from files of lines in .gz', async () => {
  const engine = await startProject()
  const content = readFileSync(new URL('../../../fixtures/imports/amplitude/export.zip', import.meta.url))
  const token = engine.write('export.zip', content)
  const { files } = await engine.client['import.inspect']({ sources: [token] })
  expect(files.map(({ origin, tables }) => [origin, tables])).toEqual([
    ['Amplitude events', ['events', 'users']],
    ['Amplitude events', ['events']],
  ])
  const run = await engine.client['import.run']({ sources: [token] })
  expect(run.files.map(({ table, read, loaded, skipped }) => [table, read, loaded, skipped])).toEqual([
    ['events', 2, 2, 0],
    ['users', 2, 1, 1],
    ['events', 2, 2, 0],
  ])
  expect(run.files[1]?.warnings).toEqual(['1 record says of users what an earlier one says, and counts once.'])
  const record = await engine.client['project.record']({ table: 'users', key: ['u_101'] })
  expect(record?.fields).toContainEqual({ name: 'primary_email', value: 'ada@northwind.example' })
})

describe('what is refused leaves the project as it was', () => {
  test.each<{ why: string; content: () => Uint8Array; code: string; says: RegExp }>([
    { why: 'an archive without files', content: () => zip([]), code: 'import/no-table', says: /holds no file/ },
    {
      why: 'an archive of nothing known',
      content: () => zip([{ name: 'a.csv', content: 'x,y\n1,2\n' }]),
      code: 'import/no-table',
      says: /none of its files fits a table/,
    },
    {
      why: 'a workbook',
      content: () =>
        zip([
          { name: '[Content_Types].xml', content: '<x/>' },
          { name: 'xl/a.xml', content: '' },
        ]),
      code: 'import/no-table',
      says: /Excel workbook/,
    },
    {
      why: 'a wrong checksum',
      content: () => zip([{ ...users, checksum: 1 }]),
      code: 'import/not-readable',
      says: /checksum/,
    },
    {
      why: 'more bytes than it says',
      content: () => zip([{ ...users, size: 5 }]),
      code: 'import/not-readable',
      says: /users\.csv/,
    },
    { why: 'cut off', content: () => zip([users]).subarray(0, 60), code: 'import/not-readable', says: /is cut off/ },
    {
      why: 'far too dense',
      content: () => zip([{ ...users, size: 400 * 1024 * 1024 }]),
      code: 'import/no-table',
      says: /grow more than 250 times/,
    },
  ])('$why', async ({ content, code, says }) => {
    const engine = await startProject()
    const token = engine.write('export.zip', content())
    const failure = await engine.client['import.run']({ sources: [token] }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code, message: expect.stringMatching(says) })
    expect(await engine.client['project.summary']({})).toMatchObject({ files: 0 })
    expect(engine.reports).toEqual([])
  })
})

test('a workbook that was renamed is shown as the file it is', async () => {
  const engine = await startProject()
  const content = zip([
    { name: '[Content_Types].xml', content: '<x/>' },
    { name: 'xl/a.xml', content: '' },
  ])
  const { files } = await engine.client['import.inspect']({ sources: [engine.write('accounts.csv', content)] })
  expect(files).toMatchObject([
    { file: 'accounts.csv', bytes: content.length, table: null, reason: expect.stringContaining('Excel workbook') },
  ])
})

test('names in any spelling lead nowhere', async () => {
  const engine = await startProject()
  const names = [
    '/abs/users.csv',
    'C:\\win\\users.csv',
    '..\\..\\users.csv',
    './././users.csv',
    'a/../../users.csv',
    'línea/üsers.csv',
    '..',
  ]
  const token = engine.write('e.zip', zip(names.map(name => ({ name, content: 'x,y\n1,2\n' }))))
  const { files } = await engine.client['import.inspect']({ sources: [token] })
  expect(files.map(({ entry }) => entry)).toEqual([
    'abs/users.csv',
    'win/users.csv',
    'users.csv',
    'users (2).csv',
    'a/users.csv',
    'línea/üsers.csv',
    'unnamed',
  ])
})

describe('a file of an archive that is left out', () => {
  const content = zip([users, { name: 'events.csv', content: csv(EVENTS) }])

  test('is named and not read, also where the import waits', async () => {
    const engine = await startProject()
    const source = engine.write('export.zip', content)
    const leaveOut = [{ source, entry: 'events.csv' }]
    const batch = await engine.client['import.stage']({ sources: [source], leaveOut })
    expect(batch.files.map(({ file }) => file)).toEqual(['export.zip/data/users.csv'])
    const run = await engine.client['import.publish']({ batchId: batch.batchId })
    expect(run.skipped).toEqual([{ file: 'export.zip/events.csv', reason: 'It was left out.' }])
    expect(await engine.client['project.summary']({})).toMatchObject({ events: 0 })
  })

  test('may be all that the archive holds', async () => {
    const engine = await startProject()
    const source = engine.write('export.zip', zip([users]))
    const sources = [source, engine.write('events.csv', csv(EVENTS))]
    const run = await engine.client['import.run']({ sources, leaveOut: [{ source, entry: 'data/users.csv' }] })
    expect(run.files.map(({ file }) => file)).toEqual(['events.csv'])
  })

  test('must be there', async () => {
    const engine = await startProject()
    const source = engine.write('export.zip', content)
    const run = engine.client['import.run']({ sources: [source], leaveOut: [{ source, entry: 'other.csv' }] })
    await expect(run).rejects.toMatchObject({ code: 'usage/missing-file', message: /other\.csv/ })
  })
})

test('of files of one name in an archive, each is a file of its own', async () => {
  const engine = await startProject()
  const other = csv(USERS).replaceAll('u', 'v')
  const content = zip([users, { ...users, content: other }, { name: 'data/users (2).csv', content: csv(EVENTS) }])
  const { files } = await engine.client['import.inspect']({ sources: [engine.write('export.zip', content)] })
  expect(files.map(({ entry }) => entry)).toEqual(['data/users.csv', 'data/users (2).csv', 'data/users (2) (2).csv'])
})

test('a path may be longer than the names that hosts hand out', async () => {
  const engine = await startProject()
  const folder = join(engine.folder, 'd'.repeat(120), 'e'.repeat(120))
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'users.csv')
  writeFileSync(path, csv(USERS))
  expect(await engine.client['import.run']({ sources: [path] })).toMatchObject({ files: [{ loaded: 4 }] })
})

test('every file of a large archive gets its own content, also one of a name that comes twice', async () => {
  const engine = await startProject()
  const packed = Array.from({ length: 30 }, (_, i): Packed => {
    const name = `part ${Math.floor(i / 2)}/users.csv`
    return { name, content: `user_id,name\nu${i},n${i}\n`, isStored: i % 3 === 0 }
  })
  const token = engine.write('parts.zip', zip(packed))
  const run = await engine.client['import.run']({ sources: [token] })
  expect(run.files.slice(0, 3).map(({ file, loaded }) => [file, loaded])).toEqual([
    ['parts.zip/part 0/users.csv', 1],
    ['parts.zip/part 0/users (2).csv', 1],
    ['parts.zip/part 1/users.csv', 1],
  ])
  for (let i = 0; i < packed.length; i++) {
    const record = await engine.client['project.record']({ table: 'users', key: [`u${i}`] })
    expect(record?.fields).toContainEqual({ name: 'name', value: `n${i}` })
  }
})

test('a file whose checksum is wrong is named with its archive, beside good ones that are packed alike', async () => {
  const engine = await startProject()
  const token = engine.write('parts.zip', zip([users, { ...users, name: 'b.csv', checksum: 1 }]))
  await expect(engine.client['import.run']({ sources: [token] })).rejects.toMatchObject({
    code: 'import/not-readable',
    message: expect.stringMatching(/b\.csv.*checksum is wrong/),
  })
})
