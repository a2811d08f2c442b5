import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant, readMoment } from '#lib/time'

test.each<{ why: string; moment: string; want: { day: number; instant: number | null } | null }>([
  { why: 'an instant', moment: '2026-05-31T23:59:59.999Z', want: { day: 20_604, instant: 1_780_271_999_999 } },
  { why: 'a day', moment: '2026-05-31', want: { day: 20_604, instant: null } },
  { why: 'before 1970', moment: '1969-12-31T23:59:59.999Z', want: { day: -1, instant: -1 } },
  {
    why: 'a year of six digits',
    moment: '+010000-01-01T00:00:00.000Z',
    want: { day: 2_932_897, instant: 253_402_300_800_000 },
  },
  { why: 'no milliseconds', moment: '2026-05-31T23:59:59Z', want: null },
  { why: 'as long as an instant, but none', moment: '2026-05-31T23:59:59.99xZ', want: null },
  { why: 'an offset', moment: '2026-05-31T23:59:59.99+1', want: null },
])('$why', ({ moment, want }) => {
  if (want === null) expect(() => readMoment(moment)).toThrow('not a canonical moment')
  else expect(readMoment(moment)).toEqual(want)
})

test('an instant that is written and read is the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: -400_000_000_000_000, max: 400_000_000_000_000 }), instant => {
      expect(readMoment(formatInstant(instant))).toEqual({ day: Math.floor(instant / 86_400_000), instant })
    }),
  )
})
