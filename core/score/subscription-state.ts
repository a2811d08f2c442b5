import { normaliseName } from '#lib/text'
import { type Calendar, dayOfMoment, type Instant, instantOfMoment, type Moment, readMoment } from '#lib/time'
import type { JudgedRow } from '#schema/dataset'
import { SUBSCRIPTION_STATUS, wordsOf } from '#schema/known-words'
import type { SubscriptionState } from '#schema/subscription'

type Status = SubscriptionState['status']

const STATUSES = wordsOf(SUBSCRIPTION_STATUS)

/**
 * A subscription as it stood at asOf, as far as its dates tell; what they do not tell is taken as exported.
 *
 *   not there  started_at and trial_start are known in part, and the earlier of them is after asOf
 *   canceled   canceled_at <= asOf; or exported so, without a canceled_at
 *   trialing   trial_start <= asOf < trial_end; or exported so; without a trial_start, trial_end alone tells where the export
 *              does not say active or past due
 *   active     exported canceled with canceled_at after asOf; or exported so
 *
 * A trial that ends on a day without a time runs to the end of that day.
 *
 * @returns null where it was not there yet
 *
 * Source: docs/methods/score.md, "Paid, on trial".
 */
export function subscriptionAt(
  row: JudgedRow<'subscriptions'>,
  calendar: Calendar,
  asOf: Instant,
): SubscriptionState | null {
  const starts = [row.started_at, row.trial_start].filter(moment => moment !== null)
  const begun = starts.map(moment => instantOfMoment(moment, calendar))
  if (begun.length > 0 && Math.min(...begun) > asOf) return null
  const dayOf = (moment: Moment | null): number | null => (moment === null ? null : dayOfMoment(moment, calendar))
  return {
    id: row.subscription_id,
    status: statusAt(row, calendar, asOf),
    plan: row.plan,
    mrr: row.mrr,
    arr: row.arr,
    seatsPurchased: row.seats_purchased,
    seatsUsed: row.seats_used,
    trialEndDay: dayOf(row.trial_end),
    renewalDay: dayOf(row.renewal_date),
  }
}

function statusOf(text: string | null): Status {
  const status = text === null ? undefined : STATUSES.get(normaliseName(text))
  return status === undefined || status === 'none' ? 'unknown' : status
}

function statusAt(row: JudgedRow<'subscriptions'>, calendar: Calendar, asOf: Instant): Status {
  const exported = statusOf(row.status)
  const canceledAt = row.canceled_at === null ? null : instantOfMoment(row.canceled_at, calendar)
  if (canceledAt !== null && canceledAt <= asOf) return 'canceled'
  if (exported === 'canceled' && canceledAt === null) return 'canceled'
  const isLive = exported === 'active' || exported === 'past_due'
  if (isInTrial(row, calendar, asOf) && !(isLive && row.trial_start === null)) return 'trialing'
  return exported === 'canceled' ? 'active' : exported
}

function isInTrial({ trial_start, trial_end }: JudgedRow<'subscriptions'>, calendar: Calendar, asOf: Instant): boolean {
  if (trial_end === null || endOf(trial_end, calendar) <= asOf) return false
  return trial_start === null || instantOfMoment(trial_start, calendar) <= asOf
}

/** First instant after a moment: of a day without a time, the start of the next. */
function endOf(moment: Moment, calendar: Calendar): Instant {
  const { day, instant } = readMoment(moment)
  return instant ?? calendar.startOf(day + 1)
}
