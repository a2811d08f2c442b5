/** Rollups of one unit at asOf, in export order. Counts unless said; null is unknown. Formulas: docs/methods/features.md. */
export type Rollups = Readonly<{
  dau: number
  wau_7d: number
  mau_30d: number
  active_days_14d: number
  core_feature_days_14d: number
  features_activated: number
  /** 0..1; null where no feature is known */
  key_feature_adoption_ratio: number | null
  /** 0..100 */
  feature_adoption_score: number | null
  logins_7d: number
  sessions_7d: number
  sessions_14d: number
  core_actions_7d: number
  automation_runs_7d: number
  invites_sent_7d: number
  invites_sent_14d: number
  invites_accepted_7d: number
  invites_accepted_14d: number
  team_invites: number
  integrations_installed: number
  integration_installs_30d: number
  integrations_connected: number
  crm_connected: boolean
  data_warehouse_export_enabled: boolean
  records_imported: number
  usage_limit_hits_30d: number
  api_rate_limit_hits_7d: number
  upgrade_clicks_7d: number
  pricing_page_views_7d: number
  seat_count_total: number
  seats_active_7d: number
  seat_growth_30d: number
  /** days; negative once it is over */
  trial_days_remaining: number | null
  mrr: number | null
  arr: number | null
  /** ms since epoch */
  activation_date: number | null
  activation_path: string | null
  time_to_activation_hours: number | null
  /** ms since epoch */
  last_active_at: number | null
  days_since_signup: number | null
}>

export type HealthState = 'dormant' | 'at_risk' | 'growing' | 'steady'

/** Health of one unit, with the figures it rests on. */
export type Health = Readonly<{
  state: HealthState
  hasRenewalRisk: boolean
  isExpansion: boolean
  /** Each finding in words with its figures. */
  evidence: readonly string[]
}>

/** A pattern in the data that a person should look at. */
export type Anomaly = Readonly<{
  /** Stable over re-imports: kind, subject and day. */
  id: string
  kind: 'burst' | 'bot_signups' | 'loop'
  /** Units it lies in, sorted. */
  unitIds: readonly string[]
  /** What it is about: a unit id, a network, a user id with kind. */
  subject: string
  firstAt: number
  lastAt: number
  count: number
  /** The figures in words. */
  evidence: string
}>
