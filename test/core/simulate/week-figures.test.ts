import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#route'
import { DESTINATIONS } from '#schema/policy'
import { DEFAULT_CHECKLIST, DEFAULT_MODEL, parseModel, STAGES } from '#score'
import {
  FigureReader,
  followed,
  type Judge,
  type Judged,
  ScoreLadder,
  type Simulator,
  scenarioModel,
  scenarioPolicy,
  type WeekFigures,
} from '#simulate'
import { model, world } from '../score/random-world.ts'
import { countsOf, entrantsOf, matrixOf, moverCounts } from './counted.ts'
import { anyChange, joined } from './random-changes.ts'
import { simulatorOf } from './simulated.ts'

/** The same counts, each by a pass over all units. */
function wanted(simulator: Simulator, judge: Judge, base: Judged, places: Int32Array | null) {
  const week = simulator.judgeWeek(judge)
  const seen = places === null ? week : followed(week, places)
  return {
    ...countsOf(week),
    entrants: entrantsOf(week),
    stageMatrix: matrixOf(base.stage, seen.stage, STAGES.length),
    destinationMatrix: matrixOf(base.destination, seen.destination, DESTINATIONS.length),
    movers: moverCounts(base, seen),
    reaching: new ScoreLadder(week.score).counts(),
  }
}

function told({ ladder, ...figures }: WeekFigures) {
  return { ...figures, reaching: ladder.counts() }
}

const score = fc.constantFrom(0, 3, 9.9, 10, 40, 59.95, 70.30000000000001, 80, 100)
const stages = fc
  .tuple(score, score, score)
  .map(list => list.toSorted((a, b) => a - b))
  .map(([warm = 0, pql = 0, hot = 0]) => ({ warm, pql, hot }))
const routing = fc.record({ '6': fc.record({ '>=': score }), '7': fc.record({ '>=': score }) }, { requiredKeys: [] })
const step = fc.record({
  changes: fc.array(anyChange, { maxLength: 2 }),
  stages: fc.option(stages, { nil: undefined }),
  routing,
  /** Does somebody else ask the simulator something first? */
  isAsked: fc.boolean(),
  isChecklist: fc.boolean(),
})
const checklist = parseModel({ ...DEFAULT_CHECKLIST, stages: { warm: 5, pql: 10, hot: 20 } }).checklist ?? []

test('counts that follow the units are those of a pass over all of them, whatever was asked before', () => {
  const anyPlaces = fc.array(fc.nat({ max: 20 }), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(
      fc.record({ rows: world, base: model, places: fc.option(anyPlaces) }),
      fc.array(step, { minLength: 2, maxLength: 8 }),
      ({ rows, base, places: drawn }, list) => {
        const simulator = simulatorOf(rows, { model: base, policy: DEFAULT_POLICY })
        const other = simulatorOf(rows, { model: base, policy: DEFAULT_POLICY })
        const judged = other.judge(other.base)
        // Each unit of the base in some unit, or gone.
        const places =
          drawn === null
            ? null
            : Int32Array.from(judged.score, (_, u) => ((drawn[u % drawn.length] ?? 0) % (simulator.units + 1)) - 1)
        const figures = new FigureReader(simulator, judged, places)
        for (const { changes, stages: moved, routing: rules, isAsked, isChecklist } of list) {
          const changed = scenarioModel(base, joined(changes))
          const own = { ...changed, stages: moved ?? changed.stages, ...(isChecklist ? { checklist } : {}) }
          const judge = { model: own, policy: scenarioPolicy(DEFAULT_POLICY, rules) }
          if (isAsked) simulator.judge({ ...simulator.base, policy: scenarioPolicy(DEFAULT_POLICY, {}) })
          expect(told(figures.of(judge))).toEqual(wanted(other, judge, judged, places))
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('a project without units has figures, all of them nothing', () => {
  const simulator = simulatorOf({}, { model: DEFAULT_MODEL, policy: DEFAULT_POLICY })
  const figures = new FigureReader(simulator, simulator.judge(simulator.base), null)
  const found = figures.of({ ...simulator.base, model: scenarioModel(DEFAULT_MODEL, joined([])) })
  expect(found).toMatchObject({ movers: { stage: 0, destination: 0, up: 0, down: 0 } })
  expect([...found.stages, ...found.destinations, ...(found.entrants ?? [1])].every(count => count === 0)).toBe(true)
})
