import type { ExportUnit } from '#export'
import { calendarOf, DAY_MS } from '#lib/time'
import { DEFAULT_POLICY, routeUnits } from '#route'
import type { JudgedUnit } from '#schema/findings'
import type { Rollups } from '#schema/rollups'
import type { ScoreLine } from '#schema/score'
import { type EntityTable, type Row, TABLES } from '#schema/tables'
import type { UnitPerson } from '#schema/unit'
import { DEFAULT_MODEL } from '#score'

const TODAY = 20_600
const AS_OF = TODAY * DAY_MS + DAY_MS / 2
const PEOPLE = 2
/** Units per account. */
const PER_ACCOUNT = 2

/**
 * Routed units with the tables that they are of: alike but in names, scores and figures; one in five pays, some 7 of 100 are hot, and
 * the rules send them where such units go.
 */
export function routedWorld(count: number) {
  const judged = Array.from({ length: count }, (_, i) => unitOf(i))
  const tables = tablesOf(count)
  const routes = routeUnits(judged, DEFAULT_POLICY, {
    dataset: tables,
    asOf: AS_OF,
    calendar: calendarOf('UTC'),
    assignments: new Map(),
    dismissedAnomalies: new Set(),
    contactLinks: [],
  })
  const units = judged.map((unit, i): ExportUnit => {
    const route = routes[i]
    if (route === undefined) throw new Error('one decision per unit')
    // No file of a CRM asks for the rules that were tried.
    return { judged: unit, route: { ...route, trace: [] }, stageSince: AS_OF }
  })
  const persons = tables.users.map(({ user_id }) => ({ id: user_id, userIds: [user_id] }))
  return { units, tables, asOf: AS_OF, identities: { persons, accountOfWorkspace: accountsOf(count) } }
}

/** Every second milestone is reached: by units with an even number the one half, by the others the other. */
const MILESTONES = [0, 1].map(i =>
  DEFAULT_MODEL.milestones.map((milestone, m) => ({ milestone, holds: (i + m) % 2 === 0 })),
)

const idOf = (kind: string, i: number): string => `${kind}${String(i).padStart(7, '0')}`
const accountOf = (i: number): string => idOf('a', Math.floor(i / PER_ACCOUNT))

function accountsOf(count: number): ReadonlyMap<string, string> {
  return new Map(Array.from({ length: count }, (_, i) => [idOf('w', i), accountOf(i)]))
}

function tablesOf(count: number) {
  const list = <T extends EntityTable>(table: T, length: number, rowOf: (i: number) => Partial<Row<T>>): Row<T>[] =>
    Array.from({ length }, (_, i) => ({ ...emptyRow(table), ...rowOf(i) }))
  return {
    users: list('users', count * PEOPLE, i => ({
      user_id: idOf('u', i),
      name: `Person ${i} Example`,
      primary_email: `person.${i}@company${Math.floor(i / PEOPLE / PER_ACCOUNT)}.example`,
      job_title: 'VP of Sales',
      signup_source: 'organic search',
    })),
    workspaces: list('workspaces', count, i => ({ workspace_id: idOf('w', i), workspace_name: `Workspace ${i}` })),
    accounts: list('accounts', Math.ceil(count / PER_ACCOUNT), i => ({
      account_id: idOf('a', i),
      name: `Company ${i}, Inc.`,
      primary_domain: `company${i}.example`,
      employee_count: 100 + i,
      industry: 'Software',
      hq_country: 'DE',
    })),
    contacts: list('contacts', 0, () => ({})),
    deals: list('deals', 0, () => ({})),
    crm_users: list('crm_users', 20, i => ({
      owner_id: idOf('o', i),
      email: `owner.${i}@us.example`,
      name: `Owner ${i}`,
      team: 'SDR',
    })),
  }
}

function emptyRow<T extends EntityTable>(table: T): Row<T> {
  // Every column is there, and null; what is required is set by the caller.
  return Object.fromEntries(Object.keys(TABLES[table].columns).map(name => [name, null])) as Row<T>
}

