import { expect, test } from 'vitest'
import { isApart, lastPerPair } from '../../../core/identity/pair-decisions.ts'
import type { IdentityDecision } from '../../../core/schema/identity.ts'

const user = (key: string) => ({ object: 'user', key }) as const
const said = (id: string, type: 'must_link' | 'cannot_link', a: string, b: string): IdentityDecision => ({
  id,
  type,
  a: user(a),
  b: user(b),
})
/** Persons a1, a2 and b1, b2 are two, as somebody said of a1 and b1. */
const PERSONS = {
  ...said('1', 'cannot_link', 'a1', 'b1'),
  persons: [
    ['a1', 'a2'],
    ['b1', 'b2'],
  ],
} as IdentityDecision
const ALL = ['a1 b1', 'a1 b2', 'a2 b1', 'a2 b2']
const apart = (log: readonly IdentityDecision[]): string[] =>
  lastPerPair(log)
    .filter(isApart)
    .flatMap(({ persons: [left, right] }) => left.flatMap(a => right.map(b => `${a} ${b}`)))

test.each<[string, readonly IdentityDecision[], readonly string[]]>([
  ['holds for all records', [], ALL],
  ['ends as a whole once its own pair is answered anew', [said('2', 'must_link', 'b1', 'a1')], []],
  ['gives way to the same answer given again', [said('2', 'cannot_link', 'b1', 'a1')], []],
  ['lets a record go that was taken out', [said('2', 'cannot_link', 'a2', 'a1')], ['a1 b1', 'a1 b2']],
  ['lets a record go that is one with who was asked about', [said('2', 'must_link', 'b1', 'a2')], ['a1 b1', 'a1 b2']],
  ['lets two go that are one, and keeps those that were asked about', [said('2', 'must_link', 'a2', 'b2')], ['a1 b1']],
  ['keeps a record that is one with its own person', [said('2', 'must_link', 'a2', 'a1')], ALL],
  ['keeps a record that is kept apart from a third', [said('2', 'cannot_link', 'a2', 'c1')], ALL],
])('that two persons are two %s', (_, further, expected) => {
  expect(apart([PERSONS, ...further])).toEqual(expected)
  // An answer of before counts as one of after.
  if (!further.some(({ id, ...one }) => 'a' in one && [one.a.key, one.b.key].sort().join() === 'a1,b1'))
    expect(apart([...further, PERSONS])).toEqual(expected)
})
