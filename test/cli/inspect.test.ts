import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderOf, pqlHere, put, REPOSITORY, treeOf } from './support/pql.ts'

const ODD = 'key,mail,joined,hash\n1,a@b.example,5/31/26,x\n2,c@d.example,6/1/26,y\n'
const MAP = {
  version: 1,
  mappings: [
    {
      source: 'Staff list',
      tables: [
        {
          table: 'users',
          fields: [
            { field: 'user_id', from: ['key'] },
            { field: 'primary_email', from: ['mail'] },
            { field: 'created_at', from: ['joined'], dateFormat: 'M/D/YY' },
          ],
        },
      ],
    },
  ],
}

describe('pql inspect', () => {
  test('says what an import would do and why, and leaves nothing behind', async () => {
    const folder = folderOf({
      'users.csv': 'user_id,email,password,zodiac\nu1,a@b.example,x,lion\n,c@d.example,y,\n',
      'x.csv': 'a,b\n1,2\n',
    })
    const before = treeOf(folder)
    const { code, stdout, stderr } = await pqlHere(['inspect', 'users.csv', 'x.csv'], folder)
    expect(code, stderr).toBe(0)
    for (const part of [
      'Feeds users: 2 of 4 columns belong to users',
      /^ {2}fit \d+ %; next best table: contacts, \d+ %, but the file has no contact_id$/m,
      '2 records, 1 can be loaded, 1 would be held, 0 skipped',
      /user_id\s+user_id\s+id\s+1\s+1\s+u1/,
      'Kept as custom fields: "zodiac"',
      'Not read, secret: "password"',
      'Held: 1 x value/missing in user_id: Line 3, user_id',
      'Fits no table: No column belongs to a known table',
    ])
      expect(stdout).toMatch(part)
    expect(treeOf(folder)).toEqual(before)
  })

  test('names custom fields of the tables alone that keep them', async () => {
    const event = { uuid: 'e1', event: 'a', distinct_id: 'u1', timestamp: '2026-05-01T00:00:00Z', colour: 'red' }
    const line = JSON.stringify({
      ...event,
      person_id: 'p1',
      properties: {},
      person_properties: { email: 'a@x.example' },
    })
    const { stdout } = await pqlHere(['inspect', 'events.jsonl'], folderOf({ 'events.jsonl': `${line}\n` }))
    const [events = '', users = ''] = stdout.split('  users: 1 records')
    expect(events).toMatch(/Kept as custom fields: .*"colour"/)
    expect(users).toContain('u1')
    expect(users).not.toContain('Kept as custom fields')
  })

  test('asks whether a column names workspaces where none of its values is one', async () => {
    const folder = folderOf({
      'users.csv': `user_id,organization_id\n${[1, 2, 3].map(n => `u${n},77${n}`).join('\n')}\n`,
      'workspaces.csv': `workspace_id,workspace_name\n${[1, 2, 3].map(n => `w${n},W${n}`).join('\n')}\n`,
    })
    const counts = '0 of 3 different organization_id are in workspaces.csv'
    const { stdout } = await pqlHere(['inspect', 'users.csv', 'workspaces.csv'], folder)
    expect(stdout).toContain('Question: is "organization_id" the workspace_id?')
    expect(stdout).toContain(counts)
    const json = await pqlHere(['inspect', '.', '--json'], folder)
    expect(JSON.parse(json.stdout)).toMatchObject({ files: [{ keyDoubts: [{ other: null }] }, { keyDoubts: [] }] })
    const asIs = await pqlHere(['import', '.', '--project', 'a.pql', '--dry-run'], folder)
    expect(asIs.stdout).toContain(counts)
    const mapping = { source: 'Users', tables: [{ table: 'users', fields: [{ field: 'user_id', from: ['user_id'] }] }] }
    put(folder, { 'map.json': JSON.stringify({ version: 1, mappings: [mapping] }) })
    const answered = await pqlHere(['inspect', 'users.csv', 'workspaces.csv', '--map', 'map.json'], folder)
    expect(answered.stdout).not.toContain(counts)
  })

  test('asks which column is the key where the other files refer to another one', async () => {
    const ids = [1, 2, 3, 4]
    const folder = folderOf({
      'users.csv': `id,name,external_id\n${ids.map(n => `${n},N${n},u${n}`).join('\n')}\n`,
      'events.csv': `event_name,timestamp,user_id\n${ids.map(n => `login,2026-05-0${n}T00:00:00Z,u${n}`).join('\n')}\n`,
    })
    const counts = '4 of 4 different user_id in events.csv are in "external_id", 0 in "id"'
    const { stdout } = await pqlHere(['inspect', 'users.csv', 'events.csv'], folder)
    expect(stdout).toContain('Question: which column is user_id?')
    expect(stdout).toContain(counts)
    const json = await pqlHere(['inspect', 'users.csv', 'events.csv', '--json'], folder)
    expect(JSON.parse(json.stdout)).toMatchObject({
      files: [{ keyDoubts: [{ other: 'external_id' }] }, { keyDoubts: [] }],
    })
    const asIs = await pqlHere(['import', '.', '--project', 'a.pql', '--dry-run'], folder)
    expect(asIs.stdout).toContain(counts)
    const mapping = {
      source: 'Users',
      tables: [{ table: 'users', fields: [{ field: 'user_id', from: ['external_id'] }] }],
    }
    put(folder, { 'map.json': JSON.stringify({ version: 1, mappings: [mapping] }) })
    const answered = await pqlHere(
      ['import', 'users.csv', 'events.csv', '--project', 'a.pql', '--map', 'map.json'],
      folder,
    )
    expect(answered.code, answered.stderr).toBe(0)
    expect(answered.stdout).not.toContain('external_id')
  })

  test('as JSON, of a known export, with its questions and the mapping found', async () => {
    const folder = folderOf({ 'deals.csv': 'deal_id,amount,created_at\nd1,"1,234",03/04/2026\n' })
    const ended = await pqlHere(
      ['inspect', 'deals.csv', join(REPOSITORY, 'fixtures/imports/stripe/subscriptions.csv'), '--json'],
      folder,
    )
    expect(ended.code, ended.stderr).toBe(0)
    const { files } = JSON.parse(ended.stdout) as { files: Record<string, unknown>[] }
    expect(files).toMatchObject([
      {
        table: 'deals',
        tables: [
          {
            read: 1,
            questions: [
              { field: 'amount', flag: '--decimal', answers: ['.', ','], example: '1,234' },
              { field: 'created_at', flag: '--date-order', answers: ['dmy', 'mdy'], both: 1 },
            ],
          },
        ],
      },
      { origin: 'Stripe subscriptions', recognition: { by: 'preset' }, mapping: { source: 'Stripe subscriptions' } },
    ])
  })

  test('writes a mapping that an import reads in the same way', async () => {
    const stripe = join(REPOSITORY, 'fixtures/imports/stripe/subscriptions.csv')
    const folder = folderOf()
    const wrote = await pqlHere(['inspect', stripe, '--write-map', 'map.json'], folder)
    expect(wrote.code, wrote.stderr).toBe(0)
    const written = JSON.parse(readFileSync(join(folder, 'map.json'), 'utf8')) as {
      mappings: { tables: { fields: { field: string; decimal?: string }[] }[] }[]
    }
    expect(written.mappings[0]?.tables[0]?.fields.find(({ field }) => field === 'mrr')).toMatchObject({
      decimal: ',',
      amountOf: ['period'],
    })
    const plain = await pqlHere(['import', stripe, '--project', 'a.pql', '--json'], folder)
    const mapped = await pqlHere(['import', stripe, '--project', 'b.pql', '--json', '--map', 'map.json'], folder)
    const reports = [plain, mapped].map(({ stdout }) =>
      (JSON.parse(stdout) as { files: Record<string, unknown>[] }).files.map(({ importedAt: _clock, ...file }) => file),
    )
    expect(reports[0]).toEqual(reports[1])
  })
})

