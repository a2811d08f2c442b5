import { describe, expect, test } from 'vitest'
import type { Rollups } from '#schema/rollups'
import { DEFAULT_MODEL } from '#score'
import { aged, day, modelWith } from '../score/scored.ts'
import { findingsOf } from './found.ts'
import type { EventRow, WorldRows } from './world.ts'

const one = (name: string, age: number, user?: string, properties?: unknown): EventRow => ({
  name,
  at: aged(age),
  workspace: 'w',
  ...(user === undefined ? {} : { user }),
  ...(properties === undefined ? {} : { properties }),
})
const W = { workspaces: [{ workspace_id: 'w' }] }
const rollupsOf = (events: EventRow[], more: WorldRows = {}): Rollups => findingsOf({ ...W, ...more, events }).rollups

type Case = Readonly<{ why: string; events: EventRow[]; want: Partial<Rollups>; more?: WorldRows }>

describe('windows', () => {
  test.each<Case>([
    {
      why: 'persons active at ages 0, 6, 29',
      events: [one('x', 0, 'a'), one('x', 0, 'a'), one('x', 6, 'b'), one('x', 29, 'c'), one('x', 30, 'd'), one('x', 0)],
      want: { dau: 1, wau_7d: 2, mau_30d: 3, seats_active_7d: 2 },
    },
    { why: 'age 7 is not in the last 7 days', events: [one('x', 7, 'a')], want: { wau_7d: 0, mau_30d: 1 } },
    {
      why: 'active days are days of anybody',
      events: [one('x', 0), one('y', 0, 'a'), one('y', 13, 'a'), one('y', 14, 'a')],
      want: { active_days_14d: 2 },
    },
    {
      why: 'days with the core feature',
      events: [
        one('core_feature_used', 1, 'a'),
        one('core_feature_used', 1, 'b'),
        one('core_feature_used', 13),
        one('core_feature_used', 14),
      ],
      want: { core_feature_days_14d: 2 },
    },
    {
      why: 'counts of 7 days',
      events: [
        one('login', 6, 'a'),
        one('login', 7, 'a'),
        one('core_feature_used', 6),
        one('key_action_completed', 0),
        one('automation_run', 3),
        one('api_rate_limit_hit', 3),
        one('upgrade_click', 6),
        one('pricing_page_view', 7),
      ],
      want: {
        logins_7d: 1,
        core_actions_7d: 2,
        automation_runs_7d: 1,
        api_rate_limit_hits_7d: 1,
        upgrade_clicks_7d: 1,
        pricing_page_views_7d: 0,
      },
    },
    {
      why: 'sessions and invites',
      events: [
        one('session_started', 6),
        one('session_started', 13),
        one('session_started', 14),
        one('invite_sent', 6),
        one('invite_sent', 13),
        one('invite_sent', 400),
        one('invite_accepted', 6),
        one('invite_accepted', 13),
      ],
      want: {
        sessions_7d: 1,
        sessions_14d: 2,
        invites_sent_7d: 1,
        invites_sent_14d: 2,
        team_invites: 3,
        invites_accepted_7d: 1,
        invites_accepted_14d: 2,
      },
    },
    {
      why: 'usage limits of 30 days',
      events: [one('usage_limit_hit', 29), one('usage_limit_hit', 30)],
      want: { usage_limit_hits_30d: 1 },
    },
    {
      why: 'last activity and age',
      events: [one('x', 3), one('y', 5)],
      want: { last_active_at: aged(3), days_since_signup: 20 },
      more: { workspaces: [{ workspace_id: 'w', created_at: day(20) }] },
    },
    {
      why: 'nothing at all',
      events: [],
      want: {
        dau: 0,
        last_active_at: null,
        days_since_signup: null,
        mrr: null,
        trial_days_remaining: null,
        key_feature_adoption_ratio: null,
        feature_adoption_score: null,
      },
    },
    {
      why: 'seats: members, or the given column where it is larger',
      events: [],
      want: { seat_count_total: 2 },
      more: {
        workspaces: [{ workspace_id: 'w', seat_count_total: 1 }],
        memberships: ['a', 'b'].map(user_id => ({ user_id, workspace_id: 'w' })),
      },
    },
    {
      why: 'the given column wins',
      events: [one('x', 1, 'a')],
      want: { seat_count_total: 9 },
      more: { workspaces: [{ workspace_id: 'w', seat_count_total: 9 }] },
    },
    {
      why: 'a trial that is over has days below zero',
      events: [],
      want: { trial_days_remaining: -2 },
      more: { workspaces: [{ workspace_id: 'w', trial_end_date: day(2) }] },
    },
    {
      why: 'growth: new in 30 days minus gone for 30',
      events: [
        one('x', 29, 'a'),
        one('x', 0, 'b'),
        one('x', 30, 'c'),
        one('x', 90, 'd'),
        one('x', 90, 'e'),
        one('x', 1, 'e'),
      ],
      want: { seat_growth_30d: 0 },
    },
    {
      why: 'records: the sum of counts',
      events: [
        one('data_imported', 9, 'a', { count: 40 }),
        one('data_imported', 8, 'a', { count: '2' }),
        one('data_imported', 8, 'a'),
      ],
      want: { records_imported: 42 },
    },
    {
      why: 'records: without counts the events',
      events: [one('data_imported', 9, 'a', { count: null }), one('data_imported', 8, 'a')],
      want: { records_imported: 2 },
    },
    {
      why: 'warehouse export, ever',
      events: [one('data_warehouse_export_enabled', 500)],
      want: { data_warehouse_export_enabled: true },
    },
  ])('$why', ({ events, want, more }) => {
    expect(rollupsOf(events, more)).toMatchObject(want)
  })
})

