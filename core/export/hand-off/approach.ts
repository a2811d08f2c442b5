import { timesText } from '#lib/text'
import type { Day } from '#lib/time'
import type { JudgedUnit } from '#schema/findings'
import { dayText } from '#score'

const FULL = 0.9
const GROWN = 3
const ENDING_DAYS = 14
const SETTLED_DAYS = 90
const STEADY_DAYS = 8

/**
 * What to propose, each with the figure that it follows from.
 *
 *   more seats: used >= 0.9 * bought, or growth in 30 days > 3
 *   a plan with higher limits: a usage limit hit in 30 days, or an API limit in 7
 *   an enterprise plan: the data warehouse export is enabled
 *   an annual plan: pays by the month (mrr known, arr not) since 90 days, active on 8 of 14 days
 *   before the trial ends: within 14 days
 *
 * @param unit whose
 * @param today day of asOf
 * @returns nothing where nothing follows from the data
 *
 * Source: docs/methods/export.md, "Recommended approach".
 */
export function approachOf({ unit, findings }: JudgedUnit, today: Day): readonly string[] {
  const { rollups } = findings
  const proposals: string[] = []
  if (unit.seatsUsed !== null && unit.seatsPurchased !== null && unit.seatsUsed >= FULL * unit.seatsPurchased)
    proposals.push(`More seats: ${unit.seatsUsed} of ${unit.seatsPurchased} are used`)
  else if (rollups.seat_growth_30d > GROWN)
    proposals.push(`More seats: ${rollups.seat_growth_30d} more people are active than 30 days ago`)
  if (rollups.usage_limit_hits_30d > 0)
    proposals.push(
      `A plan with higher limits: usage limits were hit ${timesText(rollups.usage_limit_hits_30d)} in 30 days`,
    )
  if (rollups.api_rate_limit_hits_7d > 0)
    proposals.push(
      `A plan with a higher API rate: the limit was hit ${timesText(rollups.api_rate_limit_hits_7d)} in 7 days`,
    )
  if (rollups.data_warehouse_export_enabled) proposals.push('An enterprise plan: the data warehouse export is enabled')
  if (
    unit.trialEndDay !== null &&
    unit.isOnTrial &&
    unit.trialEndDay >= today &&
    unit.trialEndDay - today <= ENDING_DAYS
  )
    proposals.push(`A plan before the trial ends on ${dayText(unit.trialEndDay, today)}`)
  const isMonthly = unit.isPaid && rollups.mrr !== null && rollups.mrr > 0 && rollups.arr === null
  if (isMonthly && (rollups.days_since_signup ?? 0) >= SETTLED_DAYS && rollups.active_days_14d >= STEADY_DAYS)
    proposals.push(`An annual plan: pays by the month, active on ${rollups.active_days_14d} of the last 14 days`)
  return proposals
}
