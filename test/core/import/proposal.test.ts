import { expect, test } from 'vitest'
import { planFile, proposeTables } from '#import'
import { utf8Of } from '#lib/utf8'
import type { TableName } from '#schema/tables'

/** What each field would be read from. */
function proposal(file: string, text: string, table: TableName): Record<string, unknown> {
  const head = utf8Of(text)
  const plan = planFile({ file, head, size: head.length, isWhole: true, options: {} })
  const found = proposeTables(plan, head).find(each => each.table === table)
  return Object.fromEntries((found?.fields ?? []).map(({ field, from }) => [field, from.length === 1 ? from[0] : from]))
}

const rows = (header: string, row: (i: number) => string, count = 6): string =>
  [header, ...Array.from({ length: count }, (_, i) => row(i))].join('\n')

test.each<{ why: string; file?: string; text: string; table: TableName; want: Record<string, string> }>([
  {
    why: 'names and synonyms of the table, whatever the file is called',
    text: rows('User ID,E-mail,plan', i => `u${i},u${i}@x.io,pro`),
    table: 'users',
    want: { user_id: 'User ID', primary_email: 'E-mail' },
  },
  {
    why: 'general names, since the table is known',
    text: rows('id,name,colour', i => `w${i},Name ${i},red`),
    table: 'workspaces',
    want: { workspace_id: 'id', workspace_name: 'name' },
  },
  {
    why: 'a name that exports of a source use',
    text: rows('Record ID,Lifecycle Stage,First Seen', i => `${i},lead,2026-01-0${i + 1}`),
    table: 'contacts',
    want: { contact_id: 'Record ID', lifecycle_stage: 'Lifecycle Stage' },
  },
  {
    why: 'the end of a name',
    text: rows('uid,key event', i => `u${i},yes`),
    table: 'events',
    want: { is_key_event: 'key event' },
  },
  {
    why: 'a time by its values, and not a column of other texts',
    text: rows('what,who,when it was', i => `click,u${i % 2},2026-01-0${i + 1}T10:00:00Z`),
    table: 'events',
    want: { timestamp: 'when it was' },
  },
  {
    why: 'a key by its values',
    text: rows('colour,Kundennummer', i => `red,K-${i}`),
    table: 'accounts',
    want: { account_id: 'Kundennummer' },
  },
  {
    why: 'no key where a value comes twice',
    text: rows('colour,Kundennummer', i => `red,K-${i % 3}`),
    table: 'accounts',
    want: {},
  },
  {
    why: 'nothing whose values cannot be what it is called',
    text: rows('user_id,created', i => `u${i},blue`),
    table: 'users',
    want: { user_id: 'user_id' },
  },
  {
    why: 'nothing that is a secret',
    text: rows('colour,api_key', i => `red,K-${i}`),
    table: 'accounts',
    want: {},
  },
])('a proposal takes $why', ({ file = 'stuff.csv', text, table, want }) => {
  expect(proposal(file, text, table)).toEqual(want)
})

test('times below a header that says so stay in UTC', () => {
  const head = utf8Of('uid,Signed up (GMT),colour\nu1,2026-05-01 08:00,red\n')
  const plan = planFile({ file: 'x.csv', head, size: head.length, isWhole: true, options: {} })
  const users = proposeTables(plan, head).find(({ table }) => table === 'users')
  expect(users?.fields.find(({ field }) => field === 'created_at')).toEqual({
    field: 'created_at',
    from: ['Signed up (GMT)'],
    combine: 'first',
    timeZone: 'UTC',
  })
})

test('a file that cannot be read has none, and a table of which nothing is found is left out', () => {
  const head = utf8Of('colour\nred\nred\n')
  const plan = planFile({ file: 'x.csv', head, size: head.length, isWhole: true, options: {} })
  expect(proposeTables(plan, head)).toEqual([])
  const empty = planFile({ file: 'x.csv', head: new Uint8Array(0), size: 0, isWhole: true, options: {} })
  expect(proposeTables(empty, new Uint8Array(0))).toEqual([])
})
