import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decayAt } from '#lib/decay'
import type { Cells } from '#schema/cells'
import type { Signal } from '#schema/model'
import { DEFAULT_MODEL, fillValues, type SignalRule } from '#score'
import { signalRules } from '../../../core/score/signals.ts'

const TODAY = 20_000

/** Events of one kind by person: [age, events], ages distinct. */
type Person = readonly (readonly [age: number, n: number])[]

/** The one signal over persons 0, 1 ..., each in a slot of its own. */
function ruleOf(signal: Partial<Signal>, people: readonly Person[]): SignalRule {
  const ages = [...new Set(people.flatMap(days => days.map(([age]) => age)))].sort((a, b) => a - b)
  const sorted = people.map(days => days.toSorted(([a], [b]) => a - b))
  const cells: Pick<Cells, 'kinds' | 'runs' | 'slots' | 'days'> = {
    kinds: ['login'],
    days: Int32Array.from(ages, age => TODAY - age),
    slots: {
      start: Uint32Array.of(0, people.length),
      person: Int32Array.from(people.keys()),
      unit: new Uint32Array(people.length),
    },
    runs: [
      {
        subject: Uint32Array.from(people.keys()),
        start: Uint32Array.from([0, ...sorted].map((_, i) => sorted.slice(0, i).flat().length)),
        day: Uint16Array.from(sorted.flat(), ([age]) => ages.indexOf(age)),
        n: Uint16Array.from(sorted.flat(), ([, n]) => n),
      },
    ],
  }
  const model = {
    buckets: DEFAULT_MODEL.buckets,
    signals: [{ id: 's', kind: 'login', bucket: 'depth', points: 1, count: 'each', ...signal } satisfies Signal],
  }
  return signalRules(model, cells, TODAY)[0] as SignalRule
}

function valuesOf(rule: SignalRule, from = 0, to = rule.runs.subject.length): number[] {
  const out = new Float64Array(to - from)
  fillValues(rule, from, to, out)
  return [...out]
}

/** The specification word for word, one person at a time, windows in a map. */
function plainValue(
  { count, points = 1, cap, curve = 'time_constant', decayDays = 14 }: Partial<Signal>,
  days: Person,
): number {
  const first = Math.max(...days.map(([age]) => age))
  const latest = Math.min(...days.map(([age]) => age))
  const left = new Map<number, number>()
  let value = 0
  for (const [age, n] of days.toSorted(([a], [b]) => a - b)) {
    if ((count === 'first' && age !== first) || (count === 'latest' && age !== latest)) continue
    const window = Math.floor(age / (cap?.days ?? 1))
    const room = left.get(window) ?? cap?.points ?? Number.POSITIVE_INFINITY
    const take = Math.min((count === 'each' ? n : 1) * Math.abs(points), room)
    left.set(window, room - take)
    value += take * decayAt(curve, age, decayDays)
  }
  return Math.sign(points) * value
}

const person: fc.Arbitrary<Person> = fc.uniqueArray(
  fc.tuple(fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(1000, 36_499)), fc.constantFrom(1, 2, 9, 65_535)),
  { minLength: 1, maxLength: 30, selector: ([age]) => age },
)
const signal: fc.Arbitrary<Partial<Signal>> = fc.record(
  {
    points: fc.constantFrom(-15, -0.1, 0, 1 / 3, 2, 40),
    count: fc.constantFrom('each' as const, 'daily' as const, 'first' as const, 'latest' as const),
    cap: fc.record({ points: fc.constantFrom(0, 1, 10, 12.5), days: fc.constantFrom(1, 2, 7, 14, 36_500) }),
    curve: fc.constantFrom('time_constant' as const, 'half_life' as const, 'linear' as const, 'none' as const),
    decayDays: fc.constantFrom(0.5, 7, 30, 1000),
  },
  { requiredKeys: ['points', 'count'] },
)

describe('values', () => {
  test('are what the specification says, person by person', () => {
    fc.assert(
      fc.property(signal, fc.array(person, { minLength: 1, maxLength: 6 }), (one, people) => {
        for (const [i, value] of valuesOf(ruleOf(one, people)).entries()) {
          const want = plainValue(one, people[i] as Person)
          expect(Math.abs(value - want)).toBeLessThanOrEqual(1e-12 * Math.abs(want))
        }
      }),
    )
  })

  test('are the same bits, whatever runs are asked for together', () => {
    fc.assert(
      fc.property(signal, fc.array(person, { minLength: 1, maxLength: 6 }), fc.nat(), (one, people, cut) => {
        const rule = ruleOf(one, people)
        const middle = cut % (people.length + 1)
        expect([...valuesOf(rule, 0, middle), ...valuesOf(rule, middle)]).toEqual(valuesOf(rule))
      }),
    )
  })
})

/** A double as a whole number of 2^-1074. */
function exact(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, x)
  const word = bits.getBigUint64(0)
  const exponent = Number((word >> 52n) & 0x7ffn)
  const fraction = word & 0xf_ffff_ffff_ffffn
  return exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1)
}

describe('range and fineness', () => {
  test.each([
    { why: 'a year at the rate of the loop rule', days: 365, n: 99 * 24, points: 15 },
    { why: 'a thousand days of one small weight', days: 1000, n: 1, points: 0.1 },
    { why: 'ten years, as many events as two bytes hold', days: 3650, n: 65_535, points: 1e6 },
  ])('$why: off by no more than (m + 3) / 2^53 of the sum', ({ days, n, points }) => {
    const rule = ruleOf({ points, curve: 'time_constant', decayDays: 365 }, [
      Array.from({ length: days }, (_, age) => [age, n - (age % 2)] as const).filter(([, count]) => count > 0),
    ])
    const entries = rule.runs.day.length
    let want = 0n // in units of 2^-2148, as products of points and weights are
    for (let i = 0; i < entries; i++) {
      const weight = exact(rule.weights[rule.runs.day[i] as number] as number)
      want += BigInt(rule.runs.n[i] as number) * exact(points) * weight
    }
    const found = exact(valuesOf(rule)[0] as number) << 1074n
    const off = found > want ? found - want : want - found
    expect(off << 53n).toBeLessThanOrEqual(want * BigInt(entries + 3))
  })
})
