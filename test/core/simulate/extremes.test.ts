import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cells } from '#schema/cells'
import type { ScoringModel, Signal } from '#schema/model'
import { DEFAULT_MODEL, parseModel, scoreUnits, sumGround } from '#score'
import { type KernelColumns, ScoreKernel } from '#simulate'

const TODAY = 20_000
const SIGNALS = 240

/** One unit with one person, and events of one kind on many days. */
function columnsOf(counts: readonly number[]): KernelColumns {
  const none = {
    subject: new Uint32Array(0),
    start: new Uint32Array(1),
    day: new Uint16Array(0),
    n: new Uint16Array(0),
  }
  const cells: Cells = {
    count: counts.length,
    kinds: ['', 'login'],
    days: Int32Array.from(counts.keys(), age => TODAY - age),
    slots: { start: Uint32Array.of(0, 2), person: Int32Array.of(-1, 0), unit: new Uint32Array(2) },
    runs: [
      none,
      {
        subject: Uint32Array.of(1),
        start: Uint32Array.of(0, counts.length),
        day: Uint16Array.from(counts.keys()),
        n: Uint32Array.from(counts),
      },
    ],
    lastActiveDay: Int32Array.of(TODAY),
  }
  const slots = (value: number) => Uint8Array.of(0, value)
  return {
    cells,
    // Anybody else: the factor is that of "other".
    roles: { row: slots(4), weight: new Float64Array(2), isAdmin: slots(0), isPersonaChampion: slots(0) },
    fit: { score: Float64Array.of(Number.NaN), tier: Int32Array.of(-1), tiers: [] },
    units: { trialEndDay: Int32Array.of(-(2 ** 31)), createdDay: Int32Array.of(TODAY - 900) },
  }
}

const UNBOUND = { scope: 'unit', curve: 'time_constant', decayDays: 14 } as const

function modelOf(signals: readonly Partial<Signal>[], scope: 'unit' | 'person'): ScoringModel {
  const open = { ...UNBOUND, scope }
  return parseModel({
    version: 1,
    signals: signals.map((own, i) => ({
      ...{ id: `s${i}`, kind: 'login', bucket: 'depth', points: 1, count: 'each' },
      ...own,
    })),
    conditions: [],
    buckets: { activation: open, depth: open, expansion: open, intent: open, negative: open, fit: {} },
    taxonomy: DEFAULT_MODEL.taxonomy,
    stages: DEFAULT_MODEL.stages,
  })
}

function full({ cells, units }: KernelColumns, model: ScoringModel, factor: number) {
  const people = {
    factor: Float64Array.of(0, factor),
    standing: Uint8Array.of(0, factor >= 1 ? 2 : 0),
    firstSlot: 0,
    candidate: Uint32Array.of(1, 0),
    candidateStart: Uint32Array.of(0, 1),
    unitStanding: Uint8Array.of(factor >= 1 ? 2 : 0),
    firstUnit: 0,
  }
  const given = { cells, people, units: { ...units, fitPoints: new Float64Array(1) } }
  return { ground: sumGround(given, model, TODAY), totals: scoreUnits(sumGround(given, model, TODAY)) }
}

/** A double as a whole number of 2^-1074, exactly. */
function exact(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, x)
  const word = bits.getBigUint64(0)
  const exponent = (word >> 52n) & 0x7ffn
  const fraction = word & ((1n << 52n) - 1n)
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n)
  return word >> 63n === 1n ? -size : size
}

const count = fc.constantFrom(1, 2, 99, 2376, 65_536, 10_000_000)
const points = fc.constantFrom(1e-9, 0.1, 1 / 3, 3, 15, 1e9, -0.1, -15)
const drawn = fc.record({
  counts: fc.array(count, { minLength: 1, maxLength: 400 }),
  points: fc.array(points, { minLength: 4, maxLength: 4 }),
  scope: fc.constantFrom('unit' as const, 'person' as const),
})

test('loop rates, hundreds of addends, huge and tiny points: the kernel is the full score, and both are as fine as is said', () => {
  fc.assert(
    fc.property(drawn, ({ counts, points: own, scope }) => {
      const columns = columnsOf(counts)
      const signals = Array.from(
        { length: SIGNALS },
        (_, i): Partial<Signal> => ({
          points: own[i % own.length] ?? 1,
          ...(i % 7 === 0 ? { cap: { points: 12.5, days: 7 } } : {}),
          ...(i % 5 === 0 ? { decayDays: 3 + i } : {}),
        }),
      )
      const base = modelOf(signals, scope)
      const kernel = new ScoreKernel(columns, base, TODAY)
      for (const roles of [base.roles, { ...base.roles, other: 1 / 3 }]) {
        const model = { ...base, roles, signals: base.signals.map(one => ({ ...one, points: one.points / 3 })) }
        kernel.apply(model)
        const { totals, ground } = full(columns, model, roles.other)
        expect(kernel.totals.total).toEqual(totals.total)
        expect(kernel.totals.score).toEqual(totals.score)
        const factor = scope === 'person' ? roles.other : 1
        let [wanted, size] = [0n, 0n]
        for (const rule of ground.rules.filter(one => one.signal.cap === undefined)) {
          const value = counts.reduce((sum, n, day) => {
            return sum + BigInt(n) * exact(rule.magnitude) * exact(rule.weights[day] ?? 0)
          }, 0n)
          wanted += BigInt(rule.sign) * value
          size += value
        }
        const capped = full(
          columns,
          { ...model, signals: model.signals.filter(one => one.cap !== undefined) },
          roles.other,
        )
        const rest = (totals.total[0] as number) - (capped.totals.total[0] as number)
        // Both sides times 2^1074 twice, and by the factor as a double is.
        const off = exact(rest) * (1n << 1074n) * (1n << 1074n) - wanted * exact(factor)
        const bound = (size * exact(factor) * BigInt(counts.length + SIGNALS + 8)) >> 52n
        const dust = exact(Math.abs(capped.totals.total[0] as number)) * (1n << 1074n) * (1n << 1074n)
        expect((off < 0n ? -off : off) <= bound + ((dust * BigInt(SIGNALS)) >> 50n)).toBe(true)
      }
    }),
    { numRuns: 12 },
  )
})

test.each([1e10, -1e10, 1e308])('points that no score can be told of, such as %d, are refused', points => {
  expect(() => modelOf([{ points }], 'unit')).toThrow(/signals\[0\]\.points: Too/)
})
