import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScoringModel } from '#schema/model'
import { DEFAULT_MODEL, scoreUnits, type UnitTotals } from '#score'
import { kernelColumns, ScoreKernel, scenarioModel } from '#simulate'
import type { WorldRows } from '../features/world.ts'
import { model, world } from '../score/random-world.ts'
import { aged, modelWith, type Scored, scoreOf } from '../score/scored.ts'
import { anyChange, CHANGES, joined } from './random-changes.ts'

const kernelOf = ({ ground, units }: Scored, base: ScoringModel): ScoreKernel =>
  new ScoreKernel(kernelColumns(ground.index.cells, units), base, ground.today)

/** What the whole way says: units with their roles and fit, cells, and every sum, all from the rows. */
const fullScore = (rows: WorldRows, changed: ScoringModel): UnitTotals =>
  scoreUnits(scoreOf(rows, { model: changed }).ground)

describe('the kernel says what a full re-score says, bit for bit', () => {
  test('of the model it begins with', () => {
    fc.assert(
      fc.property(world, fc.oneof(fc.constant(DEFAULT_MODEL), model), (rows, base) => {
        const scored = scoreOf(rows, { model: base })
        expect(kernelOf(scored, base).totals).toEqual(scoreUnits(scored.ground))
      }),
    )
  })

  test.each(Object.entries(CHANGES))('after a change of %s, and back', (_name, change) => {
    fc.assert(
      fc.property(world, model, change, (rows, base, one) => {
        const scored = scoreOf(rows, { model: base })
        const kernel = kernelOf(scored, base)
        const changed = scenarioModel(base, joined([one]))
        kernel.apply(changed)
        expect(kernel.totals).toEqual(fullScore(rows, changed))
        kernel.apply(base)
        expect(kernel.totals).toEqual(scoreUnits(scored.ground))
      }),
      { numRuns: 30 },
    )
  })

  test('after any changes in any order', () => {
    const scenarios = fc.array(fc.array(anyChange, { maxLength: 4 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(world, model, scenarios, (rows, base, list) => {
        const kernel = kernelOf(scoreOf(rows, { model: base }), base)
        for (const changes of list) {
          const changed = scenarioModel(base, joined(changes))
          kernel.apply(changed)
          expect(kernel.totals).toEqual(fullScore(rows, changed))
        }
      }),
      { numRuns: 40 },
    )
  })

  test('where signals come, go and change places', () => {
    fc.assert(
      fc.property(world, model, fc.shuffledSubarray([0, 1, 2, 3, 4, 5]), (rows, base, places) => {
        const kernel = kernelOf(scoreOf(rows, { model: base }), base)
        const changed = { ...base, signals: places.flatMap(place => base.signals[place] ?? []) }
        kernel.apply(changed)
        expect(kernel.totals).toEqual(fullScore(rows, changed))
        kernel.apply(base)
        expect(kernel.totals).toEqual(fullScore(rows, base))
      }),
    )
  })
})

const ROWS: WorldRows = {
  workspaces: [{ workspace_id: 'w', created_at: '2026-01-01' }],
  users: [{ user_id: 'a', workspace_id: 'w', department: 'sales' }],
  events: ['core_feature_used', 'automation_run', 'invite_sent', 'upgrade_click'].map(name => ({
    name,
    at: aged(3),
    workspace: 'w',
    user: 'a',
  })),
}

test.each([
  { why: 'nothing', changes: {}, want: { signals: [], buckets: [] } },
  { why: 'a stage', changes: { stages: { hot: 90 } }, want: { signals: [], buckets: [] } },
  {
    why: 'a weight per unit',
    changes: { signals: { invite_sent: { points: 3 } } },
    want: { signals: ['invite_sent'], buckets: ['expansion'] },
  },
  {
    why: 'a weight per person: another one may represent',
    changes: { signals: { upgrade_click: { points: 3 } } },
    want: { signals: ['upgrade_click'], buckets: ['activation', 'depth', 'intent'] },
  },
  {
    why: 'a half-life',
    changes: { buckets: { negative: { decayDays: 10 } } },
    want: { signals: ['workspace_downgraded', 'uninstall_integration', 'event_loop'], buckets: ['negative'] },
  },
  {
    why: 'a maximum',
    changes: { buckets: { expansion: { max: 5 } } },
    want: { signals: [], buckets: ['expansion'] },
  },
  { why: 'the maximum of fit', changes: { buckets: { fit: { max: 5 } } }, want: { signals: [], buckets: ['fit'] } },
  {
    why: 'a role factor',
    changes: { roles: { other: 0.5 } },
    want: { signals: [], buckets: ['activation', 'depth', 'intent'] },
  },
  {
    why: 'a condition',
    changes: { conditions: { inactive_14d: { days: 10 } } },
    want: { signals: [], buckets: ['negative'] },
  },
])('only what a change touches is worked out anew: $why', ({ changes, want }) => {
  const kernel = kernelOf(scoreOf(ROWS), DEFAULT_MODEL)
  const whole = { signals: {}, buckets: {}, conditions: {}, roles: {}, stages: {}, ...changes }
  expect(kernel.apply(scenarioModel(DEFAULT_MODEL, whole))).toEqual(want)
})

test.each([
  { why: 'another loop rule', changed: modelWith({ loop: { events: 5 } }) },
  { why: 'another zone', changed: modelWith({ timeZone: 'Europe/Berlin' }) },
  { why: 'other titles', changed: modelWith({ roles: { ...DEFAULT_MODEL.roles, targetDepartments: ['it'] } }) },
  {
    why: 'a kind that no cell knows',
    changed: modelWith({ signals: DEFAULT_MODEL.signals.map(one => ({ ...one, kind: 'unheard_of' })) }),
  },
])('a model that needs other cells is refused: $why', ({ changed }) => {
  expect(() => kernelOf(scoreOf(ROWS), DEFAULT_MODEL).apply(changed)).toThrow('keeps the cells')
})
