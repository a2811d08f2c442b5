import { describe, expect, test } from 'vitest'
import { createReader, planTables } from '#import'
import type { FilePlan, ImportOptions } from '#schema/import'
import type { FileMapping } from '#schema/mapping'
import { TABLES } from '#schema/tables'
import { ID, mappingOf, usersMapping as users } from './mappings.ts'
import { bytesOf } from './read-file.ts'

type Read = Readonly<{
  plan: FilePlan
  rows: readonly Readonly<Record<string, unknown>>[]
  custom: readonly unknown[]
  held: readonly string[]
  notes: readonly string[]
}>

function read(
  text: string,
  mapping: FileMapping,
  { file = 'x.csv', options = {} }: { file?: string; options?: ImportOptions } = {},
): Read {
  const bytes = bytesOf(text)
  const [plan] = planTables({
    file,
    head: bytes,
    size: bytes.length,
    isWhole: true,
    options,
    mappings: { offered: [mapping] },
  })
  if (plan === undefined || plan.table === null) throw new Error(plan?.reason)
  let current = plan
  for (;;) {
    const columns = Object.keys(TABLES[plan.table].columns)
    const rows: Record<string, unknown>[] = []
    const custom: unknown[] = []
    const held: string[] = []
    const reader = createReader(current, options, {
      entities: run => {
        for (const row of run) {
          rows.push(
            Object.fromEntries(columns.flatMap((name, i) => (row.values[i] === null ? [] : [[name, row.values[i]]]))),
          )
          custom.push(JSON.parse(row.custom ?? '{}'))
        }
      },
      events() {},
      held: run => held.push(...run.map(({ line, column, code }) => `${line} ${column} ${code}`)),
    })
    for (const byte of bytes) reader.push(Uint8Array.of(byte))
    const result = reader.end()
    if (result.status === 'done') return { plan: result.plan, rows, custom, held, notes: result.warnings }
    current = result.plan
  }
}

