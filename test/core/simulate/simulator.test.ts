import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finish } from '#lib/steps'
import { DEFAULT_POLICY } from '#route'
import type { ScoringModel } from '#schema/model'
import { DESTINATIONS, type RoutingPolicy } from '#schema/policy'
import type { Level } from '#schema/unit'
import { DEFAULT_CHECKLIST, DEFAULT_MODEL, parseModel, STAGES } from '#score'
import { causeSteps, type Judge, modelWithin, moversOf, scenarioModel, scenarioPolicy } from '#simulate'
import { at, type WorldRows } from '../features/world.ts'
import { model, world } from '../score/random-world.ts'
import { TODAY } from '../score/scored.ts'
import { countsOf, entrantsOf, matrixOf } from './counted.ts'
import { anyChange, CHANGES, joined } from './random-changes.ts'
import { judged, simulatorOf } from './simulated.ts'

function wanted(rows: WorldRows, judge: Judge, level: Level = 'workspace') {
  const { judged: units, routes } = judged(rows, judge, level)
  return {
    score: Float64Array.from(units, ({ score }) => score.score),
    stage: Uint8Array.from(units, ({ score }) => STAGES.indexOf(score.stage)),
    destination: Uint8Array.from(routes, ({ destination }) => DESTINATIONS.indexOf(destination)),
  }
}

const threshold = fc.constantFrom(
  -1e9,
  -1,
  -0.05,
  0,
  3,
  9.9,
  10,
  40,
  59.95,
  60,
  70,
  70.30000000000001,
  80,
  100,
  100.1,
  1e9,
)
const routing = fc.record(
  {
    '3': fc.record({ '>=': threshold }),
    '5': fc.record({ '>=': threshold }),
    '6': fc.record({ '>=': threshold }),
    '7': fc.record({ '>=': threshold, '<': threshold }),
  },
  { requiredKeys: [] },
)

describe('scores, stages and destinations are those of the whole pipeline', () => {
  test.each(Object.entries(CHANGES))('after a change of %s', (_name, change) => {
    fc.assert(
      fc.property(world, model, change, (rows, base, one) => {
        const simulator = simulatorOf(rows, { model: base, policy: DEFAULT_POLICY })
        const judge = { model: scenarioModel(base, joined([one])), policy: DEFAULT_POLICY }
        expect(simulator.judge(judge)).toEqual(wanted(rows, judge))
      }),
      { numRuns: 10 },
    )
  })

  test('after any changes of model and rules, one after another', () => {
    const scenarios = fc.array(fc.tuple(fc.array(anyChange, { maxLength: 4 }), routing), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(world, model, scenarios, (rows, base, list) => {
        const simulator = simulatorOf(rows, { model: base, policy: DEFAULT_POLICY })
        for (const [changes, rules] of list) {
          const judge = {
            model: scenarioModel(base, joined(changes)),
            policy: scenarioPolicy(DEFAULT_POLICY, rules),
          }
          expect(simulator.judge(judge)).toEqual(wanted(rows, judge))
        }
      }),
      { numRuns: 30 },
    )
  })

  test('by a checklist, and from one to signals', () => {
    const checklist = parseModel({ ...DEFAULT_CHECKLIST, stages: { warm: 5, pql: 10, hot: 20 } })
    fc.assert(
      fc.property(world, rows => {
        for (const [base, other] of [
          [DEFAULT_MODEL, checklist],
          [checklist, DEFAULT_MODEL],
        ] as const) {
          const simulator = simulatorOf(rows, { model: base, policy: DEFAULT_POLICY })
          const judge = { model: other, policy: DEFAULT_POLICY }
          expect(simulator.judge({ ...judge, model: base })).toEqual(wanted(rows, { ...judge, model: base }))
          expect(simulator.judge(judge)).toEqual(wanted(rows, judge))
        }
      }),
      { numRuns: 20 },
    )
  })
})

const some = { event: { name: 'core_feature_used', at: at(TODAY) }, user: { user_id: 'a', workspace_id: 'w1' } }
const accounts = fc.tuple(fc.constantFrom('A', 'C', null), fc.constantFrom(30, 5000, null))

test.each<{ why: string; levels: readonly Level[]; rows: fc.Arbitrary<WorldRows> }>([
  {
    why: 'accounts that pool their workspaces, some without tier or size',
    levels: ['account', 'workspace'],
    rows: fc.tuple(world, accounts).map(([rows, [icp_fit_tier, employee_count]]) => ({
      ...rows,
      accounts: [{ account_id: 'x', icp_fit_tier, employee_count }, { account_id: 'y' }],
    })),
  },
  { why: 'a project with nothing', levels: ['workspace', 'account'], rows: fc.constant({}) },
  {
    why: 'one unit of which nothing is known',
    levels: ['workspace'],
    rows: fc.constant({ workspaces: [{ workspace_id: 'w1' }] }),
  },
  {
    why: 'people without events',
    levels: ['workspace'],
    rows: fc.constant({ workspaces: [{ workspace_id: 'w1' }], users: [some.user] }),
  },
  {
    why: 'events of nobody',
    levels: ['workspace'],
    rows: fc.constant({ workspaces: [{ workspace_id: 'w1' }], events: [{ ...some.event, workspace: 'w1' }] }),
  },
])('$why: what is simulated is what a full score says, by signals and by a checklist', ({ levels, rows: drawn }) => {
  const { checklist = [] } = parseModel(DEFAULT_CHECKLIST)
  fc.assert(
    fc.property(
      drawn,
      fc.constantFrom(...levels),
      model,
      fc.array(anyChange, { maxLength: 3 }),
      (rows, level, base, list) => {
        const simulator = simulatorOf(rows, { model: base, policy: DEFAULT_POLICY }, level)
        const changed = scenarioModel(base, joined(list))
        for (const own of [changed, { ...changed, checklist }, base]) {
          const judge = { model: own, policy: DEFAULT_POLICY }
          expect(simulator.judge(judge)).toEqual(wanted(rows, judge, level))
        }
      },
    ),
    { numRuns: 12 },
  )
})

