import { describe, expect, test } from 'vitest'
import { planFile } from '#import'
import type { ImportOptions } from '#schema/import'
import { bytesOf, readFile } from './read-file.ts'

const HEADER = 'user_id,primary_email\n'
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, character => character.charCodeAt(0))

const plan = (content: string | Uint8Array, { file = 'users.csv', options = {}, most = 1 << 20 } = {}) => {
  const bytes = typeof content === 'string' ? bytesOf(content) : content
  const head = bytes.subarray(0, most)
  return planFile({ file, head, size: bytes.length, isWhole: head.length === bytes.length, options })
}

test.each<{ why: string; content: string | Uint8Array; file?: string; most?: number; reason: RegExp }>([
  {
    why: 'a header that is cut off, whose end would be taken for a record',
    content: `user_id,${'h'.repeat(2_000_000)}\nu1,x\n`,
    reason: /The first line is longer than 1 MiB/,
  },
  {
    why: 'a first record of JSON lines that is cut off',
    content: `{"user_id":"u1","x":"${'x'.repeat(2_000_000)}"}\n{"user_id":"u2"}\n`,
    file: 'users.jsonl',
    reason: /The first line is longer than 1 MiB/,
  },
  {
    why: 'a quote that the header opens',
    content: `"${HEADER}u1,a@x.io\n`,
    reason: /opens a quote that is not closed/,
  },
  {
    why: 'a list in an object under another name',
    content: '{"next":null,"results":[{"user_id":"u1"}]}',
    file: 'users.json',
    reason:
      /^The records seem to be the list "results" of an object: only a list by itself, or a list "data", is read unless another is chosen; choose it/,
  },
  {
    why: 'a list for each table',
    content: '{"users":[{"user_id":"u1"},{"user_id":"u2"}],"workspaces":[{"id":"w1"},{"id":"w2"}]}',
    file: 'users.json',
    reason:
      /the list "users" of an object, the list "workspaces" of an object: .*choose one \(--records-at\), or save each as a file of its own/,
  },
  { why: 'a web page', content: '<!DOCTYPE html>\n<html><body>user_id, email</body></html>', reason: /is a web page/ },
  { why: 'XML', content: '<?xml version="1.0"?>\n<users><user id="u1"/></users>', reason: /is XML, not a table/ },
  { why: 'YAML', content: '- user_id: u1\n  primary_email: a@x.io\n', reason: /is YAML, not a table/ },
  { why: 'a dump of a database', content: '-- dump\n/*!40101 SET x */;\nCREATE TABLE users (\n', reason: /is SQL/ },
  {
    why: 'a header of a million names that is cut off',
    content: `user_id,primary_email,${'x,'.repeat(1_000_000)}`,
    reason: /The first line is longer than 1 MiB/,
  },
  {
    why: 'a tar archive',
    content: `users.csv${'0'.repeat(248)}ustar  \nuser_id,primary_email\n`,
    reason: /is a tar archive; unpack it/,
  },
  {
    why: 'Japanese behind escapes',
    content: 'user_id,primary_email,name\nu1,a@x.io,\u001b$B;3ED\u001b(B\n',
    reason: /switches scripts by escapes/,
  },
  {
    why: 'names in single quotes',
    content: "'user_id','primary_email'\n'u1','a@x.io'\n",
    reason: /stand in single or/,
  },
  { why: 'names in typographic quotes', content: '„user_id“;„email“\n„u1“;„a@x.io“\n', reason: /typographic quotes/ },
  {
    why: 'a field on each line',
    content: 'user_id = u1\n  email = a@x.io\n\nuser_id = u2\n  email = b@x.io\n',
    reason: /^Each field stands on a line of its own \("user_id = u1"\)/,
  },
  {
    why: 'columns aligned by blanks',
    content: 'user_id    email\n---------- --------\nu1         a@x.io\n\n(1 rows affected)\n',
    reason: /^The file is printed to be read/,
  },
  {
    why: 'a table that is drawn',
    content:
      '┌─────────┬────────┐\n│ user_id │ email  │\n├─────────┼────────┤\n│ u1      │ a@x.io │\n└─────────┴────────┘\n',
    reason: /^The file is printed to be read/,
  },
  {
    why: 'JSON in single quotes',
    content: "[\n{'user_id':'u1'}]",
    file: 'users.json',
    reason: /^The record on line 2 is no JSON \(.* at character 2\): no header/,
  },
  {
    why: 'lines of JSON with commas between them',
    content: '{"user_id":"u1"},\n{"user_id":"u2"},\n',
    file: 'users.ndjson',
    reason: /^The record on line 1 is no JSON \(.* at character 17\)/,
  },
  {
    why: 'a script around JSON',
    content: 'callback([{"user_id":"u1"}])',
    file: 'users.json',
    reason: /called as JSON but is none: it begins with "callback/,
  },
  { why: 'an empty list', content: '[]', file: 'users.json', reason: /^The file has no record: it is an empty list/ },
  { why: 'a packed file', content: Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 4, 0]), reason: /packed with zstd/ },
  {
    why: 'JSON behind a comment',
    content: '// users\n[{"user_id":"u1"}]',
    file: 'users.json',
    reason: /called as JSON but is none: it begins with "\/\/ users"/,
  },
  {
    why: 'a record under each id',
    content: '{"u1":{"user_id":"u1","email":"a@x.io"},"u2":{"user_id":"u2","email":"b@x.io"}}',
    file: 'users.json',
    reason: /^The records seem to be the members of an object: only a list/,
  },
  {
    why: 'a record under each id, inside data',
    content: '{"data":{"u1":{"user_id":"u1"},"u2":{"user_id":"u2"}}}',
    file: 'users.json',
    reason: /^The records seem to be the members of the object "data": only a list/,
  },
  {
    why: 'a list that fits no table, and others',
    content: '{"data":[{"x":1}],"users":[{"user_id":"u1"}]}',
    file: 'users.json',
    reason: /^No column of the records in the list "data" .* Not read: the list "users" of an object; choose it/,
  },
  {
    why: 'a list for each column',
    content: '{"user_id":["u1","u2"],"primary_email":["a@x.io","b@x.io"]}',
    file: 'users.json',
    reason: /^The file is one object with a list for each column/,
  },
  {
    why: 'a list of lists',
    content: '[["user_id","email"],["u1","a@x.io"]]',
    file: 'users.json',
    reason: /^The record on line 1 is no JSON object with a member for each column/,
  },
  {
    why: 'more control characters than a text has',
    content: Uint8Array.from({ length: 50 }, (_, i) => (i % 3 === 0 ? 14 : 65)),
    reason: /The file is not text: \d+ of its first 50 bytes are control characters, the first is byte \d+\. If it is/,
  },
])('a file is refused with its reason: $why', ({ content, file = 'users.csv', most = 1 << 20, reason }) => {
  const found = plan(content, { file, most })
  expect([found.table, found.reason]).toEqual([null, expect.stringMatching(reason)])
})

