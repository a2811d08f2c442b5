import type { TextGround } from '#export'
import { type Readable, walkTable } from '#store'

type TermsOf = NonNullable<TextGround['termsOf']>

/** Currency and period of subscriptions, which scores do not ask for and texts say. */
export function billingTerms(db: Readable): TermsOf {
  const known = new Map<string, NonNullable<ReturnType<TermsOf>>>()
  const columns = ['subscription_id', 'workspace_id', 'billing_period', 'currency'] as const
  for (const { subscription_id, workspace_id, billing_period, currency } of walkTable(db, 'subscriptions', columns))
    known.set(subscription_id, { currency, period: billing_period, workspaceId: workspace_id })
  return id => known.get(id)
}
