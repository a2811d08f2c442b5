import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PersonRecord, personColumns } from '../../../../core/identity/columns/person-columns.ts'
import { personComparisons } from '../../../../core/identity/compare/all-comparisons.ts'
import { attributeComparison, identifierComparison } from '../../../../core/identity/compare/code-comparison.ts'
import { type Comparison, levelOf, MAY_IDENTIFY, stepsIn } from '../../../../core/identity/compare/comparison.ts'
import { pairScorer, priorBits } from '../../../../core/identity/weigh/pair-scorer.ts'
import { UNKNOWN_OTHERS } from '../../../../core/identity/weigh/steps.ts'

const word = fc.constantFrom(
  'jane',
  'janet',
  'jan',
  'bob',
  'robert',
  'doe',
  'dove',
  'miller',
  'muller',
  'j',
  'kowalski',
)
const local = fc
  .tuple(word, fc.constantFrom('', '.', '+tag.', '7'), word, fc.constantFrom('', '7', '77'))
  .map(parts => parts.join(''))
const host = fc.constantFrom('acme.com', 'mail.acme.com', 'gmail.com', 'other.org', 'users.noreply.github.com')
type Made = Omit<PersonRecord, keyof typeof REST>
const REST = { firstName: null, lastName: null, address: [], postcode: null }
const record: fc.Arbitrary<Made> = fc.record({
  fullName: fc.oneof(
    fc.constant(null),
    word,
    fc.tuple(word, word).map(([given, family]) => `${given} ${family}`),
  ),
  emails: fc.array(
    fc.tuple(local, host).map(([name, at]) => `${name}@${at}`),
    { maxLength: 2 },
  ),
  phone: fc.constantFrom(null, '5550100200', '5550100201', '4440100299'),
  dateOfBirth: fc.constantFrom(null, '1980-02-03', '1980-03-02', '1991-12-01'),
  city: fc.constantFrom(null, 'Bern', 'Basel'),
})
function comparisonsOf(records: readonly Made[]): readonly Comparison[] {
  const columns = personColumns(records.length, i => ({ ...REST, ...(records[i] as Made) }))
  const codes = Uint32Array.from(records, (_, i) => i % 3)
  const coded = { texts: ['', 'a', 'b'], codes }
  return [
    ...personComparisons(columns, UNKNOWN_OTHERS),
    identifierComparison({ name: 'subject', ...coded }, 0.99),
    attributeComparison({ name: 'title', ...coded }, { m: 0.4, different: -1 }),
  ]
}

function eachPair(records: readonly unknown[], visit: (a: number, b: number) => void): void {
  for (let a = 0; a < records.length; a++) for (let b = a + 1; b < records.length; b++) visit(a, b)
}

describe('what codes alone show of a pair', () => {
  const records = fc.array(record, { minLength: 2, maxLength: 12 })

  test('is never below what comparing gives, and never overlooks an identifier', () => {
    fc.assert(
      fc.property(records, all => {
        for (const { name, reach, compare, identifiers, most } of comparisonsOf(all))
          eachPair(all, (a, b) => {
            const [result, reached] = [compare(a, b), reach?.(a, b) ?? most]
            expect([name, stepsIn(result) <= reached]).toEqual([name, true])
            const isIdentifier = ((identifiers >>> levelOf(result)) & 1) === 1
            if (isIdentifier) expect([name, reached]).toEqual([name, MAY_IDENTIFY])
          })
      }),
    )
  })

  test('turns away no pair that comes to the steps asked for', () => {
    fc.assert(
      fc.property(
        records,
        fc.integer({ min: -200, max: 200 }),
        fc.constantFrom(2, 1000, 1_000_000),
        (all, least, size) => {
          const scorer = pairScorer(comparisonsOf(all), priorBits(size, 0.15))
          eachPair(all, (a, b) => {
            const { steps } = scorer.explain(a, b)
            const scored = scorer.score(a, b, least)
            expect(steps >= least ? scored : scored < least).toBe(steps >= least ? steps : true)
          })
        },
      ),
    )
  })
})
