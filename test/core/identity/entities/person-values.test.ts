import { expect, test } from 'vitest'
import { personValues, recordKey } from '../../../../core/identity/entities/person-values.ts'
import { emailReader } from '../../../../core/identity/index.ts'
import { SHIPPED_WORDS } from '../../../../core/identity/words/words.ts'
import { calendarOf } from '../../../../core/lib/time.ts'
import { row } from '../rows.ts'

/** What is held of somebody who wrote the first value lately and the others before. */
function heldOf(field: 'name' | 'primary_email', values: readonly string[]) {
  const users = values.map((value, i) =>
    row('users', { user_id: `a${i}`, [field]: value, last_active_at: `2026-01-${20 - i}` }),
  )
  const rules = {
    pins: new Map<string, string>(),
    sources: ['user', 'contact'] as const,
    calendar: calendarOf('UTC'),
    words: SHIPPED_WORDS,
    read: emailReader(),
  }
  return personValues({ users, contacts: [] }, rules).find(found => found.field === field)
}
const addressOf = (...addresses: string[]) => heldOf('primary_email', addresses)
const nameOf = (...names: string[]) => heldOf('name', names)

test.each([
  ['jane+news@acme.com', 'jane@acme.com', 'jane@acme.com'],
  ['Jane.Doe+news@gmail.com', 'janedoe@gmail.com', 'janedoe@gmail.com'],
  ['jane+news@acme.com', 'jane+shop@acme.com', 'jane+news@acme.com'],
  ['jane+news@acme.com', 'jane@other.com', 'jane+news@acme.com'],
  ['jane@acme.com', 'jane+news@acme.com', 'jane@acme.com'],
])('of %s and %s somebody is called by %s', (recent, earlier, is) => {
  expect(addressOf(recent, earlier)?.value).toBe(is)
})

test('the spelling with the tag stays with its record, and says what it lost by', () => {
  expect(addressOf('jane+news@acme.com', 'jane@acme.com')).toMatchObject({
    reason: 'untagged',
    others: [{ value: 'jane+news@acme.com', lostBy: 'untagged', records: [recordKey('user', 'a0')] }],
  })
})

test.each([
  ['an initial', 'J. Wakefield', 'Jessica Wakefield'],
  ['an initial without its dot', 'C Jiménez', 'Carlos Jimenez'],
  ['the family name first', 'Wakefield, J.', 'Jessica Wakefield'],
  ['an initial beside a second name', 'J. Wakefield', 'Jessica May Wakefield'],
  ['a beginning', 'Jess Wakefield', 'Jessica Wakefield'],
  ['the given name alone', 'Jessica', 'Jessica Wakefield'],
  ['its initial alone', 'J.', 'Jessica Wakefield'],
])('%s gives way to the fuller name, however recent it is', (_why, recent, earlier) => {
  expect(nameOf(recent, earlier)).toMatchObject({
    value: earlier,
    reason: 'fuller',
    others: [{ value: recent, lostBy: 'fuller' }],
  })
  expect(nameOf(earlier, recent)?.value).toBe(earlier)
})

test.each([
  ['another family name', 'Jessica Roe', 'Jessica Wakefield'],
  ['an initial of another name', 'C. Wakefield', 'Jessica Wakefield'],
  ['another initial and family name', 'J. Roe', 'Jessica Wakefield'],
  ['a nickname', 'Bob Wakefield', 'Robert Wakefield'],
  ['another given name alone', 'Anna', 'Jessica Wakefield'],
  ['two single words', 'jan', 'janwakefield'],
  ['a second name more', 'Jessica Wakefield', 'Jessica May Wakefield'],
  ['other capitals', 'Jessica WAKEFIELD', 'Jessica Wakefield'],
])('%s is another name: the most recent one holds', (_why, recent, earlier) => {
  expect(nameOf(recent, earlier)).toMatchObject({ value: recent, reason: 'recent' })
})
