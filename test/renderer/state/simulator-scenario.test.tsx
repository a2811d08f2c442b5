import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  changesOf,
  NO_CHANGES,
  type ScenarioDocument,
  valueAt,
  withoutChanges,
  withValue,
} from '../../../renderer/src/state/simulator-scenario.ts'

const POINTS = ['model', 'signals', 'login', 'points']
const DAYS = ['model', 'buckets', 'intent', 'decayDays']

test('a change stands at its place, and is gone with all it leaves empty', () => {
  const changed = withValue(withValue(NO_CHANGES, POINTS, 3), DAYS, 14)
  expect({
    changed,
    login: valueAt(changed, POINTS),
    cap: valueAt(changed, ['model', 'signals', 'login', 'cap', 'points']),
    back: withValue(changed, POINTS, undefined),
    empty: withValue(withValue(changed, POINTS, undefined), DAYS, undefined),
  }).toEqual({
    changed: { version: 1, model: { signals: { login: { points: 3 } }, buckets: { intent: { decayDays: 14 } } } },
    login: 3,
    cap: undefined,
    back: { version: 1, model: { buckets: { intent: { decayDays: 14 } } } },
    empty: { version: 1 },
  })
})

test('null is a change; a name is none', () => {
  const scenario: ScenarioDocument = { version: 1, name: 'Slower', model: { signals: { login: { cap: null } } } }
  expect({ changes: changesOf(scenario), without: withoutChanges(scenario) }).toEqual({
    changes: [{ path: ['model', 'signals', 'login', 'cap'], value: null }],
    without: { version: 1, name: 'Slower' },
  })
})

test('whatever is put in at once comes out again, and taking all of it out leaves nothing', () => {
  const key = fc.constantFrom('a', 'b', '__proto__', 'constructor')
  const place = fc.tuple(fc.constantFrom('model', 'routing'), key, key).map(path => path as readonly string[])
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(place, fc.double({ noNaN: true })), { selector: ([p]) => p.join('.') }),
      all => {
        const full = all.reduce((scenario, [path, value]) => withValue(scenario, path, value), NO_CHANGES)
        for (const [path, value] of all) expect(valueAt(full, path)).toBe(value)
        expect(changesOf(full)).toHaveLength(all.length)
        expect(all.reduce((scenario, [path]) => withValue(scenario, path, undefined), full)).toEqual(NO_CHANGES)
      },
    ),
  )
})
