import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PersonColumns, personColumns } from '../../../../core/identity/columns/person-columns.ts'
import type { Texts } from '../../../../core/identity/columns/text-table.ts'
import { emailComparison } from '../../../../core/identity/compare/email-comparison.ts'
import { type EmailTables, handleTables, mailboxTables } from '../../../../core/identity/compare/email-tables.ts'
import { handleCounts } from '../../../../core/identity/compare/handle-counts.ts'
import { sharedMailboxes } from '../../../../core/identity/compare/shared-mailboxes.ts'
import { spelledNames } from '../../../../core/identity/compare/spelled-names.ts'
import { PERSON_WEIGHTS } from '../../../../core/identity/weigh/person-weights.ts'

type Person = readonly [name: string, email: string]

const NOTHING_ELSE = {
  firstName: null,
  lastName: null,
  dateOfBirth: null,
  phone: null,
  address: [],
  postcode: null,
  city: null,
}

function columnsOf(people: readonly Person[]): PersonColumns {
  return personColumns(people.length, i => {
    const [fullName = '', email = ''] = people[i] ?? []
    return { ...NOTHING_ELSE, fullName: fullName || null, emails: email === '' ? [] : [email] }
  })
}

/** As if nobody shared a mailbox. */
function tablesOf(columns: PersonColumns): EmailTables {
  const shared = new Uint8Array(columns.emails.canonicals.size())
  return { handles: handleTables(columns), mailboxes: { ...mailboxTables(columns, () => false), shared } }
}

function levelOf(people: readonly [Person, Person, ...Person[]]): string {
  const columns = columnsOf(people)
  const tables = tablesOf(columns)
  const { compare, levels } = emailComparison(columns, { weights: PERSON_WEIGHTS, unknownOthers: 0.1, tables })
  return levels[compare(0, 1) >>> 12] ?? ''
}

const codeIn = (texts: Texts, text: string): number =>
  Array.from({ length: texts.size() }, (_, code) => code).find(code => texts.text(code) === text) ?? 0

