import { expect, test } from 'vitest'
import { foreignText } from '../../../core/import/foreign-text.ts'

test.each([
  {
    why: 'a dump with comments and settings',
    text: '-- dump\n--\n\nSET NAMES utf8;\nPRAGMA x;\n/* a */;\nINSERT INTO t (a)',
    is: /SQL/,
  },
  { why: 'a statement alone', text: 'create table users (id int);', is: /SQL/ },
  { why: 'a table behind a comment', text: '-- 3 users\nuser_id,name\nu1,A\n', is: null },
  { why: 'a table of SQL words', text: 'BEGIN,SET\n1,2\n', is: null },
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
