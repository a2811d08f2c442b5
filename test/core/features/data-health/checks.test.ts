import { describe, expect, test } from 'vitest'
import { CHECK_CODES, type CheckCode, type RowValue } from '#schema/data-health'
import { aged, day } from '../../score/scored.ts'
import type { EventRow, WorldRows } from '../world.ts'
import { checked } from './checked.ts'

type Case = Readonly<{ why: string; rows: WorldRows; code: CheckCode; want: readonly [count: number, of: number] }>

const W: NonNullable<WorldRows['workspaces']> = [{ workspace_id: 'w', workspace_name: 'Acme', created_at: day(90) }]
const U: NonNullable<WorldRows['users']> = [{ user_id: 'u', primary_email: 'u@acme.com' }]
const M: NonNullable<WorldRows['memberships']> = [{ user_id: 'u', workspace_id: 'w', role: 'admin' }]
const event = (more: Partial<EventRow> = {}): EventRow => ({
  name: 'login',
  at: aged(1),
  workspace: 'w',
  user: 'u',
  ...more,
})
const world = (more: WorldRows = {}): WorldRows => ({
  workspaces: W,
  users: U,
  memberships: M,
  events: [event()],
  ...more,
})

const CASES: readonly Case[] = [
  { why: 'clean data have no finding', rows: world(), code: 'event_without_workspace', want: [0, 1] },
  {
    why: 'an event of a user of one workspace takes that one',
    rows: world({ events: [event(), event({ workspace: '' })] }),
    code: 'event_without_workspace',
    want: [0, 2],
  },
  {
    why: 'an event of nobody without a workspace is set aside',
    rows: world({ events: [event(), event({ workspace: '', user: '' })] }),
    code: 'event_without_workspace',
    want: [1, 2],
  },
  {
    why: 'an event of nobody in a workspace counts for it alone',
    rows: world({ events: [event(), event({ user: '', at: aged(2) })] }),
    code: 'event_without_user',
    want: [1, 2],
  },
  {
    why: 'a user without a row is unknown',
    rows: world({ events: [event(), event({ user: 'v' })] }),
    code: 'event_of_unknown_user',
    want: [1, 2],
  },
  {
    why: 'a workspace without a row is unknown',
    rows: world({ events: [event(), event({ workspace: 'x' })] }),
    code: 'event_of_unknown_workspace',
    want: [1, 2],
  },
  {
    why: 'an event after the newest plausible instant is in the future',
    rows: world({ events: [event(), event({ at: '2099-01-01T00:00:00Z' })] }),
    code: 'event_in_future',
    want: [1, 2],
  },
  {
    why: 'an hour of slack before the creation',
    rows: world({ events: [event({ at: `${day(90)}T00:00:00Z` }), event({ at: aged(91) }), event()] }),
    code: 'event_before_workspace',
    want: [1, 3],
  },
  {
    why: 'a name that no entry matches',
    rows: world({ events: [event(), event({ name: 'page_view' }), event({ name: 'page_view', at: aged(2) })] }),
    code: 'unmapped_event',
    want: [2, 3],
  },
  {
    why: 'the losing copies of an id, not the one that counts',
    rows: world({ events: [event({ id: 'e' }), event({ id: 'e', at: aged(2) }), event({ id: 'e', at: aged(3) })] }),
    code: 'event_copy',
    want: [2, 3],
  },
  {
    why: 'all events of a looped hour',
    rows: world({ events: Array.from({ length: 101 }, (_, i) => event({ at: aged(1, 60_000 + i) })) }),
    code: 'event_loop',
    want: [101, 101],
  },
  {
    why: 'a free-mail address; one that is none is not counted',
    rows: world({
      users: [...U, { user_id: 'g', primary_email: 'g@gmail.com' }, { user_id: 'n', primary_email: 'n/a' }],
    }),
    code: 'personal_mail',
    want: [1, 2],
  },
  {
    why: 'memberships of an unknown user and of an unknown workspace',
    rows: world({ memberships: [...M, { user_id: 'v', workspace_id: 'x' }] }),
    code: 'membership_orphan',
    want: [2, 4],
  },
  {
    why: 'references into a table that was not imported are not counted',
    rows: world({ contacts: [{ contact_id: 'c', account_id: 'a', user_id: 'v' }] }),
    code: 'contact_orphan',
    want: [1, 1],
  },
  {
    why: 'a subscription of an unknown workspace',
    rows: world({
      subscriptions: [
        { subscription_id: 's', workspace_id: 'x' },
        { subscription_id: 't', workspace_id: 'w' },
      ],
    }),
    code: 'subscription_orphan',
    want: [1, 2],
  },
  {
    why: 'two live subscriptions overlap; a canceled one does not',
    rows: world({
      subscriptions: ['active', 'trialing', 'canceled'].map((status, i) => ({
        subscription_id: `s${i}`,
        workspace_id: 'w',
        status,
      })),
    }),
    code: 'overlapping_subscriptions',
    want: [1, 1],
  },
  {
    why: 'a workspace whose people are no admins',
    rows: world({ memberships: [{ user_id: 'u', workspace_id: 'w', role: 'member' }] }),
    code: 'workspace_without_admin',
    want: [1, 1],
  },
  {
    why: 'a workspace without anybody has no members, which is not a lack of admins',
    rows: world({ workspaces: [...W, { workspace_id: 'v' }] }),
    code: 'workspace_without_admin',
    want: [0, 2],
  },
  {
    why: 'nobody belongs to it',
    rows: world({ workspaces: [...W, { workspace_id: 'v' }] }),
    code: 'workspace_without_members',
    want: [1, 2],
  },
  {
    why: 'deleted and sandbox workspaces need no events',
    rows: world({
      workspaces: [
        ...W,
        { workspace_id: 'd', workspace_status: 'deleted' },
        { workspace_id: 's', workspace_type: 'sandbox' },
      ],
    }),
    code: 'workspace_without_events',
    want: [0, 1],
  },
  {
    why: 'a word of the name, not a part of a word',
    rows: world({
      workspaces: [
        ...W,
        { workspace_id: 'a', workspace_name: 'Acme (Test)' },
        { workspace_id: 'b', workspace_name: 'Contest' },
      ],
    }),
    code: 'sandbox_by_name',
    want: [1, 3],
  },
  {
    why: 'one that is typed as sandbox is not named again',
    rows: world({ workspaces: [...W, { workspace_id: 's', workspace_name: 'Test', workspace_type: 'dev' }] }),
    code: 'sandbox_by_name',
    want: [0, 2],
  },
  {
    why: '60 % of the members with an address',
    rows: world({
      users: ['a@gmail.com', 'b@gmail.com', 'c@gmail.com', 'd@acme.com', 'e@acme.com', '-'].map((primary_email, i) => ({
        user_id: `u${i}`,
        primary_email,
        workspace_id: 'w',
      })),
      memberships: [],
    }),
    code: 'personal_workspace',
    want: [1, 1],
  },
  {
    why: 'a day and an instant after the newest one',
    rows: world({
      users: [
        ...U,
        { user_id: 'a', created_at: '2026-06-01' },
        { user_id: 'b', created_at: '2026-05-31T12:00:00.001Z' },
      ],
      workspaces: [{ workspace_id: 'w', created_at: '2026-05-31' }],
    }),
    code: 'row_in_future',
    want: [2, 3],
  },
]