test('a header that is not UTF-8 asks for the encoding, and is read once it is named', () => {
  const content = latin1('user_id,primary_email,prénom\nu1,a@x.io,Zoé\n')
  expect(() => plan(content)).toThrow(
    expect.objectContaining({
      code: 'import/ambiguous',
      message: expect.stringContaining('prénom'),
      context: expect.objectContaining({ suggestion: 'windows-1252' }),
    }),
  )
  const options: ImportOptions = { encoding: 'windows-1252' }
  const { rows, held } = readFile('users.csv', content, { options })
  expect([rows.length, held]).toEqual([1, []])
  expect(plan(latin1('größe,länge\n1,2\n'), { file: 'x.csv' })).toMatchObject({
    table: null,
    encoding: 'windows-1252',
    columns: [{ header: 'größe' }, { header: 'länge' }],
    reason: expect.stringContaining('Its header is not UTF-8'),
  })
})

test.each<{ why: string; file?: string; content: string; rows: number; held: [number, string][]; note?: RegExp }>([
  {
    why: 'the end mark of DOS',
    content: `${HEADER}u1,a@x.io\n\u001a`,
    rows: 1,
    held: [[3, 'row/total']],
  },
  { why: 'CSV that is called as JSON', file: 'users.json', content: `${HEADER}u1,a@x.io\n`, rows: 1, held: [] },
  {
    why: 'a sequence of JSON with separators',
    file: 'users.json',
    content: '\u001e{"user_id":"u1"}\n\u001e{"user_id":}\n\u001e{"user_id":"u3"}\n',
    rows: 2,
    held: [[2, 'row/not-json']],
  },
  {
    why: 'byte order marks where files of JSON lines were put together',
    file: 'users.jsonl',
    content: '\ufeff{"user_id":"u1"}\n\ufeff{"user_id":"u2"}\n\ufeff\n{"user_id":"u3"}\n',
    rows: 3,
    held: [],
  },
  {
    why: 'a list of records beside the one that is read',
    file: 'users.json',
    content: '{"data":[{"user_id":"u1"}],\n"more":[{"user_id":"u2"},{"user_id":"u3"}]}',
    rows: 1,
    held: [],
    note: /Not read by it: "more" \(2 records, line 2\)/,
  },
  {
    why: 'a row that says the header in some columns only',
    content: `${HEADER}u1,a@x.io\nuser_id,b@x.io\n`,
    rows: 2,
    held: [],
  },
  { why: 'headers that are numbers', content: 'user_id,2025,2026-01-01\nu1,1,2\nu2,3,4\n', rows: 2, held: [] },
  {
    why: 'a first row much shorter than the others',
    content: 'user_id,primary_email,name\nu1\nu2,b@x.io,B\n',
    rows: 1,
    held: [[2, 'row/too-few-fields']],
  },
  {
    why: 'one column, its header once more',
    content: 'user_id\nu1\nuser_id\nu2\n',
    rows: 2,
    held: [],
    note: /1 record repeats the header and is skipped: line 3/,
  },
  { why: 'a header and nothing else', content: HEADER, rows: 0, held: [], note: /There is no record below the header/ },
  {
    why: 'a header that comes twice',
    content: 'user_id,primary_email,user_id\nu1,a@x.io,u9\n',
    rows: 1,
    held: [],
    note: /Column "user_id" comes twice: the first is user_id/,
  },
])('an odd file is read: $why', ({ file = 'users.csv', content, rows, held, note }) => {
  const read = readFile(file, content)
  expect(read.rows).toHaveLength(rows)
  expect(read.held.map(({ line, code }) => [line, code])).toEqual(held)
  if (note !== undefined) expect(read.result.warnings.join('\n')).toMatch(note)
})

