import { describe, expect, test } from 'vitest'
import { planFile } from '#import'
import { bytesOf, column, type FileRead, readFile } from './read-file.ts'

/** What becomes of each record: lines that load, lines that are held and why, how many are skipped. */
const fatesOf = ({ rows, held, result }: FileRead): unknown => ({
  loads: rows.map(({ line }) => line),
  held: held.map(({ line, code }) => `${line} ${code}`),
  skipped: result.skipped,
})
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const ROWS = 60

type Dialect = Readonly<{ why: string; delimiter: string; write: (cells: readonly string[]) => string; isBare?: true }>

const between =
  (open: string, close: string, delimiter: string) =>
  (cells: readonly string[]): string =>
    cells.map(cell => `${open}${close === "'" ? cell.replaceAll("'", "''") : cell}${close}`).join(delimiter)
const whole =
  (delimiter: string) =>
  (cells: readonly string[]): string => {
    const row = cells.map(cell => (cell.includes(delimiter) ? `"${cell}"` : cell)).join(delimiter)
    return `"${row.replaceAll('"', '""')}"`
  }
const DIALECTS: readonly Dialect[] = [
  { why: 'single quotes', delimiter: ',', write: between("'", "'", ',') },
  { why: 'single quotes and semicolons', delimiter: ';', write: between("'", "'", ';') },
  { why: 'single quotes below a bare header', delimiter: ',', write: between("'", "'", ','), isBare: true },
  { why: 'English quotes', delimiter: ',', write: between('“', '”', ',') },
  { why: 'German quotes', delimiter: ';', write: between('„', '“', ';') },
  { why: 'French quotes', delimiter: '\t', write: between('«', '»', '\t') },
  { why: 'single typographic quotes', delimiter: '|', write: between('‘', '’', '|') },
  { why: 'rows quoted whole', delimiter: ',', write: whole(',') },
  { why: 'rows quoted whole below a bare header', delimiter: ',', write: whole(','), isBare: true },
  { why: 'rows with semicolons quoted whole', delimiter: ';', write: whole(';') },
  { why: 'rows with tabs quoted whole', delimiter: '\t', write: whole('\t') },
  { why: 'quotes behind a tab', delimiter: ',', write: cells => cells.map(cell => `"${cell}"`).join(',\t') },
  { why: 'quotes behind a blank', delimiter: ';', write: cells => cells.map(cell => `"${cell}"`).join('; ') },
]
const DAMAGES = [
  { what: 'nothing', damage: (row: string) => row, code: null },
  { what: 'an empty line', damage: () => '', code: 'blank' },
  { what: 'one field alone', damage: () => 'alone', code: 'row/too-few-fields' },
] as const

describe.each(DIALECTS)('$why', ({ delimiter, write, isBare }) => {
  const header = ['user_id', 'primary_email', 'name']
  const cells = (i: number): string[] => [`u${i}`, `a${i}@x.io`, `Smith${delimiter} Ann ${i}`]
  const fileOf = (lineBreak: string, damage: (row: string) => string): string =>
    [
      isBare === true ? header.join(delimiter) : write(header),
      ...upTo(1, ROWS).map(i => (i === 33 ? damage(write(cells(i))) : write(cells(i)))),
      '',
    ].join(lineBreak)
  test.each(
    DAMAGES.flatMap(each => ['\n', '\r\n'].map(lineBreak => ({ ...each, lineBreak, as: JSON.stringify(lineBreak) }))),
  )('with $what in the middle, lines ended by $as', ({ damage, code, lineBreak }) => {
    const read = readFile('users.csv', fileOf(lineBreak, damage))
    const lines = upTo(2, ROWS + 1)
    expect(fatesOf(read)).toEqual({
      loads: code === null ? lines : lines.filter(line => line !== 34),
      held: code === null || code === 'blank' ? [] : [`34 ${code}`],
      skipped: code === 'blank' ? 1 : 0,
    })
    expect(column(read, 'name')[0]).toBe(`Smith${delimiter} Ann 1`)
    expect(column(read, 'user_id').at(-1)).toBe(`u${ROWS}`)
  })
})

