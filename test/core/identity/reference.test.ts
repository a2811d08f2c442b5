import { describe, expect, test } from 'vitest'
import { DISPOSABLE } from '../../../core/identity/reference/disposable.ts'
import { FREE_MAIL } from '../../../core/identity/reference/free-mail.ts'
import { DOTS_IGNORED, TAGS_IGNORED } from '../../../core/identity/reference/mail-providers.ts'
import { MULTI_TENANT } from '../../../core/identity/reference/multi-tenant.ts'
import { DUMMY_WORDS, PLACEHOLDERS } from '../../../core/identity/reference/placeholders.ts'
import { NOREPLY_LOCAL_PARTS, RELAY_HOSTS } from '../../../core/identity/reference/relay.ts'
import { ROLE_LOCAL_PARTS } from '../../../core/identity/reference/role-local-parts.ts'
import { hostOf } from '../../../core/lib/domain.ts'
import { sha256Hex } from '../../../core/lib/hash.ts'

/** A change of a list changes who is joined: the hash is renewed here, the day of review in the list. */
const HASHES = {
  disposable: '52dda321cc8bbd85',
  'dots-ignored': '53eaa62607fa3e48',
  'dummy-words': 'f1ff16de6fc21e96',
  'free-mail': '8fb2b2983083d18c',
  'multi-tenant': 'bac3ed031cbaa87f',
  noreply: 'e090a55d1014eb6c',
  placeholders: 'ea8f5e92984da332',
  relay: '0e143ae29a1bc2e6',
  'role-local-parts': 'a8b7dcd106264bcb',
  'tags-ignored': 'e40fa6605253185b',
} as const

const LISTS = [
  FREE_MAIL,
  DISPOSABLE,
  RELAY_HOSTS,
  NOREPLY_LOCAL_PARTS,
  MULTI_TENANT,
  ROLE_LOCAL_PARTS,
  DOTS_IGNORED,
  TAGS_IGNORED,
  PLACEHOLDERS,
  DUMMY_WORDS,
]

test('every list is the one that was reviewed', () => {
  const found = Object.fromEntries(LISTS.map(({ name, values }) => [name, sha256Hex(values.join('\n')).slice(0, 16)]))
  expect(found).toEqual(HASHES)
})

describe.each(LISTS)('$name', ({ reviewed, source, values }) => {
  test('says when it was reviewed and where it comes from', () => {
    expect(reviewed).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(source).not.toBe('')
  })
  test('is lower case and holds each entry once', () => {
    expect(values).toEqual([...new Set(values.map(value => value.toLowerCase()))])
  })
})

test.each([FREE_MAIL, DISPOSABLE, RELAY_HOSTS, TAGS_IGNORED])(
  '$name holds hosts in their normal form',
  ({ values }) => {
    expect(values.filter(value => hostOf(value) !== value)).toEqual([])
  },
)

test.each([ROLE_LOCAL_PARTS, NOREPLY_LOCAL_PARTS, DUMMY_WORDS])(
  '$name holds words without separators',
  ({ values }) => {
    expect(values.filter(value => /[.\-_+@]/.test(value))).toEqual([])
  },
)
