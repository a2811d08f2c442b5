import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listedKeys, singleKeys } from '../../../core/identity/block/block-keys.ts'
import { chunksOf, walkChunk } from '../../../core/identity/block/candidate-chunks.ts'
import { candidatePairs, candidatesOf } from '../../../core/identity/block/candidate-pairs.ts'
import { type RecordValues, valuesOf } from '../../../core/identity/block/gathered-values.ts'
import { createKeyRows, kindBlocks } from '../../../core/identity/block/kind-blocks.ts'
import { byPlace, type RecordPlaces, recordPlaces } from '../../../core/identity/block/record-places.ts'
import { createCodeLists } from '../../../core/identity/columns/list.ts'
import { personColumns } from '../../../core/identity/columns/person-columns.ts'
import { personComparisons } from '../../../core/identity/compare/all-comparisons.ts'
import { attributeComparison, identifierComparison } from '../../../core/identity/compare/code-comparison.ts'
import { deviceComparison } from '../../../core/identity/people/device-comparison.ts'
import { pairScorer, priorBits } from '../../../core/identity/weigh/pair-scorer.ts'
import { UNKNOWN_OTHERS } from '../../../core/identity/weigh/steps.ts'
import { weightsWith } from '../../../core/identity/weigh/weight-rules.ts'

const SIZE = 14
const keys = fc.array(fc.nat(4), { minLength: SIZE, maxLength: SIZE })
const lists = fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }), { minLength: SIZE, maxLength: SIZE })
const order = fc.shuffledSubarray([...Array(SIZE).keys()], { minLength: SIZE, maxLength: SIZE })

function placesIn(order: readonly number[]): RecordPlaces {
  const placeOf = new Uint32Array(order.length)
  order.forEach((record, place) => {
    placeOf[record] = place
  })
  return { recordAt: Uint32Array.from(order), placeOf }
}

function kindsOf(one: readonly number[], many: readonly (readonly number[])[], two: readonly number[]) {
  const builder = createCodeLists()
  for (const own of many) {
    for (const code of own) builder.add(code)
    builder.next()
  }
  const listed = builder.finish()
  return [
    singleKeys('one', () => Uint32Array.from(one), []),
    listedKeys('many', [() => listed], []),
    singleKeys('two', () => Uint32Array.from(two), []),
  ]
}

function placedPairs(kinds: ReturnType<typeof kindsOf>, places: RecordPlaces) {
  const rows = createKeyRows(SIZE, kinds.length, places)
  return candidatesOf(
    rows,
    kinds.map((kind, place) => kindBlocks(kind, rows, place)),
  )
}

test('wherever records lie, the same pairs are brought up, each once and smaller record first', () => {
  fc.assert(
    fc.property(keys, lists, keys, order, (one, many, two, records) => {
      const kinds = kindsOf(one, many, two)
      const [plain, placed]: [string[], string[]] = [[], []]
      const counts = candidatePairs(SIZE, kinds).eachPair((a, b) => plain.push(`${a} ${b}`))
      const found = placedPairs(kinds, placesIn(records)).eachPair((a, b) => placed.push(`${a} ${b}`))
      expect(placed.sort()).toEqual(plain.sort())
      expect(found).toEqual(counts)
    }),
  )
})

test('a sieve hides no pair that has a value in common, nor one with an open record, and all pairs are counted', () => {
  const value = fc.array(fc.nat(6), { minLength: SIZE, maxLength: SIZE })
  const isOpen = fc.array(
    fc.boolean().map(own => (own ? 1 : 0)),
    { minLength: SIZE, maxLength: SIZE },
  )
  fc.assert(
    fc.property(value, value, isOpen, order, fc.boolean(), (x, y, open, records, isNoneShared) => {
      const places = placesIn(records)
      const of = (codes: readonly number[], isShared = false): RecordValues => ({
        ...valuesOf(byPlace(Uint32Array.from(codes), places)),
        isNoneShared: isShared,
      })
      const all = kindsOf(Array(SIZE).fill(1), Array(SIZE).fill([]), Array(SIZE).fill(0))
      const { ground } = placedPairs(all, places)
      const seen = new Set<string>()
      let fresh = 0
      for (const chunk of chunksOf(ground))
        fresh += walkChunk(ground, chunk, (a, b) => void seen.add(`${a} ${b}`), {
          values: [of(x), of(y, isNoneShared)],
          open: [of(open)],
        })
      expect(fresh).toBe((SIZE * (SIZE - 1)) / 2)
      for (let a = 0; a < SIZE; a++)
        for (let b = a + 1; b < SIZE; b++) {
          const isOne = (x[a] !== 0 && x[a] === x[b]) || (y[a] === y[b] && (isNoneShared || y[a] !== 0))
          expect([a, b, seen.has(`${a} ${b}`)]).toEqual([a, b, isOne || open[a] === 1 || open[b] === 1])
        }
    }),
  )
})