describe('features and integrations', () => {
  const use = (age: number, feature: unknown, name = 'core_feature_used'): EventRow =>
    one(name, age, 'a', { plan: 'x', feature })

  test('distinct features of key events in 30 days, over those seen in the project', () => {
    const elsewhere = { ...use(200, 'four'), workspace: 'x' }
    const events = [
      use(0, 'one'),
      use(29, 'two'),
      use(1, 'one'),
      use(30, 'three'),
      use(0, 'five', 'login'),
      use(0, null),
      elsewhere,
    ]
    const { features_activated, key_feature_adoption_ratio, feature_adoption_score } = rollupsOf(events, {
      workspaces: [{ workspace_id: 'w' }, { workspace_id: 'x' }],
    })
    expect([features_activated, key_feature_adoption_ratio]).toEqual([2, 0.5])
    expect(feature_adoption_score).toBeCloseTo(100 * (0.25 + 2 / 14 / 2), 12)
  })

  test("over the model's list where there is one; a feature beside the list counts as used only", () => {
    const model = modelWith({ rollups: { ...DEFAULT_MODEL.rollups, features: ['one', 'two', 'three', 'four'] } })
    const { rollups } = findingsOf({ ...W, events: [use(0, 'one'), use(0, 'beta')] }, { model })
    expect([rollups.features_activated, rollups.key_feature_adoption_ratio]).toEqual([2, 0.25])
  })

  const set = (name: string, integration?: string): EventRow =>
    one(name, 40, 'a', integration === undefined ? undefined : { integration })
  test.each<readonly [why: string, events: EventRow[], installed: number, crm: boolean]>([
    ['installed', [set('integration_installed', 'slack')], 1, false],
    ['removed again', [set('integration_installed', 'slack'), set('uninstall_integration', 'slack')], 0, false],
    [
      'never below 0, per integration',
      [set('uninstall_integration', 'slack'), set('integration_installed', 'HubSpot')],
      1,
      true,
    ],
    [
      'a removed CRM is not connected',
      [set('integration_installed', 'hubspot'), set('uninstall_integration', 'hubspot')],
      0,
      false,
    ],
    ['without a name they are one', [set('integration_installed'), set('uninstall_integration')], 0, false],
  ])('%s', (_why, events, installed, crm) => {
    expect(rollupsOf(events)).toMatchObject({
      integrations_installed: installed,
      integrations_connected: installed,
      crm_connected: crm,
    })
  })
})

