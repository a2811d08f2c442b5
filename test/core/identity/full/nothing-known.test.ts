import { describe, expect, test } from 'vitest'
import { resolveFully } from '../../../../core/identity/index.ts'
import { readRecordFields } from '../../../../core/identity/records/record-fields.ts'
import { resolveRecords } from '../../../../core/identity/records/resolve-records.ts'
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
  ...[
    '\\N',
    '#N/A',
    'undefined',
    '\u2014',
    '...',
    '#REF!',
    'null null',
    'n/a.',
    'not available',
    '00000000-0000-0000-0000-000000000000',
    'test@test.com',
  ],
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

/** Two records that share a value, among others: an agreement is rare. */
const crowd = Array.from({ length: 60 }, (_, i) => ({ user_id: `z${i}`, name: `Per${i} Fam${i}` }))

test.each(
  (
    ['job_title', 'locale', 'company_name', 'phone', 'device_id', 'contact_id', 'anonymous_id', 'signup_ip'] as const
  ).flatMap(column => NOTHING.map(value => ({ column, value }))),
)('$column $value changes no score', ({ column, value }) => {
  const pair = (more: User) => ['a', 'b'].map(user_id => ({ user_id, name: 'Zeb Quark', ...more }))
  const bare = resolve([...pair({}), ...crowd]).personLinks
  expect(bare.length).toBeGreaterThan(0)
  expect(resolve([...pair({ [column]: value }), ...crowd]).personLinks).toEqual(bare)
})

test.each([...NOTHING, 'null null', '\u2014 \u2014', 'N/A N/A'].map(value => ({ value })))(
  'a name $value is none, and no handle',
  ({ value }) => {
    const pair = (name: string) => ['a', 'b'].map(user_id => ({ user_id, name, device_id: 'd1' }))
    const names = resolve([...pair(value), ...crowd]).personLinks.flatMap(({ evidence }) =>
      evidence.flatMap(({ comparison, bits }) => (/^(name|email)/.test(comparison) && bits !== 0 ? [comparison] : [])),
    )
    expect(names).toEqual([])
  },
)

describe('addresses of which nothing is left', () => {
  const column = (cells: readonly string[]) => [...cells, ...crowd.map(() => '')]
  const streetOf = (a: string, b: string): string[] => {
    const columns = new Map([
      ['id', column(['a', 'b']).map((_, i) => String(100 + i))],
      ['name', ['Zeb Quark', 'Zeb Quark', ...crowd.map(({ name }) => name)]],
      ['street', column([a, b])],
    ])
    const fields = readRecordFields('{"key":"id","kind":"person","full_name":"name","address":"street"}')
    const { bars } = resolveRecords(columns, fields).scorer.explain(0, 1)
    return bars.flatMap(({ comparison, level, steps }) => (comparison === 'address' ? [`${level} ${steps}`] : []))
  }
  test.each(['...', '\u2014', ',', '/', 'null null', 'N/A, N/A', '\u{1f3e0}'])(
    '%s is no other street, nor the same',
    empty => {
      expect(streetOf(empty, empty)).toEqual([])
      expect(streetOf(empty, '12 Main Street')).toEqual([])
      expect(streetOf('12 Main Street', '12 Main Street')).toHaveLength(1)
    },
  )
})
