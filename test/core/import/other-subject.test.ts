import { expect, test } from 'vitest'
import { chooseTable } from '../../../core/import/table-choice.ts'

/** The table chosen, or why none, of a file of `count` records made by their number. */
function choose(file: string, header: string, recordOf: (n: number) => string, count = 200): string {
  const records = Array.from({ length: count }, (_, n) => recordOf(n).split(','))
  const { table, reason } = chooseTable(file, header.split(','), records)
  return table ?? reason
}

test.each([
  ['boards.csv', 'board_id,workspace_id,name,created_at', (n: number) => `b${n},w${n % 50},Board ${n},2026-03-01`],
  [
    'tickets.csv',
    'ticket_id,user_id,email,name,created_at',
    (n: number) => `t${n},u${n % 180},x@y.io,Help ${n},2026-03-01`,
  ],
  [
    'documents.csv',
    'id,name,user_id,workspace_id,created_at',
    (n: number) => `d${n},Spec,u${n % 9},w${n % 3},2026-03-01`,
  ],
  ['comments.csv', 'id,user_id,workspace_id,body,created_at', (n: number) => `c${n},u${n % 9},w${n % 3},Hi,2026-03-01`],
  ['dump.csv', 'lineItemId,deal_id,name,amount,created_at', (n: number) => `l${n},d${n % 50},It,5,2026-03-01`],
  [
    'invoices.csv',
    'Invoice ID,subscription_id,customer_id,amount,status,created_at',
    (n: number) => `i${n},s${n % 50},c${n},5,paid,2026-03-01`,
  ],
  [
    'opportunity_history.csv',
    'id,opportunity_id,stage,amount,close_date,created_date',
    (n: number) => `h${n},o${n % 50},Open,5,2026-03-01,2026-01-01`,
  ],
])('%s only refers to what a table holds', (file, header, recordOf) => {
  expect(choose(file, header, recordOf)).toMatch(
    /^These are not \w+, they refer to them: of 200 records looked at each has its own "/,
  )
})

test('the reason says which ids and how many', () => {
  expect(choose('boards.csv', 'board_id,workspace_id,name,created_at', n => `b${n},w${n % 2},B,2026-03-01`, 3)).toBe(
    'These are not workspaces, they refer to them: of 3 records looked at each has its own "board_id", but 1 has a "workspace_id" that came before',
  )
})

test.each([
  // Records that say how a person stood: the last one counts.
  [
    'identifies.csv',
    'id,user_id,email,name,created_at',
    (n: number) => `m${n},u${n % 50},x@y.io,Ann,2026-03-01`,
    'users',
  ],
  // A person for each workspace, by no id of the records' own.
  ['export.csv', 'user_id,email,name,workspace_id', (n: number) => `u${n % 50},x@y.io,Ann,w${n}`, 'users'],
  [
    'export.csv',
    'message_id,user_id,email,name,created_at',
    (n: number) => `m${n},u${n % 50},x@y.io,Ann,2026-03-01`,
    'users',
  ],
  // An id beside the key, where the key never comes again.
  [
    'profiles_2.csv',
    'profile_id,user_id,email,name,created_at',
    (n: number) => `p${n},u${n},x@y.io,Ann,2026-03-01`,
    'users',
  ],
  // Slips: one in a hundred.
  [
    'export.csv',
    'profile_id,user_id,email,name,created_at',
    (n: number) => `p${n},u${n % 198},x@y.io,Ann,2026-03-01`,
    'users',
  ],
  [
    'seats.csv',
    'seat_no_id,user_id,email,name,workspace_id',
    (n: number) => `s${n},u${n % 199},x@y.io,Ann,w${n}`,
    'users',
  ],
  // Another word for a person.
  [
    'members.csv',
    'member_id,user_id,email,name,workspace_id,role',
    (n: number) => `m${n},u${n % 150},x@y.io,Ann,w${n},admin`,
    'users',
  ],
  [
    'people.csv',
    'person_id,user_id,email,name,created_at',
    (n: number) => `p${n},u${n % 150},x@y.io,Ann,2026-03-01`,
    'users',
  ],
  [
    'tenants.csv',
    'tenant_id,workspace_id,workspace_name,plan,created_at',
    (n: number) => `t${n},w${n % 150},Acme,pro,2026-03-01`,
    'workspaces',
  ],
  // Both ids come again: the lines do.
  [
    'export.csv',
    'seat_id,user_id,email,name,created_at',
    (n: number) => `s${n % 50},u${n % 50},x@y.io,Ann,2026-03-01`,
    'users',
  ],
  // Named after its table: believed.
  [
    'acme_users.csv',
    'seat_id,user_id,email,name,created_at',
    (n: number) => `s${n},u${n % 50},x@y.io,Ann,2026-03-01`,
    'users',
  ],
  // Words that end like an id.
  ['export.csv', 'PAID,user_id,email,name,created_at', (n: number) => `${n},u${n % 50},x@y.io,Ann,2026-03-01`, 'users'],
  // What happened refers to somebody in each record.
  [
    'clicks.csv',
    'click_id,event_name,timestamp,user_id,workspace_id',
    (n: number) => `c${n},open,2026-03-01,u1,w1`,
    'events',
  ],
])('%s with %s is taken as before', (file, header, recordOf, table) => {
  expect(choose(file, header, recordOf)).toBe(table)
})
