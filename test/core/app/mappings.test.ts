import { describe, expect, test } from 'vitest'
import { startProject } from './support/engine.ts'
import { zip } from './support/zip.ts'

const TEXT = 'key,mail,role,joined\n1,a@b.c,Boss,03/04/2026\n2,d@e.f,Staff,05/06/2026\n'
const MAPPING = {
  source: 'Staff list',
  tables: [
    {
      table: 'users' as const,
      fields: [
        { field: 'user_id', from: ['key'] },
        { field: 'primary_email', from: ['mail'] },
        { field: 'product_role', from: ['role'], values: { Boss: 'admin' }, otherwise: 'member' },
        { field: 'created_at', from: ['joined'], dateOrder: 'dmy' as const },
      ],
    },
  ],
}

describe('a mapping', () => {
  test('is tried on a whole file, changed, set, used for the next file of its shape, and forgotten', async () => {
    const engine = await startProject()
    const first = engine.write('odd.csv', TEXT)
    const before = await engine.client['import.inspect']({ sources: [first] })
    expect(before.files).toMatchObject([{ table: null, recognition: { by: 'none' } }])

    const { tables: _tables, ...rest } = MAPPING
    const [users] = MAPPING.tables
    const open = {
      ...rest,
      tables: [
        { table: 'users' as const, fields: (users?.fields ?? []).map(({ dateOrder: _order, ...field }) => field) },
      ],
    }
    const asked = await engine.client['import.prove']({ source: first, mapping: open })
    expect(asked.tables).toMatchObject([
      {
        table: 'users',
        read: 2,
        readable: 2,
        held: 0,
        questions: [{ field: 'created_at', setting: 'dateOrder', both: 2, counts: [0, 0] }],
      },
    ])
    const proof = await engine.client['import.prove']({ source: first, mapping: MAPPING })
    expect(proof.tables).toMatchObject([{ readable: 2, held: 0, questions: [] }])
    expect(proof.tables[0]?.fields.find(({ field }) => field === 'product_role')).toMatchObject({
      filled: 2,
      values: [
        { value: 'Boss', count: 1 },
        { value: 'Staff', count: 1 },
      ],
    })

    const set = await engine.client['import.setMapping']({ source: first, mapping: MAPPING })
    expect(set.plan).toMatchObject({ table: 'users', origin: 'Staff list', recognition: { by: 'mapping' } })
    const { mappings } = await engine.client['import.mappings']({})
    expect(mappings).toMatchObject([
      { signature: set.signature, mapping: { source: 'Staff list', headers: ['key', 'mail', 'role', 'joined'] } },
    ])

    const second = engine.write('june.csv', 'MAIL,Key,joined,role\nx@y.z,3,07/08/2026,Boss\n')
    const { files } = await engine.client['import.run']({ sources: [second] })
    expect(files).toMatchObject([{ table: 'users', loaded: 1 }])
    const record = await engine.client['project.record']({ table: 'users', key: ['3'] })
    expect(record?.fields).toEqual(
      expect.arrayContaining([
        { name: 'product_role', value: 'admin' },
        { name: 'created_at', value: '2026-08-07' },
      ]),
    )

    expect(await engine.client['import.forgetMapping']({ signature: set.signature })).toEqual({ wasKnown: true })
    expect(await engine.client['import.forgetMapping']({ signature: set.signature })).toEqual({ wasKnown: false })
    const third = engine.write('july.csv', TEXT.replace('1,a', '9,a'))
    await expect(engine.client['import.run']({ sources: [third] })).rejects.toMatchObject({ code: 'import/no-table' })
  })

  test('given with an import is remembered, and changes no scores', async () => {
    const engine = await startProject()
    const first = engine.write('odd.csv', TEXT)
    const run = await engine.client['import.run']({ sources: [first], mappings: [{ mapping: MAPPING }] })
    expect(run.files).toMatchObject([{ loaded: 2, added: 2 }])
    expect((await engine.client['import.mappings']({})).mappings).toHaveLength(1)
  })

  test('another one for the same bytes reads them again', async () => {
    const engine = await startProject()
    const first = engine.write('odd.csv', TEXT)
    await engine.client['import.run']({ sources: [first], mappings: [{ mapping: MAPPING }] })
    const same = await engine.client['import.run']({ sources: [first] })
    expect(same.files).toMatchObject([{ alreadyImported: true, added: 0, changed: 0, same: 2 }])
    const [users] = MAPPING.tables
    const fields = (users?.fields ?? []).map(field =>
      field.field === 'product_role' ? { field: 'product_role', constant: 'owner' } : field,
    )
    const other = { ...MAPPING, tables: [{ table: 'users' as const, fields }] }
    const again = await engine.client['import.run']({ sources: [first], mappings: [{ source: first, mapping: other }] })
    expect(again.files).toMatchObject([{ alreadyImported: false, changed: 2 }])
  })

  test('for a file in an archive', async () => {
    const engine = await startProject()
    const token = engine.write(
      'all.zip',
      zip([
        { name: 'a/odd.csv', content: TEXT },
        { name: 'b.csv', content: 'x\n1\n' },
      ]),
    )
    const proof = await engine.client['import.prove']({ source: token, entry: 'a/odd.csv', mapping: MAPPING })
    expect(proof).toMatchObject({ plan: { entry: 'a/odd.csv', table: 'users' }, tables: [{ readable: 2 }] })
    const run = await engine.client['import.run']({
      sources: [token],
      mappings: [{ source: token, entry: 'a/odd.csv', mapping: MAPPING }],
    })
    expect(run).toMatchObject({
      files: [{ file: 'all.zip/a/odd.csv', loaded: 2 }],
      skipped: [{ file: 'all.zip/b.csv' }],
    })
    await expect(engine.client['import.prove']({ source: token })).rejects.toMatchObject({ code: 'usage/missing-file' })
    await expect(engine.client['import.prove']({ source: token, entry: 'none' })).rejects.toMatchObject({
      code: 'usage/missing-file',
    })
  })
})

