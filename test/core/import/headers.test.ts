import { describe, expect, test } from 'vitest'
import { TABLES, type TableName } from '#schema/tables'
import { headerNotes, matchHeaders } from '../../../core/import/headers.ts'
import { CANONICAL } from '../../../core/import/presets/canonical.ts'
import { isSecretHeader } from '../../../core/import/secrets.ts'
import { chooseTable } from '../../../core/import/table-choice.ts'

const mapped = (table: TableName, headers: readonly string[], isNamed = false): readonly string[] =>
  matchHeaders(table, headers, isNamed).columns.map(({ column, match }) => `${column ?? '-'} ${match}`)

describe('headers', () => {
  test.each([
    {
      why: 'case, blanks, - and _ do not matter',
      headers: ['User ID', 'PRIMARY-EMAIL', 'createdAt', ' name '],
      want: ['user_id exact', 'primary_email exact', 'created_at exact', 'name exact'],
    },
    {
      why: 'a synonym fills a column that nothing fills exactly',
      headers: ['user_id', 'email'],
      want: ['user_id exact', 'primary_email synonym'],
    },
    {
      why: 'the exact header wins, wherever it stands',
      headers: ['email', 'user_id', 'primary_email'],
      want: ['- custom', 'user_id exact', 'primary_email exact'],
    },
    {
      why: 'of two equal headers the left one',
      headers: ['user_id', 'name', 'Name'],
      want: ['user_id exact', 'name exact', '- custom'],
    },
    { why: 'dots of flattened JSON', headers: ['user.id', 'user_id'], want: ['- custom', 'user_id exact'] },
    { why: 'dots where nothing is exact', headers: ['user.id'], want: ['user_id synonym'] },
    { why: 'a byte order mark that survived', headers: ['\ufeffuser_id'], want: ['user_id exact'] },
    {
      why: 'id means nothing in a file of another name',
      headers: ['id', 'email'],
      want: ['- custom', 'primary_email synonym'],
    },
    {
      why: 'id in a file called users',
      isNamed: true,
      headers: ['id', 'email'],
      want: ['user_id synonym', 'primary_email synonym'],
    },
    {
      why: 'secrets are not read',
      headers: ['user_id', 'password_digest', 'totp_secret'],
      want: ['user_id exact', '- secret', '- secret'],
    },
  ])('$why', ({ headers, isNamed, want }) => {
    expect(mapped('users', headers, isNamed)).toEqual(want)
  })

  test.each([
    {
      why: 'a # that marks the header as a comment',
      table: 'users' as const,
      headers: ['# user_id', 'email'],
      want: ['user_id exact', 'primary_email synonym'],
    },
    {
      why: 'a # that stands for a number further on',
      table: 'accounts' as const,
      headers: ['account_id', '# Employees', '#'],
      want: ['account_id exact', '- custom', '- custom'],
    },
    {
      why: 'labels of Looker',
      table: 'users' as const,
      headers: ['Users ID', 'Users Email', 'Users Created Time', 'Users Name'],
      want: ['user_id synonym', 'primary_email synonym', 'created_at synonym', 'name synonym'],
    },
    {
      why: 'labels of Looker from several tables',
      table: 'events' as const,
      headers: ['Events ID', 'Events Name', 'Events Created Time', 'Users ID', 'Workspaces ID', 'Users Name'],
      want: ['event_id', 'event_name', 'timestamp', 'user_id', 'workspace_id']
        .map(name => `${name} synonym`)
        .concat('- custom'),
    },
    {
      why: 'names of tables that are none of Looker beside others',
      table: 'users' as const,
      headers: ['user_id', 'Users Email', 'Users Created Time'],
      want: ['user_id exact', '- custom', '- custom'],
    },
    {
      why: 'the times of Intercom',
      table: 'users' as const,
      headers: ['User ID', 'Email', 'First Seen (GMT)', 'Signed up (GMT)', 'Last seen (GMT)'],
      want: ['user_id exact', 'primary_email synonym', '- custom', 'created_at synonym', 'last_active_at synonym'],
    },
  ])('$why', ({ table, headers, want }) => {
    expect(mapped(table, headers)).toEqual(want)
  })

  test.each([
    { header: 'Signed up (GMT)', settings: { timeZone: 'UTC' } },
    { header: 'signed_up_at', settings: undefined },
  ])('a zone that the header names is that of its times: $header', ({ header, settings }) => {
    expect(matchHeaders('users', ['user_id', header], false).columns[1]?.settings).toEqual(settings)
  })

  test.each([
    {
      why: 'an exact timestamp',
      headers: ['event', 'time', 'timestamp', 'created_at'],
      want: ['event_name synonym', '- custom', 'timestamp exact', '- custom'],
    },
    {
      why: 'the best of several',
      headers: ['event', 'created_at', 'time'],
      want: ['event_name synonym', '- custom', 'timestamp synonym'],
    },
    {
      why: 'occurred_at where there is none',
      headers: ['event', 'occurred_at', 'properties'],
      want: ['event_name synonym', 'timestamp synonym', 'event_properties synonym'],
    },
  ])('of events: $why', ({ headers, want }) => {
    expect(mapped('events', headers)).toEqual(want)
  })

  test('what was left out is told', () => {
    const { columns } = matchHeaders('users', ['email', 'user_id', 'primary_email', 'password'], false)
    expect(headerNotes('users', columns, false).map(({ message }) => message)).toEqual([
      'Columns "primary_email" and "email" both fit primary_email: "email" is kept as a custom field.',
      'Not read, because the header names a secret: "password".',
    ])
  })

  test('synonyms name columns that exist and never a canonical name of the same table', () => {
    for (const [table, preset] of Object.entries(CANONICAL.tables)) {
      const columns = Object.keys(TABLES[table as TableName].columns)
      for (const [column, headers] of Object.entries({ ...preset.synonyms, ...preset.whenNamed })) {
        expect(columns).toContain(column)
        expect(columns.filter(name => headers.includes(name))).toEqual([])
      }
    }
  })
})

