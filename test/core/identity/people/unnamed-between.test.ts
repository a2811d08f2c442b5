import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emailReader, explainedPair } from '../../../../core/identity/index.ts'
import { joinUsers } from '../../../../core/identity/people/join-users.ts'
import { type WeighedUsers, weighSteps } from '../../../../core/identity/people/weigh-users.ts'
import { AUTO_STEPS, HELD_STEPS } from '../../../../core/identity/weigh/pair-scorer.ts'
import { finish } from '../../../../core/lib/steps.ts'
import type { IdentityDecision } from '../../../../core/schema/identity.ts'
import { CROWD } from '../records/people-crowd.ts'
import { tables } from '../rows.ts'

type User = readonly [name: string | null, email: string | null, contact?: string | null, subject?: string]

const ANNA: User = ['Anna Quarkstein', 'anna@a.org', 'c1']
const BORIS: User = ['Boris Nebelung', 'boris@b.org', 'c2', 's2']

function weighed(users: readonly User[]): WeighedUsers {
  const rows = users.map(([name, primary_email, contact_id = null, subject = null], i) => ({
    user_id: `a${i}`,
    name,
    primary_email,
    contact_id,
    sso_provider: subject === null ? null : 'okta',
    sso_subject: subject,
  }))
  const others = CROWD.slice(0, 60).map(([name, email], i) => ({ user_id: `c${i}`, name, primary_email: email }))
  const ground = { decisions: [], read: emailReader(), weights: new Map() }
  return finish(weighSteps(tables({ users: [...rows, ...others] }).users, ground))
}

function joined(users: readonly User[], decisions: readonly IdentityDecision[] = [], autoSteps = AUTO_STEPS): string[] {
  const own = weighed(users)
  const { persons } = joinUsers(own, own.ids, { decisions, autoSteps })
  return persons.map(({ userIds }) => userIds.join(' ')).filter(ids => ids.includes(' '))
}

const placeOf = (id: string): number => Number(id.slice(1))

/** Other given names: not equal, and none of them the initial of the other. */
function areOtherNames(users: readonly User[], a: string, b: string): boolean {
  const [one, other] = [a, b].map(id => users[placeOf(id)]?.[0]?.split(' ')[0]?.replace('.', '') ?? '') as [
    string,
    string,
  ]
  return !one.startsWith(other) && !other.startsWith(one)
}

/** Are two one over pairs of records with names alone? */
function byNamedPairs(users: readonly User[]): (a: string, b: string) => boolean {
  const { ids, edges } = weighed(users)
  const setOf = new Map(ids.map(id => [id, id]))
  const isNamed = (id: string): boolean => !id.startsWith('a') || users[placeOf(id)]?.[0] != null
  edges.steps.forEach((steps, edge) => {
    const [a, b] = [ids[edges.a[edge] ?? 0] ?? '', ids[edges.b[edge] ?? 0] ?? '']
    const [from, to] = [setOf.get(a), setOf.get(b)]
    if (steps < AUTO_STEPS || from === undefined || to === undefined || !isNamed(a) || !isNamed(b)) return
    for (const [id, own] of setOf) if (own === from) setOf.set(id, to)
  })
  return (a, b) => setOf.get(a) === setOf.get(b)
}

