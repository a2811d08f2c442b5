import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ChangeCause, changeGroups } from '../../../core/score/change-causes.ts'

const of = (cause: ChangeCause, points: number) => ({ cause, points })

test.each([
  {
    why: 'faded points and those that left the window are one cause, limits another',
    changes: [
      of('decay', -30.04),
      of('new events', 8.02),
      of('left the window', -8),
      of('cap', 4),
      of('bucket', 7),
      of('clamp', 0.03),
    ],
    difference: -19,
    want: [
      { group: 'faded', points: -38 },
      { group: 'limits', points: 11 },
      { group: 'new events', points: 8 },
    ],
  },
  {
    why: 'other causes stand by themselves, ties by name',
    changes: [of('role', 2), of('fit', 2), of('decay', -1)],
    difference: 3,
    want: [
      { group: 'fit', points: 2 },
      { group: 'role', points: 2 },
      { group: 'faded', points: -1 },
    ],
  },
  { why: 'nothing changed', changes: [], difference: 0, want: [] },
])('$why', ({ changes, difference, want }) => {
  expect(changeGroups(changes, difference)).toEqual(want)
})

test('what is told adds up to the change of the written score, to the tenth', () => {
  const causes = ['new events', 'decay', 'cap', 'clamp', 'role'] as const
  const change = fc.record({ cause: fc.constantFrom(...causes), points: fc.double({ min: -40, max: 40, noNaN: true }) })
  void fc.assert(
    fc.property(fc.array(change, { minLength: 1 }), changes => {
      const difference = Math.round(changes.reduce((total, { points }) => total + points, 0) * 10) / 10
      const told = changeGroups(changes, difference)
      expect(Math.round(told.reduce((total, { points }) => total + points, 0) * 10)).toBeCloseTo(difference * 10, 6)
    }),
  )
})
