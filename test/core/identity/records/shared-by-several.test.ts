import { describe, expect, test } from 'vitest'
import { emailReader } from '../../../../core/identity/index.ts'
import { joinUsers } from '../../../../core/identity/people/join-users.ts'
import { weighSteps } from '../../../../core/identity/people/weigh-users.ts'
import { AUTO_STEPS } from '../../../../core/identity/weigh/pair-scorer.ts'
import { finish } from '../../../../core/lib/steps.ts'
import { tables } from '../rows.ts'
import { CROWD, clustersOf, type Person } from './people-crowd.ts'

type Named = readonly [name: string, email: string]
type Case = { why: string; people: readonly Named[]; auto: string[][]; isHome?: true; isDevice?: true }

const all = (count: number): string[][] => [Array.from({ length: count }, (_, i) => String(i).padStart(4, '0'))]
const PHONE = '+49 731 12345'

const CASES: Case[] = [
  {
    why: 'a cut login fits two of a family',
    people: [
      ['Zoltan Quarkstein', 'a1@a.org'],
      ['Zara Quarkstein', 'b1@b.org'],
      ['', 'zquarkst@c.org'],
    ],
    auto: [],
    isHome: true,
    isDevice: true,
  },
  {
    why: 'a cut login joins nobody by itself, however few have the name',
    people: [
      ['Zoltan Quarkstein', 'a1@a.org'],
      ['', 'zquarkst@c.org'],
    ],
    auto: [],
  },
  {
    why: 'a family name alone fits two of a family',
    people: [
      ['Zoltan Nebelung', 'a1@a.org'],
      ['Xenia Nebelung', 'b1@b.org'],
      ['', 'nebelung@c.org'],
    ],
    auto: [],
    isDevice: true,
  },
  {
    why: 'two given names before one family name are not the second of them',
    people: [
      ['', 'anna.maria.wiesen@a.org'],
      ['', 'bob.maria.wiesen@b.org'],
    ],
    auto: [],
    isDevice: true,
  },
  {
    why: 'nor where nobody is known by the first of them',
    people: [
      ['Maria Wiesen', 'm1@a.org'],
      ['', 'xaverl.maria.wiesen@b.org'],
    ],
    auto: [],
  },
  {
    why: 'what stands between the first word and the last may tell two apart',
    people: [
      ['', 'anna.lisa.wiesen@a.org'],
      ['', 'anna.maria.wiesen@b.org'],
    ],
    auto: [],
  },
  {
    why: 'forms of one given name in two scripts are those of a family',
    people: [
      ['Саша Коренберг', 'k1@a.org'],
      ['Александра Коренберг', 'k2@b.org'],
      ['Aleksandr Korenberg', 'k3@c.org'],
    ],
    auto: [],
    isHome: true,
    isDevice: true,
  },
  {
    why: 'so are they in one script',
    people: [
      ['Daniel Quarkstein', 'k1@a.org'],
      ['Daniela Quarkstein', 'k2@b.org'],
    ],
    auto: [],
    isHome: true,
  },
  {
    why: 'an initial fits two of a family',
    people: [
      ['Zoltan Quarkstein', 'k1@a.org'],
      ['Zara Quarkstein', 'k2@b.org'],
      ['Z. Quarkstein', 'k3@c.org'],
    ],
    auto: [],
  },
  {
    why: 'what a household has in common says nobody of it',
    people: [
      ['Zara', 'zara@a.org'],
      ['', 'i.nebelung@b.org'],
    ],
    auto: [],
    isHome: true,
    isDevice: true,
  },
  {
    why: 'one handle of somebody without a name joins no two names',
    people: [
      ['Zoltan Quarkstein', 'qx77zq@a.org'],
      ['Xenia Nebelung', 'qx77zq@b.org'],
      ['', 'qx77zq@c.org'],
    ],
    auto: [],
  },
  {
    why: 'one name in two scripts is one person',
    people: [
      ['Александр Коренберг', 'k1@a.org'],
      ['Aleksandr Korenberg', 'k2@b.org'],
    ],
    auto: all(2),
  },
  {
    why: 'a handle of the whole name is its bearer',
    people: [
      ['Zoltan Quarkstein', 'a1@a.org'],
      ['', 'zoltan.quarkstein@c.org'],
    ],
    auto: all(2),
  },
]

describe('a phone that people share', () => {
  const sharing = (people: readonly Named[], address: string): Person[] =>
    people.map(([name, email]) => [name, email, PHONE, address])

  test.each(CASES)('$why', ({ people, auto }) => {
    expect(clustersOf(sharing(people, ''), 'auto')).toEqual(auto)
    expect(clustersOf(sharing(people, ''), 'review')).toEqual(all(people.length))
  })

  test.each(CASES.filter(({ isHome }) => isHome))('and an address with it: $why', ({ people, auto }) => {
    expect(clustersOf(sharing(people, 'Hauptstr. 1'), 'auto')).toEqual(auto)
  })
})

describe('a device that people share', () => {
  test.each(CASES.filter(({ isDevice }) => isDevice))('$why', ({ people, auto }) => {
    const at = (i: number): string => String(i).padStart(4, '0')
    const users = [
      ...people.map(([name, email], i) => ({ user_id: at(i), name, primary_email: email, device_id: 'dev-xk12345' })),
      ...CROWD.map(([name, email], i) => ({ user_id: at(1000 + i), name, primary_email: email })),
    ]
    const read = emailReader()
    const weighed = finish(weighSteps(tables({ users }).users, { decisions: [], read, weights: new Map() }))
    const { persons } = joinUsers(weighed, weighed.ids, { decisions: [], autoSteps: AUTO_STEPS })
    expect(persons.map(({ userIds }) => userIds).filter(ids => ids.length > 1)).toEqual(auto)
  })
})

describe('what makes sure beside a guess', () => {
  test('one mailbox', () => {
    const people: Person[] = [
      ['Daniel Quarkstein', 'quark@a.org', PHONE],
      ['Dan Quarkstein', 'quark@a.org', PHONE],
    ]
    expect(clustersOf(people, 'auto')).toEqual(all(2))
  })

  test('why says what holds a pair', () => {
    const users = [
      { user_id: 'a', name: 'Zoltan Quarkstein', primary_email: 'a1@a.org', phone: PHONE },
      { user_id: 'b', name: null, primary_email: 'zquarkst@c.org', phone: PHONE },
      ...CROWD.map(([name, email], i) => ({ user_id: `c${i}`, name, primary_email: email, phone: null })),
    ]
    const read = emailReader()
    const { details } = finish(weighSteps(tables({ users }).users, { decisions: [], read, weights: new Map() }))
    const { steps, bars } = details().scorer.explain(0, 1)
    expect(steps).toBe(AUTO_STEPS - 1)
    expect(bars.at(-1)).toMatchObject({
      comparison: 'held',
      level: 'forms of a name and values that may be shared join nobody by themselves',
    })
    expect(bars.reduce((sum, bar) => sum + bar.steps, 0)).toBe(steps)
  })
})
