import { expect, test } from 'vitest'
import { column, readFile } from './read-file.ts'

test('domains are split at commas too, other lists are not', () => {
  const rows = ['a1,"a.io, b.io",x', 'a2,a.io;b.io,"Go, Rust; C"', 'a3,"[""a.io"",""b.io""]",', 'a4,"a.io,;b.io,",']
  const found = readFile('accounts.csv', `account_id,all_known_domains,tech_stack\n${rows.join('\n')}\n`)
  expect(column(found, 'all_known_domains')).toEqual(rows.map(() => ['a.io', 'b.io']))
  expect(column(found, 'tech_stack')).toEqual([['x'], ['Go, Rust', 'C'], null, null])
})
