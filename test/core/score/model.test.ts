import { describe, expect, test } from 'vitest'
import { modelHash } from '#pipeline'
import type { Rollups } from '#schema/rollups'
import {
  DEFAULT_CHECKLIST,
  DEFAULT_MODEL,
  defaultModelText,
  lintModel,
  modelDocument,
  modelJsonSchema,
  parseChecklist,
  parseModel,
  reachOf,
  scoreChecklist,
} from '#score'
import { modelWith } from './scored.ts'

/** The model file as the specification shows it: only its keys. */
const SPEC = {
  version: 1,
  name: 'Recipe',
  timeZone: 'UTC',
  loop: { events: 100 },
  buckets: {
    activation: { max: 25, scope: 'person', curve: 'time_constant', decayDays: 30 },
    depth: { max: 25, scope: 'person', curve: 'time_constant', decayDays: 14 },
    intent: { max: 20, scope: 'person', curve: 'time_constant', decayDays: 7 },
    expansion: { max: 20, scope: 'unit', curve: 'time_constant', decayDays: 21 },
    fit: { max: 10, tiers: { A: 10, B: 6, C: 2 } },
    negative: { min: -60, scope: 'unit', curve: 'time_constant', decayDays: 30 },
  },
  signals: [
    {
      id: 'core_feature_used',
      kind: 'core_feature_used',
      bucket: 'depth',
      points: 2,
      count: 'daily',
      cap: { points: 10, days: 7 },
    },
  ],
  conditions: [
    { id: 'inactive_14d', bucket: 'negative', points: -20, days: 14 },
    { id: 'trial_ending', bucket: 'intent', points: 5, days: 3 },
  ],
  roles: { admin: 1.3, manager: 1.2, contributor: 1.0, other: 0.6, targetDepartments: [] },
  stages: { warm: 50, pql: 65, hot: 80 },
  taxonomy: [
    {
      kind: 'pricing_page_view',
      category: 'intent',
      match: ['pricing_page_view', 'pricing_page_viewed', 'viewed_pricing*'],
      highIntent: false,
    },
  ],
}

describe('model file', () => {
  test("the specification's keys are enough", () => {
    const model = parseModel(SPEC)
    expect(model.roles.titles.manager.length).toBeGreaterThan(0)
    expect(model.milestones).toEqual(DEFAULT_MODEL.milestones)
    expect(model.signals).toEqual(SPEC.signals)
  })

  test('the default model is its own text', () => {
    expect(parseModel(JSON.parse(defaultModelText()))).toEqual(DEFAULT_MODEL)
    expect(DEFAULT_MODEL.buckets).toEqual(SPEC.buckets)
    expect(DEFAULT_MODEL.signals.map(s => [s.id, s.bucket, s.points, s.count, s.cap?.points, s.cap?.days])).toEqual([
      ['workspace_created', 'activation', 2, 'first', undefined, undefined],
      ['key_action_completed', 'activation', 15, 'latest', undefined, undefined],
      ['first_value_delivered', 'activation', 8, 'first', undefined, undefined],
      ['core_feature_used', 'depth', 2, 'daily', 10, 7],
      ['automation_run', 'depth', 3, 'each', 12, 7],
      ['invite_sent', 'expansion', 2, 'each', 10, 14],
      ['invite_accepted', 'expansion', 4, 'each', 12, 14],
      ['new_active_user', 'expansion', 2, 'each', 10, 14],
      ['pricing_page_view', 'intent', 3, 'each', 6, 7],
      ['upgrade_click', 'intent', 8, 'each', undefined, undefined],
      ['usage_limit_hit', 'intent', 10, 'each', undefined, undefined],
      ['workspace_downgraded', 'negative', -15, 'each', undefined, undefined],
      ['uninstall_integration', 'negative', -6, 'each', undefined, undefined],
      ['event_loop', 'negative', -5, 'each', 15, 14],
    ])
    expect(DEFAULT_MODEL.taxonomy.map(entry => entry.kind)).toEqual(
      expect.arrayContaining([
        'integration_installed',
        'session_started',
        'login',
        'data_imported',
        'data_warehouse_export_enabled',
        'api_rate_limit_hit',
        'trial_started',
        'plan_upgraded',
        'signup',
      ]),
    )
  })

  test('a member that is null counts as not given', () => {
    const signal = { ...SPEC.signals[0], cap: null, curve: null }
    expect(parseModel({ ...SPEC, signals: [signal] }).signals[0]).not.toHaveProperty('cap')
  })

  test.each<readonly [why: string, changes: object, path: string]>([
    ['an unknown key', { weights: 1 }, 'the document'],
    ['a bad zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['an unknown bucket', { signals: [{ ...SPEC.signals[0], bucket: 'mood' }] }, 'signals[0].bucket'],
    ['a cap of no days', { signals: [{ ...SPEC.signals[0], cap: { points: 1, days: 0 } }] }, 'signals[0].cap.days'],
    ['two signals of one name', { signals: [SPEC.signals[0], SPEC.signals[0]] }, 'signals[1].id'],
    [
      'a condition that says nothing',
      { conditions: [{ id: 'odd', bucket: 'depth', points: 1, days: 1 }] },
      'conditions[0].when',
    ],
    [
      'a decay without days',
      { buckets: { ...SPEC.buckets, depth: { max: 1, scope: 'person' } } },
      'signals[0].decayDays',
    ],
    ['stages that fall', { stages: { warm: 70, pql: 65, hot: 80 } }, 'stages'],
    ['no stages', { stages: null }, 'stages'],
  ])('%s is refused with its path', (_why, changes, path) => {
    expect(() => parseModel({ ...SPEC, ...changes })).toThrow(
      expect.objectContaining({ code: 'usage/bad-model', context: { path } }),
    )
  })

  test('no object is no model', () => {
    expect(() => parseModel([])).toThrow(expect.objectContaining({ code: 'usage/bad-model' }))
  })

  test('the JSON Schema is that of a model file', () => {
    expect(modelJsonSchema()).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['version', 'buckets', 'signals', 'stages']),
    })
  })
})