describe('other quotes beside those of CSV', () => {
  const HEADER = 'user_id,name\n'
  const single = upTo(1, ROWS).map(i => `'u${i}','Ann ${i}'`)
  test.each([
    { why: 'a header in those of CSV', top: '"user_id","name"\n', rows: single, name: 'Ann 7' },
    {
      why: 'typographic ones below a header in those of CSV',
      top: '"user_id","name"\n',
      rows: single.map(row => row.replace(/'([^']*)'/g, '“$1”')),
      name: 'Ann 7',
    },
    {
      why: 'a text with a delimiter, in both',
      top: HEADER,
      rows: single.with(6, `'u7',"'Smith, Bob'"`),
      name: 'Smith, Bob',
    },
    {
      why: 'a text with a single quote and one with a quote of CSV, in both',
      top: HEADER,
      rows: single.with(6, `'u7',"'O'Neil ""Bob"", jr'"`),
      name: `O'Neil "Bob", jr`,
    },
    { why: 'lines above the header', top: `Report of May\n\n${HEADER}`, rows: single, name: 'Ann 7' },
    {
      why: 'rows quoted whole below a title',
      top: `Report of May\n${HEADER}`,
      rows: upTo(1, ROWS).map(i => `"u${i},Ann ${i}"`),
      name: 'Ann 7',
    },
    {
      why: 'rows and header quoted whole below a title',
      top: 'Report of May\n"user_id;name"\n',
      rows: upTo(1, ROWS).map(i => `"u${i};Ann ${i}"`),
      name: 'Ann 7',
    },
  ])('$why', ({ top, rows, name }) => {
    for (const chunk of [7, 1 << 16]) {
      const read = readFile('users.csv', `${top}${rows.join('\n')}\n`, { chunk })
      expect(read.held).toEqual([])
      expect(column(read, 'user_id')).toEqual(upTo(1, ROWS).map(i => `u${i}`))
      expect(column(read, 'name')[6]).toBe(name)
      expect(read.result.notes.map(({ code }) => code)).toContain('note/quotes')
    }
  })
  test('rows quoted whole with another delimiter than the header has are held, and the header stays', () => {
    const read = readFile(
      'users.csv',
      `${HEADER}${upTo(1, 5)
        .map(i => `"u${i};Ann"`)
        .join('\n')}\n`,
    )
    expect(read.plan.table).toBe('users')
    expect(read.held.map(({ code }) => code)).toEqual(new Array(5).fill('row/too-few-fields'))
  })
})

describe('quotes that prove nothing stay as they are', () => {
  test.each([
    { why: 'one record of three in single quotes', rows: ["'u1','a@x.io','A'", 'u2,b@x.io,B', 'u3,c@x.io,C'] },
    { why: 'ids alone in single quotes', rows: ["'u1',a@x.io,Ann", "'u2',b@x.io,Bob"] },
    { why: 'names that begin and end so', rows: ["'t Hooft',a@x.io,x", "'s Gravenhage',b@x.io,y"] },
    { why: 'a single record', rows: ["'u1','a@x.io','A'"] },
    { why: 'a typographic quote in a name', rows: ['u1,a@x.io,“Ann”', 'u2,b@x.io,“Bob”'] },
  ])('$why', ({ rows }) => {
    const read = readFile('users.csv', `user_id,primary_email,name\n${rows.join('\n')}\n`)
    expect(column(read, 'user_id')).toEqual(rows.map(row => row.split(',')[0]))
    expect(read.result.notes.map(({ code }) => code)).not.toContain('note/quotes')
  })
  test('a file of one column in quotes', () => {
    const read = readFile('users.csv', '"user_id"\n"u,1"\n"u,2"\n')
    expect(column(read, 'user_id')).toEqual(['u,1', 'u,2'])
  })
})

