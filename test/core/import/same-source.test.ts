import { expect, test } from 'vitest'
import { isSameSource, planFile } from '#import'
import type { FilePlan } from '#schema/import'

const planOf = (file: string, text: string): FilePlan => {
  const head = new TextEncoder().encode(text)
  return planFile({ file, head, size: head.length, isWhole: true, options: {} })
}
const users = (file: string, more = ''): FilePlan => planOf(file, `user_id,email${more}\nu1,a@x.io${more && ',1'}\n`)

const HUBSPOT = 'Record ID - Company,Company name,Company Domain Name,Company owner\n1,Acme,acme.io,Ann\n'
const SALESFORCE =
  'Id,Name,Website,OwnerId,AccountSource,BillingCountry\n001000000000001AAA,Acme,acme.io,005000000000001AAA,Web,DE\n'

test.each([
  {
    one: users('users_2026-05-01.csv'),
    other: users('users_2026-05-08.csv', ',x'),
    why: 'the name but for its date',
    is: true,
  },
  { one: users('a.csv'), other: users('b.csv'), why: 'the headers', is: true },
  { one: users('2026-05-01.csv'), other: users('7.csv', ',x'), why: 'no name at all', is: false },
  { one: users('a.csv'), other: users('b.csv', ',x'), why: 'neither', is: false },
  {
    one: planOf('companies.csv', HUBSPOT),
    other: planOf('companies.csv', SALESFORCE),
    why: 'the name, of two CRMs',
    is: false,
  },
  { one: planOf('old.csv', HUBSPOT), other: planOf('new.csv', HUBSPOT), why: 'the kind of export', is: true },
])('one source, having in common $why: $is', ({ one, other, is }) => {
  expect([one.table, other.table]).not.toContain(null)
  expect(isSameSource(one, other)).toBe(is)
})
