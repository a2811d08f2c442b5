import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { startProject } from './support/engine.ts'
import { zip } from './support/zip.ts'

/** `山田 太郎` in Shift_JIS. */
const NAME = Buffer.from('8e5293632091be9859', 'hex')
const table = (key: string): Buffer => Buffer.concat([Buffer.from(`user_id,name\n${key},`), NAME, Buffer.from('\n')])

test('a file that is not UTF-8 shows what it asks, is read as it is said, and so is the next one', async () => {
  const engine = await startProject()
  const source = engine.write('users.csv', table('u1'))
  const seen = await engine.client['import.inspect']({ sources: [source] })
  expect(seen.files).toMatchObject([
    { table: 'users', encoding: 'shift_jis', reason: expect.stringContaining('As shift_jis it reads: 山田 太郎') },
  ])
  await expect(engine.client['import.run']({ sources: [source] })).rejects.toMatchObject({
    code: 'import/ambiguous',
    context: { suggestion: 'shift_jis', readings: 'shift_jis: 山田 太郎' },
  })
  const mapping = { source: 'Roster', encoding: 'sjis', tables: [{ table: 'users' as const, fields: FIELDS }] }
  const run = await engine.client['import.run']({ sources: [source], mappings: [{ source, mapping }] })
  expect(run.files).toMatchObject([{ table: 'users', loaded: 1, held: 0 }])
  const next = engine.write('next.csv', table('u2'))
  const again = await engine.client['import.run']({ sources: [next] })
  expect(again.files).toMatchObject([{ table: 'users', loaded: 1, held: 0 }])
  expect((await engine.client['import.inspect']({ sources: [next] })).files).toMatchObject([{ encoding: 'shift_jis' }])
})

const FIELDS = [
  { field: 'user_id', from: ['user_id'] },
  { field: 'name', from: ['name'] },
]

test.each([
  { why: 'a .gz file', name: 'users.csv.gz', content: gzipSync(table('u1')) },
  { why: 'a .zip archive', name: 'users.zip', content: zip([{ name: 'users.csv', content: table('u1') }]) },
])('$why is read in the encoding that is named', async ({ name, content }) => {
  const engine = await startProject()
  const source = engine.write(name, content)
  const { files } = await engine.client['import.run']({ sources: [source], options: { encoding: 'shift_jis' } })
  expect(files).toMatchObject([{ table: 'users', loaded: 1, held: 0 }])
})

const LATIN = Buffer.from('user_id,name\nu1,J\xfcrgen\n', 'latin1')
const FAR = `${'x'.repeat(70_000)}\n`

test.each([
  { why: 'short', rest: '' },
  {
    why: 'longer than what is read at once, with a letter on the border',
    rest: `u3,\u{1f600}${FAR}u4,\u00fc\n`.repeat(40),
  },
])('an encoding named for several files is that of those that are not UTF-8: $why', async ({ rest }) => {
  const engine = await startProject()
  const sources = [
    engine.write('users.csv', LATIN),
    engine.write('more_users.csv', Buffer.from(`user_id,name\nu2,H\u00fcbner\n${rest}`)),
  ]
  const options = { encoding: 'windows-1252' }
  const { files } = await engine.client['import.inspect']({ sources, options })
  expect(files.map(({ encoding }) => encoding)).toEqual(['windows-1252', 'utf-8'])
  const run = await engine.client['import.run']({ sources, options })
  expect(run.files.map(({ held }) => held)).toEqual([0, 0])
})

test('UTF-8 up to a record far below is not UTF-8, and the encoding that is named counts', async () => {
  const engine = await startProject()
  const content = Buffer.concat([
    Buffer.from(`user_id,name\n${`u1,${FAR}`.repeat(40)}`),
    Buffer.from('u2,J\xfcrgen\n', 'latin1'),
  ])
  const source = engine.write('users.csv', content)
  const run = await engine.client['import.run']({ sources: [source], options: { encoding: 'windows-1252' } })
  expect(run.files).toMatchObject([{ table: 'users', held: 0 }])
})

