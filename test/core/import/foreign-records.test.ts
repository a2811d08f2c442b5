import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHeldRechecker, overlayWith } from '#import'
import { bytesOf, type FileRead, readFile } from './read-file.ts'

const USERS = 'user_id,primary_email\nu1,a@x.io\nu2,b@x.io\n'
const WORKSPACES = 'workspace_id,workspace_name,mrr\nw1,One,10\nw2,Two,20\n'

const fates = ({ result, rows, held }: FileRead): readonly unknown[] => [
  rows.map(({ line }) => line),
  held.map(({ line, code }) => `${line} ${code}`),
  result.skipped,
]

describe('records that a program wrote for readers', () => {
  test.each([
    { why: 'types', row: 'VARCHAR,VARCHAR(255),"NUMERIC(10,2)"' },
    { why: 'one type for all', row: 'string,string,string' },
    { why: 'types of a warehouse', row: 'STRING,Nullable(String),DOUBLE PRECISION' },
    { why: 'units in brackets', row: '[-],[-],[USD]' },
  ])('a record of $why below the header is skipped and told', ({ row }) => {
    const read = readFile('workspaces.csv', `workspace_id,workspace_name,mrr\n${row}\nw1,One,10\n`)
    expect(fates(read)).toEqual([[3], [], 1])
    expect(read.result.notes).toEqual([expect.objectContaining({ code: 'note/type-row', lines: [2] })])
  })
  test.each([
    { why: 'a name and no type', row: 'string,Strings Ltd,5' },
    { why: 'a single word', row: 'text,,' },
    { why: 'one word for id and name', row: 'array,Array,' },
    { why: 'two words', row: 'text,list,' },
    { why: 'further down', row: 'w7,a,1\nw8,a,1\nw9,a,1\nstring,text,' },
  ])('no record of types: $why', ({ row }) => {
    expect(readFile('workspaces.csv', `workspace_id,workspace_name,mrr\n${row}\nw1,One,10\n`).result.skipped).toBe(0)
  })
  test('words of types that may be values are rows below a row, and held as a whole record right below the header', () => {
    const head = 'user_id,workspace_id,role\n'
    expect(fates(readFile('memberships.csv', `${head}super,list,\nu1,w1,admin\ntext,list,object\n`))).toEqual([
      [2, 3, 4],
      [],
      0,
    ])
    expect(fates(readFile('memberships.csv', `${head}text,list,object\nu1,w1,admin\n`))).toEqual([
      [3],
      ['2 row/total'],
      0,
    ])
    expect(fates(readFile('memberships.csv', `${head}uuid,text,text\nu1,w1,admin\n`))).toEqual([[3], [], 1])
    expect(fates(readFile('accounts.csv', 'account_id,name\nint,Int\nA,Acme\nenum,Enum\nobject,Object\n'))).toEqual([
      [2, 3, 4, 5],
      [],
      0,
    ])
  })
  test.each([{ chunk: 7 }, { chunk: 1 << 20 }])('events below types are read, by chunks of $chunk', ({ chunk }) => {
    const content = 'event_id,event_name,timestamp\nSTRING,STRING,TIMESTAMP\ne1,a,2026-05-01T10:00:00Z\n'
    const { result } = readFile('events.csv', content, { chunk })
    expect([result.read, result.emitted, result.held, result.skipped]).toEqual([2, 1, 0, 1])
  })

  test.each([
    { why: 'a total', content: `${WORKSPACES}Total,,30\n`, held: ['4 row/total'] },
    { why: 'a total with a colon and a count', content: `${WORKSPACES}Grand Total: 2,,\n`, held: ['4 row/total'] },
    { why: 'a total in German', content: `${WORKSPACES}Summe,,"30 €"\n`, held: ['4 row/total'] },
    { why: 'a total in Japanese', content: `${WORKSPACES}合計,,30\n`, held: ['4 row/total'] },
    {
      why: 'a subtotal amid the rows',
      content: `${WORKSPACES}Subtotal,,30\nw3,Three,5\n`,
      held: ['4 row/total'],
      at: [5],
    },
    { why: 'a count of rows', content: `${USERS}(2 rows)\n`, held: ['4 row/total'] },
    { why: 'a count in one column', content: 'user_id\nu1\nu2\n2 rows selected.\n', held: ['4 row/total'] },
    { why: 'the end mark of PostgreSQL', content: 'user_id\nu1\nu2\n\\.\n', held: ['4 row/total'] },
    { why: 'the end mark of DOS', content: 'user_id\nu1\nu2\n\u001a', held: ['4 row/total'] },
    { why: 'a workspace called Total', content: `${WORKSPACES}w9,Total,30\n`, held: [], at: [4] },
    { why: 'an id Total of a row with texts', content: `${WORKSPACES}total,TotalEnergies,30\n`, held: [], at: [4] },
    { why: 'an id that begins with a total', content: `${WORKSPACES}total-7,,30\n`, held: [], at: [4] },
  ])('a total is held: $why', ({ content, held, at = [] }) => {
    const file = content.startsWith('workspace') ? 'workspaces.csv' : 'users.csv'
    expect(fates(readFile(file, content))).toEqual([[2, 3, ...at], held, 0])
  })

  test.each([
    { why: 'between rows', rows: 'sum,4,99\nw3,Three,5\nmedia,5,199\ncount,7,20\nw4,Four,6\n', at: [4, 5, 6, 7, 8] },
    { why: 'with a number', rows: 'Media 24,,9\nsoma7,,1\nw3,Three,5\n', at: [4, 5, 6] },
    { why: 'before a row that is held', rows: 'Total,,30\nw3,Three,many\n', at: [4], held: ['5 value/not-a-number'] },
    { why: 'as the last record', rows: 'sum,,30\n', held: ['4 row/total'] },
    { why: 'before blank lines', rows: 'sum,,30\n\n\n', held: ['4 row/total'], skipped: 2 },
    { why: 'before ruled lines', rows: 'sum,,30\n---,---,---\n', held: ['4 row/total'], skipped: 1 },
    {
      why: 'before other totals',
      rows: 'sum,,30\ncount,,2\n(2 rows)\n',
      held: ['4 row/total', '5 row/total', '6 row/total'],
    },
    { why: 'before a footer', rows: 'sum,,30\nMade on Monday\n', held: ['4 row/total', '5 row/too-few-fields'] },
    {
      why: 'before the next header',
      rows: 'sum,,30\nworkspace_id,workspace_name,mrr\nw3,Three,5\n',
      at: [6],
      held: ['4 row/total'],
      skipped: 1,
    },
    {
      why: 'behind a blank line',
      rows: '\nsum,,30\navg,,15\nw3,Three,5\n',
      at: [7],
      held: ['5 row/total', '6 row/total'],
      skipped: 1,
    },
    {
      why: 'behind a ruled line',
      rows: '---,---,---\nsum,,30\nw3,Three,5\n',
      at: [6],
      held: ['5 row/total'],
      skipped: 1,
    },
    { why: 'of too few fields before a row', rows: 'sum\nw3,Three,5\n', at: [5], held: ['4 row/too-few-fields'] },
  ])('a plain word for a key is a total only at an end: $why', ({ rows, at = [], held = [], skipped = 0 }) => {
    for (const chunk of [1, 7, 1000])
      expect(fates(readFile('workspaces.csv', WORKSPACES + rows, { chunk, headBytes: 1 << 10 }))).toEqual([
        [2, 3, ...at],
        held,
        skipped,
      ])
  })

  test.each([
    {
      why: 'the first row',
      content: 'workspace_id,seat_count_total,mrr\nMedia,5,199\nw2,2,20\n',
      at: [2, 3],
      skipped: 0,
    },
    {
      why: 'the first row below ruled header',
      content: 'workspace_id,mrr\n------------,---\nMedia,199\nw2,20\n',
      at: [3, 4],
      skipped: 1,
    },
    {
      why: 'a row of a file with a blank line behind each',
      content: 'workspace_id,mrr\n\nw1,10\n\nw2,20\n\nMedia,199\n\nw3,20\n\n',
      at: [3, 5, 7, 9],
      skipped: 5,
    },
  ])('an id that is such a word is loaded in $why', ({ content, at, skipped }) => {
    expect(fates(readFile('workspaces.csv', content))).toEqual([at, [], skipped])
  })

  test('more of them in a row than totals come are rows', () => {
    const rows = Array.from({ length: 250 }, (_, i) => `sum${i},,1\n`).join('')
    const { result, held } = readFile('workspaces.csv', WORKSPACES + rows)
    expect([result.emitted, held.length]).toEqual([202, 50])
  })

  test.each([
    {
      why: 'Markdown',
      content: '| user_id | primary_email |\n|:---|---:|\n| u1 | a@x.io |\n',
      at: [3],
      note: 'line 2',
    },
    { why: 'sqlcmd', content: 'user_id,primary_email\n-------,-----\nu1,a@x.io\n', at: [3], note: 'line 2' },
    { why: 'psql', content: ' user_id | name \n---------+------\n u1 | A\n', at: [3], note: 'line 2' },
    {
      why: 'psql, longer than other records are looked at',
      content: ` user_id | primary_email | name \n---------+---------------+${'-'.repeat(400)}\n u1 | a@x.io | A\n`,
      at: [3],
      note: 'line 2',
    },
  ])('a ruled line of $why is skipped and told', ({ content, at, note }) => {
    const read = readFile('users.csv', content)
    expect(fates(read)).toEqual([at, [], 1])
    expect(read.result.notes).toContainEqual(
      expect.objectContaining({ code: 'note/ruled-line', count: 1, message: expect.stringContaining(note) }),
    )
  })

  test.each([
    { why: 'dashes for what is missing', row: '-,-' },
    { why: 'two dashes', row: '--,--' },
    { why: 'dashes beside a value', row: '---,a@x.io' },
  ])('no ruled line is $why', ({ row }) => {
    expect(fates(readFile('users.csv', `${USERS}${row}\n`))).toEqual([[2, 3, 4], [], 0])
  })

  test('labels below the header that name the same columns say it once more', () => {
    const read = readFile('users.csv', 'user_id,primary_email\nUser ID,E-mail\nu1,a@x.io\n')
    expect(fates(read)).toEqual([[3], [], 1])
    expect(read.result.warnings).toEqual(['1 record repeats the header and is skipped: line 2.'])
  })

  test.each([
    { why: 'in another order', content: `${USERS}primary_email,user_id\nc@x.io,u3\n` },
    { why: 'of another table', content: `${USERS}workspace_id,workspace_name\nw1,One\n` },
    { why: 'with more columns', content: `${USERS}user_id,name,primary_email\nu3,C,\n` },
  ])('a header $why refuses the file with its line', ({ content }) => {
    expect(() => readFile('users.csv', content)).toThrow(/^users\.csv: line 4 is another header \("/)
  })

  test('a header of other events refuses them on either path', () => {
    const events = (header: string): string => `${header}\ne1,click,2026-05-01T10:00:00Z,w1,u1\n`
    const first = 'event_id,event_name,timestamp,workspace_id,user_id'
    const other = 'event_id,event_name,timestamp,user_id,workspace_id'
    for (const options of [{}, { dateFormat: 'DD/MM/YYYY' }]) {
      expect(() => readFile('events.csv', events(first) + events(other), { options })).toThrow(
        /line 3 is another header/,
      )
    }
  })

  test.each([
    { file: 'users.csv', content: 'user_id,primary_email,name,job_title\nu1,a@x.io,A,x\nname,user_id,,\n', held: [] },
    {
      file: 'events.csv',
      content: 'event_name,timestamp,user_id,source\nclick,2026-05-01T10:00:00Z,u1,web\nkind,owner,,\n',
      held: ['3 value/not-a-time'],
    },
  ])('two words of headers in a record of four cells cost no more than its row: $file', ({ file, content, held }) => {
    const read = readFile(file, content)
    expect([read.result.read, read.held.map(({ line, code }) => `${line} ${code}`)]).toEqual([2, held])
  })

  test('on either path of events: few words of headers are held with their row, the header once more is skipped', () => {
    const rows = [
      'kind,owner,,',
      'click,2026-05-01,u1,web',
      'event_name,timestamp,user_id,source',
      ',kind,user_id,',
      'click,2026-05-02,,',
    ]
    const content = `event_name,timestamp,user_id,source\n${rows.join('\n')}\n`
    const [fast, reference] = [{}, { dateFormat: 'YYYY-MM-DD' }].map(options => {
      const { result, held } = readFile('events.csv', content, { options })
      return [result.emitted, result.skipped, held.map(({ line, code }) => `${line} ${code}`)]
    })
    expect(fast).toEqual([2, 1, ['2 value/not-a-time', '5 value/missing']])
    expect(reference).toEqual(fast)
  })

  test.each([
    { why: 'values that are words of headers too', row: 'team,owner' },
    { why: 'one name of a column', row: 'user_id,c@x.io' },
  ])('no header is $why', ({ row }) => {
    expect(fates(readFile('users.csv', `${USERS}${row}\n`))).toEqual([[2, 3, 4], [], 0])
  })

  test('a total is held again until it is said to be a row', () => {
    const { plan, held } = readFile('workspaces.csv', `${WORKSPACES}Total,,30\n`)
    const none = { line: 0, raw: '', code: 'row/total', column: '', value: '' } as const
    const [{ line, raw, code, column, value } = none] = held
    const rechecker = createHeldRechecker(plan, { entities() {}, events() {} })
    const subject = { line, raw, code, overlay: null } as const
    expect(rechecker.judge(subject).fault?.code).toBe('row/total')
    const overlay = overlayWith(plan, null, { kind: 'as-record' }, { code, column, value })
    expect(rechecker.judge({ ...subject, overlay }).outcome).toBe('emitted')
  })
})

describe('quotes behind blanks', () => {
  const spaced =
    'user_id, name, created_at\n"u1", "Smith, Jr", 2026-01-01\n"u2",\t"two\nlines" , nonsense\n"u3", "C", "2026-01-02"\n'

  test('open fields where that is a habit of the file, and lines are counted on', () => {
    const read = readFile('users.csv', spaced)
    expect(read.plan.skipsBlanks).toBe(true)
    expect(fates(read)).toEqual([[2, 5], ['3 value/not-a-time'], 0])
    expect(read.rows.map(({ values }) => values.filter(value => value !== null))[0]).toEqual([
      'u1',
      'Smith, Jr',
      '2026-01-01',
    ])
  })

  test('events too', () => {
    const { plan, result } = readFile(
      'events.csv',
      '"event_name", "timestamp"\n"a, b", "2026-01-01"\n"c", "2026-01-02"\n',
    )
    expect([plan.table, result.emitted, result.held]).toEqual(['events', 2, 0])
  })

  test.each([
    { why: 'a single one', rows: 'u1, "a"\nu2,b\n' },
    { why: 'quotes within a text', rows: 'u1, "a" b\nu2, "c" d\nu3, "e" f\n' },
    { why: 'measures', rows: 'u1,5" x\nu2, 6" y\nu3, 7" z\n' },
  ])('are characters like any other: $why', ({ rows }) => {
    const { plan, result } = readFile('users.csv', `user_id,name\n${rows}`)
    expect([plan.skipsBlanks, result.held]).toEqual([undefined, 0])
  })

  test('rows are the same as without the blanks, for every chunk size', () => {
    const cell = fc.constantFrom('a', '', 'x, y', 'say ""hi""', 'two\nlines', ' padded ', 'é')
    const row = fc.tuple(cell, cell)
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 8 }), fc.integer({ min: 1, max: 50 }), (rows, chunk) => {
        const write = (blank: string): string =>
          `"user_id",${blank}"name",${blank}"note"\n${rows.map(([a, b], i) => `"u${i}",${blank}"${a}",${blank}"${b}"\n`).join('')}`
        const [spread, tight] = [
          readFile('users.csv', write('  '), { chunk, headBytes: 1 << 16 }),
          readFile('users.csv', write('')),
        ]
        expect(spread.rows).toEqual(tight.rows)
        expect([spread.held, spread.result.skipped]).toEqual([tight.held, tight.result.skipped])
      }),
      { numRuns: 60 },
    )
  })

  test('a held row of such a file is taken apart in the same way', () => {
    const { plan, held } = readFile('users.csv', spaced)
    const [{ line, raw, code } = { line: 0, raw: '', code: 'row/total' as const }] = held
    const subject = { line, raw, code, overlay: { cells: { 2: '2026-03-03' } } }
    const { records } = createHeldRechecker(plan, { entities() {}, events() {} })
    expect(records.read(subject)).toEqual({ kind: 'cells', cells: ['u2', 'two\nlines', '2026-03-03'] })
    expect(bytesOf(raw).length).toBeGreaterThan(0)
  })
})

test.each([
  { why: 'a total', row: 'Total,42', code: 'row/total' },
  { why: 'a count of rows', row: '(2 rows)', code: 'row/total' },
  { why: 'a total with words', row: 'Total,of May', code: 'row/too-few-fields' },
  { why: 'an event that is cut off', row: 'login,2026-05-01T10:00:00Z', code: 'row/too-few-fields' },
])('a record of too few fields among events: $why', ({ row, code }) => {
  const head = 'event_name,timestamp,user_id,workspace_id\n'
  const content = `${head}login,2026-05-01T10:00:00Z,u1,w1\nlogin,2026-05-02T10:00:00Z,u1,w1\n${row}\n`
  const { held } = readFile('events.csv', content)
  expect(held.map(({ line, code: found }) => [line, found])).toEqual([[4, code]])
})
