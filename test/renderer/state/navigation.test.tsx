import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOf, placeOf, SCREENS } from '../../../renderer/src/state/navigation.ts'

test('an address leads back to the place it was made from, whatever the id', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'binary' }).filter(id => id.isWellFormed()),
      unitId => {
        expect(placeOf(hashOf({ screen: 'scores', unitId }))).toEqual({ screen: 'scores', unitId })
      },
    ),
  )
})

test.each(SCREENS)('%s has an address of its own', screen => {
  expect(placeOf(hashOf({ screen, unitId: null }))).toEqual({ screen, unitId: null })
})

test.each(['', '#/nowhere', '#/home/x', '#/scores/%E0%A4%A'])('%j is no dead end', hash => {
  expect(placeOf(hash).unitId).toBeNull()
})
