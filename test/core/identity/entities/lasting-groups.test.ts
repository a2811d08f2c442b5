import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withLastingNames } from '../../../../core/identity/entities/lasting-groups.ts'

const groupsOf = (text: string): string[][] => (text === '' ? [] : text.split(' | ').map(group => group.split(' ')))
const shown = (groups: readonly (readonly string[])[]): string => groups.map(group => group.join(' ')).join(' | ')

test.each([
  { why: 'without earlier groups the smallest names it', before: '', now: 'w1 w2 | w3 w4', is: 'w1 w2 | w3 w4' },
  { why: 'a smaller one that joins does not rename', before: 'w2 w3', now: 'w1 w2 w3', is: 'w2 w1 w3' },
  {
    why: 'of two that become one the larger names it',
    before: 'w1 w2 | w3 w4 w5',
    now: 'w1 w2 w3 w4 w5',
    is: 'w3 w1 w2 w4 w5',
  },
  { why: 'a workspace that left names itself alone', before: 'w1 w2 w3', now: 'w2 w3', is: 'w2 w3' },
  { why: 'a name that another part has stays there', before: 'w1 w2 w3 w4', now: 'w1 w2 | w3 w4', is: 'w1 w2 | w3 w4' },
])('$why', ({ before, now, is }) => {
  expect(shown(withLastingNames(groupsOf(now), groupsOf(before)))).toBe(is)
})

test('a group has the same members, is named by one of them, and what named it goes on naming it', () => {
  const partition = fc
    .array(fc.nat(3), { minLength: 6, maxLength: 6 })
    .map(places =>
      [...Map.groupBy(places.keys(), i => places[i]).values()]
        .map(group => group.map(i => `w${i}`))
        .filter(group => group.length > 1),
    )
  fc.assert(
    fc.property(partition, partition, (before, now) => {
      const named = withLastingNames(now, withLastingNames(before, []))
      expect(named.map(group => group.toSorted()).sort()).toEqual(now.map(group => group.toSorted()).sort())
      expect(withLastingNames(now, named)).toEqual(named)
    }),
  )
})