describe('a record without a full name between two people', () => {
  test.each<{ why: string; users: User[]; auto: string[] }>([
    {
      why: 'of one mailbox with the one, of one contact with the other',
      users: [ANNA, BORIS, [null, 'anna@a.org', 'c2']],
      auto: [],
    },
    {
      why: 'of one mailbox with both',
      users: [
        ['Anna Quarkstein', 'home@a.org'],
        ['Boris Nebelung', 'home@a.org'],
        [null, 'home@a.org'],
      ],
      auto: [],
    },
    {
      why: 'two of them in a row',
      users: [ANNA, BORIS, [null, 'anna@a.org', 'c9'], [null, 'x@x.org', 'c9', 's2']],
      auto: ['a2 a3'],
    },
    { why: 'a given name alone is none', users: [ANNA, BORIS, ['Anna', 'anna@a.org', 'c2']], auto: [] },
    {
      why: 'two people of one name are not two by it',
      users: [ANNA, ['Anna Quarkstein', 'other@b.org', 'c2'], [null, 'anna@a.org', 'c2']],
      auto: ['a0 a1 a2'],
    },
    {
      why: 'nor of one given name, who may have married',
      users: [ANNA, ['Anna Nebelung', 'other@b.org', 'c2'], [null, 'anna@a.org', 'c2']],
      auto: ['a0 a1 a2'],
    },
    {
      why: 'an initial may be either name',
      users: [ANNA, ['A. Quarkstein', 'other@b.org', 'c2'], [null, 'anna@a.org', 'c2']],
      auto: ['a0 a1 a2'],
    },
    {
      why: 'records with full names stay joined beside it',
      users: [ANNA, ['Anna Quarkstein', 'anna@a.org'], BORIS, [null, 'anna@a.org', 'c2']],
      auto: ['a0 a1'],
    },
    {
      why: 'an initial beside the name does not hide it',
      users: [
        ['Anna Quarkstein', 'anna@a.org', 'c2'],
        ['A. Quarkstein', 'anna@a.org', 'c2'],
        ['Alice Quarkstein', 'alice@b.org', 'c3'],
        [null, 'alice@b.org', 'c2'],
      ],
      auto: ['a0 a1'],
    },
    {
      why: 'nor where it comes first',
      users: [
        ['A. Quarkstein', 'anna@a.org', 'c2'],
        ['Anna Quarkstein', 'anna@a.org', 'c2'],
        ['Alice Quarkstein', 'alice@b.org', 'c3'],
        [null, 'alice@b.org', 'c2'],
      ],
      auto: ['a0 a1'],
    },
    {
      why: 'nor where the name itself shares nothing with it',
      users: [
        ['Anna Quarkstein', 'anna@a.org', 'c1'],
        ['A. Quarkstein', 'anna@a.org', 'c2'],
        ['Alice Nebelung', 'alice@b.org', 'c3'],
        [null, 'alice@b.org', 'c2'],
      ],
      auto: ['a0 a1'],
    },
    {
      why: 'two of them, one after the other over an initial',
      users: [
        ['Anna Quarkstein', 'anna@a.org', 'c1'],
        ['A. Quarkstein', 'either@c.org', 'c2'],
        ['Alice Quarkstein', 'alice@b.org', 'c3'],
        [null, 'anna@a.org', 'c2'],
        [null, 'either@c.org', 'c3'],
      ],
      auto: [],
    },
    { why: 'of one person alone it is', users: [ANNA, BORIS, [null, 'anna@a.org', 'c1']], auto: ['a0 a2'] },
  ])('$why', ({ users, auto }) => {
    expect(joined(users)).toEqual(auto)
  })

  test('it is for review with both, and says so; the bars add up', () => {
    const { edges, details } = weighed([ANNA, BORIS, [null, 'anna@a.org', 'c2']])
    for (const named of [0, 1]) {
      const { steps, bars } = explainedPair(details().scorer, edges, named, 2)
      expect(steps).toBe(HELD_STEPS)
      expect(bars.at(-1)).toMatchObject({ comparison: 'held', level: expect.stringContaining('other given names') })
      expect(bars.reduce((sum, bar) => sum + bar.steps, 0)).toBe(steps)
    }
    expect(edges.steps.filter(steps => steps === HELD_STEPS)).toHaveLength(2)
  })

  const user = (key: string) => ({ object: 'user', key }) as const
  const said = (type: 'must_link' | 'cannot_link', a: string, b: string): IdentityDecision => ({
    id: `${type} ${a} ${b}`,
    type,
    a: user(a),
    b: user(b),
  })
  const one = (a: string, b: string): IdentityDecision => said('must_link', a, b)
  const two = (a: string, b: string): IdentityDecision => said('cannot_link', a, b)

  test('an answer joins it with the one, and leaves the other apart', () => {
    const users = [ANNA, BORIS, [null, 'anna@a.org', 'c2']] as const
    expect(joined(users, [one('a1', 'a2')])).toEqual(['a1 a2'])
  })

  test.each<{ why: string; users: User[]; answers: IdentityDecision[]; auto: string[] }>([
    {
      why: 'people whom an answer made one leave nothing to ask',
      users: [ANNA, BORIS, [null, 'anna@a.org', 'c2']],
      answers: [one('a0', 'a1')],
      auto: ['a0 a1 a2'],
    },
    {
      why: 'so do those who are one over other answers',
      users: [ANNA, BORIS, [null, 'anna@a.org', 'c2'], ['Quokka Zwirn', 'zwirn@z.org']],
      answers: [one('a0', 'a3'), one('a3', 'a1')],
      auto: ['a0 a1 a2 a3'],
    },
    {
      why: 'an answer about one record of each is about both people',
      users: [
        ['Anna Quarkstein', 'anna@a.org', null],
        ['Anna Quarkstein', 'anna@a.org', 'c1'],
        BORIS,
        [null, 'anna@a.org', 'c2'],
      ],
      answers: [one('a1', 'a2')],
      auto: ['a0 a1 a2 a3'],
    },
    {
      why: 'a third person of another name still leaves something to ask',
      users: [ANNA, BORIS, [null, 'anna@a.org', 'c2', 's9'], ['Quokka Zwirn', 'zwirn@z.org', null, 's9']],
      answers: [one('a0', 'a1')],
      auto: ['a0 a1'],
    },
    {
      why: 'of two, one after the other, one alone is free',
      users: [
        ['Anna Quarkstein', 'anna@a.org', 'c1'],
        ['A. Quarkstein', 'either@c.org', 'c2'],
        ['Alice Quarkstein', 'alice@b.org', 'c3'],
        [null, 'anna@a.org', 'c2'],
        [null, 'either@c.org', 'c3'],
      ],
      answers: [one('a0', 'a1')],
      auto: ['a0 a1 a3'],
    },
    {
      why: 'once it is said which of them it is not, it is the other',
      users: [ANNA, BORIS, [null, 'anna@a.org', 'c2']],
      answers: [two('a0', 'a2')],
      auto: ['a1 a2'],
    },
    {
      why: 'and the one it is not, by any record of that person',
      users: [ANNA, BORIS, [null, 'anna@a.org', 'c2'], ['Anna Quarkstein', 'anna@a.org']],
      answers: [two('a2', 'a3')],
      auto: ['a0 a3', 'a1 a2'],
    },
    {
      why: 'not as long as two others are left',
      users: [
        ['Anna Quarkstein', 'anna@a.org', 'c1', 's1'],
        ['Boris Nebelung', 'boris@b.org', 'c2'],
        ['Quokka Zwirn', 'zwirn@z.org', 'c9'],
        [null, 'anna@a.org', 'c2'],
        [null, 'zwirn@z.org', 'c2'],
      ],
      answers: [two('a0', 'a3')],
      auto: ['a3 a4'],
    },
    {
      why: 'that the two people are two says nothing of whose it is',
      users: [ANNA, BORIS, [null, 'anna@a.org', 'c2']],
      answers: [two('a0', 'a1')],
      auto: [],
    },
    {
      why: 'who else is one does not matter',
      users: [ANNA, BORIS, [null, 'anna@a.org', 'c2'], ['Quokka Zwirn', 'zwirn@z.org']],
      answers: [one('a0', 'a3')],
      auto: ['a0 a3'],
    },
  ])('$why', ({ users, answers, auto }) => {
    expect(joined(users, answers)).toEqual(auto)
  })

  test('what an answer freed has its own bits, and evidence alone keeps what it had', () => {
    const own = weighed([ANNA, BORIS, [null, 'anna@a.org', 'c2']])
    const { edges, given, details } = joinUsers(own, own.ids, { decisions: [one('a0', 'a1')], autoSteps: AUTO_STEPS })
    expect(edges).toBe(own.edges)
    expect(given.steps.filter(steps => steps === HELD_STEPS)).toHaveLength(0)
    for (const named of [0, 1])
      expect(explainedPair(details().scorer, given, named, 2)).toEqual(details().scorer.explain(named, 2))
    expect(joinUsers(own, own.ids, { decisions: [], autoSteps: AUTO_STEPS }).given).toBe(own.edges)
  })

  test('whatever records without names share, no two people of unlike names are one', () => {
    const value = (letter: string) => fc.option(fc.constantFrom(...[1, 2, 3, 4].map(n => `${letter}${n}`)))
    const unnamed = fc.tuple(fc.constant(null), value('m'), value('c'))
    const name = fc.constantFrom('Anna Quarkstein', 'A. Quarkstein', 'Alice Quarkstein', 'Boris Nebelung')
    const named = fc.tuple(name, value('m'), value('c'))
    fc.assert(
      fc.property(fc.array(named, { maxLength: 4 }), fc.array(unnamed, { maxLength: 5 }), (people, others) => {
        const users = [...people, ...others].map(
          ([name, mailbox, contact]): User => [name, mailbox === null ? null : `${mailbox}@a.org`, contact],
        )
        const isOneWithout = byNamedPairs(users)
        for (const ids of joined(users)) {
          const named = ids.split(' ').filter(id => users[placeOf(id)]?.[0] != null)
          const pairs = named.flatMap(a => named.map(b => [a, b] as const))
          const wrong = pairs.filter(([a, b]) => !isOneWithout(a, b) && areOtherNames(users, a, b))
          expect(wrong).toEqual([])
        }
      }),
      { numRuns: 40 },
    )
  })
})