describe('levels of addresses and handles', () => {
  type Case = { why: string; people: [Person, Person, ...Person[]]; level: string }
  test.each<Case>([
    {
      why: 'one account, with its number and without',
      people: [
        ['Zoltan Quark', '77+zq7@users.noreply.github.com'],
        ['quarkster', 'zq7@users.noreply.github.com'],
      ],
      level: 'one account of a code host',
    },
    {
      why: 'two accounts of one host',
      people: [
        ['Zoltan Quark', '77+zq7@users.noreply.github.com'],
        ['Zoltan Quark', '78+zq8@users.noreply.github.com'],
      ],
      level: 'different',
    },
    {
      why: 'nobody has the account noreply',
      people: [
        ['Zoltan Quark', 'noreply@users.noreply.github.com'],
        ['Peter Mill', 'noreply@users.noreply.github.com'],
      ],
      level: 'nothing',
    },
    {
      why: 'a relay that is no code host has no accounts',
      people: [
        ['Zoltan Quark', 'x7f9@privaterelay.appleid.com'],
        ['Zoltan Quark', 'x7f9@privaterelay.appleid.com'],
      ],
      level: 'nothing',
    },
    {
      why: 'both names with a number',
      people: [
        ['zqx', 'zoltanquark77@b.net'],
        ['Zoltan Quark', 'zq@a.org'],
      ],
      level: 'handle spells the other name',
    },
    {
      why: 'the given name with an initial and a number',
      people: [
        ['zqx', 'zoltanq7@b.net'],
        ['Zoltan Quark', 'zq@a.org'],
      ],
      level: 'handle spells a part of the other name',
    },
    {
      why: 'a number before the name is another handle',
      people: [
        ['zqx', '7zoltanquark@b.net'],
        ['Zoltan Quark', 'zq@a.org'],
      ],
      level: 'different',
    },
    {
      why: 'who has a full name needs none that others spell',
      people: [
        ['Ida Sand', 'zoltanquark77@b.net'],
        ['Zoltan Quark', 'zq@a.org'],
      ],
      level: 'different',
    },
    {
      why: 'a handle with a number is not made of the shared name alone',
      people: [
        ['Zoltan Quark', 'zquark77@a.org'],
        ['Zoltan Quark', 'zquark77@b.net'],
      ],
      level: 'same handle',
    },
    {
      why: 'the beginnings of both names are made of the shared name',
      people: [
        ['Zoltan Quark', 'zoltan.qua@a.org'],
        ['Zoltan Quark', 'zoltan.qua@b.net'],
      ],
      level: 'handle made of the shared name',
    },
    {
      why: 'the beginnings of both names, the last one first',
      people: [
        ['Zoltan Quark', 'quazo@a.org'],
        ['Zoltan Quark', 'quazo@b.net'],
      ],
      level: 'handle made of the shared name',
    },
    {
      why: 'an umlaut is written with an e in an address',
      people: [
        ['Zoltan Rösler', 'zoltan.roesler@a.org'],
        ['Zoltan Rösler', 'zoltan.roesler@b.net'],
      ],
      level: 'handle made of the shared name',
    },
    {
      why: 'letters beside those of the names are a handle of its own',
      people: [
        ['Zoltan Quark', 'zoltan.qux@a.org'],
        ['Zoltan Quark', 'zoltan.qux@b.net'],
      ],
      level: 'same handle',
    },
    {
      why: 'a given name at two hosts, and another person has it too',
      people: [
        ['zoltan', 'zoltan@a.org'],
        ['zoltan', 'zoltan@b.net'],
        ['Zoltan Quark', 'zq@c.org'],
        ['Zoltan Mill', 'zm@d.org'],
      ],
      level: 'different',
    },
    {
      why: 'a given name at two hosts that only one person has, in several records',
      people: [
        ['zoltan', 'zoltan@a.org'],
        ['zoltan', 'zoltan@b.net'],
        ['Zoltan Quark', 'zq@c.org'],
        ['Zoltan Quark', 'zq@d.org'],
      ],
      level: 'same handle',
    },
  ])('$why: $level', ({ people, level }) => {
    expect(levelOf(people)).toBe(level)
  })
})

describe('accounts of code hosts', () => {
  const compared = (people: readonly [Person, Person]) => {
    const columns = columnsOf(people)
    const tables = tablesOf(columns)
    const comparison = emailComparison(columns, { weights: PERSON_WEIGHTS, unknownOthers: 0.1, tables })
    return { comparison, level: comparison.compare(0, 1) >>> 12 }
  }

  test('whatever number stands before the handle, and whatever the case, it is one account and no identifier', () => {
    const numbers = fc.option(fc.integer({ min: 1, max: 99_999_999 }), { nil: null })
    const address = (number: number | null, handle: string): string =>
      `${number === null ? '' : `${number}+`}${handle}@users.noreply.github.com`
    fc.assert(
      fc.property(fc.stringMatching(/^q[a-z0-9]{2,12}z$/), numbers, numbers, (handle, left, right) => {
        const { comparison, level } = compared([
          ['Zoltan Quark', address(left, handle)],
          ['Ida Sand', address(right, handle.toUpperCase())],
        ])
        expect(comparison.levels[level]).toBe('one account of a code host')
        expect((comparison.identifiers >>> level) & 1).toBe(0)
      }),
    )
  })
})

describe('people per handle', () => {
  const countOf = (people: readonly Person[], handle: string, isTelling: boolean): number => {
    const columns = columnsOf(people)
    const telling = new Uint8Array(columns.emails.handles.size()).fill(isTelling ? 1 : 0)
    return handleCounts(columns, telling)[codeIn(columns.emails.handles, handle)] ?? 0
  }
  const hosts = ['a.org', 'b.net', 'c.org', 'd.org', 'e.org']

  test('records of one full name are one person, in any number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.boolean(), (records, isTelling) => {
        const people = hosts.slice(0, records).map((host): Person => ['Zoltan Quark', `quarkster@${host}`])
        expect(countOf(people, 'quarkster', isTelling)).toBe(2)
      }),
    )
  })

  test('every other full name is one more; records without one are one together where the handle is telling', () => {
    const people: Person[] = [
      ['Zoltan Quark', 'quarkster@a.org'],
      ['Peter Mill', 'quarkster@b.net'],
      ['Ida Sand', 'quarkster@c.org'],
      ['', 'quarkster@d.org'],
      ['', 'quarkster@e.org'],
    ]
    expect(countOf(people, 'quarkster', true)).toBe(4)
    expect(countOf(people, 'quarkster', false)).toBe(5)
  })
})

