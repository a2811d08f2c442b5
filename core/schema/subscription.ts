import type { Day } from '#lib/time'

/** A subscription as it stood at asOf, as far as its dates tell. */
export type SubscriptionState = Readonly<{
  id: string
  status: 'active' | 'trialing' | 'past_due' | 'canceled' | 'unknown'
  plan: string | null
  mrr: number | null
  arr: number | null
  seatsPurchased: number | null
  seatsUsed: number | null
  trialEndDay: Day | null
  renewalDay: Day | null
}>

/** What tools call the status of a subscription, in the form of `normaliseName`; what is missing is `unknown`. */
export const SUBSCRIPTION_STATUSES: Readonly<Record<string, SubscriptionState['status']>> = {
  active: 'active',
  paid: 'active',
  live: 'active',
  non_renewing: 'active',
  trialing: 'trialing',
  trialling: 'trialing',
  trial: 'trialing',
  in_trial: 'trialing',
  past_due: 'past_due',
  pastdue: 'past_due',
  unpaid: 'past_due',
  canceled: 'canceled',
  cancelled: 'canceled',
  ended: 'canceled',
  expired: 'canceled',
  incomplete_expired: 'canceled',
}