test.each([
  { why: 'a damaged row', rows: 'u1^a@x.io^A\nu2^b@x.io\nu3^c@x.io^C\n', held: [3] },
  {
    why: 'quotes in the header',
    rows: 'u1^a@x.io^A\nu2^b@x.io^"B^b"\n',
    held: [],
    header: '"user_id"^primary_email^name',
  },
])('an unusual delimiter is found despite $why', ({ rows, held, header = 'user_id^primary_email^name' }) => {
  const found = readFile('users.csv', `${header}\n${rows}`)
  expect([found.plan.delimiter, found.held.map(({ line }) => line)]).toEqual(['^', held])
})

test.each([
  { why: 'is taken at its word', text: 'sep=;\nuser_id;name\nu1;a,b\n', delimiter: ';', columns: 2 },
  { why: 'that is wrong is passed over', text: 'sep=;\r\nuser_id,name\r\nu1,a\r\n', delimiter: ',', columns: 2 },
  { why: 'above one column is taken at its word', text: 'sep=;\nuser_id\na,b\n', delimiter: ';', columns: 1 },
])('a line that names the delimiter $why', ({ text, delimiter, columns }) => {
  const { plan: found, rows } = readFile('users.csv', text)
  expect([found.delimiter, found.columns.length, rows.map(({ line }) => line)]).toEqual([delimiter, columns, [3]])
})

test('a header of many equal names is read in good time', () => {
  const { result, rows } = readFile(
    'users.csv',
    `user_id,primary_email,${'x,'.repeat(50_000)}\nu1,a@x.io,${'1,'.repeat(50_000)}\n`,
  )
  expect([result.read, rows.length, Object.keys(JSON.parse(rows[0]?.custom ?? '{}')).length]).toEqual([1, 1, 50_000])
})