describe('whom a handle would fit', () => {
  const fits = (people: readonly Person[], handle: string) => {
    const columns = columnsOf([...people, ['', `${handle}@x.org`]])
    return spelledNames(columns)(codeIn(columns.emails.handles, handle), columns.name[0] ?? 0)
  }
  const quarks = ['Gustav', 'Gerda', 'Peter', 'Ida'].map((given, i): Person => [`${given} Quark`, `q${i}@a${i}.org`])

  test('both names: nobody else, where nobody else has them', () => {
    expect(fits(quarks, 'gustavquark')).toEqual({ isWhole: true, others: 0 })
  })

  test('an initial and a family name: the others of that family, by the share of the initial', () => {
    expect(fits(quarks, 'gquark7')).toEqual({ isWhole: false, others: (3 * 2) / 5 })
  })

  test('a given name and an initial: the others with that given name, by the share of the initial', () => {
    const gustavs = ['Quark', 'Mill', 'Sand', 'Quist'].map(
      (family, i): Person => [`Gustav ${family}`, `g${i}@a${i}.org`],
    )
    expect(fits(gustavs, 'gustavq')).toEqual({ isWhole: false, others: (3 * 2) / 5 })
  })
})

describe('mailboxes that people share', () => {
  const isShared = (names: readonly string[], isUnlike: boolean): boolean => {
    const crowd = ['Anna Wald', 'Anna Berg', 'Boris Feld', 'Boris Bach', 'Zoltan Quark']
    const columns = columnsOf([
      ...names.map((name): Person => [name, 'crew@a.org']),
      ...crowd.map((name, i): Person => [name, `p${i}@b${i}.org`]),
    ])
    return sharedMailboxes(columns, () => isUnlike)[codeIn(columns.emails.canonicals, 'crew@a.org')] === 1
  }
  type Case = { why: string; names: string[]; shared: boolean }
  test.each<Case>([
    { why: 'three given names that others have too', names: ['Anna', 'Boris', 'Peter'], shared: true },
    { why: 'two given names', names: ['Anna', 'Boris'], shared: false },
    { why: 'a given name, its short form and a beginning of it', names: ['Robert', 'Bob', 'Rob'], shared: false },
    { why: 'handles and words that are nobody’s given name', names: ['xyzzy', 'plugh', 'quarkster'], shared: false },
    { why: 'the parts of one full name', names: ['Anna Boris', 'Anna', 'Boris'], shared: false },
    { why: 'a full name and two given names of others', names: ['Carla Sand', 'Anna', 'Boris'], shared: true },
  ])('$why: shared is $shared', ({ names, shared }) => {
    expect(isShared(names, true)).toBe(shared)
  })
})

test('a tag at one company is worth no less than the handle at another, however rare both are', () => {
  const weightOf = (people: readonly Person[]): number => {
    const columns = columnsOf(people)
    const tables = tablesOf(columns)
    const { compare } = emailComparison(columns, { weights: PERSON_WEIGHTS, unknownOthers: 0.1, tables })
    return (compare(0, 1) & 4095) - 2048
  }
  const others = Array.from({ length: 60 }, (_, i): Person => [`Given${i} Family${i}`, `someone${i}@acme.com`])
  for (const handle of ['zoltan', 'quarkster', 'zq77x']) {
    const own: Person = ['', `${handle}@acme.com`]
    const tagged = weightOf([own, ['', `${handle}+pql@acme.com`], ...others])
    expect(tagged).toBeGreaterThanOrEqual(weightOf([own, ['', `${handle}@other.org`], ...others]))
    expect(tagged).toBeGreaterThan(0)
  }
})