describe('records that say what the columns are', () => {
  const ids = '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3""}"'
  const HEAD = 'workspace_id,workspace_name,size\n'
  const below = 'w1,One,5\nw2,Two,6\nw3,Three,7\n'
  test.each([
    { why: 'marks of a survey', top: [ids], skips: 1 },
    {
      why: 'question texts above such marks',
      top: ['"Which one, and why did you choose it at the time that you did so?",Name,Size', ids],
      skips: 2,
    },
    { why: 'types that the values have', top: ['enum,string,number'], skips: 1 },
    { why: 'labels above such types', top: ['Workspace,Its name,How large', 'enum,string,number'], skips: 2 },
    { why: 'types that the values do not have', top: ['enum,string,date'], skips: 0 },
    { why: 'types that say nothing are held', top: ['text,symbol,string'], skips: 0, held: ['2 row/total'] },
  ])('$why', ({ top, skips, held = [] }) => {
    const read = readFile('workspaces.csv', `${HEAD}${top.join('\n')}\n${below}`)
    const first = 2 + skips + held.length
    expect(fatesOf(read)).toEqual({ loads: upTo(first, top.length + 4), held, skipped: skips })
  })

  const HELD = { loads: [3, 4, 5], held: ['2 row/total'], skipped: 0 }
  const SKIPPED = { loads: [3, 4, 5], held: [], skipped: 1 }
  test.each([
    { why: 'words for yes and no', type: 'boolean', values: ['active', 'inactive', 'active'], fate: HELD },
    { why: 'lists in a form of their own', type: 'list', values: ['a;b', 'b;c', 'c'], fate: HELD },
    { why: 'numbers amid words', type: 'number', values: ['5', 'five', '6'], fate: HELD },
    { why: 'amounts with signs of money', type: 'currency', values: ['$1.5', 'US$2', '(3 EUR)'], fate: SKIPPED },
    { why: 'numbers with an exponent, one not known', type: 'float', values: ['1.5e-3', 'n/a', '2E5'], fate: SKIPPED },
    { why: 'days by names of months', type: 'date', values: ['Jan 1 2026', '3 mars 2026', '01-MAY-26'], fate: SKIPPED },
  ])('types above $why', ({ type, values, fate }) => {
    const rows = values.map((value, i) => `w${i},Name,${value}\n`)
    expect(fatesOf(readFile('workspaces.csv', `${HEAD}enum,string,${type}\n${rows.join('')}`))).toEqual(fate)
  })
  test('a type of one column that does not fit makes no row where another fits', () => {
    const rows = ['a', 'b', 'c'].map(letter => `w${letter},Acme,${letter},5\n`)
    const read = readFile(
      'workspaces.csv',
      `workspace_id,workspace_name,grade,size\nenum,string,date,int\n${rows.join('')}`,
    )
    expect(fatesOf(read)).toEqual(HELD)
  })
  test.each([
    { why: 'an id', row: 'w77,Bob,soon' },
    { why: 'an address', row: 'Bob,b@x.io,soon' },
    { why: 'no value', row: 'Bob,Acme,n/a' },
    { why: 'a day', row: 'Bob,Acme,2026-01-04' },
  ])('a record with $why above types is a row', ({ row }) => {
    const days = upTo(1, 3).map(day => `w${day},Name,2026-01-0${day}\n`)
    const { rows } = readFile('workspaces.csv', `${HEAD}${row}\nenum,string,date\n${days.join('')}`)
    expect(rows.map(({ line }) => line)).toEqual(upTo(2, 6))
  })
})

describe('one date of another form among many', () => {
  const fileOf = (plain: number, stray: readonly string[]): string =>
    ['user_id,primary_email,created_at']
      .concat(upTo(1, plain).map(i => `u${i},a${i}@x.io,2026-05-${String((i % 28) + 1).padStart(2, '0')}`))
      .concat(stray.map((date, i) => `s${i},s${i}@x.io,${date}`))
      .join('\n')
  test.each([
    { why: 'a year of two digits', plain: 150, stray: '01-MAY-26' },
    { why: 'an order that is not known', plain: 150, stray: '03/04/2026' },
  ])('$why is held', ({ plain, stray }) => {
    const read = readFile('users.csv', fileOf(plain, [stray]))
    expect(fatesOf(read)).toEqual({
      loads: upTo(2, plain + 1),
      held: [`${plain + 2} value/not-a-time`],
      skipped: 0,
    })
  })
  test.each([
    { why: 'fewer than a hundred', plain: 90, stray: ['01-MAY-26'] },
    { why: 'more than one in a hundred', plain: 150, stray: ['03/04/2026', '05/06/2026'] },
  ])('$why asks', ({ plain, stray }) => {
    expect(() => readFile('users.csv', fileOf(plain, stray))).toThrow('can be read in two ways')
  })
  test('it loads where somebody said how', () => {
    const read = readFile('users.csv', fileOf(150, ['03/04/2026']), { options: { dateOrder: 'dmy' } })
    expect(column(read, 'created_at').at(-1)).toBe('2026-04-03')
  })
})

