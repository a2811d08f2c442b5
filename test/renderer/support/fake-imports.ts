import type { Output } from '#contract/contract'
import { fakePlan } from './fake-board.ts'
import { AS_OF } from './fake-row.ts'

type Report = Output<'import.list'>['imports'][number]
type Plan = Output<'import.inspect'>['files'][number]
type Batch = Output<'import.stage'>
type Held = Output<'import.held'>['rows'][number]

const TABLES: readonly (readonly [file: string, table: Report['table'], rows: number, held: number])[] = [
  ['users.csv', 'users', 4012, 5],
  ['workspaces.csv', 'workspaces', 604, 2],
  ['memberships.csv', 'memberships', 5230, 0],
  ['subscriptions.tsv', 'subscriptions', 388, 1],
  ['events.jsonl.gz', 'events', 60_114, 116],
  ['accounts.csv', 'accounts', 512, 0],
  ['contacts.csv', 'contacts', 1904, 8],
  ['deals.json', 'deals', 143, 0],
  ['crm_users.csv', 'crm_users', 14, 0],
  ['outcomes.csv', 'outcomes', 97, 0],
]

export const fakeReports: readonly Report[] = TABLES.map(([file, table, rows, held], i) => ({
  importId: i + 1,
  file,
  table,
  bytes: rows * 91,
  sha256: `${(i + 1) * 48_271}`.padStart(64, 'a3f09c'),
  read: rows,
  loaded: rows - held - (table === 'events' ? 212 : 0),
  held,
  skipped: table === 'events' ? 212 : 0,
  added: rows - held - (table === 'events' ? 212 : 0),
  changed: 0,
  same: 0,
  differingCopies: 0,
  mode: 'upsert',
  leftAlone: 0,
  removed: 0,
  alreadyImported: false,
  heldRules:
    held === 0
      ? []
      : [
          {
            code: 'moment/unreadable',
            column: table === 'events' ? 'timestamp' : 'created_at',
            count: held,
            example: '31/02/2026 25:61',
            message: 'Write the date as 2026-05-31 or 2026-05-31T12:00:00Z',
          },
        ],
  warnings: table === 'users' ? ['Column password_digest holds secrets and was not imported'] : [],
  importedAt: AS_OF + 3_600_000,
  batchId: 'batch-0',
  undoneAt: null,
  undoRefusal: null,
}))

const plan = (file: string, table: Plan['table'], columns: Plan['columns'], reason: string): Plan =>
  fakePlan({ file, table, columns, reason })

export const fakePlans: readonly Plan[] = [
  plan(
    'users.csv',
    'users',
    [
      { header: 'User ID', column: 'user_id', match: 'exact', type: 'id', samples: ['u_10023', 'u_10024', 'u_10025'] },
      {
        header: 'email',
        column: 'primary_email',
        match: 'synonym',
        type: 'email',
        samples: ['ana.costa@example.com', 'j.berg@example.com'],
      },
      {
        header: 'Name',
        column: 'name',
        match: 'exact',
        type: 'text',
        samples: ['Ana Costa', 'Jonas Berg', 'Nguyễn Trang'],
      },
      {
        header: 'created_at',
        column: 'created_at',
        match: 'exact',
        type: 'moment',
        samples: ['2026-03-02T09:14:00Z', '2026-03-02T09:20:41Z'],
      },
      { header: 'favourite_colour', column: null, match: 'custom', type: 'text', samples: ['teal', '', 'grey'] },
      { header: 'password_digest', column: null, match: 'secret', type: 'text', samples: [] },
    ],
    'user_id and 3 other columns of users match, more than of any other table',
  ),
  plan(
    'workspaces.csv',
    'workspaces',
    [{ header: 'workspace_id', column: 'workspace_id', match: 'exact', type: 'id', samples: ['ws_0001', 'ws_0002'] }],
    'workspace_id and 11 other columns of workspaces match',
  ),
  plan(
    'events.jsonl.gz',
    'events',
    [
      {
        header: 'event_name',
        column: 'event_name',
        match: 'exact',
        type: 'text',
        samples: ['core_feature_used', 'login'],
      },
      { header: 'time', column: 'timestamp', match: 'synonym', type: 'moment', samples: ['2026-05-20T10:00:00Z'] },
    ],
    'event_name and timestamp are there',
  ),
  plan('invoice-2026-05.pdf', null, [], 'the file is neither delimited text nor JSON'),
]

export const fakeHeld: readonly Held[] = Array.from({ length: 132 }, (_, i) => {
  const isEvent = i >= 16
  const column = isEvent ? 'timestamp' : i % 3 === 0 ? 'primary_email' : 'created_at'
  return {
    heldId: i + 1,
    file: isEvent ? 'events.jsonl.gz' : 'users.csv',
    line: 88 + i * 37,
    column,
    value: column === 'primary_email' ? 'ana.costa(at)example' : i % 5 === 0 ? '' : '31/02/2026 25:61',
    code: column === 'primary_email' ? 'email/malformed' : 'moment/unreadable',
    message:
      column === 'primary_email'
        ? 'Write the address as name@example.com'
        : 'Write the date as 2026-05-31 or 2026-05-31T12:00:00Z',
    raw: isEvent
      ? '{"event_name":"login","timestamp":"31/02/2026 25:61","user_id":"u_10023"}'
      : 'u_10023,ana.costa(at)example,Ana Costa,31/02/2026 25:61,teal',
  }
})

const change = (key: string, line: number): Batch['files'][number]['samples']['changed'][number] => ({
  key: [key],
  line,
  present: { file: 'users-may.csv', line },
  cells: [{ column: 'product_role', before: 'member', after: 'admin' }],
})

/** What staging the files says before they are published. */
export const fakeBatch: Batch = {
  batchId: 'batch-1',
  mode: 'upsert',
  begunAt: AS_OF,
  files: fakeReports.map(
    ({ importId, file, table, bytes, sha256, read, held, skipped, added, heldRules, warnings }) => ({
      importId,
      file,
      table,
      bytes,
      sha256,
      read,
      held,
      skipped: table === 'users' ? skipped + 1 : skipped,
      new: table === 'users' ? added - 2 : added,
      changed: table === 'users' ? 2 : 0,
      same: 0,
      emptied: [],
      missing: 0,
      spared: 0,
      differingCopies: 0,
      repeated: table === 'users' ? 1 : 0,
      overruled: table === 'users' ? 1 : 0,
      alreadyImported: false,
      modes: table === 'events' ? ['append'] : ['upsert', 'append', 'replace'],
      heldRules,
      warnings,
      samples: {
        new: [],
        changed: table === 'users' ? [change('u1', 2), change('u2', 3)] : [],
        missing: [],
        repeated: table === 'users' ? [{ ...change('u1', 2), present: { file, line: 9 } }] : [],
        differingCopies: [],
      },
    }),
  ),
  skipped: [{ file: 'invoice-2026-05.pdf', reason: 'fits no table' }],
}