test.each(CASES)('$code: $why', ({ rows, code, want }) => {
  const { count, of } = checked(rows).check(code)
  expect([count, of]).toEqual(want)
})

describe('bot sign-ups', () => {
  const users = Array.from({ length: 101 }, (_, i) => ({
    user_id: `b${i}`,
    created_at: `2026-05-20T10:00:${String(i % 60).padStart(2, '0')}.000Z`,
    signup_ip: i === 100 ? '10.0.1.1' : `10.0.0.${i}`,
  }))

  test('the users of the minute and network are the rows', () => {
    const { check, rows } = checked(world({ users: [...U, ...users] }))
    expect(check('bot_signup')).toMatchObject({ count: 100, of: 102, severity: 'critical', rows: 100 })
    const listed = rows.get('bot_signup')?.rows.map(({ values }) => values[0])
    expect(listed).not.toContain('b100')
    expect(new Set(listed).size).toBe(100)
  })
})

describe('a report', () => {
  test('has every check once, each with words', () => {
    const { report } = checked(world())
    expect(report.checks.map(({ code }) => code).toSorted()).toEqual([...CHECK_CODES].toSorted())
    for (const { title, effect, why, fix, noun } of report.checks)
      for (const text of [title, effect, why, fix, ...noun]) expect(text.length).toBeGreaterThan(2)
  })

  test('has findings first, worst first', () => {
    const { report } = checked(world({ events: [], workspaces: [] }))
    const found = report.checks.filter(({ count }) => count > 0)
    expect(report.checks.slice(0, found.length)).toEqual(found)
    expect(found[0]).toMatchObject({ code: 'missing_table', severity: 'critical' })
    const weight = { critical: 0, warning: 1, note: 2 }
    const weights = found.map(({ severity }) => weight[severity])
    expect(weights).toEqual(weights.toSorted())
  })

  test('is empty of findings but for missing tables where everything fits', () => {
    const { report } = checked(world({ workspaces: [{ workspace_id: 'w', created_at: day(20) }] }))
    expect(report.checks.filter(({ count }) => count > 0).map(({ code }) => code)).toEqual(['missing_table'])
  })

  test('severity rises with the share', () => {
    const of = (bad: number): string =>
      checked(
        world({
          events: Array.from({ length: 100 }, (_, i) =>
            event({ at: aged(1, i * 60_000), ...(i < bad ? { workspace: '', user: '' } : {}) }),
          ),
        }),
      ).check('event_without_workspace').severity
    expect([of(0), of(1), of(9), of(10)]).toEqual(['note', 'warning', 'warning', 'critical'])
  })
})

