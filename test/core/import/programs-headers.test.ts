import { describe, expect, test } from 'vitest'
import { planFile, proposeTables } from '#import'
import type { ImportOptions } from '#schema/import'
import { TABLES } from '#schema/tables'
import { type FileRead, readFile } from './read-file.ts'
import { readAll } from './read-plans.ts'

const INVITED_BY = Object.keys(TABLES.users.columns).indexOf('invited_by_user_id')

const targets = ({ plan }: FileRead): readonly (string | null)[] => plan.columns.map(({ column }) => column)

describe('names of columns as programs write them', () => {
  test.each([
    { why: 'in the quotes of SQL Server', header: '[user_id],[email],[created_at],[n]' },
    { why: 'in the quotes of MySQL', header: '`user_id`,`email`,`created_at`,`n`' },
    {
      why: 'in quotes that are part of them, as CSV has identifiers that a database quoted',
      header: '"""user_id""","""email""","""created_at""",n',
    },
    { why: 'behind the name of their table, as Hive writes them', header: 'u.user_id,u.email,u.created_at,u.n' },
  ])('are known $why', ({ header }) => {
    const read = readFile('users.csv', `${header}\nu1,a@x.io,2026-05-01,7\n`)
    expect(targets(read)).toEqual(['user_id', 'primary_email', 'created_at', null])
    expect(read.rows).toMatchObject([{ line: 2, custom: expect.stringContaining('"7"') }])
  })

  test('a beginning that not every name has is part of the name', () => {
    const read = readFile('users.csv', 'user_id,email,owner.id\nu1,a@x.io,o1\n')
    expect(targets(read)).toEqual(['user_id', 'primary_email', null])
  })

  test.each([
    { why: 'Power BI', header: 'users[user_id],users[email],users[created_at],users[n]' },
    {
      why: 'Power BI, of a table with a blank',
      header: "'App users'[user_id],'App users'[email],'App users'[created_at],'App users'[n]",
    },
  ])('are known behind the name of their table, as $why writes them', ({ header }) => {
    const read = readFile('data.csv', `${header}\nu1,a@x.io,2026-05-01,7\n`)
    expect(targets(read)).toEqual(['user_id', 'primary_email', 'created_at', null])
  })

  test('the time of Kibana is that of an event', () => {
    const read = readFile('discover.csv', '@timestamp,event_name,user_id\n2026-05-01T10:00:00Z,login,u1\n')
    expect(targets(read)).toEqual(['timestamp', 'event_name', 'user_id'])
  })

  test('users of an own application are no users of Salesforce', () => {
    const header =
      'id,password,last_login,is_superuser,username,first_name,last_name,email,is_staff,is_active,date_joined'
    const read = readFile('auth_user.csv', `${header}\n7,x,2026-05-02,f,ada,Ada,Lee,a@x.io,f,t,2026-05-01\n`)
    expect(read.plan.table).toBe('users')
  })

  test.each([
    {
      why: 'Elasticsearch',
      inside: '_source',
      beside: { _index: 'users', _id: 'd1', _score: 1 },
      id: { user_id: 'u1' },
    },
    { why: 'JSON:API', inside: 'attributes', beside: { type: 'users', id: 'u1', links: { self: '/u1' } }, id: {} },
    {
      why: 'Airtable',
      inside: 'fields',
      beside: { id: 'rec1', createdTime: '2026-01-01T00:00:00Z' },
      id: { user_id: 'u1' },
    },
  ])('are known inside the envelope of $why', ({ inside, beside, id }) => {
    const record = { ...beside, [inside]: { ...id, email: 'a@x.io', created_at: '2026-05-01' } }
    const read = readFile('users.json', `${JSON.stringify([record])}\n`)
    expect(read.rows.map(({ values }) => values)).toEqual([expect.arrayContaining(['u1', 'a@x.io', '2026-05-01'])])
  })

  test('what is inside goes before what the envelope says of itself', () => {
    const record = { type: 'workspaces', id: 'x9', attributes: { id: 'w1', name: 'Acme', type: 'sandbox' } }
    const read = readFile('workspaces.json', `${JSON.stringify([record])}\n`)
    expect(read.plan.columns.map(({ header, column }) => [header, column])).toEqual([
      ['type', null],
      ['id', null],
      ['attributes.id', 'workspace_id'],
      ['attributes.name', 'workspace_name'],
      ['attributes.type', 'workspace_type'],
    ])
  })

  test('a member that only looks like an envelope is one of the record', () => {
    const read = readFile('users.json', '[{"user_id":"u1","name":"A","attributes":{"email":"a@x.io","name":"B"}}]')
    expect(targets(read)).toEqual(['user_id', 'name', null, null])
  })

  test.each([
    { why: 'a time as text', created: '"2026-05-01T10:00:00Z"' },
    { why: 'a time as milliseconds', created: '1777629600000' },
  ])('are known behind the types of MongoDB: $why', ({ created }) => {
    const line = (id: string): string => `{"_id":{"$oid":"${id}"},"email":"a@x.io","created_at":{"$date":${created}}}`
    const read = readFile('users.json', `${line('65f1')}\n${line('65f2')}\n`)
    expect(targets(read)).toEqual(['user_id', 'primary_email', 'created_at'])
    expect(read.rows.map(({ values }) => values)).toEqual([
      expect.arrayContaining(['65f1', '2026-05-01T10:00:00.000Z']),
      expect.arrayContaining(['65f2', '2026-05-01T10:00:00.000Z']),
    ])
  })
})

