import { describe, expect, test } from 'vitest'
import { ADDRESS_WORDS, WEAK_ADDRESS_WORDS } from '../../../core/identity/reference/address-words.ts'
import { DISPOSABLE } from '../../../core/identity/reference/disposable.ts'
import { FREE_MAIL } from '../../../core/identity/reference/free-mail.ts'
import { LATIN_LETTERS } from '../../../core/identity/reference/latin-letters.ts'
import { LEADING_FORMS, LEGAL_FORMS, WEAK_COMPANY_WORDS } from '../../../core/identity/reference/legal-forms.ts'
import { DOTS_IGNORED, TAGS_IGNORED } from '../../../core/identity/reference/mail-providers.ts'
import { MULTI_TENANT } from '../../../core/identity/reference/multi-tenant.ts'
import {
  GENERIC_PERSON_NAMES,
  GROUP_NAME_ENDINGS,
  HONORIFICS,
  NAME_SUFFIXES,
  PARTICLES,
} from '../../../core/identity/reference/name-words.ts'
import { NICKNAMES } from '../../../core/identity/reference/nicknames.ts'
import { DUMMY_WORDS, PLACEHOLDERS } from '../../../core/identity/reference/placeholders.ts'
import { ACCOUNT_HOSTS, NOREPLY_LOCAL_PARTS, RELAY_HOSTS } from '../../../core/identity/reference/relay.ts'
import {
  GROUP_ENDINGS,
  LIST_HOST_LABELS,
  PURPOSE_LOCAL_PARTS,
  ROLE_LOCAL_PARTS,
} from '../../../core/identity/reference/role-local-parts.ts'
import {
  ENVIRONMENT_TYPE_WORDS,
  ENVIRONMENT_WORDS,
  GENERIC_WORKSPACE_NAMES,
  PROD_ENVIRONMENT_WORDS,
  TEAM_WORDS,
} from '../../../core/identity/reference/workspace-words.ts'
import { hostOf } from '../../../core/lib/domain.ts'
import { sha256Hex } from '../../../core/lib/hash.ts'

/** A change of a list changes who is joined: the hash is renewed here, the day of review in the list. */
const HASHES = {
  'account-hosts': 'ff624d75e5f9df22',
  'address-words': 'ad51f0bf238b07a5',
  disposable: '52dda321cc8bbd85',
  'dots-ignored': '53eaa62607fa3e48',
  'dummy-words': 'f1ff16de6fc21e96',
  'environment-type-words': '6fc31a1b84292a8d',
  'environment-words': '686f5b13e6955ec3',
  'free-mail': '8fb2b2983083d18c',
  'generic-person-names': 'afafc91125e50b58',
  'generic-workspace-names': 'a9cab1b1de17909d',
  'group-endings': 'e0cf6730f192e552',
  'group-name-endings': '085998b6f4118c9a',
  honorifics: 'bcb50ef77c4b9125',
  'latin-letters': '0abb1bb9152321ef',
  'leading-legal-forms': 'eec983be273da6e6',
  'legal-forms': 'ad20b097a81d8d92',
  'list-host-labels': 'd2e0b6f0112d3f93',
  'multi-tenant': 'bac3ed031cbaa87f',
  'name-suffixes': '635deb79c162eb6c',
  nicknames: 'f633fec2008f081c',
  noreply: 'e090a55d1014eb6c',
  particles: 'a5c933155af10c64',
  placeholders: '6833c046f073ae7a',
  'prod-environment-words': '8c562a5337d82d88',
  'purpose-local-parts': '4a98a8e002ec70ea',
  relay: '0e143ae29a1bc2e6',
  'role-local-parts': 'a8b7dcd106264bcb',
  'tags-ignored': 'e40fa6605253185b',
  'team-words': '1a2ab94768c1993c',
  'weak-address-words': 'acb5a0ebb9dd7b92',
  'weak-company-words': 'bc7198be5457ff42',
} as const

const LISTS = [
  FREE_MAIL,
  DISPOSABLE,
  RELAY_HOSTS,
  ACCOUNT_HOSTS,
  NOREPLY_LOCAL_PARTS,
  MULTI_TENANT,
  ROLE_LOCAL_PARTS,
  GROUP_ENDINGS,
  LIST_HOST_LABELS,
  PURPOSE_LOCAL_PARTS,
  DOTS_IGNORED,
  TAGS_IGNORED,
  PLACEHOLDERS,
  DUMMY_WORDS,
  NICKNAMES,
  LATIN_LETTERS,
  LEGAL_FORMS,
  LEADING_FORMS,
  WEAK_COMPANY_WORDS,
  HONORIFICS,
  NAME_SUFFIXES,
  PARTICLES,
  GENERIC_PERSON_NAMES,
  GROUP_NAME_ENDINGS,
  GENERIC_WORKSPACE_NAMES,
  ENVIRONMENT_WORDS,
  PROD_ENVIRONMENT_WORDS,
  ENVIRONMENT_TYPE_WORDS,
  TEAM_WORDS,
  ADDRESS_WORDS,
  WEAK_ADDRESS_WORDS,
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

test.each([FREE_MAIL, DISPOSABLE, RELAY_HOSTS, ACCOUNT_HOSTS, TAGS_IGNORED])(
  '$name holds hosts in their normal form',
  ({ values }) => {
    expect(values.filter(value => hostOf(value) !== value)).toEqual([])
  },
)

test('hosts of accounts are relay hosts', () => {
  expect(ACCOUNT_HOSTS.values.filter(host => !RELAY_HOSTS.values.includes(host))).toEqual([])
})

test.each([ROLE_LOCAL_PARTS, NOREPLY_LOCAL_PARTS, DUMMY_WORDS])(
  '$name holds words without separators',
  ({ values }) => {
    expect(values.filter(value => /[.\-_+@]/.test(value))).toEqual([])
  },
)

test('Latin letters: each letter of another script once, with what it is', () => {
  const letters = LATIN_LETTERS.values.map(entry => entry.split(':'))
  expect(
    letters.filter(
      ([letter, latin]) => !/^[\p{sc=Cyrl}\p{sc=Grek}]$/u.test(letter ?? '') || !/^[a-z]*$/.test(latin ?? ''),
    ),
  ).toEqual([])
  expect(new Set(letters.map(([letter]) => letter)).size).toBe(letters.length)
})

test('nicknames are folded words: a formal name and one short form or more', () => {
  expect(NICKNAMES.values.filter(entry => !/^[a-z]+:[a-z]+(,[a-z]+)*$/.test(entry))).toEqual([])
})

test('spellings of address words lead to one form, which is no spelling of another', () => {
  const pairs = ADDRESS_WORDS.values.map(entry => entry.split(':') as [string, string])
  const forms = new Map(pairs)
  expect(pairs.filter(([, form]) => forms.has(form) && forms.get(form) !== form)).toEqual([])
})
