import { bitsOfPrecision } from '../bits.ts'
import { valuesOf } from '../block/gathered-values.ts'
import { countsOf } from '../columns/dictionary.ts'
import type { Texts } from '../columns/text-table.ts'
import { PERSON_WEIGHTS } from '../weigh/person-weights.ts'
import { stepsOf } from '../weigh/steps.ts'
import { bothValues, type Comparison, levelSet, MAY_IDENTIFY, NOTHING, packed } from './comparison.ts'
import { identifierSteps } from './identifier-steps.ts'
import { isOneEditApart } from './similarity.ts'

const LEVELS = ['nothing', 'different', 'one digit apart', 'same number', 'same number, of several people'] as const

/**
 * Compares phone numbers: an equal one is an identifier, less what genericity costs it.
 *
 * @param columns records
 * @param weights of the levels
 * @param isContested is their number one of people with unlike names, of which these two are not told apart?
 *
 * Source: docs/methods/identity.md, "Phone numbers".
 */
export function phoneComparison(
  { phones, phone }: Readonly<{ phones: Texts; phone: Uint32Array }>,
  weights = PERSON_WEIGHTS.phone,
  isContested: (a: number, b: number) => boolean = () => false,
): Comparison {
  const whole = bitsOfPrecision(weights['same number'].precision)
  const same = identifierSteps(countsOf(phone, phones.size()), weights['same number'].precision)
  const [different, digit] = [stepsOf(weights.different.bits), stepsOf(weights['one digit apart'].bits)]
  const elsewhere = Math.max(different, digit)
  return {
    name: 'phone',
    levels: LEVELS,
    most: Math.max(stepsOf(whole), elsewhere),
    reach: (a, b) => {
      const [x, y] = [phone[a] as number, phone[b] as number] // one number per record
      if (x === 0 || y === 0) return 0
      return x === y ? MAY_IDENTIFY : elsewhere
    },
    apart: { steps: Math.max(0, elsewhere), values: [valuesOf(phone)] },
    compare: (a, b) => {
      const [x, y] = [phone[a] as number, phone[b] as number] // one number per record
      if (x === 0 || y === 0) return NOTHING
      if (x === y) return packed(isContested(a, b) ? 4 : 3, same[x] as number)
      return isOneEditApart(phones.text(x), phones.text(y)) ? packed(2, digit) : packed(1, different)
    },
    value: (a, b) => bothValues(phones.text(phone[a] ?? 0), phones.text(phone[b] ?? 0)),
    identifiers: levelSet(LEVELS, ['same number', 'same number, of several people']),
    conflicts: 0,
    guesses: levelSet(LEVELS, ['same number, of several people']),
  }
}
