import type { JudgedUnit } from '../../../core/schema/findings.ts'
import type { Anomaly, Health, Rollups } from '../../../core/schema/rollups.ts'
import type { UnitScore } from '../../../core/schema/score.ts'
import type { Unit, UnitPerson } from '../../../core/schema/unit.ts'

const NO_ROLLUPS: Rollups = {
  dau: 0,
  wau_7d: 0,
  mau_30d: 0,
  active_days_14d: 0,
  core_feature_days_14d: 0,
  features_activated: 0,
  key_feature_adoption_ratio: null,
  feature_adoption_score: null,
  logins_7d: 0,
  sessions_7d: 0,
  sessions_14d: 0,
  core_actions_7d: 0,
  automation_runs_7d: 0,
  invites_sent_7d: 0,
  invites_sent_14d: 0,
  invites_accepted_7d: 0,
  invites_accepted_14d: 0,
  team_invites: 0,
  integrations_installed: 0,
  integration_installs_30d: 0,
  integrations_connected: 0,
  crm_connected: false,
  data_warehouse_export_enabled: false,
  records_imported: 0,
  usage_limit_hits_30d: 0,
  api_rate_limit_hits_7d: 0,
  upgrade_clicks_7d: 0,
  pricing_page_views_7d: 0,
  seat_count_total: 0,
  seats_active_7d: 0,
  seat_growth_30d: 0,
  trial_days_remaining: null,
  mrr: null,
  arr: null,
  activation_date: null,
  activation_path: null,
  time_to_activation_hours: null,
  last_active_at: null,
  days_since_signup: null,
}

export function person(personId: string, rest: Partial<UnitPerson> = {}): UnitPerson {
  return {
    person: 0,
    personId,
    roleFactor: 0.6,
    role: 'other',
    isAdmin: false,
    isManager: false,
    isChampion: false,
    factorRange: [0.6, 1.3],
    ...rest,
  }
}

export function anomaly(id: string, lastAt: number): Anomaly {
  return { id, kind: 'burst', unitIds: [], subject: 'w', firstAt: lastAt, lastAt, count: 60, evidence: '60 events' }
}

export type Given = Readonly<{
  unit?: Partial<Unit>
  score?: Partial<UnitScore>
  rollups?: Partial<Rollups>
  health?: Partial<Health>
  findings?: Partial<Omit<JudgedUnit['findings'], 'rollups' | 'health'>>
}>

const stageOf = (score: number): UnitScore['stage'] =>
  score >= 80 ? 'Hot PQL' : score >= 65 ? 'PQL' : score >= 50 ? 'Warm' : 'Not PQL'

/** A judged unit about which nothing is known but what is said. */
export function judged(id: string, given: Given = {}): JudgedUnit {
  const score = given.score?.score ?? 0
  return {
    unit: {
      id,
      level: 'workspace',
      name: null,
      workspaceIds: [id],
      accountId: null,
      otherAccountIds: [],
      createdAt: null,
      createdDay: null,
      isPaid: false,
      isOnTrial: false,
      trialEndDay: null,
      seatsGiven: null,
      seatsPurchased: null,
      seatsUsed: null,
      mrr: null,
      arr: null,
      isPastDue: false,
      renewalDay: null,
      isDeleted: false,
      isSandbox: false,
      fit: { points: 0, score: null, tier: null, source: 'unknown' },
      subscriptions: [],
      people: [],
      memberCount: 0,
      ...given.unit,
    },
    score: {
      unitId: id,
      buckets: { activation: 0, depth: 0, expansion: 0, intent: 0, fit: 0, negative: 0 },
      total: score,
      score,
      stage: stageOf(score),
      coverage: 'none',
      representativeId: null,
      range: [score, score],
      lines: [],
      ...given.score,
    },
    findings: {
      rollups: { ...NO_ROLLUPS, ...given.rollups },
      health: { state: 'steady', hasRenewalRisk: false, isExpansion: false, evidence: [], ...given.health },
      milestones: [],
      nextBestAction: null,
      secondaryMilestones: [],
      hasHighIntent30d: false,
      hasPricingOrUpgrade14d: false,
      isActiveNow: false,
      hasAdmin: false,
      anomalies: [],
      ...given.findings,
    },
  }
}