describe('a mapping', () => {
  test.each<{
    why: string
    text: string
    mapping: FileMapping
    rows: readonly object[]
    custom?: readonly object[]
    held?: readonly string[]
    notes?: readonly (string | RegExp)[]
    file?: string
  }>([
    {
      why: 'fills fields by header, whatever its case, and keeps the rest as custom fields',
      text: 'KEY,Mail,rest\n1,a@b.c,x\n',
      mapping: users([ID, { field: 'primary_email', from: ['mail'] }]),
      rows: [{ user_id: '1', primary_email: 'a@b.c' }],
      custom: [{ rest: 'x' }],
    },
    {
      why: 'overrules what the headers say',
      text: 'key,email,name\n1,a@b.c,n\n',
      mapping: users([ID, { field: 'phone', from: ['email'] }]),
      rows: [{ user_id: '1', phone: 'a@b.c' }],
      custom: [{ name: 'n' }],
    },
    {
      why: 'drops what is not wanted',
      text: 'key,a,b\n1,x,y\n',
      mapping: users([ID], { drop: ['A'] }),
      rows: [{ user_id: '1' }],
      custom: [{ b: 'y' }],
    },
    {
      why: 'drops everything else',
      text: '{"key":"1","a":{"b":2}}\n{"key":"2","late":3}\n',
      mapping: users([ID], { others: 'drop' }),
      file: 'x.jsonl',
      rows: [{ user_id: '1' }, { user_id: '2' }],
      custom: [{}, {}],
    },
    {
      why: 'a constant for all rows, and for those where the column says nothing',
      text: 'key,company\n1,Acme\n2,\n',
      mapping: users([
        ID,
        { field: 'signup_source', constant: 'import' },
        { field: 'company_name', from: ['company'], constant: 'unknown' },
      ]),
      rows: [
        { user_id: '1', signup_source: 'import', company_name: 'Acme' },
        { user_id: '2', signup_source: 'import', company_name: 'unknown' },
      ],
    },
    {
      why: 'joins columns, and takes the first that says anything',
      text: 'key,first,last,a,b\n1,Ada,Novak,,x\n2,Bo,,y,x\n',
      mapping: users([
        ID,
        { field: 'name', from: ['first', 'last'], combine: 'join' },
        { field: 'job_title', from: ['a', 'b'] },
      ]),
      rows: [
        { user_id: '1', name: 'Ada Novak', job_title: 'x' },
        { user_id: '2', name: 'Bo', job_title: 'y' },
      ],
    },
    {
      why: 'maps values without case and counts those it does not list',
      text: 'key,r\n1,Super User\n2,super-user\n3,Guest\n4,Guest\n5,Bot\n',
      mapping: users([ID, { field: 'product_role', from: ['r'], values: { 'super user': 'admin' } }]),
      rows: [
        { product_role: 'admin' },
        { product_role: 'admin' },
        { product_role: 'Guest' },
        { product_role: 'Guest' },
        { product_role: 'Bot' },
      ],
      notes: ['product_role: the mapping does not list "Guest" (2), "Bot" (1); kept as written.'],
    },
    {
      why: 'maps every other value, and some to nothing',
      text: 'key,r\n1,a\n2,b\n3,c\n',
      mapping: users([ID, { field: 'product_role', from: ['r'], values: { a: 'admin', b: '' }, otherwise: 'member' }]),
      rows: [{ user_id: '1', product_role: 'admin' }, { user_id: '2' }, { user_id: '3', product_role: 'member' }],
      notes: [],
    },
    {
      why: 'a value that means nothing',
      text: 'key,x\nNote: 3 more,a\nu1,b\n',
      mapping: users([{ ...ID, ignore: ['Note:'] }]),
      rows: [{ user_id: 'u1' }],
      held: ['2 user_id value/missing'],
    },
    {
      why: 'reaches into a column that holds JSON, into lists too',
      text: 'key,meta\n1,"{""org"":{""id"":7},""tags"":[""x"",""y""]}"\n2,not json\n3,\n',
      mapping: users([
        ID,
        { field: 'workspace_id', from: ['meta.org.id'] },
        { field: 'persona', from: ['META.tags.1'] },
      ]),
      rows: [{ user_id: '1', workspace_id: '7', persona: 'y' }, { user_id: '2' }, { user_id: '3' }],
    },
    {
      why: 'reaches into JSON of any depth, by keys that hold dots and dollars',
      text: '{"key":1,"p":{"$groups":{"a.b":{"id":["w1","w2"]}}}}\n{"key":12345678901234567890}\n',
      mapping: users([ID, { field: 'workspace_id', from: ['p.$groups.a.b.id'] }]),
      file: 'x.jsonl',
      rows: [{ user_id: '1', workspace_id: 'w1' }, { user_id: '12345678901234567890' }],
    },
    {
      why: 'reaches into JSON that a record holds as a text, and no further into texts in it',
      text: '{"key":1,"t":"{\\"o\\":{\\"id\\":7},\\"n\\":\\"{\\\\\\"a\\\\\\":1}\\"}","p":{"t":" [{\\"a.b\\":\\"x\\"}]"}}\n{"key":2,"t":"{no json","p":{"t":{"0":{"a":{"b":"y"}}}}}\n{"key":3,"t":"o.id"}\n',
      mapping: users([
        ID,
        { field: 'workspace_id', from: ['t.o.id'] },
        { field: 'persona', from: ['p.t.0.a.b'] },
        { field: 'name', from: ['t.n.a'] },
      ]),
      file: 'x.jsonl',
      rows: [{ user_id: '1', workspace_id: '7', persona: 'x' }, { user_id: '2', persona: 'y' }, { user_id: '3' }],
    },
    {
      why: 'takes only the rows of its table',
      text: 'key,kind\n1,user\n2,bot\n3,USER\n',
      mapping: users([ID], { when: [{ path: 'Kind', in: ['user'] }] }),
      rows: [{ user_id: '1' }, { user_id: '3' }],
      notes: ['1 record is not of users (where kind is user) and skipped here.'],
    },
    {
      why: 'each column by its own order of dates, zone and pattern',
      text: 'key,a,b,c\n1,03/04/2026,03/04/2026,5/31/26 10:00\n',
      mapping: users([
        ID,
        { field: 'created_at', from: ['a'], dateOrder: 'dmy' },
        { field: 'last_active_at', from: ['b'], dateOrder: 'mdy' },
      ]),
      rows: [{ user_id: '1', created_at: '2026-04-03', last_active_at: '2026-03-04' }],
    },
    {
      why: 'a pattern and a zone of one column',
      text: 'key,c\n1,5/31/26 10:00\n',
      mapping: users([
        ID,
        { field: 'created_at', from: ['c'], dateFormat: 'M/D/YY H:mm', timeZone: 'America/New_York' },
      ]),
      rows: [{ user_id: '1', created_at: '2026-05-31T14:00:00.000Z' }],
      notes: [],
    },
    {
      why: 'amounts in minor units, per period, per seat',
      text: 'id,amt,cur,per,n\ns1,"1.200,50",usd,month,2\ns2,120000,EUR,annual,1\ns3,5000,JPY,3 months,1\ns4,100,usd,,1\ns5,1000,kwd,month,\n',
      mapping: mappingOf({
        tables: [
          {
            table: 'subscriptions',
            fields: [
              { field: 'subscription_id', from: ['id'] },
              { field: 'mrr', from: ['amt'], amountOf: ['minor', 'period', 'seat'], decimal: ',' },
              { field: 'currency', from: ['cur'] },
              { field: 'billing_period', from: ['per'] },
              { field: 'seats_purchased', from: ['n'] },
            ],
          },
        ],
      }),
      rows: [
        { mrr: 24.01 },
        { mrr: 100 },
        { mrr: 1666.6667 },
        { subscription_id: 's4', currency: 'usd', seats_purchased: 1 },
        { mrr: 1 },
      ],
    },
    {
      why: 'completes the ids of Salesforce',
      text: 'key\n0015g00000AbCdE\n0015g00000AbCdEAAV\nother\n',
      mapping: users([{ ...ID, idForm: 'salesforce' }]),
      rows: [{ user_id: '0015g00000AbCdEAAV' }, { user_id: '0015g00000AbCdEAAV' }, { user_id: 'other' }],
    },
    {
      why: 'a header called __proto__',
      text: 'key,__proto__,constructor\n1,a,b\n',
      mapping: users([ID, { field: 'name', from: ['__proto__'] }]),
      rows: [{ user_id: '1', name: 'a' }],
      custom: [{ constructor: 'b' }],
    },
  ])('$why', ({ text, mapping, file = 'x.csv', rows, custom, held = [], notes }) => {
    const found = read(text, mapping, { file })
    expect(found.rows).toMatchObject(rows)
    expect(found.rows).toHaveLength(rows.length)
    if (custom !== undefined) expect(found.custom).toEqual(custom)
    expect(found.held).toEqual(held)
    if (notes !== undefined) expect(found.notes).toEqual(notes)
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
  })

  test('feeds several tables from one file', () => {
    const mapping = mappingOf({
      tables: [
        { table: 'users', fields: [{ field: 'user_id', from: ['u'] }] },
        { table: 'workspaces', fields: [{ field: 'workspace_id', from: ['w'] }] },
      ],
    })
    const head = bytesOf('u,w\n1,2\n')
    const plans = planTables({
      file: 'x.csv',
      head,
      size: head.length,
      isWhole: true,
      options: {},
      mappings: { offered: [mapping] },
    })
    expect(plans.map(({ table }) => table)).toEqual(['users', 'workspaces'])
  })

  test('of another encoding than UTF-8 needs no answer', () => {
    const head = new Uint8Array(Buffer.from('key,name\n1,Jos\xe9\n2,Zo\xeb\n', 'latin1'))
    const mapping = { ...users([ID]), encoding: 'windows-1252' }
    const [plan] = planTables({
      file: 'x.csv',
      head,
      size: head.length,
      isWhole: true,
      options: {},
      mappings: { offered: [mapping] },
    })
    expect(plan).toMatchObject({ table: 'users', encoding: 'windows-1252' })
  })
})