describe('a mapping that does not fit', () => {
  const wrong = { ...MAPPING, tables: [{ table: 'users' as const, fields: [{ field: 'user_id', from: ['number'] }] }] }
  test('the file that it is for', async () => {
    const engine = await startProject()
    const token = engine.write('odd.csv', TEXT)
    const failure = {
      code: 'usage/bad-mapping',
      message: expect.stringContaining('"number", which the file does not have'),
    }
    await expect(engine.client['import.setMapping']({ source: token, mapping: wrong })).rejects.toMatchObject(failure)
    await expect(engine.client['import.prove']({ source: token, mapping: wrong })).rejects.toMatchObject(failure)
    const mappings = [{ source: token, mapping: wrong }]
    await expect(engine.client['import.run']({ sources: [token], mappings })).rejects.toMatchObject(failure)
    expect((await engine.client['import.mappings']({})).mappings).toEqual([])
  })

  test('any of the files', async () => {
    const engine = await startProject()
    const token = engine.write('users.csv', 'user_id,name\n1,a\n')
    const run = engine.client['import.run']({ sources: [token], mappings: [{ mapping: wrong }] })
    await expect(run).rejects.toMatchObject({
      code: 'usage/bad-mapping',
      message: expect.stringContaining('fits none of the files'),
    })
    expect(await engine.client['project.summary']({})).toMatchObject({ files: 0 })
  })

  test('its table', async () => {
    const engine = await startProject()
    const token = engine.write('odd.csv', TEXT)
    const odd = { ...MAPPING, tables: [{ table: 'users' as const, fields: [{ field: 'shoe_size', from: ['key'] }] }] }
    await expect(engine.client['import.setMapping']({ source: token, mapping: odd })).rejects.toMatchObject({
      code: 'usage/bad-mapping',
      message: expect.stringContaining('users has no field shoe_size'),
    })
  })

  test('or is none', async () => {
    const engine = await startProject()
    const read = (json: string) => engine.client['import.readMappings']({ json })
    await expect(read('{')).rejects.toMatchObject({
      code: 'usage/bad-mapping',
      message: expect.stringMatching(/not JSON/),
    })
    await expect(read('{"version":1,"mappings":[]}')).rejects.toMatchObject({ code: 'usage/bad-mapping' })
    expect(await read(JSON.stringify({ version: 1, mappings: [MAPPING] }))).toMatchObject({
      mappings: [{ source: 'Staff list', headers: [] }],
    })
  })
})

test('a file whose calls feed several tables is one import per table, and none for those it does not feed', async () => {
  const engine = await startProject()
  const call = (type: string, rest: object): string =>
    JSON.stringify({
      type,
      messageId: `m${type}`,
      anonymousId: 'a',
      receivedAt: '2026-05-01T00:00:00Z',
      timestamp: '2026-05-01T00:00:00Z',
      ...rest,
    })
  const filler = Array.from({ length: 4000 }, (_, i) =>
    call('track', { event: 'e', messageId: `m${i}`, properties: { text: 'x'.repeat(300) } }),
  )
  const lines = [...filler, call('identify', { userId: 'u1', traits: { email: 'a@b.example' } })]
  const token = engine.write('calls.jsonl', `${lines.join('\n')}\n`)
  const { files } = await engine.client['import.run']({ sources: [token] })
  expect(files.map(({ table, read, loaded }) => [table, read, loaded])).toEqual([
    ['events', 4001, 4000],
    ['users', 4001, 1],
  ])
})

test('records of one key are named with their lines', async () => {
  const engine = await startProject()
  const token = engine.write('users.csv', 'user_id,name\n1,a\n2,b\n1,c\n1,d\n3,e\n')
  const { files } = await engine.client['import.run']({ sources: [token] })
  expect(files).toMatchObject([{ read: 5, loaded: 3, skipped: 2 }])
  expect(files[0]?.warnings).toEqual([
    '2 records have a user_id that comes again further down, where the last one counts: line 2, 4.',
  ])
})
