import { expect, test } from 'vitest'
import { planFile } from '#import'
import { mappingOf } from './mappings.ts'
import { bytesOf, readFile } from './read-file.ts'

const USERS = 'user_id,primary_email\nu1,a@x.io\nu2,\nu3,c@x.io\n'
const EVENTS = 'event_name,timestamp\nopened,2026-05-01T10:00:00Z\n,2026-05-01T11:00:00Z\nclosed,2026-05-01T12:00:00Z\n'

const planOf = (file: string, content: string) => {
  const head = bytesOf(content)
  return planFile({ file, head, size: head.length, isWhole: true, options: {} })
}

test.each([
  { why: 'a title', above: 'All users of the product\n', line: 2 },
  { why: 'a title and a blank line', above: 'All users,\n\n', line: 3 },
  { why: 'facts about the report', above: 'Report:,All users\r\nMade on:,2026-05-01\r\n,\r\n', line: 4 },
  { why: 'comments', above: '# made by a tool\n# 2026-05-01\n', line: 3 },
  { why: 'a frame around the table', above: '+----+-----+\n', line: 2 },
  { why: 'a quoted title of two lines', above: '"All users\nof the product"\n', line: 3 },
])('the header is found below $why, and what follows keeps its lines', ({ above, line }) => {
  const { plan, rows, held, result } = readFile('users.csv', above + USERS.replace('u2,', ',b@x.io'))
  expect(plan).toMatchObject({ table: 'users', headerLine: line, reason: expect.stringContaining(`on line ${line}`) })
  expect(rows.map(row => row.line)).toEqual([line + 1, line + 3])
  expect([result.read, held.map(row => row.line), result.skipped]).toEqual([3, [line + 2], 0])
  expect(result.notes).toContainEqual(expect.objectContaining({ code: 'note/above-header', count: line - 1 }))
})

test('events below a title keep their lines too, also those that are held', () => {
  const { plan, held, result } = readFile('export.csv', `Events\n${EVENTS}`)
  expect([plan.table, result.read, result.emitted, held.map(({ line }) => line)]).toEqual(['events', 3, 2, [4]])
})

test('a title hides no other delimiter', () => {
  const { plan, rows } = readFile('users.csv', `All users, by name\n${USERS.replaceAll(',', ';')}`)
  expect([plan.delimiter, plan.headerLine, rows.length]).toEqual([';', 2, 3])
})

test('a header below 45 lines of notes is found, and rows keep their lines', () => {
  const { plan, rows } = readFile('users.csv', `${'A note\n'.repeat(45)}${USERS}`)
  expect([plan.headerLine, rows[0]?.line]).toEqual([46, 47])
})

test.each([
  { why: 'rows of values', content: 'u1,a@x.io\nu2,b@x.io\n', reason: /the header may be missing/ },
  { why: 'a single known word', content: 'one two\nuser_id\nu1\n', reason: /No column belongs/ },
  {
    why: 'a header further down than anybody would write one',
    content: `${'x,y\n'.repeat(70)}${USERS}`,
    reason: /No column belongs/,
  },
])('no header is made of $why', ({ content, reason }) => {
  const plan = planOf('users.csv', content)
  expect([plan.table, plan.headerLine, plan.reason]).toEqual([null, undefined, expect.stringMatching(reason)])
})

test('a first row that fits is the header, whatever stands below it', () => {
  expect(planOf('users.csv', `${USERS}another,title,here\n`).headerLine).toBeUndefined()
})

test.each([
  { file: 'users.csv', content: USERS, line: 5, loads: 6 },
  { file: 'events.csv', content: EVENTS, line: 5, loads: 4 },
])('a header that comes again in $file is no row: files were put together', ({ file, content, line, loads }) => {
  const { held, result } = readFile(file, content + content)
  expect([result.read, result.emitted, held.length, result.skipped]).toEqual([7, loads, 6 - loads, 1])
  expect(result.notes).toContainEqual(
    expect.objectContaining({ code: 'note/repeated-header', count: 1, lines: [line] }),
  )
})

test.each([
  { why: 'left out where rows are shorter', row: 'u1,a@x.io', columns: 2, held: 0 },
  { why: 'kept where every row has them', row: 'u1,a@x.io,', columns: 3, held: 0 },
  { why: 'kept where a row has a value there', row: 'u1,a@x.io,x', columns: 3, held: 2 },
])('delimiters at the end of the header are $why', ({ row, columns, held }) => {
  const others = columns === 3 && held === 0 ? 'u2,b@x.io,\nu3,c@x.io,\n' : 'u2,b@x.io\nu3,c@x.io\n'
  const full = 'u4,d@x.io,y\nu5,e@x.io,z\n'
  const found = readFile('users.csv', `user_id,primary_email,\n${row}\n${others}${held > 0 ? full : ''}`)
  expect([found.plan.columns.length, found.held.map(({ code }) => code)]).toEqual([
    columns,
    new Array(held).fill('row/too-few-fields'),
  ])
})

test('a header that fits no table is found below a title, so that a table can be chosen by its names', () => {
  const content = 'Turnover\nfrom,2026-01-01\nBooked,Purpose,Payee,Sum\n2026-01-02,Rent,Ann,5\n2026-01-03,Rent,Bob,6\n'
  const head = bytesOf(content)
  const look = { file: 'turnover.csv', head, size: head.length, isWhole: true, options: {} }
  const plan = planFile(look)
  expect(plan).toMatchObject({ table: null, headerLine: 3, reason: expect.stringMatching(/seems to be on line 3$/) })
  expect(plan.columns.map(({ header }) => header)).toEqual(['Booked', 'Purpose', 'Payee', 'Sum'])
  const fields = [
    { field: 'event_name', from: ['Purpose'] },
    { field: 'timestamp', from: ['Booked'] },
  ]
  const assigned = mappingOf({ tables: [{ table: 'events', fields }] })
  const mapped = planFile({ ...look, mappings: { assigned } })
  expect([mapped.table, mapped.headerLine]).toEqual(['events', 3])
})

test.each([
  { why: 'as many names in the first line', content: 'Booked,Purpose,Payee\nA,B,C\nD,E,F\n' },
  { why: 'rows of other widths', content: 'Turnover\nBooked,Purpose,Payee\nA,B\nC,D\n' },
  { why: 'two names', content: 'Turnover\nBooked,Purpose\nA,B\n' },
])('no header seems to be below $why', ({ content }) => {
  expect(planOf('turnover.csv', content).headerLine).toBeUndefined()
})
