import type { Commerce } from './commerce.ts'
import type { Placed, World } from './events.ts'
import type { Part } from './people.ts'
import type { Subject } from './score.ts'
import { cell, groupBy, numberCell, plain, total } from './tables.ts'

/** Rollups of one workspace by the names of features.md; null is unknown. */
export type Rollups = Readonly<Record<string, number | string | boolean | null>>

const CRMS = 'salesforce hubspot attio pipedrive zoho_crm zoho dynamics close copper'.split(' ')

/** Events of one workspace, asked by kind and by "last N days". */
export function asker(world: World, active: readonly Placed[]) {
  const within = (days: number, from = 0): readonly Placed[] =>
    active.filter(({ day }) => world.today - day >= from && world.today - day < from + days)
  const count = (kinds: string, days: number): number =>
    within(days).filter(event => kinds.split(' ').includes(event.kind)).length
  const persons = (days: number, from = 0): ReadonlySet<string> =>
    new Set(within(days, from).flatMap(event => (event.user === '' ? [] : [event.user])))
  const days = (events: readonly Placed[]): number => new Set(events.map(event => event.day)).size
  const ever = (kind: string): readonly Placed[] => active.filter(event => event.kind === kind)
  return { within, count, persons, days, ever }
}
type Asker = ReturnType<typeof asker>

const ALL_TIME = 1e9

/** @param features names seen in the project */
export function rollupsOf(world: World, subject: Subject, features: ReadonlySet<string>): Rollups {
  const ask = asker(world, subject.active)
  const coreDays = ask.days(ask.within(14).filter(event => event.kind === 'core_feature_used'))
  return {
    dau: ask.persons(1).size,
    wau_7d: ask.persons(7).size,
    mau_30d: ask.persons(30).size,
    active_days_14d: ask.days(ask.within(14)),
    core_feature_days_14d: coreDays,
    ...adoption(world, ask, features, coreDays),
    logins_7d: ask.count('login', 7),
    sessions_7d: ask.count('session_started', 7),
    sessions_14d: ask.count('session_started', 14),
    core_actions_7d: ask.count('core_feature_used key_action_completed', 7),
    automation_runs_7d: ask.count('automation_run', 7),
    invites_sent_7d: ask.count('invite_sent', 7),
    invites_sent_14d: ask.count('invite_sent', 14),
    invites_accepted_7d: ask.count('invite_accepted', 7),
    team_invites: ask.count('invite_sent', ALL_TIME),
    ...integrations(ask),
    data_warehouse_export_enabled: ask.ever('data_warehouse_export_enabled').length > 0,
    records_imported: recordsImported(ask),
    usage_limit_hits_30d: ask.count('usage_limit_hit', 30),
    api_rate_limit_hits_7d: ask.count('api_rate_limit_hit', 7),
    upgrade_clicks_7d: ask.count('upgrade_click', 7),
    pricing_page_views_7d: ask.count('pricing_page_view', 7),
    ...seats(world, subject, ask),
    ...ofMoney(world, subject.commerce),
    ...activation(world, subject),
  }
}

/** Values of the feature property of key events: kinds in a scoring category. */
export function featuresIn(world: World, events: readonly Placed[]): ReadonlySet<string> {
  const key = new Set(world.model.taxonomy.filter(row => (row.category ?? 'other') !== 'other').map(row => row.kind))
  return new Set(
    events
      .filter(event => key.has(event.kind))
      .map(event => event.properties['feature'])
      .filter(feature => typeof feature === 'string' && feature !== '')
      .map(String),
  )
}

function adoption(world: World, ask: Asker, features: ReadonlySet<string>, coreDays: number): Rollups {
  const used = featuresIn(world, ask.within(30)).size
  const ratio = features.size === 0 ? null : used / features.size
  return {
    features_activated: used,
    key_feature_adoption_ratio: ratio,
    feature_adoption_score: ratio === null ? null : 100 * (ratio / 2 + coreDays / 14 / 2),
  }
}

function integrations(ask: Asker): Rollups {
  const nameOf = (event: Placed): string => plain(String(event.properties['integration'] ?? ''))
  const balance = new Map<string, number>()
  for (const [kind, step] of [['integration_installed', 1] as const, ['uninstall_integration', -1] as const])
    for (const [name, events] of groupBy(ask.ever(kind), nameOf))
      balance.set(name, (balance.get(name) ?? 0) + step * events.length)
  const installed = [...balance].filter(([, left]) => left > 0)
  const count = total(installed.map(([, left]) => left))
  return {
    integrations_installed: count,
    integration_installs_30d: ask.count('integration_installed', 30),
    integrations_connected: count,
    crm_connected: installed.some(([name]) => CRMS.includes(name)),
  }
}

/** Sum of the count property where any import has one, else the number of imports. */
function recordsImported(ask: Asker): number {
  const imports = ask.ever('data_imported')
  const counts = imports.map(event => event.properties['count']).filter(count => typeof count === 'number')
  return counts.length === 0 ? imports.length : total(counts)
}

function seats(world: World, { workspace, people }: Subject, ask: Asker): Rollups {
  return {
    seat_count_total: Math.max(
      people.filter((part: Part) => part.isMember).length,
      numberCell(workspace, 'seat_count_total') ?? 0,
    ),
    seats_active_7d: ask.persons(7).size,
    seat_growth_30d: seatGrowth(world, ask),
  }
}

function seatGrowth(_world: World, ask: Asker): number {
  const recent = ask.persons(30)
  const before = ask.persons(ALL_TIME, 30)
  const arrived = [...recent].filter(user => !before.has(user)).length
  const left = [...before].filter(user => !recent.has(user)).length
  return arrived - left
}

function ofMoney({ today }: World, { trialEndDay, mrr, arr }: Commerce): Rollups {
  return { trial_days_remaining: trialEndDay === null ? null : trialEndDay - today, mrr, arr }
}

/** Default primary milestone: two active persons and the key action, whichever comes last. */
function activation({ zone, today }: World, { workspace, active }: Subject): Rollups {
  const created = zone.read(cell(workspace, 'created_at'))
  const firstOf = (events: readonly Placed[]): number => Math.min(...events.map(event => event.ms))
  const arrivals = [...groupBy(active, event => event.user)]
    .filter(([user]) => user !== '')
    .map(([, events]) => firstOf(events))
    .sort((a, b) => a - b)
  const keyAction = firstOf(active.filter(event => event.kind === 'key_action_completed'))
  const at = Math.max(arrivals[1] ?? Number.POSITIVE_INFINITY, keyAction)
  const isActivated = Number.isFinite(at)
  return {
    activation_date: isActivated ? at : null,
    time_to_activation_hours: isActivated && created !== null ? (at - created.ms) / 3_600_000 : null,
    last_active_at: active.length === 0 ? null : Math.max(...active.map(event => event.ms)),
    days_since_signup: created === null ? null : today - created.day,
  }
}
