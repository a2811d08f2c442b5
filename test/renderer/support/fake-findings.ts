import type { Output } from '#contract/contract'
import type { Random } from '#lib/random'

type Unit = Output<'score.unit'>
type Row = Unit['row']

const DAY = 86_400_000

export function fakeMilestones(heat: number): Unit['milestones'] {
  return [
    { id: 'key_action_completed', prompt: 'Complete the key action', channel: 'in_app', holds: heat > 0.2 },
    { id: 'first_value_delivered', prompt: 'Reach the first result', channel: 'in_app', holds: heat > 0.3 },
    { id: 'teammate_invited', prompt: 'Invite a teammate', channel: 'lifecycle_email', holds: heat > 0.3 },
    { id: 'integration_connected', prompt: 'Connect an integration', channel: 'in_app', holds: heat > 0.995 },
    {
      id: 'core_feature_habit',
      prompt: 'Use the core feature on 3 days of 14',
      channel: 'lifecycle_email',
      holds: heat > 0.4,
    },
    { id: 'plan_upgraded', prompt: 'Talk about a paid plan', channel: 'sdr', holds: false },
  ]
}

export function fakeRollups(random: Random, heat: number, people: number, asOf: number): Unit['rollups'] {
  const some = (most: number): number => Math.floor(random() * most * heat)
  return {
    dau: some(people),
    wau_7d: people,
    mau_30d: people,
    active_days_14d: some(14),
    core_feature_days_14d: some(14),
    features_activated: some(9),
    key_feature_adoption_ratio: heat * 0.8,
    feature_adoption_score: heat * 74.31,
    logins_7d: some(40),
    sessions_7d: some(50),
    sessions_14d: some(90),
    core_actions_7d: some(60),
    automation_runs_7d: some(22),
    invites_sent_7d: some(4),
    invites_sent_14d: some(6),
    invites_accepted_7d: some(3),
    invites_accepted_14d: some(4),
    team_invites: some(9),
    integrations_installed: some(3),
    integration_installs_30d: some(3),
    integrations_connected: some(3),
    crm_connected: heat > 0.6,
    data_warehouse_export_enabled: false,
    records_imported: some(42_000),
    usage_limit_hits_30d: some(4),
    api_rate_limit_hits_7d: some(2),
    upgrade_clicks_7d: some(3),
    pricing_page_views_7d: some(6),
    seat_count_total: people + 2,
    seats_active_7d: people,
    seat_growth_30d: some(5),
    trial_days_remaining: 6,
    mrr: null,
    arr: null,
    activation_date: heat > 0.3 ? asOf - 20 * DAY : null,
    activation_path: heat > 0.3 ? 'key_action_completed' : null,
    time_to_activation_hours: heat > 0.3 ? 31.4 : null,
    last_active_at: asOf - 3_600_000,
    days_since_signup: 44,
  }
}

export function fakeTrace(row: Row): Unit['trace'] {
  const test = (sentence: string, value: string, holds: boolean): Unit['trace'][number]['all'][number] => ({
    sentence,
    value,
    holds,
  })
  const rules: Unit['trace'] = [
    {
      ruleId: 'deleted',
      title: 'Deleted or sandbox',
      holds: false,
      all: [],
      any: [test('is deleted', 'no', false), test('is a sandbox', 'no', false)],
      channels: [],
    },
    {
      ruleId: 'anomaly',
      title: 'Open anomaly',
      holds: row.destination === 'review',
      all: [
        test(
          'an open anomaly in the last 14 days',
          row.destination === 'review' ? 'yes' : 'no',
          row.destination === 'review',
        ),
      ],
      any: [],
      channels: [],
    },
    {
      ruleId: 'paid',
      title: 'Paying customer',
      holds: row.isPaid,
      all: [test('is paid', row.isPaid ? 'yes' : 'no', row.isPaid)],
      any: [],
      channels: [],
    },
    {
      ruleId: 'hot',
      title: 'Hot with fit and intent',
      holds: row.destination === 'sdr',
      all: [
        test('score is 80 or more', String(row.score), row.score >= 80),
        test('fit tier is A or B', 'A', true),
        test('a high-intent event in the last 30 days', 'yes', true),
      ],
      any: [
        test('an admin is present', 'yes', true),
        test('pricing or upgrade intent in the last 14 days', 'yes', true),
        test('seat growth in 30 days is above 3', '1', false),
      ],
      channels: [],
    },
    {
      ruleId: 'else',
      title: 'Everyone else',
      holds: true,
      all: [],
      any: [],
      channels: [
        { use: 'destination', channel: 'in_app', holds: false, all: [test('is active now', 'no', false)] },
        { use: 'also', channel: 'ae_assist', holds: true, all: [test('employees at least 1000', '1200', true)] },
      ],
    },
  ]
  const at = rules.findIndex(rule => rule.holds)
  return rules.slice(0, at + 1)
}