describe('milestones and activation', () => {
  const hour = 3_600_000
  test('activation is the first instant at which 2 persons and the key action were there', () => {
    const events = [
      one('key_action_completed', 9, 'a'),
      { ...one('login', 5, 'b'), at: aged(5) + hour },
      one('x', 1, 'c'),
    ]
    const { rollups } = findingsOf({
      workspaces: [{ workspace_id: 'w', created_at: new Date(aged(10)).toISOString() }],
      events,
    })
    expect(rollups).toMatchObject({
      activation_date: aged(5) + hour,
      activation_path: 'login',
      time_to_activation_hours: 5 * 24 + 1,
    })
  })

  test('the key action completes it where the persons were first; one person never does', () => {
    const { rollups } = findingsOf({
      ...W,
      events: [one('login', 9, 'a'), one('login', 8, 'b'), one('key_action_completed', 2)],
    })
    expect(rollups).toMatchObject({
      activation_date: aged(2),
      activation_path: 'key_action_completed',
      time_to_activation_hours: null,
    })
    expect(rollupsOf([one('key_action_completed', 9, 'a')]).activation_date).toBeNull()
  })

  test('a primary milestone over a rollup holds or not, but has no date', () => {
    const model = modelWith({
      activation: {
        primary: { rollup: 'logins_7d', atLeast: 1 },
        secondary: [{ id: 's', holdsWhen: { rollup: 'logins_7d', atLeast: 2 } }],
      },
    })
    const findings = findingsOf({ ...W, events: [one('login', 1)] }, { model })
    expect([findings.rollups.activation_date, findings.secondaryMilestones]).toEqual([
      null,
      [{ id: 's', holds: false }],
    ])
  })

  test('next best action is the first that does not hold; null where all do', () => {
    const steps = (events: EventRow[], more: WorldRows = {}) =>
      findingsOf({ ...W, ...more, events }).nextBestAction?.id ?? null
    const done = [
      one('key_action_completed', 9, 'a'),
      one('first_value_delivered', 9, 'a'),
      one('invite_sent', 9, 'a'),
      one('invite_accepted', 9, 'a'),
      one('integration_installed', 9, 'a', { integration: 'slack' }),
      ...[1, 2, 3].map(age => one('core_feature_used', age, 'a')),
    ]
    expect(steps([])).toBe('key_action_completed')
    expect(steps(done.slice(1))).toBe('key_action_completed')
    expect(steps(done.slice(0, 2))).toBe('teammate_invited')
    expect(steps(done.slice(0, 4))).toBe('integration_connected')
    expect(steps(done.slice(0, 7))).toBe('core_feature_habit')
    expect(steps(done)).toBe('buyer_present')
    expect(steps(done, { users: [{ user_id: 'a', seniority: 'vp' }] })).toBe('plan_upgraded')
    expect(steps([...done, one('plan_upgraded', 0)], { users: [{ user_id: 'a', product_role: 'admin' }] })).toBeNull()
  })

  test('looped events reach no milestone', () => {
    const events = Array.from({ length: 100 }, (_, i) => ({
      name: 'key_action_completed',
      at: aged(2) + i,
      workspace: 'w',
      user: 'a',
    }))
    expect(findingsOf({ ...W, events }).nextBestAction?.id).toBe('key_action_completed')
  })
})

describe('facts of rules', () => {
  const facts = (events: EventRow[], more: WorldRows = {}) => findingsOf({ ...W, ...more, events })
  test.each<readonly [name: string, age: number, want: boolean]>([
    ['usage_limit_hit', 29, true],
    ['usage_limit_hit', 30, false],
    ['plan_upgraded', 0, true],
    ['pricing_page_view', 0, false],
  ])('high intent: %s at age %i', (name, age, want) => {
    expect(facts([one(name, age)]).hasHighIntent30d).toBe(want)
  })

  test('an invite is high intent only by an admin', () => {
    expect(facts([one('invite_sent', 3, 'a')]).hasHighIntent30d).toBe(false)
    expect(
      facts([one('invite_sent', 3, 'a')], { users: [{ user_id: 'a', product_role: 'admin' }] }).hasHighIntent30d,
    ).toBe(true)
    expect(
      facts([one('invite_sent', 30, 'a')], { users: [{ user_id: 'a', product_role: 'admin' }] }).hasHighIntent30d,
    ).toBe(false)
  })

  test('the three kinds are marked by admin also in a taxonomy that does not say so', () => {
    const taxonomy = DEFAULT_MODEL.taxonomy.map(({ kind, category, match, highIntent }) => ({
      kind,
      category,
      match,
      highIntent,
    }))
    const rows = {
      ...W,
      users: [{ user_id: 'a', product_role: 'admin' }],
      events: [one('integration_installed', 3, 'a')],
    }
    expect(findingsOf(rows, { model: modelWith({ taxonomy }) }).hasHighIntent30d).toBe(true)
  })

  test('pricing or upgrade within 14 days, active within 24 h', () => {
    expect([
      facts([one('upgrade_click', 13)]).hasPricingOrUpgrade14d,
      facts([one('pricing_page_view', 14)]).hasPricingOrUpgrade14d,
    ]).toEqual([true, false])
    expect([facts([one('x', 1)]).isActiveNow, facts([{ ...one('x', 1), at: aged(1) - 1 }]).isActiveNow]).toEqual([
      true,
      false,
    ])
  })
})
