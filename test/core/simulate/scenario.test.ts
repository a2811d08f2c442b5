import { describe, expect, test } from 'vitest'
import { DEFAULT_MODEL } from '#score'
import { parseScenario, ScoreLadder, scenarioModel } from '#simulate'

const scenarioOf = (model: unknown) => parseScenario({ version: 1, model }).model

describe('a scenario', () => {
  test('changes what it names and leaves the rest', () => {
    const changes = scenarioOf({
      signals: { core_feature_used: { points: 3, cap: { points: 12 } }, pricing_page_view: { cap: null } },
      buckets: { intent: { decayDays: 14, max: null }, fit: { max: 8 } },
      conditions: { trial_ending: { days: 5 } },
      roles: { other: 0.8 },
      stages: { hot: 85 },
    })
    const model = scenarioModel(DEFAULT_MODEL, changes)
    const signals = DEFAULT_MODEL.signals.map(one => {
      if (one.id === 'core_feature_used') return { ...one, points: 3, cap: { points: 12, days: 7 } }
      if (one.id !== 'pricing_page_view') return one
      const { cap: _cap, ...bare } = one
      return bare
    })
    const { max: _max, ...intent } = DEFAULT_MODEL.buckets.intent
    expect(model).toEqual({
      ...DEFAULT_MODEL,
      signals,
      buckets: {
        ...DEFAULT_MODEL.buckets,
        intent: { ...intent, decayDays: 14 },
        fit: { ...DEFAULT_MODEL.buckets.fit, max: 8 },
      },
      conditions: DEFAULT_MODEL.conditions.map(one => (one.id === 'trial_ending' ? { ...one, days: 5 } : one)),
      roles: { ...DEFAULT_MODEL.roles, other: 0.8 },
      stages: { ...DEFAULT_MODEL.stages, hot: 85 },
    })
  })

  test('without changes is the model itself', () => {
    expect(scenarioModel(DEFAULT_MODEL, scenarioOf({}))).toEqual(DEFAULT_MODEL)
  })

  test.each([
    { why: 'a signal the model lacks', model: { signals: { nope: { points: 1 } } }, message: 'no signal called nope' },
    { why: 'a condition it lacks', model: { conditions: { no: { days: 1 } } }, message: 'no condition called no' },
    { why: 'stages that fall', model: { stages: { warm: 99 } }, message: 'stages must rise' },
    { why: 'tiers outside fit', model: { buckets: { depth: { tiers: { A: 1 } } } }, message: 'tiers' },
    { why: 'a cap without days', model: { signals: { upgrade_click: { cap: { points: 4 } } } }, message: 'cap.days' },
  ])('that is no model any more is refused: $why', ({ model, message }) => {
    const refused = { code: 'usage/bad-model', message: expect.stringContaining(message) }
    expect(() => scenarioModel(DEFAULT_MODEL, scenarioOf(model))).toThrow(expect.objectContaining(refused))
  })

  test.each([
    { why: 'another version', json: { version: 2 }, path: 'version' },
    { why: 'a member it does not know', json: { version: 1, model: { weights: {} } }, path: 'model' },
    { why: 'a factor below 0', json: { version: 1, model: { roles: { admin: -1 } } }, path: 'model.roles.admin' },
    { why: 'a channel nobody has', json: { version: 1, capacities: { fax: 3 } }, path: 'capacities' },
    { why: 'no document', json: null, path: 'the document' },
  ])('is checked when it is opened: $why', ({ json, path }) => {
    const refused = { code: 'usage/bad-model', context: { path } }
    expect(() => parseScenario(json)).toThrow(expect.objectContaining(refused))
  })
})

describe('a ladder of scores', () => {
  const scores = [0, 0, 0.1, 64.9, 65, 65, 79.9, 80, 100]
  const ladder = new ScoreLadder(Float64Array.from(scores))
  test.each([-5, 0, 0.05, 0.1, 0.10000001, 64.9, 64.95, 65, 80, 99.99, 100, 100.0001, 500])('from %d', threshold => {
    expect(ladder.countFrom(threshold)).toBe(scores.filter(score => score >= threshold).length)
  })
  test('every score there can be is told from its neighbours', () => {
    const all = Float64Array.from({ length: 1001 }, (_, k) => k / 10)
    const every = new ScoreLadder(all)
    expect(Array.from(all, score => every.countFrom(score))).toEqual(Array.from(all, (_, k) => 1001 - k))
  })
})
