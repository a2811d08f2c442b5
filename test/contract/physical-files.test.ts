import { expect, test } from 'vitest'
import { physicalFiles } from '#contract/physical-files'

const part = (file: string, table: string, bytes = 39, sha256?: string) => ({ file, table, bytes, sha256 })

test.each([
  { why: 'nothing', parts: [], files: [] },
  {
    why: 'one file of two tables and another',
    parts: [part('calls.jsonl', 'events'), part('calls.jsonl', 'users'), part('b.csv', 'users')],
    files: [['events', 'users'], ['users']],
  },
  {
    why: 'two files of one name and length that feed one table',
    parts: [part('users.csv', 'users'), part('users.csv', 'users')],
    files: [['users'], ['users']],
  },
  {
    why: 'two files that look the same and feed two tables each',
    parts: [part('a', 'events'), part('a', 'users'), part('a', 'events'), part('a', 'users')],
    files: [
      ['events', 'users'],
      ['events', 'users'],
    ],
  },
  {
    why: 'the same, table by table',
    parts: [part('a', 'events'), part('a', 'events'), part('a', 'users'), part('a', 'users')],
    files: [
      ['events', 'users'],
      ['events', 'users'],
    ],
  },
  {
    why: 'two of other content',
    parts: [part('a', 'events', 39, 'one'), part('a', 'users', 39, 'two')],
    files: [['events'], ['users']],
  },
  {
    why: 'two of other lengths',
    parts: [part('a', 'events', 39), part('a', 'users', 40)],
    files: [['events'], ['users']],
  },
])('$why', ({ parts, files }) => {
  expect(physicalFiles(parts).map(tables => tables.map(({ table }) => table))).toEqual(files)
})
