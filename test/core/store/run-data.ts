import type { Milestone } from '#schema/milestone'
import type { Test } from '#schema/policy'
import type { Rollups } from '#schema/rollups'
import type { ScoreLine, Stage } from '#schema/score'
import { type NewRun, type RunUnit, saveRun, saveVersion, type Writable } from '#store'

const HASH = 'a'.repeat(64)
const STAGES: readonly Stage[] = ['Not PQL', 'Warm', 'PQL', 'Hot PQL']
const MILESTONES: readonly Milestone[] = ['invite', 'connect', 'upgrade'].map(id => ({
  id,
  holdsWhen: { kindSeen: id },
  channel: 'in_app',
  prompt: `Show how to ${id}`,
}))
const TESTS: readonly Test[] = Array.from({ length: 12 }, (_, i) => ({ fact: 'score', op: '>=', value: i * 7 }))

export const NEW_RUN: NewRun = {
  asOf: 1_780_000_000_000,
  level: 'workspace',
  identityMode: 'matched',
  modelHash: HASH,
  policyHash: HASH,
  cellsKey: 'cells',
  dataState: '0'.repeat(64),
  summary: {
    modelName: 'Default',
    policyName: 'Default',
    persons: 3,
    linkedWorkspaces: 2,
    stages: { Warm: 1 },
    destinations: {},
    setAside: [{ reason: 'no_workspace', count: 4 }],
  },
  anomalies: [],
  createdAt: 9,
}

/** Saves a run of units made up from their numbers. */
export function makeRun(db: Writable, count: number, linesPerUnit = 3): number {
  return saveGiven(
    db,
    Array.from({ length: count }, (_, i) => makeUnit(i, linesPerUnit)),
  )
}

export function saveGiven(db: Writable, units: readonly RunUnit[], changes: Partial<NewRun> = {}): number {
  for (const kind of ['model', 'policy'] as const) saveVersion(db, kind, { hash: HASH, json: '{}', createdAt: 1 })
  return saveRun(db, { ...NEW_RUN, ...changes }, units)
}

/** A number in [0, 1) that looks like chance and is the same for the same arguments. */
export function noise(...seeds: number[]): number {
  let state = 0x9e3779b9
  for (const seed of seeds) state = Math.imul(state ^ (seed + 0x7f4a7c15), 0x85ebca6b) ^ (state >>> 13)
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32
}