describe('hygiene', () => {
  test('the reach of the default model: every bucket can be filled', () => {
    expect(reachOf(DEFAULT_MODEL)).toEqual({
      buckets: { activation: 25, depth: 25, expansion: 20, intent: 20, fit: 10, negative: 0 },
      total: 100,
    })
  })

  test('the reach of a capped signal is its cap in every window, decayed', () => {
    const model = modelWith({
      signals: [{ id: 's', kind: 'login', bucket: 'expansion', points: 1, count: 'each', cap: { points: 2, days: 7 } }],
      buckets: { ...DEFAULT_MODEL.buckets, expansion: { scope: 'unit', curve: 'linear', decayDays: 10 } },
    })
    expect(reachOf(model).buckets.expansion).toBeCloseTo(2 + 2 * (1 - 7 / 10), 12)
  })

  test('a signal that is counted once reaches its points times the largest factor', () => {
    const model = modelWith({ signals: DEFAULT_MODEL.signals.slice(0, 1) })
    expect(reachOf(model).buckets.activation).toBeCloseTo(2 * 1.3, 12)
  })

  test('findings of the default model on data without upgrades', () => {
    const seen = new Set(DEFAULT_MODEL.signals.map(signal => signal.kind).filter(kind => kind !== 'upgrade_click'))
    const findings = lintModel(DEFAULT_MODEL, seen).filter(finding => finding.level === 'warning')
    expect(findings.map(({ code, path }) => [code, path])).toEqual([
      ['never-fires', 'signals[9]'],
      ['uncapped', 'signals[9]'],
      ['uncapped', 'signals[10]'],
    ])
    expect(lintModel(DEFAULT_MODEL, null).some(({ code }) => code === 'never-fires')).toBe(false)
    expect(lintModel(DEFAULT_MODEL, null).filter(({ code }) => code === 'time-constant')).toHaveLength(5)
  })

  test.each<readonly [code: string, changes: Partial<typeof DEFAULT_MODEL>, path: string]>([
    ['unreachable-stage', { signals: [], conditions: [] }, 'stages.warm'],
    [
      'kind-without-entry',
      { signals: [{ id: 's', kind: 'odd', bucket: 'depth', points: 1, count: 'first' }] },
      'signals[0]',
    ],
    ['sign', { signals: [{ id: 's', kind: 'login', bucket: 'depth', points: -1, count: 'first' }] }, 'signals[0]'],
    ['sign', { signals: [{ id: 's', kind: 'login', bucket: 'negative', points: 1, count: 'first' }] }, 'signals[0]'],
    [
      'no-effect',
      { signals: [{ id: 's', kind: 'login', bucket: 'negative', points: 0, count: 'first' }] },
      'signals[0]',
    ],
  ])('%s', (code, changes, path) => {
    expect(lintModel(modelWith(changes), null)).toContainEqual(expect.objectContaining({ code, path }))
  })
})

