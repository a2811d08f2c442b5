import { describe, expect, test } from 'vitest'
import { bitsText } from '#lib/num'

describe('bits in texts', () => {
  test.each([
    { why: 'a sixteenth is told apart', bits: 3.1875, want: '+3.19' },
    { why: 'minus is U+2212', bits: -0.5, want: '\u22120.5' },
    { why: 'half goes away from zero on both sides', bits: -0.125, want: '\u22120.13' },
    { why: 'a whole number has no decimals', bits: 7, want: '+7' },
    { why: 'nothing has no sign', bits: 0, want: '0' },
    { why: 'what rounds to nothing has none either', bits: -0.004, want: '0' },
  ])('$why', ({ bits, want }) => {
    expect(bitsText(bits)).toBe(want)
  })
})
