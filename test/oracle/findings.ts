import type { Placed, World } from './events.ts'
import { asker, type Rollups } from './rollups.ts'
import type { Subject } from './score.ts'

/** What rules ask about a workspace besides its score. */
export type Findings = Readonly<{
  health: 'dormant' | 'at_risk' | 'growing' | 'steady'
  hasRenewalRisk: boolean
  isExpansion: boolean
  nextBestAction: string
  nextChannel: string
  hasHighIntent30d: boolean
  hasPricingOrUpgrade14d: boolean
  isActiveNow: boolean
  hasAdmin: boolean
}>

export function findingsOf(world: World, subject: Subject, rollups: Rollups): Findings {
  const health = healthOf(world, subject, rollups)
  const next = nextMilestone(world, subject, rollups)
  const ask = asker(world, subject.active)
  return {
    health,
    hasRenewalRisk: hasRenewalRisk(world, subject, health),
    isExpansion: isExpansion(subject, rollups, health),
    nextBestAction: next?.[0] ?? '',
    nextChannel: next?.[1] ?? '',
    hasHighIntent30d: ask.within(30).some(event => isHighIntent(world, subject, event)),
    hasPricingOrUpgrade14d: ask.count('pricing_page_view upgrade_click', 14) > 0,
    isActiveNow: subject.active.some(event => event.ms >= world.asOf - 86_400_000),
    hasAdmin: subject.people.some(part => part.isAdmin),
  }
}

function healthOf(world: World, subject: Subject, rollups: Rollups): Findings['health'] {
  const ask = asker(world, subject.active)
  if (rollups['active_days_14d'] === 0) return 'dormant'
  const now = ask.persons(7).size
  const usual = [7, 14, 21, 28].reduce((sum, from) => sum + ask.persons(7, from).size, 0) / 4
  const isShrinking = usual >= 3 && now <= usual / 2
  const hasLeft = ask.count('workspace_downgraded uninstall_integration', 30) > 0
  if (isShrinking || hasLeft || subject.commerce.isPastDue) return 'at_risk'
  const growth = Number(rollups['seat_growth_30d'])
  const base = ask.persons(30, 30).size
  return growth >= 3 || (base > 0 && growth >= 0.2 * base) ? 'growing' : 'steady'
}

function hasRenewalRisk({ today }: World, { commerce }: Subject, health: string): boolean {
  const left = commerce.renewalDay === null ? Number.NaN : commerce.renewalDay - today
  return left >= 0 && left <= 60 && (health === 'dormant' || health === 'at_risk')
}

function isExpansion({ commerce }: Subject, rollups: Rollups, health: string): boolean {
  const { isPaid, seatsPurchased, seatsUsed } = commerce
  const isFull =
    seatsPurchased !== null && seatsUsed !== null && seatsPurchased > 0 && seatsUsed >= 0.9 * seatsPurchased
  return isPaid && (isFull || Number(rollups['usage_limit_hits_30d']) > 0 || health === 'growing')
}

function nextMilestone(world: World, { active, people }: Subject, rollups: Rollups): [string, string] | undefined {
  const { ever } = asker(world, active)
  const seen = (kind: string): boolean => ever(kind).length > 0
  const ladder: [id: string, channel: string, holds: boolean][] = [
    ['key_action_completed', 'in_app', seen('key_action_completed')],
    ['first_value_delivered', 'in_app', seen('first_value_delivered')],
    ['teammate_invited', 'lifecycle_email', seen('invite_sent')],
    ['invitation_accepted', 'lifecycle_email', seen('invite_accepted')],
    ['integration_connected', 'in_app', Number(rollups['integrations_connected']) >= 1],
    ['core_feature_habit', 'lifecycle_email', Number(rollups['core_feature_days_14d']) >= 3],
    ['buyer_present', 'lifecycle_email', people.some(part => part.isAdmin || part.isManager)],
    ['plan_upgraded', 'sdr', seen('plan_upgraded')],
  ]
  const first = ladder.find(([, , holds]) => !holds)
  return first === undefined ? undefined : [first[0], first[1]]
}

const BY_ADMIN = ['integration_installed', 'invite_sent', 'data_warehouse_export_enabled']

function isHighIntent({ model }: World, { people }: Subject, { kind, user }: Placed): boolean {
  if (model.taxonomy.some(row => row.kind === kind && row.highIntent === true)) return true
  return BY_ADMIN.includes(kind) && people.some(part => part.user === user && part.isAdmin)
}
