import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#route'
import { DEFAULT_CHECKLIST, DEFAULT_MODEL, parseModel } from '#score'
import { followed, parametersOf, parseScenario, placesOf, ScoreLadder, scenarioModel, scenarioPolicy } from '#simulate'

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
    {
      why: 'a test of the score without end',
      json: { version: 1, routing: { '3': { '>=': 1e16 } } },
      path: 'routing.3.>=',
    },
    { why: 'no document', json: null, path: 'the document' },
  ])('is checked when it is opened: $why', ({ json, path }) => {
    const refused = { code: 'usage/bad-model', context: { path } }
    expect(() => parseScenario(json)).toThrow(expect.objectContaining(refused))
  })
})

describe('a name that is spelt wrong is refused with those that there are, the nearest first', () => {
  test.each([
    { why: 'a stage', json: { model: { stages: { hott: 80 } } }, message: 'there is no hott; known: hot, ' },
    { why: 'a bucket', json: { model: { buckets: { itent: {} } } }, message: 'there is no itent; known: intent, ' },
    { why: 'a channel', json: { capacities: { sdrr: 3 } }, message: 'there is no sdrr; known: sdr, ' },
    { why: 'a part', json: { modle: {} }, message: 'there is no modle; known: model, ' },
    {
      why: 'a field',
      json: { model: { signals: { a: { point: 1 } } } },
      message: 'there is no point; known: points, ',
    },
    { why: 'a test', json: { routing: { a: { '=>': 1 } } }, message: 'there is no =>; known: >, >=' },
  ])('$why', ({ json, message }) => {
    const refused = { code: 'usage/bad-model', message: expect.stringContaining(message) }
    expect(() => parseScenario({ version: 1, ...json })).toThrow(expect.objectContaining(refused))
  })

  test('a signal', () => {
    const message = expect.stringContaining('no signal called upgrade_clik; known: upgrade_click, ')
    const changed = () => scenarioModel(DEFAULT_MODEL, scenarioOf({ signals: { upgrade_clik: { points: 1 } } }))
    expect(changed).toThrow(expect.objectContaining({ message }))
  })

  test('a rule', () => {
    const message = expect.stringContaining('none called 99; known: ')
    expect(() => scenarioPolicy(DEFAULT_POLICY, { 99: { '>=': 1 } })).toThrow(expect.objectContaining({ message }))
  })
})

describe('a scenario over a checklist', () => {
  const base = parseModel({ ...DEFAULT_CHECKLIST, stages: { warm: 5, pql: 10, hot: 20 } })

  test('changes weights and thresholds of rows', () => {
    const model = scenarioModel(
      base,
      scenarioOf({ checklist: { team_invites: { weight: 5 }, logins_7d: { threshold: 2 } } }),
    )
    const rows = base.checklist?.map(row => {
      if (row.signal === 'team_invites') return { ...row, weight: 5 }
      return row.signal === 'logins_7d' ? { ...row, threshold: 2 } : row
    })
    expect(model).toEqual({ ...base, checklist: rows })
  })

  test('a row that it lacks is refused', () => {
    const refused = { code: 'usage/bad-model', message: expect.stringContaining('no row of a checklist called logins') }
    const changed = () => scenarioModel(base, scenarioOf({ checklist: { logins: { weight: 1 } } }))
    expect(changed).toThrow(expect.objectContaining(refused))
  })

  test('every figure of it has a handle', () => {
    const parameters = parametersOf({ model: base, policy: DEFAULT_POLICY }).filter(
      ({ group }) => group === 'checklist',
    )
    expect(parameters).toHaveLength(2 * (base.checklist ?? []).length)
    expect(parameters[0]).toMatchObject({
      id: 'checklist.logins_7d.weight',
      path: ['model', 'checklist', 'logins_7d', 'weight'],
      value: 10,
    })
  })
})

describe('units that other persons, accounts or merges make', () => {
  const home = (id: string, ...workspaceIds: string[]) => ({ id, workspaceIds })
  test.each([
    {
      why: 'the same ones',
      base: [home('a', 'a'), home('b', 'b')],
      others: [home('a', 'a'), home('b', 'b')],
      want: [0, 1],
    },
    { why: 'a merge', base: [home('a', 'a'), home('b', 'b')], others: [home('a', 'a', 'b')], want: [0, 0] },
    {
      why: 'a merge that falls apart',
      base: [home('a', 'a', 'b')],
      others: [home('a', 'a'), home('b', 'b')],
      want: [0],
    },
    {
      why: 'an account of another id',
      base: [home('x', 'a', 'b')],
      others: [home('y', 'a'), home('z', 'b')],
      want: [0],
    },
    { why: 'nothing left', base: [home('x', 'a')], others: [home('y', 'b')], want: [-1] },
  ])('$why', ({ base, others, want }) => {
    const places = placesOf(base, others)
    expect([...places]).toEqual(want)
    const judged = {
      score: Float64Array.from(others, (_, i) => 10 + i),
      stage: Uint8Array.from(others, () => 3),
      destination: Uint8Array.from(others, () => 5),
    }
    const { score, stage } = followed(judged, places)
    expect([...score]).toEqual(want.map(place => (place < 0 ? 0 : 10 + place)))
    expect([...stage]).toEqual(want.map(place => (place < 0 ? 0 : 3)))
  })
})

describe('a ladder of scores', () => {
  const scores = [0, 0, 0.1, 64.9, 65, 65, 79.9, 80, 100]
  const ladder = new ScoreLadder(Float64Array.from(scores))
  test.each([-5, 0, 0.05, 0.1, 0.10000001, 64.9, 64.95, 65, 80, 99.99, 100, 100.0001, 500])('from %d', threshold => {
    expect(ladder.countFrom(threshold)).toBe(scores.filter(score => score >= threshold).length)
  })
  test('its bins of one point hold what lies between whole figures', () => {
    const bins = Array.from({ length: 101 }, (_, bin) => scores.filter(score => Math.floor(score) === bin).length)
    expect([...ladder.histogram()]).toEqual(bins)
  })
  test('every score there can be is told from its neighbours', () => {
    const all = Float64Array.from({ length: 1001 }, (_, k) => k / 10)
    const every = new ScoreLadder(all)
    expect(Array.from(all, score => every.countFrom(score))).toEqual(Array.from(all, (_, k) => 1001 - k))
  })
})
