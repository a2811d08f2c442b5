import { bitsOfPrecision, MOST_SHARING_RECORDS } from '../bits.ts'
import { valuesOf } from '../block/gathered-values.ts'
import { countsOf, type Dictionary } from '../columns/dictionary.ts'
import { frequencySteps, highest, stepsOf } from '../weigh/steps.ts'
import { bothValues, type Comparison, levelSet, MAY_IDENTIFY, NOTHING, packed } from './comparison.ts'
import { identifierSteps } from './identifier-steps.ts'

const LEVELS = ['nothing', 'different', 'same'] as const
const SHARED_LEVELS = [...LEVELS, 'same, of several people'] as const

/** A column of codes that are equal or not. */
export type CodeColumn = Readonly<{ name: string; texts: Dictionary['texts']; codes: Uint32Array }>

/**
 * Compares identifiers: an equal one is worth its precision, less what genericity costs it; a different one says nothing.
 *
 * @param column codes per record, 0 where missing
 * @param precision share of pairs with one value that are one, 0..1
 * @param most records that may share a value before it identifies nobody
 * @param isPaid is the agreement paid for by another comparison already? Then it says nothing
 * @param isContested is it a value of people with unlike names, of which these two are not told apart? By default none is
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function identifierComparison(
  { name, texts, codes }: CodeColumn,
  precision: number,
  most = MOST_SHARING_RECORDS,
  {
    isPaid = null,
    isContested = null,
  }: Partial<Readonly<Record<'isPaid' | 'isContested', ((a: number, b: number) => boolean) | null>>> = {},
): Comparison {
  const whole = bitsOfPrecision(precision)
  const same = identifierSteps(countsOf(codes, texts.length), precision, most)
  return {
    name,
    levels: SHARED_LEVELS,
    most: stepsOf(whole),
    reach: (a, b) => (codes[a] !== 0 && codes[a] === codes[b] ? MAY_IDENTIFY : 0),
    apart: { steps: 0, values: [valuesOf(codes)] },
    compare: (a, b) => {
      const code = codes[a] as number // one code per record
      if (code === 0 || code !== codes[b] || isPaid?.(a, b) === true) return NOTHING
      return packed(isContested?.(a, b) === true ? 3 : 2, same[code] as number)
    },
    value: a => texts[codes[a] ?? 0] ?? '',
    identifiers: levelSet(SHARED_LEVELS, ['same', 'same, of several people']),
    conflicts: 0,
    guesses: levelSet(SHARED_LEVELS, ['same, of several people']),
  }
}

/**
 * Compares attributes: an equal one by how many records carry it.
 *
 * @param column codes per record, 0 where missing
 * @param weights m of an equal value, bits of a different one
 * @param isPaid is the agreement paid for by another comparison already? Then it says nothing
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function attributeComparison(
  { name, texts, codes }: CodeColumn,
  weights: Readonly<{ m: number; different: number }>,
  isPaid: (a: number, b: number) => boolean = () => false,
): Comparison {
  const counts = countsOf(codes, texts.length)
  const same = frequencySteps(weights.m, Math.max(1, codes.length), highest(counts))
  const different = stepsOf(weights.different)
  return {
    name,
    levels: LEVELS,
    most: Math.max(same[2] ?? 0, different),
    reach: (a, b) => {
      const [x, y] = [codes[a] as number, codes[b] as number] // one code per record
      if (x === 0 || y === 0) return 0
      return x === y ? Math.max(0, same[counts[x] as number] as number) : different
    },
    apart: { steps: Math.max(0, different), values: [valuesOf(codes)] },
    compare: (a, b) => {
      const [x, y] = [codes[a] as number, codes[b] as number] // one code per record
      if (x === 0 || y === 0) return NOTHING
      if (x !== y) return packed(1, different)
      return isPaid(a, b) ? NOTHING : packed(2, same[counts[x] as number] as number)
    },
    value: (a, b) => bothValues(texts[codes[a] ?? 0] ?? '', texts[codes[b] ?? 0] ?? ''),
    identifiers: 0,
    conflicts: 0,
    guesses: 0,
  }
}