describe('an event whose day and time of day stand in two columns', () => {
  const times = (content: string, file = 'events.csv', options: ImportOptions = {}): readonly (number | undefined)[] =>
    readFile(file, content, { options }).batches.flatMap(({ timestamp }) => Array.from(timestamp))
  const at = Date.parse('2026-05-31T09:30:00Z')

  test.each([
    { why: 'in a file of events', header: 'event_name,date,time,user_id', file: 'events.csv' },
    { why: 'in any file', header: 'event_name,Date,Time,user_id', file: 'activity.csv' },
    { why: 'in German', header: 'event_name,Datum,Uhrzeit,user_id', file: 'events.csv' },
  ])('has both: $why', ({ header, file }) => {
    expect(times(`${header}\nlogin,2026-05-31,09:30,u1\nlogin,31.05.2026,9:30 am,u2\n`, file)).toEqual([at, at])
  })

  const SHORT = 'event_name,date,time\nlogin,13.05.26,10:00\nlogin,03.04.26,9:30 pm\nlogin,03.04.26,\n'

  test.each([
    { dateFormat: 'DD.MM.YY', content: SHORT },
    { dateFormat: 'DD.MM.YYYY', content: SHORT.replaceAll('.26', '.2026') },
  ])('has both where its day is of a pattern that was given: $dateFormat', ({ dateFormat, content }) => {
    expect(times(content, 'events.csv', { dateFormat })).toEqual([
      Date.parse('2026-05-13T10:00Z'),
      Date.parse('2026-04-03T21:30Z'),
      Date.parse('2026-04-03'),
    ])
  })

  test('is told to say the pattern where its day has a year of two digits', () => {
    const [, ...records] = SHORT.split('\n').slice(0, 2)
    const content = `event_name,date,time\n${`${records.join('\n')}\n`.repeat(30)}`
    expect(() => readFile('events.csv', content)).toThrow(
      /Line 2, \S+: "13\.05\.26 10:00" is not a time\. Say the pattern of the column, such as --date-format DD/,
    )
  })

  test('is asked for the order of its day as ever', () => {
    expect(() => readFile('events.csv', 'event_name,date,time\nlogin,03/04/2026,09:30\n')).toThrow(
      expect.objectContaining({ code: 'import/ambiguous' }),
    )
  })

  test('is of its day where the time is missing', () => {
    expect(times('event_name,date,time\nlogin,2026-05-31,09:30\nlogin,2026-05-31,\n')).toEqual([
      at,
      Date.parse('2026-05-31'),
    ])
  })

  test.each([
    {
      why: 'a column has the whole time',
      content: 'event_name,timestamp,date,time\nlogin,2026-05-31T09:30Z,2026-01-01,1:00\n',
    },
    { why: 'the time has its day', content: 'event_name,date,time\nlogin,2026-01-01,2026-05-31T09:30Z\n' },
  ])('has neither where $why', ({ content }) => {
    expect(times(content)).toEqual([at])
  })
})

