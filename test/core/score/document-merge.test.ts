import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentChanges, mergeDocuments } from '#score'

const signal = (id: string, points: number, more: object = {}) => ({ id, points, ...more })
const model = (signals: readonly object[], more: object = {}) => ({ name: 'Recipe', signals, ...more })
const [a, b, c] = [signal('a', 1), signal('b', 2), signal('c', 3)]

describe('a draft on top of what came into force', () => {
  test.each([
    {
      why: 'changes of other places are both there',
      base: model([a, b]),
      draft: model([signal('a', 9), b]),
      inForce: model([a, b], { fit: { rules: [{ field: 'industry', points: 10 }] } }),
      want: model([signal('a', 9), b], { fit: { rules: [{ field: 'industry', points: 10 }] } }),
    },
    {
      why: 'another field of the same signal',
      base: model([a]),
      draft: model([signal('a', 1, { cap: 4 })]),
      inForce: model([signal('a', 5)]),
      want: model([signal('a', 5, { cap: 4 })]),
    },
    {
      why: 'entries that either side added, each behind the one it was put behind',
      base: model([a, b]),
      draft: model([a, c, b]),
      inForce: model([a, b, signal('d', 4)]),
      want: model([a, c, b, signal('d', 4)]),
    },
    {
      why: 'entries that either side took out',
      base: model([a, b, c]),
      draft: model([a, b]),
      inForce: model([b, c]),
      want: model([b]),
    },
    {
      why: 'an order that the draft changed',
      base: model([a, b, c]),
      draft: model([c, a, b]),
      inForce: model([a, b, c, signal('d', 4)]),
      want: model([c, signal('d', 4), a, b]),
    },
    {
      why: 'a list that both began, entry by entry',
      base: { name: 'Recipe' },
      draft: model([a, c]),
      inForce: model([a, b]),
      want: model([a, c, b]),
    },
    { why: 'the same change twice', base: model([a]), draft: model([c]), inForce: model([c]), want: model([c]) },
  ])('$why', ({ base, draft, inForce, want }) => {
    expect(mergeDocuments({ base, draft, inForce })).toEqual({ document: want, conflicts: [] })
  })

  test.each([
    {
      why: 'the same figure',
      draft: [signal('a', 5)],
      inForce: [signal('a', 7)],
      want: { path: ['signals', 'a', 'points'], base: 1, draft: 5, inForce: 7 },
    },
    {
      why: 'changed in the draft, taken out in force',
      draft: [signal('a', 5)],
      inForce: [],
      want: { path: ['signals', 'a'], base: a, draft: signal('a', 5), inForce: null },
    },
    {
      why: 'taken out in the draft, changed in force',
      draft: [],
      inForce: [signal('a', 7)],
      want: { path: ['signals', 'a'], base: a, draft: null, inForce: signal('a', 7) },
    },
    {
      why: 'a list in which one name stood twice: what was taken out cannot be told from what was added',
      base: [a, signal('a', 2), c],
      draft: [a],
      inForce: [a, c],
      want: { path: ['signals'], base: [a, signal('a', 2), c], draft: [a], inForce: [a, c] },
    },
    {
      why: 'a text that became a record on both sides',
      base: 'a, c',
      draft: { a: 1 },
      inForce: { a: 1, c: 3 },
      want: { path: ['signals'], base: 'a, c', draft: { a: 1 }, inForce: { a: 1, c: 3 } },
    },
  ])(
    'both changed one place: the draft stays, and the place is told ($why)',
    ({ base = [a], draft, inForce, want }) => {
      const of = (signals: unknown) => ({ name: 'Recipe', signals })
      const merged = mergeDocuments({ base: of(base), draft: of(draft), inForce: of(inForce) })
      expect(merged).toEqual({ document: of(draft), conflicts: [want] })
    },
  )
})

test('what one side alone changed is that side', () => {
  const points = fc.constantFrom(1, 2, 3)
  const signals = fc
    .uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), points }), { selector: one => one.id })
    .map(list => model(list))
  fc.assert(
    fc.property(signals, signals, (base, changed) => {
      expect(mergeDocuments({ base, draft: changed, inForce: base })).toEqual({ document: changed, conflicts: [] })
      const taken = mergeDocuments({ base, draft: base, inForce: changed })
      expect(documentChanges(changed, taken.document)).toEqual([])
    }),
  )
})
