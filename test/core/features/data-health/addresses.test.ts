import { expect, test } from 'vitest'
import { emailReader } from '#identity'
import { wordsWith } from '../../../../core/identity/words/words.ts'
import type { WorldRows } from '../world.ts'
import { checked } from './checked.ts'

const users: NonNullable<WorldRows['users']> = [
  { user_id: 'a', primary_email: 'a@acme.com' },
  { user_id: 'b', primary_email: 'not an email' },
  { user_id: 'c', primary_email: 'n/a' },
  { user_id: 'd', primary_email: 'd@gmail.com' },
  { user_id: 'e' },
]

test('an address that is none is found with its user; a placeholder says that there is none', () => {
  const { check, rows } = checked({ workspaces: [{ workspace_id: 'w' }], users })
  expect(check('no_address')).toMatchObject({ count: 1, of: 3, severity: 'warning' })
  expect(rows.get('no_address')?.rows.map(({ values }) => values.slice(0, 3))).toEqual([['b', null, 'not an email']])
  expect(check('personal_mail')).toMatchObject({ count: 1, of: 2 })
})

test('words and classes of domains of the project say what is an address, and which is a personal one', () => {
  const words = wordsWith(new Map([['placeholder', new Map([['later@acme.com', true]])]]))
  const readAddress = emailReader(new Map([['acme.com', 'free_mail']]), words)
  const more = [...users, { user_id: 'f', primary_email: 'later@acme.com' }]
  const { check, rows } = checked({ workspaces: [{ workspace_id: 'w' }], users: more }, {}, { readAddress })
  expect(check('personal_mail')).toMatchObject({ count: 2, of: 2 })
  expect(rows.get('personal_mail')?.rows.map(({ values }) => values[0])).toEqual(['a', 'd'])
})
