import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateOrderOf, readDate } from '../../../core/identity/normalise/calendar-date.ts'
import { readCompanyName } from '../../../core/identity/normalise/company-name.ts'
import { foldText } from '../../../core/identity/normalise/fold.ts'
import { type NameKind, readFullName, readNameParts } from '../../../core/identity/normalise/person-name.ts'
import { readPhone } from '../../../core/identity/normalise/phone.ts'
import { readAddress, readPostcode } from '../../../core/identity/normalise/postal-address.ts'

test.each([
  ['José  Ángel', 'jose angel'],
  ['STRAßE', 'strasse'],
  ["O'Brien-Smith", 'obrien smith'],
  ['Łukasz Øster', 'lukasz oster'],
  ['  ', ''],
  ['Иван', 'иван'],
])('%s folds to %s', (text, want) => {
  expect(foldText(text)).toBe(want)
})

describe('names of people', () => {
  type Case = { why: string; text: string | null; kind: NameKind; given?: string; family?: string }
  test.each<Case>([
    { why: 'given and family name', text: 'Jane Roe', kind: 'full', given: 'jane', family: 'roe' },
    { why: 'title and ending are cut', text: 'Dr. Jane Q. Roe PhD', kind: 'full', given: 'jane', family: 'roe' },
    { why: 'the family name first, with a comma', text: 'Roe, Jane', kind: 'full', given: 'jane', family: 'roe' },
    {
      why: 'an ending after a comma is no given name',
      text: 'Jane Roe, Jr.',
      kind: 'full',
      given: 'jane',
      family: 'roe',
    },
    {
      why: 'particles stand before the family name',
      text: 'Ludwig van der Berg',
      kind: 'full',
      given: 'ludwig',
      family: 'berg',
    },
    {
      why: 'brackets and lists are cut',
      text: 'Jane Roe (Acme) via dev-list',
      kind: 'full',
      given: 'jane',
      family: 'roe',
    },
    { why: 'dots part words', text: 'jane.roe', kind: 'full', given: 'jane', family: 'roe' },
    {
      why: 'an address as a name says its local part',
      text: 'jane.roe@acme.com',
      kind: 'full',
      given: 'jane',
      family: 'roe',
    },
    { why: 'Chinese names begin with the family name', text: '王小明', kind: 'full', given: '小明', family: '王' },
    {
      why: 'Cyrillic letters are read as Latin ones',
      text: 'Кваркова Зоя',
      kind: 'full',
      given: 'kvarkova',
      family: 'zoya',
    },
    { why: 'Greek letters too', text: 'Ζωή Κουαρκάκη', kind: 'full', given: 'zoi', family: 'kuarkaki' },
    { why: 'one word may be a first name or a handle', text: 'Lukas', kind: 'bare', given: 'lukas' },
    { why: 'root is nobody', text: 'root', kind: 'generic' },
    { why: 'a team is nobody', text: 'Acme Support Team', kind: 'generic' },
    { why: 'a bot is nobody', text: 'Release Bot', kind: 'generic' },
    { why: 'unknown is nothing', text: 'Unknown', kind: 'none' },
    { why: 'nothing', text: null, kind: 'none' },
  ])('$why', ({ text, kind, given = '', family = '' }) => {
    expect(readFullName(text)).toMatchObject({ kind, given, family })
  })
  test('parts from columns of their own', () => {
    expect(readNameParts('Jane Q.', "O'Neil")).toEqual({ kind: 'full', given: 'jane', family: 'oneil', middle: ['q'] })
    expect(readNameParts(null, 'van der Berg')).toMatchObject({ kind: 'part', given: '', family: 'berg' })
    expect(readNameParts('n/a', '')).toMatchObject({ kind: 'none' })
    expect(readNameParts('Test', 'User')).toMatchObject({ kind: 'generic' })
  })
})

test.each<[string | null, string | null]>([
  ['+49 (0)170 1234321', '701234321'],
  ['0170 / 123 43 21', '701234321'],
  ['170-1234321 ext. 12', '701234321'],
  ['555 0101', '5550101'],
  ['123', null],
  ['0000000000', null],
  ['1234567890', null],
  [null, null],
])('phone %s is %s', (text, want) => {
  expect(readPhone(text)).toBe(want)
})

describe('dates of birth', () => {
  test.each<[string | null, number]>([
    ['1962-12-26', 19621226],
    ['19621226', 19621226],
    ['26.12.1962', 19621226],
    ['12/26/1962', 19621226],
    ['26 Dec 1962', 19621226],
    ['December 26, 1962', 19621226],
    ['1962-12-26T00:00:00Z', 19621226],
    ['1900-01-01', 0],
    ['unknown', 0],
    [null, 0],
  ])('%s is %d', (text, want) => {
    expect(readDate(text)).toBe(want)
  })
  test('a column proves its order; without proof the day comes first', () => {
    expect(readDate('03/04/1980', dateOrderOf(['03/04/1980', '05/25/1981']))).toBe(19800304)
    expect(readDate('03/04/1980', dateOrderOf(['03/04/1980', '25/05/1981']))).toBe(19800403)
    expect(dateOrderOf([])).toBe('dmy')
  })
})

test('addresses: number apart, one spelling per word', () => {
  expect(readAddress(['12 N. Main Street', null])).toEqual({ number: '12', words: ['n', 'main', 'st'] })
  expect(readAddress(['60 W. 55th St.'])).toEqual({ number: '60', words: ['w', '55th', 'st'] })
  expect(readAddress(['n/a', ''])).toEqual({ number: '', words: [] })
  expect([readPostcode('SW1A 1AA'), readPostcode('94107-1234'), readPostcode('n/a'), readPostcode(null)]).toEqual([
    'sw1a1aa',
    '94107',
    '',
    '',
  ])
})

test.each<[string | null, string, string]>([
  ['Acme, Inc.', 'name', 'acme'],
  ['ACME Corporation Ltd', 'name', 'acme'],
  ['Acme Sp. z o.o.', 'name', 'acme'],
  ['Müller & Söhne GmbH & Co. KG', 'name', 'muller and sohne'],
  ['PT Telkom Tbk', 'name', 'telkom'],
  ['Limited', 'name', 'limited'],
  ['The Walt Disney Company', 'name', 'the walt disney'],
  ['My Project', 'generic', ''],
  ["Jane's Workspace", 'generic', ''],
  ['Test 2', 'generic', ''],
  ['-', 'none', ''],
  ['1', 'generic', ''],
  [null, 'none', ''],
])('company %s is %s: %s', (text, kind, words) => {
  const found = readCompanyName(text)
  expect([found.kind, found.words.join(' ')]).toEqual([kind, words])
})

describe('what is plain is read the short way, to the same end', () => {
  const word = fc.oneof(
    fc.constantFrom('Dr', 'Jane', 'Doe', 'root', 'Team', 'via', 'from', 'van', 'PhD', 'null', 'na', 'Admin', 'Bot'),
    fc.string({ unit: fc.constantFrom(...'abyzABYZ'), minLength: 1, maxLength: 5 }),
  )

  test('names of two words', () => {
    fc.assert(
      fc.property(word, word, (first, second) => {
        expect(readFullName(`${first} ${second}`)).toEqual(readFullName(`${first}  ${second}`))
      }),
    )
  })

  test('phone numbers of digits alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 18 }), digits => {
        expect(readPhone(digits)).toBe(readPhone(`${digits}-`))
      }),
    )
  })
})