test('what a mapping says of one file counts though it is UTF-8, and a name that is none is refused', async () => {
  const engine = await startProject()
  const source = engine.write('users.csv', Buffer.from('user_id,name\nu1,H\u00fcbner\n'))
  const mapping = { source: 'Roster', encoding: 'windows-1252', tables: [{ table: 'users' as const, fields: FIELDS }] }
  const options = { encoding: 'shift_jis' }
  const seen = await engine.client['import.prove']({ source, mapping, options })
  expect(seen.plan.encoding).toBe('windows-1252')
  await expect(
    engine.client['import.inspect']({ sources: [source], options: { encoding: 'klingon' } }),
  ).resolves.toMatchObject({ files: [{ table: null, reason: expect.stringContaining('Unknown encoding') }] })
})

test('UTF-8 is read as such though a remembered mapping names another encoding, and a note says so', async () => {
  const engine = await startProject()
  const mapping = { source: 'Roster', encoding: 'windows-1252', tables: [{ table: 'users' as const, fields: FIELDS }] }
  const first = engine.write('users.csv', LATIN)
  await engine.client['import.run']({ sources: [first], mappings: [{ source: first, mapping }] })
  const sound = engine.write('june.csv', Buffer.from('user_id,name\nu7,H\u00fcbner\n'))
  const proof = await engine.client['import.prove']({ source: sound })
  expect(proof.plan).toMatchObject({ encoding: 'utf-8', recognition: { by: 'mapping' } })
  expect(proof.tables[0]?.notes).toMatchObject([{ code: 'note/encoding' }])
  const run = await engine.client['import.run']({ sources: [sound] })
  expect(run.files).toMatchObject([{ loaded: 1, held: 0, warnings: [expect.stringContaining('not as windows-1252')] }])
  const record = await engine.client['project.record']({ table: 'users', key: ['u7'] })
  expect(record?.fields).toContainEqual({ name: 'name', value: 'H\u00fcbner' })
  const again = await engine.client['import.run']({ sources: [sound] })
  expect(again.files).toMatchObject([{ alreadyImported: true }])
  const latin = engine.write('july.csv', Buffer.from('user_id,name\nu8,H\xfcbner\n', 'latin1'))
  expect((await engine.client['import.run']({ sources: [latin] })).files).toMatchObject([{ loaded: 1, warnings: [] }])
  const other = await engine.client['project.record']({ table: 'users', key: ['u8'] })
  expect(other?.fields).toContainEqual({ name: 'name', value: 'H\u00fcbner' })
})

test.each<readonly [why: string, text: Buffer, first: string | undefined, then: string | undefined, isKnown: boolean]>([
  ['plain, named both times', Buffer.from('Ana'), 'windows-1252', 'windows-1252', true],
  ['plain, named the second time', Buffer.from('Ana'), undefined, 'windows-1252', true],
  ['plain, named the first time', Buffer.from('Ana'), 'windows-1252', undefined, true],
  ['UTF-8, which is read as such', Buffer.from('H\u00fcbner'), undefined, 'windows-1252', true],
  ['read otherwise by another encoding', Buffer.from('H\xa4bner', 'latin1'), 'windows-1252', 'iso-8859-15', false],
])('a file is known again where its encoding changes nothing of it: %s', async (_why, text, first, then, isKnown) => {
  const engine = await startProject()
  const source = engine.write('users.csv', Buffer.concat([Buffer.from('user_id,name\nu1,'), text, Buffer.from('\n')]))
  const taken = async (encoding: string | undefined) =>
    (await engine.client['import.run']({ sources: [source], options: encoding === undefined ? {} : { encoding } }))
      .files
  await taken(first)
  expect(await taken(then)).toMatchObject([{ alreadyImported: isKnown }])
})