describe('secrets', () => {
  test.each([
    'password',
    'password_digest',
    'encryptedPassword',
    'passwordHash',
    'PASSWD',
    'totp_secret',
    'otp',
    'api_key',
    'apiKey',
    'access_token',
    'refreshToken',
    'token',
    'reset_password_token',
    'client_secret',
    'private_key',
    'recovery_codes',
    'user.password',
    'salt',
    'mfa_secret',
    'card_number',
    'cvc',
  ])('%s', header => {
    expect(isSecretHeader(header)).toBe(true)
  })
  test.each([
    'password_changed_at',
    'has_password',
    'password_enabled',
    'token_count',
    'tokens_used',
    'api_key_id',
    'secretary',
    'session_id',
    'card_fingerprint',
    'user_id',
    'tokens',
    'cvc_check',
    'email_verified',
    'key',
    'idToken_expires',
  ])('%s tells nothing secret', header => {
    expect(isSecretHeader(header)).toBe(false)
  })
})

describe('tables', () => {
  test.each<{ file: string; headers: string; want: TableName | null; why?: string }>([
    { file: 'export.csv', headers: 'user_id,primary_email,name,workspace_id', want: 'users' },
    { file: 'export.csv', headers: 'user_id,workspace_id,role,joined_at', want: 'memberships' },
    { file: 'export.csv', headers: 'user_id,workspace_id', want: 'memberships' },
    { file: 'users.csv', headers: 'user_id,workspace_id', want: 'users' },
    { file: 'export.csv', headers: 'event_name,timestamp,user_id,workspace_id', want: 'events' },
    { file: 'export.csv', headers: 'workspace_id,workspace_name,mrr,plan_tier', want: 'workspaces' },
    { file: 'export.csv', headers: 'subscription_id,workspace_id,status,plan,mrr', want: 'subscriptions' },
    { file: 'export.csv', headers: 'account_id,name,primary_domain,employee_count', want: 'accounts' },
    { file: 'export.csv', headers: 'contact_id,email,name,account_id', want: 'contacts' },
    { file: 'export.csv', headers: 'deal_id,account_id,stage,amount', want: 'deals' },
    { file: 'export.csv', headers: 'owner_id,email,team,weekly_capacity', want: 'crm_users' },
    { file: 'export.csv', headers: 'workspace_id,kind,occurred_at', want: 'outcomes' },
    {
      file: 'contacts.csv',
      headers: 'contact_id,user_id,email,name,job_title',
      want: 'contacts',
      why: 'as many columns of users',
    },
    { file: 'users_2026-05-31.csv.gz', headers: 'id,email,created_at', want: 'users' },
    { file: 'dir/acme_users_export (2).csv', headers: 'id,email,created_at', want: 'users' },
    { file: 'WorkspaceMembers.csv', headers: 'user_id,workspace_id,role', want: 'memberships' },
    { file: 'crm_users.csv', headers: 'id,email,name', want: 'crm_users' },
    { file: 'events.jsonl', headers: 'id,name,time,user_id,properties', want: 'events' },
    { file: 'users.csv', headers: 'user_id,a,b,c,d,e,f', want: 'users', why: 'called so' },
    {
      file: 'ticket_contact.csv',
      headers: 'contact_id,ticket_id,category,kind',
      want: null,
      why: 'a table that links contacts',
    },
    { file: 'outcomes.csv', headers: 'user_id,signed_up_at,converted,converted_at', want: null },
    { file: 'export.csv', headers: 'user_id,a,b,c', want: null },
    { file: 'users.csv', headers: 'email,name', want: null },
    { file: 'events.csv', headers: 'event_name,user_id', want: null },
    {
      file: 'export.csv',
      headers: 'event_name,user_id,workspace_id',
      want: null,
      why: 'events without their time are no memberships',
    },
    { file: 'export.csv', headers: 'user_id', want: 'users' },
    { file: 'people.csv', headers: 'foo,bar', want: null },
  ])('$file with $headers is $want', ({ file, headers, want }) => {
    expect(chooseTable(file, headers.split(',')).table).toBe(want)
  })

  test.each([
    [
      'outcomes.csv',
      'user_id,signed_up_at,converted',
      'The file is named after outcomes, but has no kind and occurred_at',
    ],
    ['x.csv', 'event_name,user_id', 'No table fits; the nearest is events, which needs timestamp'],
    ['x.csv', 'foo,bar', 'No column belongs to a known table'],
    ['x.csv', 'user_id,foo,bar', 'Only 1 of 3 columns belong to users, the nearest table'],
  ])('%s with %s says why', (file, headers, reason) => {
    expect(chooseTable(file, headers.split(','))).toMatchObject({ table: null, reason })
  })
})
