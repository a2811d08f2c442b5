import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#route'
import { DEFAULT_CHECKLIST, parseModel } from '#score'
import { type Judge, type Simulator, scenarioModel } from '#simulate'
import { model, world } from '../score/random-world.ts'
import { anyChange, joined } from './random-changes.ts'
import { groundOf, simulatorOf } from './simulated.ts'

const checklist = parseModel(DEFAULT_CHECKLIST).checklist ?? []

test('units of one world among those of another are each what they are in their own', () => {
  fc.assert(
    fc.property(
      fc.tuple(world, world),
      model,
      anyChange,
      fc.array(fc.tuple(fc.boolean(), fc.nat(30)), { maxLength: 12 }),
      ([rows, others], base, change, picks) => {
        const judge = { model: base, policy: DEFAULT_POLICY }
        const simulator = simulatorOf(rows, judge)
        // Days of the other must be known here: both worlds are made of one log.
        const part = groundOf({ ...others, events: rows.events ?? [] }, judge, simulator.factBearers)
        const other = part.simulator
        const order = Int32Array.from(
          picks.flatMap(([isOther, pick]) => {
            const units = isOther ? other.units : simulator.units
            return units === 0 ? [] : [isOther ? -1 - (pick % units) : pick % units]
          }),
        )
        const spliced = simulator.spliced(part, order)
        for (const moved of [scenarioModel(base, joined([change])), { ...base, checklist }])
          expectSpliced([simulator, other, spliced], order, { ...judge, model: moved })
      },
    ),
    { numRuns: 40 },
  )
})

/** Each unit of the third has what it has in the one of the first two that it is from. */
function expectSpliced(
  [base, other, spliced]: readonly [Simulator, Simulator, Simulator],
  order: Int32Array,
  judge: Judge,
): void {
  const [here, there, now] = [base, other, spliced].map(one => one.judgeWeek(judge))
  for (const [place, at] of order.entries()) {
    const [own, u] = at < 0 ? [there, -1 - at] : [here, at]
    for (const name of ['score', 'stage', 'destination', 'wasThere'] as const)
      expect(now?.[name][place], name).toBe(own?.[name][u])
    expect(now?.before?.destination[place]).toBe(own?.before?.destination[u])
  }
}