describe('tables', () => {
  const rowsOf = (code: CheckCode, more: Parameters<typeof checked>[2]): readonly (readonly RowValue[])[] =>
    checked(world(), {}, more)
      .rows.get(code)
      ?.rows.map(({ values }) => values) ?? []

  test('the newest time that is not after as-of', () => {
    const { report } = checked(
      world({
        users: [
          { user_id: 'a', created_at: '2026-05-01', last_active_at: '2026-05-02T10:00:00.000Z' },
          { user_id: 'b', last_active_at: '2027-01-01' },
        ],
      }),
    )
    const users = report.freshness.find(({ table }) => table === 'users')
    expect(users).toMatchObject({
      rows: 2,
      newestAt: Date.parse('2026-05-02T10:00:00Z'),
      column: 'last_active_at',
      daysBehind: 29,
    })
    expect(report.freshness.find(({ table }) => table === 'events')).toMatchObject({ newestAt: aged(1), daysBehind: 1 })
    expect(report.freshness.find(({ table }) => table === 'deals')).toMatchObject({ rows: 0, newestAt: null })
  })

  test('events that are behind are a warning, other tables a note', () => {
    const late = checked(world({ events: [event({ at: aged(4) })] })).check('table_behind')
    expect(late).toMatchObject({ severity: 'warning' })
    const old = checked(world({ memberships: [{ ...M[0], joined_at: day(60) }] })).check('table_behind')
    expect(old.severity).toBe('note')
  })

  test('a needed column below half is sparse', () => {
    const fill = [
      { table: 'users' as const, column: 'primary_email', filled: 4, of: 10, isDelivered: true },
      { table: 'users' as const, column: 'job_title', filled: 5, of: 10, isDelivered: true },
      { table: 'users' as const, column: 'phone', filled: 0, of: 10, isDelivered: false },
    ]
    expect(rowsOf('sparse_column', { fill })).toEqual([['users', 'primary_email', 4, 0.4, 'yes']])
  })

  test('held, repeated and secret are told per file', () => {
    const file = {
      importId: 3,
      file: 'users.csv',
      table: 'users' as const,
      read: 10,
      held: 2,
      repeated: 1,
      secretHeaders: ['password_digest'],
      columns: ['user_id'],
      importedAt: 0,
    }
    const more = { files: [file, { ...file, importId: 4, file: 'more.csv', held: 0, repeated: 0, secretHeaders: [] }] }
    expect(rowsOf('held_row', more)).toEqual([['users.csv', 'users', 2, 10]])
    expect(rowsOf('repeated_key', more)).toEqual([['users.csv', 'users', 1, 10]])
    expect(rowsOf('secret_column', more)).toEqual([['users.csv', 'users', 'password_digest']])
  })

  test('joins: what is found on the other side', () => {
    const { report } = checked(
      world({
        users: [...U, { user_id: 'v' }],
        accounts: [
          { account_id: 'a', primary_domain: 'acme.com' },
          { account_id: 'b', primary_domain: 'gmail.com' },
        ],
        contacts: [{ contact_id: 'c', account_id: 'a' }],
        events: [event(), event({ user: 'x' }), event({ workspace: 'x' }), event({ user: '' })],
      }),
    )
    const shares = Object.fromEntries(report.coverage.map(({ id, found, of }) => [id, [found, of]]))
    expect(shares).toMatchObject({
      events_users: [2, 4],
      events_workspaces: [3, 4],
      users_workspaces: [1, 2],
      workspaces_users: [1, 1],
      accounts_accounts: [1, 2],
      contacts_accounts: [1, 1],
    })
    expect(shares).not.toHaveProperty('deals_accounts')
  })
})
