import { timesText } from '#lib/text'
import { type Day, formatDay } from '#lib/time'
import type { Health, HealthState } from '#schema/rollups'
import type { Stage } from '#schema/score'
import type { Unit } from '#schema/unit'
import { eventsIn, personsActive } from './activity.ts'
import type { BaseRollups, FeatureGround } from './rollups.ts'

type Finding = Readonly<{ holds: boolean; sentence: string }>

/**
 * Health of one unit: the first of these that holds.
 *
 *   dormant  no active day in the last 14
 *   at_risk  b >= 3 and a7 <= b / 2, or a downgrade or uninstall in the last 30 days, or a subscription past due
 *            (a7 = persons active at ages 0..6; b = mean of those at ages 7..13, 14..20, 21..27, 28..34)
 *   growing  seat_growth_30d >= 3, or >= 20 % of the persons active at ages 30..59, where there were any
 *   steady   else
 *
 * Renewal risk: renewal at 0..60 days while dormant or at_risk. Expansion: paid, and seats used >= 90 % of those bought, or a
 * usage limit hit in 30 days, or growing.
 *
 * @returns the state with the figures of every finding that holds, in words
 *
 * Source: docs/methods/features.md, "Health".
 */
export function healthOf(ground: FeatureGround, u: number, unit: Unit, rollups: BaseRollups): Health {
  const today = ground.activity.today
  const isDormant = rollups.active_days_14d === 0
  const risks = riskFindings(ground, u, unit).filter(finding => finding.holds)
  const growth = growthFindings(ground, u, rollups).filter(finding => finding.holds)
  const state = stateOf(isDormant, risks.length > 0, growth.length > 0)
  const isThreatened = state === 'dormant' || state === 'at_risk'
  const renewal = unit.renewalDay === null ? null : unit.renewalDay - today
  const hasRenewalRisk = isThreatened && renewal !== null && renewal >= 0 && renewal <= 60
  const expansion = expansionFindings(unit, rollups, { state, growth }).filter(finding => finding.holds)
  const isExpansion = unit.isPaid && expansion.length > 0
  const evidence = [
    ...(isDormant ? [{ holds: true, sentence: dormantSentence(ground, u, today) }] : []),
    ...risks,
    ...growth,
    ...(hasRenewalRisk ? [{ holds: true, sentence: `Renews in ${days(renewal)}` }] : []),
    ...(isExpansion ? expansion : []),
  ]
  return { state, hasRenewalRisk, isExpansion, evidence: [...new Set(evidence.map(finding => finding.sentence))] }
}

function stateOf(isDormant: boolean, isAtRisk: boolean, isGrowing: boolean): HealthState {
  if (isDormant) return 'dormant'
  if (isAtRisk) return 'at_risk'
  return isGrowing ? 'growing' : 'steady'
}

function dormantSentence({ index }: FeatureGround, u: number, today: Day): string {
  const last = index.lastActiveDay[u] as number
  return today - last > 100_000 ? 'No event seen' : `No event in the last 14 days, last one on ${formatDay(last)}`
}

function riskFindings(ground: FeatureGround, u: number, unit: Unit): Finding[] {
  const persons = (from: number, to: number): number => personsActive(ground.index, ground.activity, u, [from, to])
  const now = persons(0, 6)
  const before = persons(7, 13) + persons(14, 20) + persons(21, 27) + persons(28, 34)
  const downgrades = eventsIn(ground, u, 'workspace_downgraded', 30)
  const uninstalls = eventsIn(ground, u, 'uninstall_integration', 30)
  return [
    {
      holds: before >= 12 && 8 * now <= before,
      sentence: `${people(now)} active in the last 7 days, ${before / 4} a week in the four weeks before`,
    },
    { holds: downgrades > 0, sentence: `Downgraded ${timesText(downgrades)} in the last 30 days` },
    { holds: uninstalls > 0, sentence: `Uninstalled an integration ${timesText(uninstalls)} in the last 30 days` },
    { holds: unit.isPastDue, sentence: 'A subscription is past due' },
  ]
}

function growthFindings(ground: FeatureGround, u: number, { seat_growth_30d: growth }: BaseRollups): Finding[] {
  const before = personsActive(ground.index, ground.activity, u, [30, 59])
  const holds = growth >= 3 || (before > 0 && 5 * growth >= before)
  return [
    {
      holds,
      sentence: `${morePeople(growth)} than 30 days ago, when there ${before === 1 ? 'was' : 'were'} ${before}`,
    },
  ]
}

type Growing = Readonly<{ state: HealthState; growth: readonly Finding[] }>

function expansionFindings(unit: Unit, rollups: BaseRollups, { state, growth }: Growing): Finding[] {
  const bought = unit.seatsPurchased ?? 0
  const used = unit.seatsUsed ?? unit.memberCount
  const limits = rollups.usage_limit_hits_30d
  return [
    { holds: bought > 0 && 10 * used >= 9 * bought, sentence: `${used} of ${bought} seats used` },
    { holds: limits > 0, sentence: `Hit a usage limit ${timesText(limits)} in the last 30 days` },
    ...(state === 'growing' ? growth : []),
  ]
}

const people = (count: number): string => `${count} ${count === 1 ? 'person' : 'persons'}`
const morePeople = (count: number): string => `${count} more active ${count === 1 ? 'person' : 'persons'}`
const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`

export type LifecycleStage = 'Prospect' | 'PQL' | 'SQL' | 'Customer' | 'Expansion' | 'Churn Risk'

/**
 * The lifecycle stage that is proposed for an account; it never overwrites the CRM's. First that holds: Churn Risk (paid and
 * dormant, at_risk or with renewal risk), Expansion (paid), Customer (paid), SQL (a deal is open), PQL (stage PQL or above),
 * Prospect.
 *
 * Source: docs/methods/features.md, "Health".
 */
export function proposedStage(
  facts: Readonly<{ isPaid: boolean; health: Health; hasOpenDeal: boolean; stage: Stage }>,
): LifecycleStage {
  const { isPaid, health, hasOpenDeal, stage } = facts
  if (isPaid) {
    if (health.hasRenewalRisk || health.state === 'dormant' || health.state === 'at_risk') return 'Churn Risk'
    return health.isExpansion ? 'Expansion' : 'Customer'
  }
  if (hasOpenDeal) return 'SQL'
  return stage === 'PQL' || stage === 'Hot PQL' ? 'PQL' : 'Prospect'
}
