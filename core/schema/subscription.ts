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
