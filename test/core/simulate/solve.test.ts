import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finish } from '#lib/steps'
import { DEFAULT_POLICY } from '#route'
import { DESTINATIONS } from '#schema/policy'
import { STAGES } from '#score'
import {
  blockedBy,
  countBy,
  edgeReader,
  flipsOf,
  scenarioModel,
  scenarioPolicy,
  solveCapacity,
  thresholdFlow,
  tornadoSteps,
} from '#simulate'
import { model, world } from '../score/random-world.ts'
import { simulatorOf } from './simulated.ts'

const policy = DEFAULT_POLICY
const noChanges = { signals: {}, buckets: {}, conditions: {}, roles: {}, stages: {} }

describe('the flow over a threshold', () => {
  test('of a stage is that of the units that reach it now and did not a week before', () => {
    fc.assert(
      fc.property(world, model, fc.integer({ min: 0, max: 1000 }), (rows, base, step) => {
        const judge = { model: base, policy }
        const simulator = simulatorOf(rows, judge)
        const flow = thresholdFlow(simulator, judge, { kind: 'stage', stage: 'pql' })
        const at = step / 10
        const stages = { warm: at, pql: at, hot: at }
        const week = simulator.judgeWeek({ ...judge, model: scenarioModel(base, { ...noChanges, stages }) })
        const now = [...week.stage.keys()].filter(u => week.stage[u] === 3)
        expect(flow.stock[step]).toBe(now.length)
        expect(flow.entrants[step]).toBe(now.filter(u => week.wasThere[u] === 0 || week.before?.stage[u] !== 3).length)
      }),
      { numRuns: 40 },
    )
  })

  test.each(['5', '6', '7'])('of rule %s is that of the units that it sends where it does', ruleId => {
    const place = DESTINATIONS.indexOf(ruleId === '5' ? 'sdr' : 'lifecycle_email')
    fc.assert(
      fc.property(world, model, fc.integer({ min: 0, max: 1000 }), (rows, base, step) => {
        // The rules behind it send elsewhere, so that the destination is the rule's alone.
        const alone = {
          ...policy,
          rules: policy.rules.filter(({ id }) => id === ruleId || Number(id) < 5 || id === '9'),
        }
        const judge = { model: base, policy: alone }
        const simulator = simulatorOf(rows, judge)
        const flow = thresholdFlow(simulator, judge, { kind: 'rule', ruleId })
        const week = simulator.judgeWeek({ ...judge, policy: scenarioPolicy(alone, { [ruleId]: { '>=': step / 10 } }) })
        const now = [...week.score.keys()].filter(u => week.destination[u] === place)
        const came = now.filter(u => week.wasThere[u] === 0 || week.before?.destination[u] !== place)
        expect([flow.stock[step], flow.entrants[step]]).toEqual([now.length, came.length])
      }),
      { numRuns: 20 },
    )
  })
})

const steps = (...list: readonly (readonly [from: number, to: number, count: number])[]) => {
  const entrants = new Uint32Array(1001)
  for (const [from, to, count] of list) entrants.fill(count, from, to + 1)
  return { entrants, stock: entrants }
}

test.each([
  {
    why: 'the lowest of those that fill it, with who is tied',
    flow: steps([700, 900, 3], [690, 699, 8]),
    room: 5,
    want: { threshold: 70, entrants: 3, next: { threshold: 69.9, entrants: 8 }, tied: 5 },
  },
  {
    why: 'where it falls again below, the first time counts',
    flow: steps([700, 900, 3], [690, 699, 8], [0, 689, 1]),
    room: 5,
    want: { threshold: 70 },
  },
  {
    why: 'filled high up: lower ones bring older units, and no more new ones before there are too many',
    flow: steps([620, 640, 5], [125, 619, 4], [100, 124, 5], [0, 99, 7]),
    room: 5,
    want: { threshold: 62, entrants: 5, next: { threshold: 9.9, entrants: 7 }, tied: 2 },
  },
  {
    why: 'never filled: the busiest',
    flow: steps([200, 300, 4], [0, 199, 2]),
    room: 9,
    want: { threshold: 20, entrants: 4, next: null, tied: 0 },
  },
  { why: 'room for nobody', flow: steps([0, 1000, 2]), room: 1, want: null },
])('a capacity: $why', ({ flow, room, want }) => {
  const solved = solveCapacity(flow, room)
  if (want === null) expect(solved).toBeNull()
  else expect(solved).toMatchObject(want)
})