describe('checklist', () => {
  const rollups = (values: Partial<Rollups>): Rollups => values as Rollups
  test.each<readonly [why: string, values: Partial<Rollups>, score: number, stage: string]>([
    ['nothing met', { logins_7d: 4 }, 0, 'Not PQL'],
    ['a threshold is met at it', { logins_7d: 5 }, 10, 'Not PQL'],
    ['PQL from 60', { team_invites: 2, integrations_connected: 1, features_activated: 3 }, 60, 'PQL'],
    [
      'all of it',
      {
        logins_7d: 9,
        features_activated: 3,
        team_invites: 2,
        integrations_connected: 4,
        records_imported: 100,
        active_days_14d: 7,
      },
      100,
      'Hot PQL',
    ],
  ])('%s', (_why, values, score, stage) => {
    expect(scoreChecklist(DEFAULT_CHECKLIST, rollups(values))).toMatchObject({ score, stage })
  })

  test('the lines add up; unknown rollups and names meet nothing; true counts as 1', () => {
    const model = parseChecklist({
      version: 1,
      kind: 'checklist',
      rows: [
        { signal: 'crm_connected', weight: 90, threshold: 1 },
        { signal: 'mau_30d', weight: 30, threshold: 1 },
        { signal: 'mrr', weight: 5, threshold: 0 },
        { signal: 'toString', weight: 5, threshold: 0 },
      ],
    })
    const { total, score, lines } = scoreChecklist(model, rollups({ crm_connected: true, mau_30d: 3, mrr: null }))
    expect([total, score, lines.map(line => [line.signal, line.finalPoints])]).toEqual([
      120,
      100,
      [
        ['crm_connected', 90],
        ['mau_30d', 30],
        ['clamp', -20],
      ],
    ])
  })

  test('is a model like the other: read, changed, named by one hash', () => {
    const model = parseModel({
      version: 3,
      kind: 'checklist',
      rows: [{ signal: 'dau', weight: 1, threshold: 2 }],
      name: null,
    })
    expect(model).toMatchObject({ version: 3, name: 'Unnamed', signals: [], conditions: [], stages: { pql: 60 } })
    expect(model.taxonomy).toEqual(DEFAULT_MODEL.taxonomy)
    const document = modelDocument(model)
    expect(document).toMatchObject({ kind: 'checklist', rows: [{ signal: 'dau', weight: 1, threshold: 2 }] })
    expect(parseModel(JSON.parse(JSON.stringify(document)))).toEqual(model)
    expect(parseModel(JSON.parse(JSON.stringify(model)))).toEqual(model)
    const [first] = DEFAULT_MODEL.taxonomy
    const changed = parseModel({ ...model, taxonomy: [first] })
    expect([changed.checklist, changed.taxonomy]).toEqual([model.checklist, [first]])
    expect(modelHash(parseModel(document))).toBe(modelHash(model))
    expect(modelHash(changed)).not.toBe(modelHash(model))
    expect(modelDocument(DEFAULT_MODEL)).toEqual(DEFAULT_MODEL)
  })

  test('a bad checklist is refused with its path', () => {
    expect(() =>
      parseChecklist({ version: 1, kind: 'checklist', rows: [{ signal: 'x', weight: 'much', threshold: 1 }] }),
    ).toThrow(expect.objectContaining({ code: 'usage/bad-model', context: { path: 'rows[0].weight' } }))
  })
})