describe('rows that a tool marks as deleted at their source', () => {
  test.each([
    {
      mark: '_fivetran_deleted',
      there: ['', 'false', 'F', '0', 'no', 'null', '\\N', 'None'],
      gone: ['true', 'T', '1', 'yes'],
      where: '_fivetran_deleted is not true or yes',
    },
    {
      mark: '_sdc_deleted_at',
      there: ['', 'null', '\\N', 'None', 'NaT', '(null)'],
      gone: ['2026-05-01T10:00:00Z', '1767225600'],
      where: '_sdc_deleted_at is empty',
    },
    {
      mark: '_ab_cdc_deleted_at',
      there: ['', '\\N', 'NULL'],
      gone: ['2026-05-01T10:00:00Z'],
      where: '_ab_cdc_deleted_at is empty',
    },
    {
      mark: '_change_type',
      there: ['UPSERT', 'insert', 'update', 'update_postimage', ''],
      gone: ['DELETE', 'update_preimage'],
      where: '_change_type is not delete or update_preimage',
    },
  ])('are skipped, with a note, and no others: $mark', ({ mark, there, gone, where }) => {
    const lines = [...there, ...gone].map((text, i) => `u${i},${i}@x.io,${text}\n`)
    const { rows, result } = readFile('users.csv', `user_id,email,${mark}\n${lines.join('')}`)
    expect(rows.map(({ line }) => line)).toEqual(there.map((_, i) => i + 2))
    const [is, records] = gone.length === 1 ? ['is', '1 record'] : ['are', `${gone.length} records`]
    expect(result.notes.map(({ message }) => message).join()).toContain(
      `${records} ${is} not of users (where ${where}) and skipped`,
    )
  })
})

test('a table that is chosen leaves the same rows out', () => {
  const text = 'user_id,email,_fivetran_deleted\nu1,a@x.io,false\nu2,b@x.io,true\n'
  const head = new TextEncoder().encode(text)
  const plan = planFile({ file: 'users.csv', head, size: null, isWhole: true, options: {} })
  const proposed = proposeTables(plan, head).find(({ table }) => table === 'users')
  expect(proposed?.when).toEqual(plan.when)
  expect(plan.when).toMatchObject([{ path: '_fivetran_deleted' }])
})

test('a device that a column of users names is no user', () => {
  const text = 'user_id,email,invited_by_user_id\nu1,a@x.io,$device:1\nu2,b@x.io,u1\n'
  expect(readFile('users.csv', text).rows.map(({ values }) => values[INVITED_BY])).toEqual([null, 'u1'])
})

test('a column of row numbers without a name hides no beginning of the others', () => {
  const read = readFile('all_users.csv', ',users.id,users.email,users.name\n1,u1,a@x.io,A\n2,u2,b@x.io,B\n')
  expect(targets(read)).toEqual([null, 'user_id', 'primary_email', 'name'])
})

test.each([
  {
    why: 'a header marked as a comment',
    file: 'users.csv',
    text: '#user_id,email\nu1,a@x.example\nu2,b@x.example\n',
    want: { users: [{ user_id: 'u1', primary_email: 'a@x.example' }, { user_id: 'u2' }] },
  },
  {
    why: 'labels of Looker',
    file: 'explore 2026-05-01.csv',
    text: 'Users ID,Users Email,Users Created Time\nu1,a@x.example,2026-05-01 08:00:00\n',
    want: { users: [{ user_id: 'u1', primary_email: 'a@x.example', created_at: '2026-05-01T08:00:00.000Z' }] },
  },
  {
    why: 'labels of Looker, of events',
    file: 'looker.csv',
    text: 'Events Name,Events Created Time,Users ID,Workspaces ID\nlogin,2026-05-01 08:00:00,u1,w1\n',
    want: { events: [{ at: '2026-05-01T08:00:00.000Z', name: 'login', user: 'u1', workspace: 'w1' }] },
  },
  {
    why: 'times of Intercom, in UTC whatever the zone of others is',
    file: 'intercom-users.csv',
    text: 'User ID,Email,Signed up (GMT)\nu1,a@x.example,2026-05-01 08:00:00\n',
    options: { timeZone: 'America/New_York' },
    want: { users: [{ user_id: 'u1', created_at: '2026-05-01T08:00:00.000Z' }] },
  },
])('headers as tools write them: $why', ({ file, text, options, want }) => {
  const found = readAll(file, new TextEncoder().encode(text), options ?? {})
  expect(found.map(({ plan }) => plan.table)).toEqual(Object.keys(want))
  expect(found.map(({ records }) => records)).toMatchObject(Object.values(want))
})
