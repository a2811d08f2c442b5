import { expect, test } from 'vitest'
import { foreignText } from '../../../core/import/foreign-text.ts'

test.each([
  {
    why: 'a dump with comments and settings',
    text: '-- dump\n--\n\nSET NAMES utf8;\nPRAGMA x;\n/* a */;\nINSERT INTO t (a)',
    is: /SQL/,
  },
  {
    why: 'a spreadsheet as SYLK',
    text: 'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"user_id"\r\nC;Y1;X2;K"email"\r\nE\r\n',
    is: /SYLK/,
  },
  { why: 'a table of an ID and a plan', text: 'ID;Plan\nP;Pro\nC;Core\n', is: null },
  { why: 'a table of an ID and a P', text: 'ID;P\nu1;5\nu2;6\n', is: null },
  { why: 'a statement alone', text: 'create table users (id int);', is: /SQL/ },
  { why: 'a table behind a comment', text: '-- 3 users\nuser_id,name\nu1,A\n', is: null },
  { why: 'a table of SQL words', text: 'BEGIN,SET\n1,2\n', is: null },
  {
    why: 'expanded records of psql',
    text: '-[ RECORD 1 ]--+-----\nuser_id | u1\nname    | A\n-[ RECORD 2 ]--+-----\nuser_id | u2\nname    | B\n',
    is: /^Each field stands on a line of its own \("user_id \| u1"\)/,
  },
  {
    why: 'vertical records of MySQL',
    text: '*************************** 1. row ***************************\nuser_id: u1\n   name: A, B\n*************************** 2. row ***************************\nuser_id: u2\n   name: \n',
    is: /on a line of its own/,
  },
  {
    why: 'fields on lines, with one of several lines',
    text: 'user_id = u1\n  notes = a\nb c\n\nuser_id = u2\n  notes = d\n\nuser_id = u3\n  notes = e\n',
    is: /on a line of its own/,
  },
  {
    why: 'fields on lines, one of them damaged',
    text: `${'user_id: u1\nname: A\nplan: pro\n'.repeat(4)}usXr_id: u5\nname: B\nplan: pro\n${'user_id: u1\nname: A\nplan: pro\n'.repeat(4)}`,
    is: /on a line of its own/,
  },
  { why: 'attributes in rows', text: 'attribute|value\nname|A\nplan|pro\nname|B\nplan|free\n', is: null },
  {
    why: 'a table whose first cells are ids with their kind',
    text: 'user_id,workspace_id,role\nuser:1,w1,admin\nbot:1,w1,member\nuser:2,w2,admin\nbot:2,w2,member\n',
    is: null,
  },
  {
    why: 'lines that end with U+0085, as mainframes write them',
    text: 'user_id,name\u0085u1,A\u0085u2,B\u0085',
    is: /^Its lines end with U\+0085 \(next line\)/,
  },
  { why: 'lines that end with U+2028', text: 'user_id,name\u2028u1,A\n', is: /^Its lines end with U\+2028/ },
  { why: 'such a character in a cell', text: 'user_id,name\nu1,A\u2028B\n', is: null },
  { why: 'a table with its header twice', text: 'user_id:name\nu1:A\nuser_id:name\nu2:B\n', is: null },
])('$why', ({ text, is }) => {
  const found = foreignText(text)
  if (is === null) expect(found).toBeNull()
  else expect(found).toMatch(is)
})

test.each(['-', 'SET ', 'BEGIN', 'PRAGMA ', '--\n', '/**/', ' '])(
  'a text that begins with %j many times is judged at once',
  unit => {
    expect(foreignText(`${unit.repeat(5000)}\nuser_id,name\nu1,A\n`)).toBeNull()
  },
)