describe('a file that fits no table', () => {
  const LOOSE = 'ref,full address\n7,ada@acme.com\n8,ben@acme.com\n'

  test('is refused with how a mapping is begun, which says what it lacks and loads once that is filled in', async () => {
    const folder = folderOf({ 'loose.csv': LOOSE })
    const refused = await pqlHere(['inspect', 'loose.csv', '--write-map', 'm.json'], folder)
    expect(refused.stderr).toContain('say which with --table')
    const begun = await pqlHere(['inspect', 'loose.csv', '--write-map', 'm.json', '--table', 'users'], folder)
    expect(begun.code, begun.stderr).toBe(0)
    expect(begun.stderr).toContain('loose.csv has no column for user_id; name one under "from"')
    const path = join(folder, 'm.json')
    const map = JSON.parse(readFileSync(path, 'utf8')) as {
      mappings: { tables: { fields: { field: string; from: string[] }[] }[] }[]
    }
    const fields = map.mappings[0]?.tables[0]?.fields ?? []
    expect(fields[0]).toMatchObject({ field: 'user_id', from: [] })
    fields[0]?.from.push('ref')
    writeFileSync(path, JSON.stringify(map))
    const loaded = await pqlHere(['import', 'loose.csv', '--project', 'p.pql', '--map', 'm.json'], folder)
    expect(loaded.code, loaded.stderr).toBe(0)
    expect(loaded.stdout).toMatch(/loose\.csv\s+users\s+2\s+2/)
  })
})

