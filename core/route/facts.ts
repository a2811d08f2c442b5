import type { Calendar, Instant } from '#lib/time'
import type { JudgedUnit } from '#schema/findings'
import type { FactName, FactValue } from '#schema/policy'
import type { Row } from '#schema/tables'

export type Facts = Readonly<Record<FactName, FactValue>>

/** What facts are read from. */
type JudgedFacts = Pick<JudgedUnit, 'unit' | 'findings'> &
  Readonly<{ score: Pick<JudgedUnit['score'], 'score' | 'stage'> }>

/** What facts need beside the unit itself. */
export type FactContext = Readonly<{
  asOf: Instant
  calendar: Calendar
  /** Days that an anomaly stays open, its last day included. */
  anomalyDays: number
  dismissedAnomalies: ReadonlySet<string>
  /** Row of the unit's account; undefined where it has none. */
  account: Pick<Row<'accounts'>, 'employee_count'> | undefined
}>

/**
 * The facts that rules test.
 *
 *   has_open_anomaly_14d = some anomaly not dismissed with 0 <= today - dayOf(its last time) < anomalyDays
 *
 * @param judged a unit with its score and findings
 * @param context instant, calendar, decisions on anomalies, account
 * @returns every fact; null where it is unknown, which fails every test
 *
 * Source: docs/methods/route.md, "Facts".
 */
export function factsOf({ unit, score, findings }: JudgedFacts, context: FactContext): Facts {
  const { health, rollups } = findings
  return {
    score: score.score,
    stage: score.stage,
    fit_tier: unit.fit.tier === null ? null : unit.fit.tier.trim().toUpperCase(),
    is_paid: unit.isPaid,
    is_on_trial: unit.isOnTrial,
    is_deleted: unit.isDeleted,
    is_sandbox: unit.isSandbox,
    has_open_anomaly_14d: hasOpenAnomaly(findings.anomalies, context),
    is_expansion: health.isExpansion,
    is_at_risk: health.state === 'at_risk',
    has_renewal_risk: health.hasRenewalRisk,
    is_active_now: findings.isActiveNow,
    has_high_intent_30d: findings.hasHighIntent30d,
    has_pricing_or_upgrade_14d: findings.hasPricingOrUpgrade14d,
    has_admin: findings.hasAdmin,
    seat_growth_30d: rollups.seat_growth_30d,
    employee_count: context.account?.employee_count ?? null,
    next_action_channel: findings.nextBestAction?.channel ?? null,
  }
}

function hasOpenAnomaly(anomalies: JudgedUnit['findings']['anomalies'], context: FactContext): boolean {
  return anomalyAges(anomalies, context).some(age => age < context.anomalyDays)
}

/**
 * Ages in days of the anomalies that nobody dismissed and that do not lie behind asOf.
 *
 *   age = today - dayOf(its last time)
 *
 * @param anomalies of one unit
 *
 * Source: docs/methods/route.md, "Facts".
 */
export function anomalyAges(
  anomalies: JudgedUnit['findings']['anomalies'],
  { asOf, calendar, dismissedAnomalies }: Pick<FactContext, 'asOf' | 'calendar' | 'dismissedAnomalies'>,
): readonly number[] {
  const today = calendar.dayOf(asOf)
  const open = anomalies.filter(({ id }) => !dismissedAnomalies.has(id))
  return open.map(({ lastAt }) => today - calendar.dayOf(lastAt)).filter(age => age >= 0)
}
