import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormerPerson } from '#schema/identity'
import type { Person } from '#schema/unit'
import {
  type EarlierPersons,
  endedPersons,
  type PersonList,
  withLastingPersonIds,
} from '../../../../core/identity/entities/lasting-persons.ts'

/** Persons named by their smallest user. */
function natural(groups: readonly (readonly string[])[]): PersonList {
  const persons = groups
    .map(group => [...group].sort())
    .map(userIds => ({ id: userIds[0] ?? '', userIds }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return { persons, personOfUser: new Map(persons.flatMap(({ userIds }, i) => userIds.map(id => [id, i] as const))) }
}

type World = Readonly<{ list: PersonList; former: ReadonlyMap<string, FormerPerson> }>
const NOBODY: World = { list: natural([]), former: new Map() }

/** One run after another, as a project keeps them. */
function next({ list, former }: World, groups: readonly (readonly string[])[]): World {
  const earlier: EarlierPersons = { persons: () => list.persons, former: [...former.values()] }
  const now = withLastingPersonIds(natural(groups), earlier)
  const alive = new Set(now.persons.map(({ id }) => id))
  const ended = endedPersons(list.persons, { ...now, alive })
  const kept = [...former.values(), ...ended].filter(({ id }) => !alive.has(id))
  return { list: now, former: new Map(kept.map(one => [one.id, one])) }
}

/** `a1 a2 | b1` */
const groupsOf = (text: string): string[][] =>
  text
    .split('|')
    .map(group => group.trim().split(/\s+/))
    .filter(([first]) => first !== '')
const shown = ({ list }: World): string =>
  list.persons.map(({ id, userIds }) => `${id}: ${userIds.join(' ')}`).join(' | ')

const CASES = [
  { why: 'a first run names everybody by the smallest user', runs: ['a2 a1 | b'], is: 'a1: a1 a2 | b: b' },
  { why: 'a smaller user that joins does not rename', runs: ['a1 a2', 'a0 a1 a2'], is: 'a1: a0 a1 a2' },
  {
    why: 'a smaller new user that joins one other does not rename either',
    runs: ['b | c', 'a b | c'],
    is: 'b: a b | c: c',
  },
  { why: 'two of equal size: the smaller id goes on', runs: ['a | b', 'a b'], is: 'a: a b' },
  { why: 'the larger of two goes on', runs: ['a | b c', 'a b c'], is: 'b: a b c' },
  { why: 'the larger part of a split goes on', runs: ['a b c', 'a | b c'], is: 'a: b c | a~2: a' },
  { why: 'of equal parts the one with the user named so goes on', runs: ['a b', 'a | b'], is: 'a: a | b: b' },
  { why: 'a user whose row is gone leaves its name', runs: ['a b', 'b'], is: 'a: b' },
  { why: 'one that comes back apart gets another name', runs: ['a b', 'b', 'a | b'], is: 'a: b | a~2: a' },
  { why: 'one that comes back joined finds its name', runs: ['a b', 'b', 'a b'], is: 'a: a b' },
  {
    why: 'a merge that is taken back gives both ids back',
    runs: ['a x | b c d', 'a x b c d', 'a x | b c d'],
    is: 'a: a x | b: b c d',
  },
  {
    why: 'an id of no user comes back with its users',
    runs: ['b c', 'b c a | x y z', 'a b c x y z w', 'a b c | x y z', 'a b c | x y z w'],
    is: 'b: a b c | x: w x y z',
  },
  { why: 'a split that is taken back leaves one', runs: ['a b c', 'a | b c', 'a b c'], is: 'a: a b c' },
  {
    why: 'a numbered name is not that of a user',
    runs: ['a b c | a~2', 'a | b c | a~2'],
    is: 'a: b c | a~2: a~2 | a~3: a',
  },
  {
    why: 'the same persons again have the same ids, whatever ended before',
    runs: ['a b e', 'a f | b e', 'a b', 'a', 'a'],
    is: 'a: a',
  },
  {
    why: 'one that was merged and is apart again has its own id, not an older one',
    runs: [
      'a b c d e f | a~2 g',
      'a a~2 d e g | b f | c',
      'b | c d f',
      'a b c d e f g | a~2',
      'a a~2 b c d e f g',
      'a b c d e f g | a~2',
    ],
    is: 'a~2: a~2 | c: a b c d e f g',
  },
  { why: 'what exchanges users keeps most', runs: ['a b c | x y z', 'a b x | c y z'], is: 'a: a b x | x: c y z' },
]

describe('ids over runs', () => {
  test.each(CASES)('$why', ({ runs, is }) => {
    expect(shown(runs.map(groupsOf).reduce(next, NOBODY))).toBe(is)
  })

  test('what ended says where its users are, most first, and whom it had', () => {
    const { former } = ['a1 a2 a3 | b | c', 'a1 | a2 a3 b', 'a1 a2 a3 b'].map(groupsOf).reduce(next, NOBODY)
    expect([...former.values()]).toEqual([
      { id: 'b', heirs: ['a1'], userIds: [] },
      { id: 'c', heirs: [], userIds: [] },
      { id: 'a1~2', heirs: ['a1'], userIds: ['a1'] },
    ])
  })

  test('the list itself comes back where nothing changes', () => {
    const list = natural(groupsOf('a b | c'))
    expect(withLastingPersonIds(list, { persons: () => list.persons, former: [] })).toBe(list)
  })
})

const USERS = ['a', 'a~2', 'b', 'c', 'd', 'e', 'f', 'g']
/** Some of the users, put together at random. */
const groups = fc.array(fc.nat(4), { minLength: USERS.length, maxLength: USERS.length }).map(places => [
  ...Map.groupBy(
    USERS.filter((_, i) => places[i] !== 4),
    user => places[USERS.indexOf(user)],
  ).values(),
])

const shared = (a: Pick<Person, 'userIds'>, b: Person): number => a.userIds.filter(id => b.userIds.includes(id)).length

describe('laws', () => {
  test('every user is in one person, no id is given twice, and persons are in the order of their ids', () => {
    fc.assert(
      fc.property(fc.array(groups, { maxLength: 6 }), runs => {
        let world = NOBODY
        for (const run of runs) {
          world = next(world, run)
          const { persons, personOfUser } = world.list
          const ids = persons.map(({ id }) => id)
          expect(new Set(ids).size).toBe(ids.length)
          expect(ids).toEqual(ids.toSorted())
          expect([...personOfUser.keys()].sort()).toEqual(run.flat().sort())
          for (const [user, i] of personOfUser) expect(persons[i]?.userIds).toContain(user)
          for (const id of world.former.keys()) expect(ids).not.toContain(id)
        }
      }),
    )
  })

  test('no id and person would both rather have each other', () => {
    fc.assert(
      fc.property(fc.array(groups, { minLength: 1, maxLength: 4 }), groups, (runs, last) => {
        const before = runs.reduce(next, NOBODY)
        const { persons } = next(before, last).list
        const old = new Map(before.list.persons.map(person => [person.id, person]))
        const worth = (id: string, person: Person): number => {
          const own = old.get(id) ?? before.former.get(id)
          if (own === undefined) return 0
          return shared(own.userIds.length > 0 ? own : { userIds: [id] }, person)
        }
        for (const [id, own] of old)
          for (const person of persons) {
            const heir = persons.find(one => one.id === id)
            const got = heir === undefined ? 0 : shared(own, heir)
            expect(shared(own, person) > got && shared(own, person) > worth(person.id, person)).toBe(false)
          }
      }),
    )
  })

  test('the same persons again keep their ids, and what was taken back has the ids it had', () => {
    fc.assert(
      fc.property(fc.array(groups, { minLength: 1, maxLength: 8 }), runs => {
        const before = runs.reduce(next, NOBODY)
        const own = before.list.persons.map(({ userIds }) => userIds)
        expect(shown(next(before, own))).toBe(shown(before))
        const [first = [], second = [], ...others] = own
        const merged = next(
          before,
          [[...first, ...second], ...others].filter(group => group.length > 0),
        )
        expect(shown(next(merged, own))).toBe(shown(before))
      }),
    )
  })
})
