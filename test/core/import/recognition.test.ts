import { describe, expect, test } from 'vitest'
import { planFile } from '#import'
import type { FilePlan } from '#schema/import'
import { bytesOf } from './read-file.ts'

const plan = (text: string, file = 'export.csv'): FilePlan => {
  const head = bytesOf(text)
  return planFile({ file, head, size: head.length, isWhole: true, options: {} })
}

describe('why a file is what it is', () => {
  test('by its headers, with what comes next', () => {
    expect(plan('user_id,primary_email,workspace_id\nu1,a@b.c,w1\n').recognition).toEqual({
      by: 'headers',
      score: 1,
      matched: ['user_id', 'primary_email', 'workspace_id'],
      missing: [],
      doubts: [],
      runnerUp: { name: 'memberships', score: 0.67, missing: [] },
    })
  })

  test('by none, with what the nearest table would need', () => {
    expect(plan('event_name,user_id\na,u1\n').recognition).toMatchObject({
      by: 'none',
      missing: ['timestamp'],
      runnerUp: { name: 'users' },
    })
  })

  test('by none, with the export that it resembles', () => {
    const found = plan('id,Customer ID,Status\nsub_1,cus_1,active\n')
    expect(found.table).toBeNull()
    expect(found.recognition?.runnerUp).toMatchObject({
      name: 'Stripe subscriptions',
      missing: ['Current Period Start (UTC)'],
    })
  })

  test.each(['orders.csv', 'export.csv'])('orders that can be cancelled are no subscriptions: %s', file => {
    const headers = 'ID,Order Number,Customer ID,Status,Currency,Total Amount,Created At,Cancelled At'
    const found = plan(`${headers}\n1,O-1,5,complete,USD,10.00,2026-05-01 10:00:00,\n`, file)
    expect([found.table, found.source]).toEqual([null, undefined])
  })

  test('an export that is known to feed no table says so', () => {
    const text = '_fivetran_synced,created,id,plan_id,quantity,subscription_id\n2026-01-01,2026-01-01,si_1,p,1,sub_1\n'
    expect(plan(text, 'subscriptions.csv')).toMatchObject({
      table: null,
      source: 'Stripe subscription items of a sync',
      reason: expect.stringContaining('no table takes them'),
    })
  })
})

test.each([
  {
    why: 'a routing list',
    file: 'sdr.csv',
    headers:
      'unit_id,unit_name,workspace_ids,account_id,account_name,account_domain,priority,pql_score,pql_stage,fit_tier,listed_as,rule,next_best_action,owner,as_of,model_hash',
  },
  {
    why: 'scores, whatever they are called',
    file: 'workspaces.csv',
    headers: 'unit_id,unit_name,account_id,pql_score,pql_stage,suppressed_by,pql_last_changed_at,model_hash',
  },
])('a list of the program itself feeds no table: $why', ({ file, headers }) => {
  const row = headers.replaceAll(/[^,]+/g, 'x')
  expect(plan(`${headers}\n${row}\n`, file)).toMatchObject({
    table: null,
    reason: expect.stringContaining('changes in it are not read back'),
  })
})

describe('a file whose only id is a Record ID', () => {
  const hubspot = (headers: string, file?: string, id = (i: number): string => `${9000 + i}`): FilePlan =>
    plan(
      `${headers}\n${[1, 2, 3]
        .map(i =>
          [
            id(i),
            ...headers
              .split(',')
              .slice(1)
              .map(() => ''),
          ].join(','),
        )
        .join('\n')}\n`,
      file,
    )
  test.each([
    { headers: 'Record ID,Email', table: 'contacts' },
    { headers: 'Record ID,First Name,Last Name,Create Date', table: 'contacts' },
    { headers: 'Record ID,Job Title,Contact owner', table: 'contacts' },
    { headers: 'Record ID,Email,First Name,Company name,Company Domain Name', table: 'contacts' },
    { headers: 'Record ID,Company name,City', table: 'accounts' },
    { headers: 'Record ID,Name,Domain', table: 'accounts' },
    { headers: 'Record ID,Industry,Company owner', table: 'accounts' },
  ])('feeds $table by its other columns: $headers', ({ headers, table }) => {
    const found = hubspot(headers)
    expect([found.table, found.columns[0]?.column]).toEqual([table, table === 'contacts' ? 'contact_id' : 'account_id'])
  })

  test.each(['Record ID,Create Date,Lifecycle Stage', 'Record ID,Name,Owner'])('is asked about: %s', headers => {
    expect(hubspot(headers)).toMatchObject({
      table: null,
      reason: expect.stringMatching(/no column says whether they are contacts, companies or deals. Choose the table/),
    })
  })

  test('feeds the table that it is named after', () => {
    expect(hubspot('Record ID,Create Date,Lifecycle Stage', 'contacts.csv').table).toBe('contacts')
    expect(hubspot('Record ID,Create Date,Lifecycle Stage', 'accounts.csv').table).toBe('accounts')
  })

  test.each([
    { why: 'a table of the product', headers: 'Record ID,user_id,Email,created_at', table: 'users' },
    { why: 'a file named after another table', headers: 'Record ID,Email', file: 'users.csv', table: null },
    { why: 'a ticket', headers: 'Record ID,Ticket name,Create Date', table: null },
    { why: 'ids of another tool', headers: 'Record ID,Email', id: (i: number) => `rec${i}Ab9`, table: null },
  ])('is no record of HubSpot: $why', ({ headers, file, id, table }) => {
    const found = hubspot(headers, file, id)
    expect([found.table, found.reason.includes('HubSpot')]).toEqual([table, false])
  })
})

describe('values speak too', () => {
  const rows = (time: string): string => `event,time,user\n${`a,${time},u1\n`.repeat(6)}`
  test.each([
    { why: 'times', time: '2026-05-01', table: 'events' },
    { why: 'epochs', time: '1748692800', table: 'events' },
    { why: 'times that a spreadsheet spoiled', time: '45:10.0', table: 'events' },
    { why: 'day numbers of a spreadsheet', time: '45321', table: 'events' },
    { why: 'durations', time: '12 min', table: null },
    { why: 'small numbers', time: '12', table: null },
  ])('a header "time" that holds $why', ({ time, table }) => {
    expect(plan(rows(time), 'events.csv').table).toBe(table)
  })

  test('a synonym whose values look otherwise is no synonym, and is named', () => {
    const found = plan(`user_id,email,created\n${'u,a@b.c,yes\n'.repeat(6)}`)
    expect(found.columns.map(({ column }) => column)).toEqual(['user_id', 'primary_email', null])
    expect(found.recognition?.doubts).toEqual(['created'])
  })

  test('an exact name is believed: its values are held', () => {
    const found = plan(`user_id,email,created_at\n${'u,a@b.c,yes\n'.repeat(6)}`)
    expect(found.columns.map(({ column }) => column)).toEqual(['user_id', 'primary_email', 'created_at'])
  })

  test('ids that look otherwise are of another source', () => {
    const clerk = 'id,email,email_verified,created_at\nuser_1,a@b.c,true,2026-01-01\n'
    expect(plan(clerk, 'users.csv').source).toBe('WorkOS users')
    expect(plan(clerk.replace('user_1', '17'), 'users.csv').source).toBeUndefined()
  })
})