function unitOf(i: number): JudgedUnit {
  const people = Array.from({ length: PEOPLE }, (_, p) => personOf(i * PEOPLE + p, p === 0))
  const score = Math.round(1000 * (((i * 37) % 1000) / 1000) ** 3) / 10 // few are hot, most are cold
  const milestones = MILESTONES[i % 2] ?? []
  return {
    unit: frameOf(i, people),
    score: {
      unitId: idOf('w', i),
      buckets: { activation: 20, depth: 20, expansion: 15, intent: 15, fit: 10, negative: 0 },
      total: score,
      score,
      stage: score >= 80 ? 'Hot PQL' : score >= 65 ? 'PQL' : score >= 50 ? 'Warm' : 'Not PQL',
      coverage: 'both',
      representativeId: people[0]?.personId ?? null,
      range: [score, score],
      lines: [
        'usage_limit_hit',
        'pricing_page_view',
        'core_feature_used',
        'invite_sent',
        'automation_run',
        'upgrade_click',
      ].map((signal, at) => lineOf(signal, 12 - at, i)),
    },
    findings: {
      rollups: {
        ...NO_ROLLUPS,
        usage_limit_hits_30d: 1 + (i % 4),
        wau_7d: 5,
        days_since_signup: 120,
        features_activated: 4,
      },
      health: {
        state: i % 10 === 0 ? 'growing' : 'steady',
        hasRenewalRisk: false,
        isExpansion: i % 10 === 0,
        evidence: ['5 persons active, 3 before'],
      },
      milestones,
      nextBestAction: milestones.find(({ holds }) => !holds)?.milestone ?? null,
      secondaryMilestones: [],
      hasHighIntent30d: true,
      hasPricingOrUpgrade14d: true,
      isActiveNow: i % 2 === 0,
      hasAdmin: true,
      anomalies: [],
    },
  }
}

function frameOf(i: number, people: readonly UnitPerson[]): JudgedUnit['unit'] {
  return {
    id: idOf('w', i),
    level: 'workspace',
    name: `Workspace ${i}`,
    workspaceIds: [idOf('w', i)],
    accountId: accountOf(i),
    otherAccountIds: [],
    createdAt: null,
    createdDay: null,
    isPaid: i % 5 === 0,
    isOnTrial: i % 3 === 0,
    trialEndDay: TODAY + 5,
    seatsGiven: 10,
    seatsPurchased: 10,
    seatsUsed: 9,
    mrr: 100,
    arr: null,
    isPastDue: false,
    renewalDay: null,
    isDeleted: false,
    isSandbox: false,
    fit: { points: 10, score: null, tier: 'A', source: 'given tier' },
    subscriptions: [],
    people,
    memberCount: PEOPLE,
  }
}

function personOf(i: number, isAdmin: boolean): UnitPerson {
  return {
    person: i,
    personId: idOf('u', i),
    roleFactor: isAdmin ? 1.3 : 1,
    role: isAdmin ? 'admin' : 'contributor',
    isAdmin,
    isManager: false,
    isChampion: !isAdmin,
    factorRange: [0.6, 1.3],
  }
}

function lineOf(signal: string, finalPoints: number, i: number): ScoreLine {
  return {
    signal,
    bucket: 'intent',
    scope: 'unit',
    personId: null,
    occurrences: 2 + (i % 7),
    firstDay: TODAY - 5,
    lastDay: TODAY - (i % 5),
    pointsBeforeCap: finalPoints,
    pointsAfterCap: finalPoints,
    pointsAfterDecay: finalPoints,
    roleFactor: 1,
    finalPoints,
  }
}

const NO_ROLLUPS: Rollups = {
  dau: 1,
  wau_7d: 1,
  mau_30d: 1,
  active_days_14d: 5,
  core_feature_days_14d: 5,
  features_activated: 1,
  key_feature_adoption_ratio: 0.5,
  feature_adoption_score: 50,
  logins_7d: 1,
  sessions_7d: 1,
  sessions_14d: 1,
  core_actions_7d: 1,
  automation_runs_7d: 1,
  invites_sent_7d: 1,
  invites_sent_14d: 1,
  invites_accepted_7d: 0,
  invites_accepted_14d: 0,
  team_invites: 1,
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
  seat_count_total: 10,
  seats_active_7d: 5,
  seat_growth_30d: 5,
  trial_days_remaining: 5,
  mrr: 100,
  arr: null,
  activation_date: null,
  activation_path: null,
  time_to_activation_hours: null,
  last_active_at: AS_OF - 1000,
  days_since_signup: 100,
}
