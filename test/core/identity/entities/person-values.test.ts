import { expect, test } from 'vitest'
import { personValues, recordKey } from '../../../../core/identity/entities/person-values.ts'
import { emailReader } from '../../../../core/identity/index.ts'
import { SHIPPED_WORDS } from '../../../../core/identity/words/words.ts'
import { calendarOf } from '../../../../core/lib/time.ts'
import { row } from '../rows.ts'

/** The address of somebody who wrote the first one lately and the others before. */
function addressOf(...addresses: string[]) {
  const users = addresses.map((primary_email, i) =>
    row('users', { user_id: `a${i}`, primary_email, last_active_at: `2026-01-${20 - i}` }),
  )
  const rules = {
    pins: new Map<string, string>(),
    sources: ['user', 'contact'] as const,
    calendar: calendarOf('UTC'),
    words: SHIPPED_WORDS,
    read: emailReader(),
  }
  return personValues({ users, contacts: [] }, rules).find(({ field }) => field === 'primary_email')
}

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