describe('pql import', () => {
  test('reads columns by --map, and says the same file again is the same', async () => {
    const folder = folderOf({ 'odd.csv': ODD, 'map.json': JSON.stringify(MAP) })
    const args = ['import', 'odd.csv', '--project', 'p.pql', '--map', 'map.json', '--json']
    const first = await pqlHere(args, folder)
    expect(first.code, first.stderr).toBe(0)
    expect(JSON.parse(first.stdout)).toMatchObject({
      files: [{ table: 'users', added: 2, same: 0, alreadyImported: false }],
    })
    const again = await pqlHere(['import', 'odd.csv', '--project', 'p.pql'], folder)
    expect(again.stdout).toMatch(/odd\.csv\s+users\s+2\s+0\s+0\s+2\s+0\s+0/)
  })

  test.each([
    { why: 'a pattern of dates', options: ['--date-format', 'M/D/YY'], text: 'user_id,created_at\n1,5/31/26\n' },
    { why: 'day numbers of a spreadsheet', options: ['--date-format', 'excel'], text: 'user_id,created_at\n1,46173\n' },
  ])('takes $why', async ({ options, text }) => {
    const folder = folderOf({ 'users.csv': text })
    const ended = await pqlHere(['import', 'users.csv', '--project', 'p.pql', '--json', ...options], folder)
    expect(JSON.parse(ended.stdout), ended.stderr).toMatchObject({ files: [{ loaded: 1, held: 0 }] })
  })
})

describe('what is refused leaves no folder and no project behind', () => {
  test.each<{ why: string; args: readonly string[]; code: number; says: RegExp }>([
    {
      why: 'a model that is not there',
      args: ['run', 'users.csv', '--out', 'out', '--model', 'none.json'],
      code: 2,
      says: /none\.json/,
    },
    { why: 'a file that is not there', args: ['import', 'none.csv'], code: 2, says: /none\.csv/ },
    {
      why: 'a mapping that is not there',
      args: ['import', 'users.csv', '--map', 'none.json'],
      code: 2,
      says: /none\.json/,
    },
    {
      why: 'a mapping that is no JSON',
      args: ['import', 'users.csv', '--map', 'bad.json'],
      code: 2,
      says: /usage\/bad-mapping: bad\.json/,
    },
    {
      why: 'a model that is no model, by its name',
      args: ['run', 'users.csv', '--out', 'out', '--model', 'bad.json'],
      code: 2,
      says: /usage\/bad-model: bad\.json/,
    },
    { why: 'a pattern that is none', args: ['import', 'users.csv', '--date-format', 'soon'], code: 2, says: /soon/ },
    {
      why: 'a folder that holds lists of somebody else, before anything is read',
      args: ['run', 'users.csv', '--out', 'taken'],
      code: 2,
      says: /export\/exists.*scores\.csv/,
    },
  ])('$why', async ({ args, code, says }) => {
    const folder = folderOf({
      'users.csv': 'user_id,created_at\nu1,2026-05-31\n',
      'bad.json': '{',
      'taken/scores.csv': 'mine\n',
    })
    const before = treeOf(folder)
    const ended = await pqlHere([...args, '--project', 'deep/er/p.pql'], folder)
    expect({ code: ended.code, tree: treeOf(folder) }, ended.stderr).toEqual({ code, tree: before })
    expect(ended.stderr).toMatch(says)
    expect(ended.stderr).not.toMatch(/Reading/)
  })

  test('but a project that was there before', async () => {
    const folder = folderOf({ 'users.csv': 'user_id,name\nu1,a\n' })
    expect((await pqlHere(['import', 'users.csv', '--project', 'p.pql'], folder)).code).toBe(0)
    put(folder, { 'odd.csv': 'a,b\n1,2\n' })
    expect((await pqlHere(['import', 'odd.csv', '--project', 'p.pql'], folder)).code).toBe(4)
    expect(treeOf(folder)).toContain('p.pql')
  })
})

test('of a folder, linked files are read, dot files passed over, and folders in it named', async () => {
  const folder = folderOf({ 'there.csv': 'user_id,email\nu1,a@b.example\n' })
  mkdirSync(join(folder, 'in/deep'), { recursive: true })
  symlinkSync(join(folder, 'there.csv'), join(folder, 'in/users.csv'))
  symlinkSync(join(folder, 'in/deep'), join(folder, 'in/linked'))
  symlinkSync(join(folder, 'nowhere.csv'), join(folder, 'in/gone.csv'))
  writeFileSync(join(folder, 'in/.hidden.csv'), 'user_id,email\nu2,c@d.example\n')
  const { stdout, stderr } = await pqlHere(['inspect', 'in'], folder)
  expect(stdout).toContain('Feeds users')
  for (const name of ['deep', 'linked']) expect(stderr).toContain(`${join('in', name)}: it is a folder; name it`)
  expect(stdout + stderr).toContain('gone.csv')
  expect(stdout + stderr).not.toContain('.hidden')
})

test('lists beside the one that is read are named by inspect and import', async () => {
  const folder = folderOf({
    'users.json': '{"data":[{"user_id":"u1","email":"a@b.example"}],\n"more":[{"user_id":"u2"},{"user_id":"u3"}]}\n',
  })
  const named = 'Not read by it: "more" (2 records, line 2)'
  const inspected = await pqlHere(['inspect', 'users.json'], folder)
  expect(inspected.stdout).toContain(named)
  const imported = await pqlHere(['import', 'users.json', '--project', 'p.pql'], folder)
  expect(imported.stdout + imported.stderr).toContain(named)
})
