import { describe, expect, test } from 'vitest'
import { resolveFully } from '../../../../core/identity/index.ts'
import type { FullResolution } from '../../../../core/schema/identity.ts'
import type { Row } from '../../../../core/schema/tables.ts'
import { tables } from '../rows.ts'

type User = Partial<Row<'users'>>

const resolve = (users: readonly User[]): FullResolution =>
  resolveFully(tables({ users }), { mode: 'matched', eventUsers: [], activity: new Map(), decisions: [] })
const joined = ({ persons }: FullResolution): (readonly string[])[] =>
  persons.map(({ userIds }) => userIds).filter(({ length }) => length > 1)

/** What the spec names, and what exports write besides. */
const NOTHING = [
  ...['null', 'NULL', 'n/a', 'N/A', '-', '--', '0', '-1', '(none)', '(not set)', '[object Object]', '"n/a"', "'null'"],
  ...['\\N', '#N/A', 'undefined', '00000000-0000-0000-0000-000000000000', 'test@test.com'],
]

describe('SSO', () => {
  test.each(NOTHING)('a subject that says nothing joins nobody, whatever the provider: %s', sso_subject => {
    for (const sso_provider of ['okta', 'n/a', null]) {
      const sso = { sso_provider, sso_tenant: 'acme', sso_subject }
      const result = resolve([
        { user_id: 'a', primary_email: 'dan@four.com', name: 'Dan Four', ...sso },
        { user_id: 'b', primary_email: 'eve@five.com', name: 'Eve Five', ...sso },
      ])
      expect(joined(result)).toEqual([])
      expect(
        result.personLinks.flatMap(({ evidence }) => evidence).filter(({ value }) => value.includes('okta')),
      ).toEqual([])
    }
  })

  test.each(NOTHING)('a provider or tenant that says nothing is none: %s', nothing => {
    const sso = (sso_provider: string | null, sso_tenant: string | null, sso_subject: string) => ({
      sso_provider,
      sso_tenant,
      sso_subject,
    })
    const result = resolve([
      { user_id: 'a', ...sso(nothing, null, 's1') },
      { user_id: 'b', ...sso(null, nothing, 's1') },
      { user_id: 'c', ...sso('okta', nothing, 's2') },
      { user_id: 'd', ...sso('Okta', null, 's2') },
    ])
    expect(joined(result)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })
})
