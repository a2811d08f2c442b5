import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  hashOf,
  openUnit,
  placeOf,
  SCORE_LEVELS,
  SCREENS,
  showLevel,
  useNavigation,
} from '../../../renderer/src/state/navigation.ts'

test('an address leads back to the place it was made from, whatever the id', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'binary' }).filter(id => id.isWellFormed()),
      unitId => {
        for (const level of SCORE_LEVELS) {
          const place = { screen: 'scores', level, unitId } as const
          expect(placeOf(hashOf(place))).toEqual(place)
          expect(placeOf(hashOf({ ...place, unitId: null }))).toEqual({ ...place, unitId: null })
        }
      },
    ),
  )
})

test.each(SCREENS)('%s has an address of its own', screen => {
  expect(placeOf(hashOf({ screen, level: 'workspace', unitId: null }))).toMatchObject({ screen, unitId: null })
})

test.each(['', '#/nowhere', '#/home/x', '#/scores/%E0%A4%A'])('%j is no dead end', hash => {
  expect(placeOf(hash).unitId).toBeNull()
})

test.each([
  { from: 'workspace', unit: 'account', to: 'account' },
  { from: 'account', unit: 'workspace', to: 'workspace' },
  { from: 'user', unit: 'workspace', to: 'user' },
  { from: 'user', unit: 'account', to: 'account' },
] as const)('$unit opened beside the list of $from: $to', ({ from, unit, to }) => {
  showLevel(from)
  openUnit('x', unit)
  expect(useNavigation.getState()).toEqual({ screen: 'scores', level: to, unitId: 'x' })
  useNavigation.setState(useNavigation.getInitialState(), true)
})
