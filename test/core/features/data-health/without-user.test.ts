import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UNGIVEN_REASONS } from '#schema/event'
import {
  WITHOUT_USER_REASONS,
  type WithoutUserCounts,
  withoutUserAdvice,
  withoutUserReader,
  withoutUserSentences,
} from '../../../../core/features/data-health/without-user.ts'

const countsOf = (given: Partial<WithoutUserCounts>): WithoutUserCounts => ({
  ...(Object.fromEntries(WITHOUT_USER_REASONS.map(reason => [reason, 0])) as WithoutUserCounts),
  ...given,
})

test('what is said of each reason adds up to the events that are found', () => {
  const counts = fc.record(Object.fromEntries(WITHOUT_USER_REASONS.map(reason => [reason, fc.nat({ max: 5000 })])))
  void fc.assert(
    fc.property(counts, given => {
      const sentences = withoutUserSentences(countsOf(given), undefined)
      const said = sentences.map(sentence => Number(/^\d+/.exec(sentence)?.[0]))
      expect(said.reduce((a, b) => a + b, 0)).toBe(Object.values(given).reduce((a, b) => a + b, 0))
    }),
  )
})

test('the reason of an event is read by its position; one that no id is known of has none', () => {
  const ungiven = { position: Float64Array.of(3, 7, 900), reason: Uint8Array.of(0, 5, 4) }
  const none = {
    position: new Float64Array(0),
    user: new Uint32Array(0),
    id: new Uint32Array(0),
    loginAt: new Float64Array(0),
  }
  const reasonOf = withoutUserReader({
    ...{ strangers: [], events: none, ungiven, ids: [], dated: [], anonymousSince: new Map(), refusals: [] },
    neverLoggedIn: 0,
  })
  expect([3, 7, 900].map(reasonOf)).toEqual([0, 5, 4].map(code => UNGIVEN_REASONS[code]))
  expect([0, 4, 901].map(reasonOf)).toEqual(['no_id', 'no_id', 'no_id'])
  expect(withoutUserReader(undefined)(3)).toBe('no_id')
})

test.each([
  { why: 'a shared device needs no user id', given: { other_user: 8 }, want: /^Events of shared devices need nothing/ },
  { why: 'a placeholder should be a real id', given: { placeholder_id: 5 }, want: /^Send the real id/ },
  { why: 'most events first', given: { other_user: 2, no_id: 5 }, want: /^Send the user id.+shared devices/ },
  {
    why: 'one advice is given once',
    given: { never_logged_in: 2, too_long_before: 5 },
    want: /^Send the user id[^.]+\.$/,
  },
])('advice: $why', ({ given, want }) => {
  expect(withoutUserAdvice(countsOf(given))).toMatch(want)
})

test('nothing found needs no advice', () => {
  expect(withoutUserAdvice(countsOf({}))).toBeUndefined()
})
