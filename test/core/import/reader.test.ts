import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TABLES } from '#schema/tables'
import { column, readFile } from './read-file.ts'

const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`

describe('rows', () => {
  test('follow the order of canonical columns, with custom fields sorted', () => {
    const { rows, result } = readFile(
      'users.csv',
      lines('zeta,email,user_id,is_admin,Alpha', ' z ,a@b.c, 007 ,yes,1.0', ',,8,,'),
    )
    const values = (id: string, email: string | null, isAdmin: boolean | null): unknown[] =>
      Object.keys(TABLES.users.columns).map(
        name => ({ user_id: id, primary_email: email, is_workspace_admin: isAdmin })[name] ?? null,
      )
    expect(rows).toEqual([
      { line: 2, values: values('007', 'a@b.c', true), custom: '{"Alpha":"1.0","zeta":"z"}' },
      { line: 3, values: values('8', null, null), custom: null },
    ])
    expect(result).toMatchObject({ status: 'done', read: 2, emitted: 2, held: 0, skipped: 0 })
  })

  test('headers that come twice or have no name are kept apart', () => {
    const { rows } = readFile('users.csv', lines('user_id,x,x,', '1,a,b,c'))
    expect(rows[0]?.custom).toBe('{"column_4":"c","x":"a","x_2":"b"}')
  })

  test('blank records are skipped and counted', () => {
    const { result, rows } = readFile('users.csv', 'user_id,name\n\n1,a\n,\n  ,  \n2,b\n\n')
    expect(rows.map(({ line }) => line)).toEqual([3, 6])
    expect(result).toMatchObject({ read: 6, emitted: 2, held: 0, skipped: 4 })
  })

  test('values of every type', () => {
    const { rows, held } = readFile(
      'accounts.csv',
      lines(
        'account_id,employee_count,icp_fit_score,all_known_domains,is_strategic',
        'a,"1,250",0.5,a.com;b.com,Y',
        'b,n/a,-,"[""c.com""]",none',
      ),
    )
    expect(held).toEqual([])
    expect(rows.map(({ values }) => values.filter(value => value !== null))).toEqual([
      ['a', ['a.com', 'b.com'], 1250, 0.5, true],
      ['b', ['c.com']],
    ])
  })

  test('an enum is matched without case; elsewhere than in a required column another value is kept and told', () => {
    const read = readFile('deals.csv', lines('deal_id,status', '1,WON', '2,Pending', '3,pending'))
    expect(column(read, 'status')).toEqual(['won', 'pending', 'pending'])
    expect(read.result.warnings).toEqual(['status: kept as written, but not one of open, won, lost: "pending" (2).'])
  })
})

describe('held records', () => {
  test.each([
    { why: 'too few fields', row: '1,a', want: { code: 'row/too-few-fields', column: '', value: '', raw: '1,a' } },
    {
      why: 'too many fields',
      row: '1,a,2026-01-01,x,y',
      want: { code: 'row/too-many-fields', column: '', raw: '1,a,2026-01-01,x,y' },
    },
    { why: 'no id', row: ' ,a,2026-01-01,x', want: { code: 'value/missing', column: 'user_id', value: '' } },
    {
      why: 'null for an id',
      row: 'NULL,a,2026-01-01,x',
      want: { code: 'value/missing', column: 'user_id', value: 'NULL' },
    },
    {
      why: 'an impossible date',
      row: '1,a, 2026-02-30 ,x',
      want: { code: 'value/impossible-date', column: 'created_at', value: '2026-02-30', raw: '1,a, 2026-02-30 ,x' },
    },
    {
      why: 'the first fault counts',
      row: '1.23E+10,a,never,x',
      want: { code: 'value/rounded-number', column: 'user_id', value: '1.23E+10' },
    },
    {
      why: 'text behind a quote',
      row: '1,"a"b,2026-01-01,x',
      want: { code: 'row/stray-quote', raw: '1,"a"b,2026-01-01,x' },
    },
  ])('$why', ({ row, want }) => {
    const { held, rows, result } = readFile(
      'users.csv',
      lines('user_id,name,created_at,extra', '0,"two\nlines",2026-01-01,x', row, '2,b,2026-01-01,x'),
    )
    expect(held).toMatchObject([{ line: 4, ...want }])
    expect(rows.map(({ line }) => line)).toEqual([2, 5])
    expect(result).toMatchObject({ read: 3, emitted: 2, held: 1 })
  })

  test('empty fields behind the last column are tolerated', () => {
    const { result } = readFile('users.csv', lines('user_id,name', '1,a,,', '2,b, ,'))
    expect(result).toMatchObject({ emitted: 2, held: 0 })
  })

  test('the message says where, what, which rule and what to do', () => {
    const { held } = readFile('users.csv', lines('user_id,created_at', '1,2026-02-30', '2,2026-01-01'))
    expect(held[0]?.message).toBe(
      'Line 2, created_at: "2026-02-30" does not exist in the calendar or on the clock. Correct it or leave it empty.',
    )
  })

  test('an outcome needs a subject and a kind of the list', () => {
    const { held, rows } = readFile(
      'outcomes.csv',
      lines(
        'kind,occurred_at,user_id,workspace_id',
        'Upgraded,2026-01-01,,',
        'CLOSED WON,2026-01-01,u,',
        'paid,2026-01-01,u,',
      ),
    )
    expect(held.map(({ line, code, column: name }) => [line, code, name])).toEqual([
      [2, 'row/no-subject', ''],
      [4, 'value/not-in-list', 'kind'],
    ])
    expect(rows[0]?.values).toContain('closed_won')
  })

  test('what is secret is not kept with a held record', () => {
    const { held, rows, result } = readFile(
      'users.csv',
      lines('user_id,password,created_at', ',"hun,ter",2026-01-01', '1,hunter2,"x', '2,hunter3,2026-01-01'),
    )
    expect(held.map(({ raw }) => raw)).toEqual([',,2026-01-01', ''])
    expect(rows[0]?.custom).toBeNull()
    expect(result.warnings).toEqual(['Not read, because the header names a secret: "password".'])
  })
})

test('a plan without a table is refused', () => {
  expect(() => readFile('x.csv', 'a,b\n1,2\n')).toThrow(expect.objectContaining({ code: 'import/no-table' }))
})

describe('whatever the file', () => {
  const cell = fc.constantFrom(
    'a',
    '',
    'x y',
    '"q""q"',
    '"two\nlines"',
    '"c,d"',
    '2026-05-31',
    '2026-02-30',
    '"open',
    '"a"b',
    'é',
    '1.5',
  )
  const row = fc.array(cell, { minLength: 1, maxLength: 4 }).map(cells => cells.join(','))
  const eol = fc.constantFrom('\n', '\r\n', '\r')

  test('rows, held rows and counts do not depend on chunks', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), eol, fc.integer({ min: 1, max: 50 }), (rows, end, chunk) => {
        const text = ['user_id,name,created_at', ...rows].join(end)
        expect(readFile('users.csv', text, { chunk })).toEqual(readFile('users.csv', text))
      }),
    )
  })

  test('rows do not depend on the line break', () => {
    const flat = fc
      .array(
        cell.filter(text => !text.includes('\n')),
        { minLength: 1, maxLength: 4 },
      )
      .map(cells => cells.join(','))
    fc.assert(
      fc.property(fc.array(flat, { maxLength: 20 }), eol, (rows, end) => {
        const all = ['user_id,name,created_at', ...rows]
        expect(readFile('users.csv', all.join(end))).toEqual(readFile('users.csv', all.join('\n')))
      }),
    )
  })

  test('every record is emitted, held or skipped, and names its own line', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), eol, (rows, end) => {
        const text = ['user_id,name,created_at', ...rows].join(end)
        const { result, rows: emitted, held } = readFile('users.csv', text)
        expect(result.read).toBe(result.emitted + result.held + result.skipped)
        expect([emitted.length, held.length]).toEqual([result.emitted, result.held])
        const physical = text.split(/\r\n|\r|\n/)
        for (const each of held) expect(physical[each.line - 1]).toBe(each.raw.split(/\r\n|\r|\n/)[0])
        const places = [...emitted, ...held].map(({ line }) => line)
        expect(new Set(places).size).toBe(places.length)
      }),
    )
  })
})