test('the week before follows whatever was judged without it in between', () => {
  const factor = fc.constantFrom(0.2, 0.6, 1, 1.3)
  const roles = fc.record({ admin: factor, contributor: factor, other: factor })
  const steps = fc.array(fc.tuple(roles, anyChange, fc.boolean()), { minLength: 2, maxLength: 7 })
  fc.assert(
    fc.property(world, model, steps, (rows, base, list) => {
      const fresh = () => simulatorOf(rows, { model: base, policy: DEFAULT_POLICY })
      const simulator = fresh()
      simulator.judgeWeek(simulator.base)
      for (const [factors, change, withWeek] of list) {
        const changed = scenarioModel(base, joined([change]))
        const judge = { model: { ...changed, roles: { ...changed.roles, ...factors } }, policy: DEFAULT_POLICY }
        if (withWeek) expect(simulator.judgeWeek(judge)).toEqual(fresh().judgeWeek(judge))
        else expect(simulator.judge(judge)).toEqual(fresh().judge(judge))
      }
    }),
    { numRuns: 20 },
  )
})

test('rows of a checklist move as a model with those rows scores, and each mover has its row', () => {
  const base = parseModel({ ...DEFAULT_CHECKLIST, stages: { warm: 5, pql: 10, hot: 20 } })
  const change = fc.record(
    { weight: fc.constantFrom(0, 4, 25), threshold: fc.constantFrom(0, 1, 3) },
    { requiredKeys: [] },
  )
  const changes = fc.dictionary(fc.constantFrom(...(base.checklist ?? []).map(({ signal }) => signal)), change)
  fc.assert(
    fc.property(world, changes, (rows, checklist) => {
      const simulator = simulatorOf(rows, { model: base, policy: DEFAULT_POLICY })
      const judge = { model: scenarioModel(base, { ...joined([]), checklist }), policy: DEFAULT_POLICY }
      expect(simulator.judge(judge)).toEqual(wanted(rows, judge))
      const causes = finish(causeSteps(simulator, simulator.base, judge))
      for (const u of moversOf(simulator.judge(simulator.base), simulator.judge(judge), 'score'))
        expect(causes(u, 'score')?.change.path[0]).toBe('checklist')
    }),
    { numRuns: 20 },
  )
})

test('matrices add up to the counts of both sides', () => {
  fc.assert(
    fc.property(world, model, anyChange, (rows, base, one) => {
      const simulator = simulatorOf(rows, { model: base, policy: DEFAULT_POLICY })
      const before = simulator.judge(simulator.base)
      const after = simulator.judge({ model: scenarioModel(base, joined([one])), policy: DEFAULT_POLICY })
      const size = DESTINATIONS.length
      const matrix = matrixOf(before.destination, after.destination, size)
      const rowSums = Uint32Array.from({ length: size }, (_, d) => sum(matrix.slice(d * size, (d + 1) * size)))
      const columnSums = Uint32Array.from({ length: size }, (_, d) => sum(matrix.filter((_n, i) => i % size === d)))
      expect([rowSums, columnSums]).toEqual([countsOf(before).destinations, countsOf(after).destinations])
    }),
    { numRuns: 20 },
  )
})

const sum = (counts: Uint32Array): number => counts.reduce((total, n) => total + n, 0)

describe('entrants', () => {
  const day = (age: number): number => at(TODAY) - age * 86_400_000
  const rows = (lastAge: number): WorldRows => ({
    workspaces: [
      { workspace_id: 'w', created_at: '2026-01-01' },
      { workspace_id: 'young', created_at: '2026-05-29' },
    ],
    users: [{ user_id: 'a', workspace_id: 'w', product_role: 'admin' }],
    events: Array.from({ length: 20 }, (_, i) => ({
      name: 'usage_limit_hit',
      at: day(lastAge + i * 0.01),
      workspace: 'w',
      user: 'a',
    })),
  })
  const low: ScoringModel = { ...DEFAULT_MODEL, stages: { warm: 5, pql: 10, hot: 15 } }
  const policy: RoutingPolicy = scenarioPolicy(DEFAULT_POLICY, { '7': { '>=': 10 } })
  test.each([
    { why: 'events of this week bring it there', age: 1, want: ['lifecycle_email', 'nurture'] },
    { why: 'it was there a week ago too', age: 8, want: ['nurture'] },
  ])('$why; who is younger than a week has come', ({ age, want }) => {
    const simulator = simulatorOf(rows(age), { model: low, policy })
    const counts = entrantsOf(simulator.judgeWeek(simulator.base)) ?? []
    expect(DESTINATIONS.filter((_, d) => (counts[d] ?? 0) > 0).toSorted()).toEqual(want)
  })
})

test('a model that counts otherwise is another base', () => {
  const kinds = DEFAULT_MODEL.signals.map(({ kind }) => kind)
  for (const change of [{ timeZone: 'Asia/Tokyo' }, { loop: { events: 5 } }, { milestones: [] }])
    expect(() => modelWithin(DEFAULT_MODEL, parseModel({ ...DEFAULT_MODEL, ...change }), kinds)).toThrow(/score again/)
  expect(modelWithin(DEFAULT_MODEL, parseModel({ ...DEFAULT_MODEL, name: 'Other' }), kinds).name).toBe('Other')
})