const REST = { firstName: null, lastName: null, address: [], postcode: null }
const record = fc.record({
  emails: fc.constantFrom(
    ['anna.quarkstein@acme.com'],
    ['anna.quarksten@acme.com'],
    ['anna.quarkstein@beta.org'],
    ['annaquarkstein+a@acme.com'],
    ['boris@gmail.com', 'boris@acme.com'],
    ['info@acme.com'],
    [],
  ),
  fullName: fc.constantFrom(null, 'Anna Quarkstein', 'Quarkstein Anna', 'Boris Holm', 'annaquarkstein', 'Anna'),
  phone: fc.constantFrom(null, '0791234567', '0791234568', '0445559999'),
  dateOfBirth: fc.constantFrom(null, '1980-02-03'),
  city: fc.constantFrom(null, 'Bern'),
})
type Made = typeof record extends fc.Arbitrary<infer T> ? T : never

test('pairs that come to the steps asked for have a value of the sieve in common, or an open record', () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 2, maxLength: 12 }),
      fc.integer({ min: -200, max: 200 }),
      fc.constantFrom(1000, 1_000_000, 1e9),
      (all, least, size) => {
        const columns = personColumns(all.length, i => ({ ...REST, ...(all[i] as Made) }))
        const coded = { texts: ['', 'a', 'b'], codes: Uint32Array.from(all, (_, i) => i % 3) }
        const network = { texts: ['', 'a', 'b'], codes: Uint32Array.from(all, (_, i) => (i >> 1) % 3) }
        const weights = weightsWith(new Map()).user.device
        const scorer = pairScorer(
          [
            ...personComparisons(columns, UNKNOWN_OTHERS),
            identifierComparison({ name: 'subject', ...coded }, 0.99),
            attributeComparison({ name: 'title', ...coded }, { m: 0.4, different: -1 }),
            deviceComparison({ device: coded, network }, { weights, most: 3, isContested: () => false }),
          ],
          priorBits(size, 0.15),
        )
        const sieve = scorer.sieve(least)
        if (sieve === null) return
        const at = ({ words, width, place }: RecordValues, i: number): number => words[i * width + place] ?? 0
        for (let a = 0; a < all.length; a++)
          for (let b = a + 1; b < all.length; b++) {
            const isIn =
              sieve.open.some(one => at(one, a) + at(one, b) > 0) ||
              sieve.values.some(one => at(one, a) === at(one, b) && (one.isNoneShared || at(one, a) !== 0))
            if (!isIn) expect(scorer.explain(a, b).steps).toBeLessThan(least)
          }
      },
    ),
  )
})

test('every record has a place, and those of one name lie together', () => {
  const names = ['Anna Quarkstein', 'Boris Holm', 'Anna Quarkstein', null, 'Zoltan Holm', 'Boris Holm', 'Boris Holm']
  const nothing = { emails: [], phone: null, dateOfBirth: null, city: null }
  const columns = personColumns(names.length, i => ({ ...REST, ...nothing, fullName: names[i] ?? null }))
  const places = recordPlaces(columns, 1)
  expect([...(places?.recordAt ?? [])].map(i => places?.placeOf[i])).toEqual(names.map((_, place) => place))
  const inOrder = [...(places?.recordAt ?? [])].map(i => names[i])
  expect(inOrder.filter((name, i) => name !== inOrder[i - 1])).toHaveLength(new Set(names).size)
  expect(recordPlaces(columns)).toBe(null)
})