const AS_USUAL = { warm: 50, pql: 65, hot: 80 }
test.each([
  {
    why: 'between its neighbours nothing is in the way',
    target: { kind: 'stage', stage: 'pql' } as const,
    flow: steps([700, 900, 3], [690, 699, 8]),
    want: null,
  },
  {
    why: 'below the lower one that would have to move, and the best above it is the one with most entrants',
    target: { kind: 'stage', stage: 'hot' } as const,
    flow: steps([700, 900, 3], [600, 650, 5], [0, 599, 8]),
    want: { side: 'lower', stage: 'pql', threshold: 65, best: { threshold: 65, entrants: 5, stock: 5 } },
  },
  {
    why: 'above the higher one, and all below it let in too many',
    target: { kind: 'stage', stage: 'warm' } as const,
    flow: steps([900, 1000, 4], [0, 899, 8]),
    want: { side: 'higher', stage: 'pql', threshold: 65, best: null },
  },
  {
    why: 'above the higher one, where less is let in below it too',
    target: { kind: 'stage', stage: 'warm' } as const,
    flow: steps([900, 1000, 4], [600, 899, 2], [0, 599, 8]),
    want: { side: 'higher', stage: 'pql', threshold: 65, best: { threshold: 60, entrants: 2, stock: 2 } },
  },
  {
    why: 'a rule has no neighbours',
    target: { kind: 'rule', ruleId: '7' } as const,
    flow: steps([600, 650, 5], [0, 599, 8]),
    want: null,
  },
])('a stage in the way: $why', ({ target, flow, want }) => {
  expect(blockedBy(flow, solveCapacity(flow, 5), { stages: AS_USUAL, target, capacity: 5 })).toEqual(want)
})

test('the best that the stages leave room for is between them, within the capacity, and no other there has more entrants', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 9 }), { minLength: 10, maxLength: 10 }),
      fc.constantFrom('warm', 'pql', 'hot'),
      fc.nat({ max: 9 }),
      fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), fc.nat({ max: 1000 })),
      (levels, stage, capacity, thresholds) => {
        const [warm = 0, pql = 0, hot = 0] = thresholds.toSorted((a, b) => a - b).map(step => step / 10)
        const flow = steps(...levels.map((count, i) => [i * 100, i * 100 + (i === 9 ? 100 : 99), count] as const))
        const solved = solveCapacity(flow, capacity)
        const blocked = blockedBy(flow, solved, {
          stages: { warm, pql, hot },
          target: { kind: 'stage', stage },
          capacity,
        })
        const [least, most] = { warm: [0, pql], pql: [warm, hot], hot: [pql, 100] }[stage] as [number, number]
        const fits = solved === null || (solved.threshold >= least && solved.threshold <= most)
        expect(blocked === null).toBe(fits)
        if (blocked === null) return
        const isOpen = (step: number): boolean => flow.entrants.subarray(step).every(one => one <= capacity)
        const open = [...flow.entrants.keys()].filter(step => step / 10 >= least && step / 10 <= most && isOpen(step))
        expect(blocked.best?.entrants).toBe(
          open.length === 0 ? undefined : Math.max(...open.map(step => flow.entrants[step] ?? 0)),
        )
        if (blocked.best !== null) expect(open).toContain(Math.round(blocked.best.threshold * 10))
      },
    ),
  )
})

test('edges are the nearest scores with another destination, and nothing lies between', () => {
  fc.assert(
    fc.property(world, model, (rows, base) => {
      const judge = { model: base, policy }
      const simulator = simulatorOf(rows, judge)
      const judged = simulator.judge(judge)
      const edgesOf = edgeReader(simulator, judge, judged)
      for (const [u, score] of judged.score.entries()) {
        const by = simulator.destinationsByScore(u, judge)
        const own = Math.round(score * 10)
        const others = [...by.keys()].filter(step => by[step] !== judged.destination[u])
        const { up, down } = edgesOf(u)
        const above = others.find(step => step > own)
        const below = others.findLast(step => step < own)
        expect(up?.points).toBe(above === undefined ? undefined : (above - own) / 10)
        expect(down?.points).toBe(below === undefined ? undefined : (own - below) / 10)
      }
    }),
    { numRuns: 20 },
  )
})

test('a unit alone is judged as among all, and a flip is true of it', () => {
  fc.assert(
    fc.property(world, model, (rows, base) => {
      const judge = { model: { ...base, stages: { warm: 2, pql: 5, hot: 9 } }, policy }
      const simulator = simulatorOf(rows, judge)
      const all = simulator.judge(judge)
      for (const u of all.score.keys()) {
        const alone = simulator.ofUnit(u)
        const own = alone.judge(judge)
        expect([own.score[0], own.stage[0], own.destination[0]]).toEqual([
          all.score[u],
          all.stage[u],
          all.destination[u],
        ])
        const flips = flipsOf(alone, judge, judged => judged.stage[0] !== own.stage[0])
        for (const { judged, from, to } of flips) {
          expect(judged.stage).not.toBe(own.stage[0])
          expect(to).not.toBe(from)
        }
      }
    }),
    { numRuns: 1 },
  )
})

test('a tornado counts what each end comes to, the largest swing first', () => {
  fc.assert(
    fc.property(world, model, (rows, base) => {
      const judge = { model: { ...base, stages: { warm: 2, pql: 5, hot: 9 } }, policy }
      const simulator = simulatorOf(rows, judge)
      const bars = finish(tornadoSteps(simulator, judge, { share: 0.2, measure: 'pql' }))
      const swings = bars.map(({ low, high }) => Math.abs(low.count - high.count))
      expect(swings).toEqual(swings.toSorted((a, b) => b - a))
      const stage = bars.find(({ parameter }) => parameter.id === 'stages.pql')
      const at = (pql: number) =>
        countBy(simulator.judge({ ...judge, model: { ...judge.model, stages: { ...judge.model.stages, pql } } }), 'pql')
      expect([stage?.low.count, stage?.high.count]).toEqual([at(4), at(6)])
      expect(STAGES).toHaveLength(4)
    }),
    { numRuns: 5 },
  )
})