export function makeUnit(i: number, linesPerUnit = 3): RunUnit {
  const id = `w${String(i).padStart(6, '0')}`
  const lines = Array.from({ length: linesPerUnit }, (_, line) => makeLine(i, line))
  const score = Math.round(noise(i, 1) * 1000) / 10
  const next = MILESTONES[i % 4] ?? null
  const bucket = (seed: number): number => noise(i, seed) * 20
  return {
    judged: {
      unit: {
        id,
        level: 'workspace',
        name: i % 5 === 0 ? null : `Workspace ${Math.floor(noise(i, 2) * 1000)}`,
        workspaceIds: [id],
        accountId: i % 3 === 0 ? null : `acc_${i % 40}`,
        otherAccountIds: [],
        createdAt: 1_700_000_000_000 + i,
        createdDay: 19_000,
        isPaid: i % 2 === 0,
        isOnTrial: false,
        trialEndDay: null,
        seatsGiven: null,
        seatsPurchased: 5,
        seatsUsed: 3,
        mrr: 49.9,
        arr: null,
        isPastDue: false,
        renewalDay: null,
        isDeleted: false,
        isSandbox: false,
        fit: { points: 6, score: null, tier: 'B', source: 'given tier' },
        subscriptions: [],
        people: Array.from({ length: i % 4 }, (_, p) => ({
          person: i * 4 + p,
          personId: `u${i * 4 + p}`,
          roleFactor: 1.2,
          role: 'manager',
          isAdmin: false,
          isManager: true,
          isChampion: p === 0,
          factorRange: [0.6, 1.3],
        })),
        memberCount: i % 4,
      },
      score: {
        unitId: id,
        buckets: {
          activation: bucket(3),
          depth: bucket(4),
          expansion: bucket(5),
          intent: bucket(6),
          fit: bucket(7),
          negative: -bucket(8),
        },
        total: score + 0.04,
        score,
        stage: STAGES[Math.floor(score / 25)] ?? 'Hot PQL',
        coverage: 'champion',
        representativeId: i % 4 === 0 ? null : `u${i * 4}`,
        range: [score - 1, score + 1],
        lines,
      },
      findings: {
        rollups: makeRollups(i),
        health: {
          state: 'steady',
          hasRenewalRisk: false,
          isExpansion: false,
          evidence: [`active ${i % 9} days of 14`],
        },
        milestones: MILESTONES.map((milestone, m) => ({ milestone, holds: noise(i, m) > 0.5 })),
        nextBestAction: next,
        secondaryMilestones: [{ id: 'integration', holds: true }],
        hasHighIntent30d: true,
        hasPricingOrUpgrade14d: false,
        isActiveNow: false,
        hasAdmin: true,
        anomalies: [],
      },
    },
    route: {
      unitId: id,
      destination: i % 3 === 0 ? 'sdr' : 'nurture',
      also: ['in_app'],
      ruleId: 'r3',
      play: null,
      ownerTeam: 'SDR',
      ownerFrom: null,
      owner: null,
      isOverCapacity: false,
      suppressedBy: [],
      trace: Array.from({ length: 6 }, (_, r) => ({
        ruleId: `r${r}`,
        holds: r === 5,
        all: TESTS.slice(r * 2, r * 2 + 2).map(test => ({ test, value: score, holds: r === 5 })),
        any: [],
      })),
    },
    reason: lines[0] === undefined ? null : `Invited ${lines[0].occurrences} teammates`,
    people: Array.from({ length: i % 4 }, (_, p) => ({
      personId: `u${i * 4 + p}`,
      userIds: [`u${i * 4 + p}`],
      userScore: noise(i, p) * 60,
      lastActiveDay: p === 0 ? null : 20_000 + p,
      events30d: p,
    })),
    accountName: i % 3 === 0 ? null : `Größe ${i % 40} AG`,
    representativeName: null,
    ownerName: null,
    plan: 'team',
    lastChangedAt: i % 7 === 0 ? null : 1_770_000_000_000 + i,
  }
}

function makeLine(i: number, line: number): ScoreLine {
  const points = noise(i, line, 9) * 10
  const isPersons = line % 2 === 0
  return {
    signal: `signal_${line}`,
    bucket: 'activation',
    scope: isPersons ? 'person' : 'unit',
    personId: isPersons ? `u${i * 4}` : null,
    occurrences: Math.floor(noise(i, line, 10) * 40),
    firstDay: 20_000 + line,
    lastDay: line === 0 ? null : 20_050,
    pointsBeforeCap: points * 3,
    pointsAfterCap: points * 2,
    pointsAfterDecay: points * 1.1,
    roleFactor: 1.3,
    finalPoints: points,
  }
}

const ROLLUPS = [
  'dau',
  'wau_7d',
  'mau_30d',
  'active_days_14d',
  'core_feature_days_14d',
  'features_activated',
  'logins_7d',
  'sessions_7d',
  'sessions_14d',
  'core_actions_7d',
  'automation_runs_7d',
  'invites_sent_7d',
  'invites_sent_14d',
  'invites_accepted_7d',
  'invites_accepted_14d',
  'team_invites',
  'integrations_installed',
  'integration_installs_30d',
  'integrations_connected',
  'records_imported',
  'usage_limit_hits_30d',
  'api_rate_limit_hits_7d',
  'upgrade_clicks_7d',
  'pricing_page_views_7d',
  'seat_count_total',
  'seats_active_7d',
  'seat_growth_30d',
] as const

function makeRollups(i: number): Rollups {
  const counts = Object.fromEntries(ROLLUPS.map((name, at) => [name, Math.floor(noise(i, at) * 30)]))
  return {
    ...(counts as Record<(typeof ROLLUPS)[number], number>),
    key_feature_adoption_ratio: noise(i, 70),
    feature_adoption_score: null,
    crm_connected: i % 2 === 0,
    data_warehouse_export_enabled: false,
    trial_days_remaining: -3,
    mrr: 49.9,
    arr: null,
    activation_date: null,
    activation_path: i % 2 === 0 ? 'invite' : null,
    time_to_activation_hours: null,
    last_active_at: i % 6 === 0 ? null : 1_779_000_000_000 + Math.floor(noise(i, 71) * 1e9),
    days_since_signup: 12,
  }
}
