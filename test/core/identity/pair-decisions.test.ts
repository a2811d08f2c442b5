import { expect, test } from 'vitest'
import { lastPerPair } from '../../../core/identity/pair-decisions.ts'
import type { IdentityDecision } from '../../../core/schema/identity.ts'

const user = (key: string) => ({ object: 'user', key }) as const
const said = (id: string, type: 'must_link' | 'cannot_link', a: string, b: string): IdentityDecision => ({
  id,
  type,
  a: user(a),
  b: user(b),
})
/** Persons a1, a2 and b1, b2 are two, as somebody said of a1 and b1. */
const PERSONS = ['a1 b1', 'a1 b2', 'a2 b1', 'a2 b2'].map((pair): IdentityDecision => {
  const [a = '', b = ''] = pair.split(' ')
  const own = { id: '1', type: 'cannot_link', a: user(a), b: user(b) } as const
  return pair === 'a1 b1' ? own : { ...own, answered: { a: user('a1'), b: user('b1') } }
})
const apart = (log: readonly IdentityDecision[]): string[] =>
  lastPerPair(log).flatMap(one => (one.type === 'cannot_link' && one.id === '1' ? [`${one.a.key} ${one.b.key}`] : []))

test.each<[string, readonly IdentityDecision[], readonly string[]]>([
  ['holds for all records', [], ['a1 b1', 'a1 b2', 'a2 b1', 'a2 b2']],
  ['ends as a whole once its own pair is answered anew', [said('2', 'must_link', 'b1', 'a1')], []],
  ['gives way to the same answer given again', [said('2', 'cannot_link', 'b1', 'a1')], []],
  ['lets a record go that was taken out', [said('2', 'cannot_link', 'a2', 'a1')], ['a1 b1', 'a1 b2']],
  ['lets a record go that is one with who was asked about', [said('2', 'must_link', 'b1', 'a2')], ['a1 b1', 'a1 b2']],
  ['lets two go that are one, and keeps those that were asked about', [said('2', 'must_link', 'a2', 'b2')], ['a1 b1']],
  ['keeps a record that is one with its own person', [said('2', 'must_link', 'a2', 'a1')], PERSONS.map(pairText)],
  ['keeps a record that is kept apart from a third', [said('2', 'cannot_link', 'a2', 'c1')], PERSONS.map(pairText)],
])('that two persons are two %s', (_, further, expected) => {
  expect(apart([...PERSONS, ...further])).toEqual(expected)
  // An answer of before counts as one of after.
  if (!further.some(({ id, ...one }) => 'a' in one && [one.a.key, one.b.key].sort().join() === 'a1,b1'))
    expect(apart([...further, ...PERSONS])).toEqual(expected)
})

function pairText(decision: IdentityDecision): string {
  return 'a' in decision ? `${decision.a.key} ${decision.b.key}` : ''
}
