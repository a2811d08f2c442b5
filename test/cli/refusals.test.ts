import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { EXPORT, RUN } from './support/exports.ts'
import { folderOf, pqlHere, treeOf } from './support/pql.ts'

type Case = Readonly<{
  why: string
  files?: Readonly<Record<string, string>>
  prepare?: (folder: string) => void
  args: readonly string[]
  code: number
  says: readonly (string | RegExp)[]
}>

const run = (...inputs: string[]): string[] => ['run', ...inputs, '--project', 'p.pql', '--out', 'out']
const ambiguous = EXPORT['in/events.csv']?.replaceAll(/2026-05-\d\dT\d\d:00:00Z/g, '03/04/2026') ?? ''
const ambiguousNumber = 'subscription_id,workspace_id,status,mrr\ns1,w1,active,"1,234"\n'
const model = { version: 1, stages: { warm: 50, pql: 65, hot: 'eighty' } }

const CASES: readonly Case[] = [
  { why: 'a file that is not there', args: run('in/events.csv', 'in/none.csv'), code: 2, says: ['in/none.csv'] },
  { why: 'a folder that is not there', args: run('elsewhere'), code: 2, says: ['elsewhere'] },
  {
    why: 'a folder of parts without a header',
    files: { 'parts/part-00000.csv': 'u1,Ada,a@x.io\n', 'parts/_SUCCESS': '' },
    args: run('parts'),
    code: 4,
    says: [
      'import/no-table',
      'no file in the folder fits a table',
      'part-00000.csv',
      'the header may be missing',
      '_SUCCESS',
      'holds no data',
    ],
  },
  { why: 'no project named', args: ['run', 'in', '--out', 'out'], code: 2, says: ['--project'] },
  { why: 'no folder for the lists named', args: ['run', 'in', '--project', 'p.pql'], code: 2, says: ['--out'] },
  {
    why: 'two projects at once',
    args: [...RUN, '--project', 'q.pql'],
    code: 2,
    says: ['--project', 'given more than once', 'q.pql'],
  },
  { why: 'an unknown option', args: [...RUN, '--fast'], code: 2, says: ['--fast'] },
  { why: 'an unknown identity mode', args: [...RUN, '--identity', 'guess'], code: 2, says: ['--identity'] },
  {
    why: 'an as-of that is no ISO date',
    args: [...RUN, '--as-of', '31/05/2026'],
    code: 2,
    says: ['--as-of', '31/05/2026'],
  },
  { why: 'a model that is not there', args: [...RUN, '--model', 'm.json'], code: 2, says: ['m.json'] },
  {
    why: 'a model that is no JSON',
    files: { 'm.json': '{"version": 1,' },
    args: [...RUN, '--model', 'm.json'],
    code: 2,
    says: ['usage/bad-model'],
  },
  {
    why: 'a model with a wrong member, which is named by its path',
    files: { 'm.json': JSON.stringify(model) },
    args: [...RUN, '--model', 'm.json'],
    code: 2,
    says: ['usage/bad-model', /stages\.hot|buckets/],
  },
  {
    why: 'a table of nothing known',
    files: { 'odd.csv': 'a,b\n1,2\n' },
    args: run('in', 'odd.csv'),
    code: 4,
    says: ['odd.csv'],
  },
  {
    why: 'dates that can be read in two ways',
    files: { 'in/events.csv': ambiguous },
    args: run('in'),
    code: 4,
    says: ['--date-order', 'timestamp', 'events.csv'],
  },
  {
    why: 'numbers that can be read in two ways',
    files: { 'in/subscriptions.csv': ambiguousNumber },
    args: run('in'),
    code: 4,
    says: ['--decimal', 'mrr'],
  },
  {
    why: 'mostly rows that cannot be loaded',
    files: { 'in/events.csv': `event_name,timestamp,user_id\n${'login,soon,u1\n'.repeat(40)}` },
    args: run('in'),
    code: 4,
    says: ['events.csv'],
  },
  { why: 'a text file as project', files: { 'p.pql': 'text\n' }, args: run('in'), code: 4, says: ['p.pql'] },
  { why: 'a folder as project', args: ['run', 'in', '--project', 'in', '--out', 'out'], code: 4, says: ['in'] },
  {
    why: 'the database of another program as project',
    prepare: folder => {
      const database = new Database(join(folder, 'p.pql'))
      database.exec('CREATE TABLE a (b)')
      database.close()
    },
    args: run('in'),
    code: 4,
    says: ['p.pql', 'store/not-a-project'],
  },
  { why: 'scores of a project that is not there', args: ['score', '--project', 'p.pql'], code: 2, says: ['p.pql'] },
  { why: 'figures of a project that is not there', args: ['info', 'p.pql'], code: 2, says: ['p.pql'] },
]

describe('what is refused ends with its code, says why, and leaves nothing behind', () => {
  test.each(CASES)('$why', async ({ files, prepare, args, code, says }) => {
    const folder = folderOf({ ...EXPORT, ...files })
    prepare?.(folder)
    const before = treeOf(folder)
    const ended = await pqlHere(args, folder)
    expect({ code: ended.code, stdout: ended.stdout, tree: treeOf(folder) }, ended.stderr).toEqual({
      code,
      stdout: '',
      tree: before,
    })
    for (const part of says) expect(ended.stderr).toMatch(part)
  })
})

test.each([
  { why: 'no events at all', events: '' },
  {
    why: 'no event of a workspace in the data',
    events: 'event_name,timestamp,workspace_id\nlogin,2026-05-20,nowhere\n',
  },
])('$why: 4, and no lists', async ({ events }) => {
  const { 'in/events.csv': _events, ...others } = EXPORT
  const folder = folderOf({ ...others, ...(events === '' ? {} : { 'in/events.csv': events }) })
  const { code, stdout, stderr } = await pqlHere(RUN, folder)
  expect({ code, stdout, hasLists: treeOf(folder).includes('out/') }, stderr).toEqual({
    code: 4,
    stdout: '',
    hasLists: false,
  })
  expect(stderr).toMatch(/import\/no-events/)
})

test('a project of bytes cut off is refused as damaged, and stays as it was', async () => {
  const folder = folderOf(EXPORT)
  expect((await pqlHere(['import', 'in', '--project', 'p.pql'], folder)).code).toBe(0)
  const cut = Buffer.from('SQLite format 3\0').subarray(0, 16)
  writeFileSync(join(folder, 'p.pql'), Buffer.concat([cut, Buffer.alloc(200, 7)]))
  const ended = await pqlHere(['info', 'p.pql'], folder)
  expect([4, 7], ended.stderr).toContain(ended.code)
  expect(ended.stdout).toBe('')
})