describe('UTF-7', () => {
  const planOf = (text: string, encoding?: string) =>
    planFile({
      file: 'users.csv',
      head: bytesOf(text),
      size: text.length,
      isWhole: true,
      options: encoding === undefined ? {} : { encoding },
    })
  const HEAD = 'user_id,primary_email,name\n'
  test.each([
    { why: 'Latin letters', rows: 'u1,a@x.io,M+APw-ller\nu2,b@x.io,J+APY-rg\n', says: '"+APw-" stands for "ü"' },
    { why: 'Vietnamese', rows: 'u1,a@x.io,Nguy+HsU-n\nu2,b@x.io,L+AOo- +ARAe6Q-c\n', says: '"+HsU-" stands for "ễ"' },
    { why: 'runs without an end', rows: 'u1,a@x.io,Zo+AOs\nu2,b@x.io,"Jos+AOk, J."\n', says: '"+AOs-" stands for "ë"' },
    { why: 'Cyrillic', rows: 'u1,a@x.io,+BBgEMgQwBD0-\nu2,b@x.io,+BBAEPQQ9BDA-\n', says: 'stands for "Иван"' },
    { why: 'Japanese', rows: 'u1,a@x.io,+XHF1MA-\nu2,b@x.io,+ZeVnLIqe-\n', says: '"+XHF1MA-" stands for' },
  ])('$why: the file is named and not read', ({ rows, says }) => {
    const { table, reason } = planOf(HEAD + rows)
    expect(table).toBeNull()
    expect(reason).toContain('UTF-7')
    expect(reason).toContain(says)
    expect(planOf(HEAD + rows, 'utf-8').table).toBe('users')
  })
  test.each([
    { why: 'one word that could be', rows: 'u1,a@x.io,REST+API-first\n' },
    { why: 'telephone numbers', rows: 'u1,a@x.io,+49-30-1\nu2,b@x.io,+420-2\nu3,c@x.io,+380-3\n' },
    { why: 'tags of addresses', rows: 'u1,a+test-1@x.io,A\nu2,b+dev-2@x.io,B\n' },
    {
      why: 'words as tags of addresses',
      rows: 'u1,a+facebook-0@x.io,A\nu2,b+Customer-1@x.io,B\nu3,c+PRODUCTS-1@x.io,C\n',
    },
    {
      why: 'words that read as letters',
      rows: 'u1,a@x.io,q=a+customer-x\nu2,b@x.io,q=b+products-y\nu3,c@x.io,+AcmeTest-\n',
    },
    { why: 'tokens', rows: 'u1,a@x.io,8f+AOs=\nu2,b@x.io,x+AOk/\nu3,c@x.io,a+b9Q==\nu4,c@x.io,a+4tZ==\n' },
    { why: 'words beside one run', rows: 'u1,a@x.io,M+APw-ller\nu2,b@x.io,b+products-y\n' },
    { why: 'letters of two other scripts', rows: 'u1,a@x.io,+XHF1MA-\nu2,b@x.io,+BdAF0QXS-\n' },
    { why: 'some that are no letters', rows: 'u1,a@x.io,M+APw-ller\nu2,b@x.io,J+APY-rg\nu3,c@x.io,C+abcd-d\n' },
  ])('not $why', ({ rows }) => {
    expect(planOf(HEAD + rows).table).toBe('users')
  })
  test('not any two words of eight letters, which read as letters one time in three', () => {
    const words =
      'facebook customer internal external platform products supports research calendar messages feedback requests ' +
      'critical checkout payments testuser demouser'
    const urls = words.split(' ').map((word, i) => `u${i},a${i}@x.io,/find?q=a+${word}-${i}`)
    expect(planOf(`${HEAD}${urls.join('\n')}\n`).table).toBe('users')
  })
})