test.each([
  { why: 'a formula', id: '="00123"', words: /ids that are written as formulas: 1, such as "=\\"00123\\"" on line 2/ },
  { why: 'an apostrophe', id: "'00123", words: /begin with an apostrophe/ },
  { why: 'single quotes', id: "'u1'", words: /stand in single quotes/ },
  { why: 'typographic quotes', id: '“u1”', words: /stand in typographic quotes/ },
  { why: 'a whole number with .0', id: '101.0', words: /whole numbers written with \.0/ },
  { why: 'a mark of direction', id: '\u200fu1', words: /hold characters that cannot be seen/ },
])('an id is loaded as written, and named: $why', ({ id, words }) => {
  const { result, rows } = readFile('users.csv', `${HEADER}${id},a@x.io\nu2,b@x.io\n`)
  expect(rows[0]?.values[0]).toBe(id)
  expect(result.notes).toEqual([
    expect.objectContaining({ code: 'note/odd-ids', message: expect.stringMatching(words) }),
  ])
})

test('two digits of a year are named where they are read', () => {
  const { result, rows } = readFile(
    'users.csv',
    'user_id,primary_email,created_at\nu1,a@x.io,01-MAY-26\nu2,b@x.io,01-MAY-99\n',
  )
  expect([rows.length, result.notes[0]?.code, result.notes[0]?.message]).toEqual([
    2,
    'note/short-year',
    expect.stringContaining('created_at: 2 dates have two digits of the year, such as 01-MAY-26'),
  ])
})

test.each([
  { why: 'MySQL', rows: '"u1","Ann \\"Al\\" Bee"', code: 'row/stray-quote' },
  { why: 'Redshift', rows: 'u1,A\\,B', code: 'row/too-many-fields' },
])('a backslash before a quote or delimiter is named: $why', ({ rows, code }) => {
  const options = { escape: 'none' } as const
  const { held } = readFile('users.csv', `user_id,name\n${rows}\nu2,Bo\n`, { options })
  expect(held.map(row => [row.line, row.code, row.message])).toEqual([
    [2, code, expect.stringContaining('It has a backslash before a quote, a delimiter or a line break')],
  ])
})

describe('a year of two digits beside the name of a month', () => {
  const days = (...cells: readonly string[]): string =>
    `user_id,primary_email,created_at\n${cells.map((cell, at) => `u${at},u${at}@x.io,${cell}\n`).join('')}`
  const read = (content: string, options: ImportOptions = {}): readonly unknown[] =>
    readFile('users.csv', content, { options }).rows.map(({ values }) =>
      values.find(value => /^\d{4}-/.test(String(value))),
    )
  const open = days('26-MAY-01', '26-JUN-02', '25-DEC-31')

  test('is asked for where it may stand first or last', () => {
    expect(() => readFile('users.csv', open)).toThrow(
      /3 values fit both "dmy" and "ymd".*--date-order dmy or --date-order ymd/,
    )
  })
  test.each([
    {
      why: 'day first by the answer',
      content: open,
      order: 'dmy' as const,
      want: ['2001-05-26', '2002-06-26', '2031-12-25'],
    },
    {
      why: 'year first by the answer',
      content: open,
      order: 'ymd' as const,
      want: ['2026-05-01', '2026-06-02', '2025-12-31'],
    },
    { why: 'day first by a year', content: days('26-MAY-01', '01-MAY-99'), want: ['2001-05-26', '1999-05-01'] },
    { why: 'year first by a year', content: days('26-MAY-01', '99-MAY-01'), want: ['2026-05-01', '1999-05-01'] },
    { why: 'four digits', content: days('01-MAY-2026'), want: ['2026-05-01'] },
  ])('is read: $why', ({ content, order, want }) => {
    expect(read(content, order === undefined ? {} : { dateOrder: order })).toEqual(want)
  })
})

test('XML in one long line is said to be XML', () => {
  const head = new TextEncoder()
    .encode(`<?xml version="1.0"?><users>${'<user id="1"/>'.repeat(80_000)}`)
    .subarray(0, 1 << 20)
  const plan = planFile({ file: 'users.xml', head, size: 1_600_000, isWhole: false, options: {} })
  expect(plan.reason).toMatch(/is XML, not a table/)
})
