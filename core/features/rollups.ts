import { normaliseName } from '#lib/text'
import type { UnitFacts, ValueCount } from '#schema/cells'
import type { ScoringModel } from '#schema/model'
import type { Rollups } from '#schema/rollups'
import type { Unit } from '#schema/unit'
import { type Activity, activeDays14, eventsIn, kindDays14, personsActive, WINDOWS } from './activity.ts'
import type { CellIndex } from './cell-index.ts'
import { NO_DAY } from './slots.ts'

const ALL = WINDOWS[3]

/** Everything a unit's rollups are read from. */
export type FeatureGround = Readonly<{
  index: CellIndex
  activity: Activity
  facts: UnitFacts
  /** Property values per unit. */
  values: ReadonlyMap<number, readonly ValueCount[]>
  /** Distinct features of the project. */
  featuresSeen: number
  /** Bare names of the CRM integrations. */
  crm: ReadonlySet<string>
  model: Pick<ScoringModel, 'rollups' | 'taxonomy'>
}>

/** Rollups that need no milestone. Activation is laid over them by `withActivation`. */
export type BaseRollups = Omit<Rollups, 'activation_date' | 'activation_path' | 'time_to_activation_hours'>

/** Sorts property values by unit, once for all units. */
export function valuesByUnit(values: readonly ValueCount[]): ReadonlyMap<number, readonly ValueCount[]> {
  return Map.groupBy(values, value => value.unit)
}

/** Number of distinct features that key events of any unit carry. */
export function countFeatures(values: readonly ValueCount[]): number {
  return new Set(values.filter(({ property }) => property === 'feature').map(({ value }) => value)).size
}

/**
 * Rollups of one unit at asOf. "Last N days" are ages 0..N-1; looped events count nowhere.
 *
 * @param unit position of the unit in the index
 * @returns counts; null where nothing is known (ratio without features, MRR without a source ...)
 *
 * Source: docs/methods/features.md, "Rollups".
 */
export function baseRollups(ground: FeatureGround, u: number, unit: Unit): BaseRollups {
  const { index, activity } = ground
  const events = (kind: string, window: (typeof WINDOWS)[number]): number => eventsIn(ground, u, kind, window)
  const active = (days: number): number => personsActive(index, activity, u, [0, days - 1])
  const coreDays = kindDays14(index, u, 'core_feature_used', activity.today)
  const features = featureUse(ground, u)
  const adoption = features.ratio === null ? null : 100 * (features.ratio / 2 + coreDays / 14 / 2)
  const integrations = integrationsOf(ground, u)
  const last = ground.facts.lastEventAt[u] ?? Number.NaN
  return {
    dau: active(1),
    wau_7d: active(7),
    mau_30d: active(30),
    active_days_14d: activeDays14(index, activity, u),
    core_feature_days_14d: coreDays,
    features_activated: features.activated,
    key_feature_adoption_ratio: features.ratio,
    feature_adoption_score: adoption,
    logins_7d: events('login', 7),
    sessions_7d: events('session_started', 7),
    sessions_14d: events('session_started', 14),
    core_actions_7d: events('core_feature_used', 7) + events('key_action_completed', 7),
    automation_runs_7d: events('automation_run', 7),
    invites_sent_7d: events('invite_sent', 7),
    invites_sent_14d: events('invite_sent', 14),
    invites_accepted_7d: events('invite_accepted', 7),
    invites_accepted_14d: events('invite_accepted', 14),
    team_invites: events('invite_sent', ALL),
    integrations_installed: integrations.installed,
    integration_installs_30d: events('integration_installed', 30),
    integrations_connected: integrations.installed,
    crm_connected: integrations.hasCrm,
    data_warehouse_export_enabled: events('data_warehouse_export_enabled', ALL) > 0,
    records_imported: recordsImported(ground, u),
    usage_limit_hits_30d: events('usage_limit_hit', 30),
    api_rate_limit_hits_7d: events('api_rate_limit_hit', 7),
    upgrade_clicks_7d: events('upgrade_click', 7),
    pricing_page_views_7d: events('pricing_page_view', 7),
    seat_count_total: Math.max(unit.memberCount, unit.seatsGiven ?? 0),
    seats_active_7d: active(7),
    seat_growth_30d: seatGrowth(index, activity, u),
    trial_days_remaining: unit.trialEndDay === null ? null : unit.trialEndDay - activity.today,
    mrr: unit.mrr,
    arr: unit.arr,
    last_active_at: Number.isNaN(last) ? null : last,
    days_since_signup: unit.createdDay === null ? null : activity.today - unit.createdDay,
  }
}

function featureUse(
  { values, activity, model, featuresSeen }: FeatureGround,
  u: number,
): { activated: number; ratio: number | null } {
  const used = new Set<string>()
  for (const { property, value, day } of values.get(u) ?? []) {
    if (property === 'feature' && activity.today - day < 30) used.add(value)
  }
  const list = model.rollups.features
  const known = list.length > 0 ? new Set(list).size : featuresSeen
  const counted = list.length > 0 ? [...used].filter(feature => list.includes(feature)).length : used.size
  return { activated: used.size, ratio: known === 0 ? null : counted / known }
}

function integrationsOf({ values, index, crm }: FeatureGround, u: number): { installed: number; hasCrm: boolean } {
  const net = new Map<string, number>()
  for (const { property, kind, value, n } of values.get(u) ?? []) {
    if (property !== 'integration') continue
    const sign = index.cells.kinds[kind] === 'integration_installed' ? 1 : -1
    net.set(value, (net.get(value) ?? 0) + sign * n)
  }
  let installed = 0
  let hasCrm = false
  for (const [integration, count] of net) {
    installed += Math.max(0, count)
    if (count > 0 && crm.has(bareName(integration))) hasCrm = true
  }
  return { installed, hasCrm }
}

/** `HubSpot`, `hubspot` and `Hub Spot` are one integration of the CRM list. */
export function bareName(name: string): string {
  return normaliseName(name).replaceAll('_', '')
}

function recordsImported({ facts }: FeatureGround, u: number): number {
  const imports = facts.imports.get(u)
  if (imports === undefined) return 0
  return imports.withCount > 0 ? imports.counted : imports.events
}

/** Persons first active in the last 30 days minus persons active before and not in the last 30. */
function seatGrowth({ slots }: CellIndex, { today, firstDay, lastDay }: Activity, u: number): number {
  let growth = 0
  const end = slots.start[u + 1] as number
  for (let slot = (slots.start[u] as number) + 1; slot < end; slot++) {
    const first = firstDay[slot] as number
    if (first === NO_DAY) continue
    if (today - first < 30) growth++
    else if (today - (lastDay[slot] as number) >= 30) growth--
  }
  return growth
}
