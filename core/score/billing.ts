import type { JudgedRoster } from '#features'
import { normaliseName } from '#lib/text'
import { type Calendar, type Day, dayOfMoment, type Instant } from '#lib/time'
import type { JudgedRow, JudgedTables } from '#schema/dataset'
import type { Identities } from '#schema/identity'
import { PAID_STATUS, WORKSPACE_TYPE } from '#schema/known-words'
import type { SubscriptionState } from '#schema/subscription'
import { subscriptionAt } from './subscription-state.ts'

const PAID: ReadonlySet<string> = new Set(PAID_STATUS.paid)
const TRIAL: ReadonlySet<string> = new Set(PAID_STATUS.trial)
const SANDBOX: ReadonlySet<string> = new Set(WORKSPACE_TYPE.sandbox)

/** Subscriptions as they stood at asOf, by what they are for. */
export type Billing = Readonly<{
  /** Per workspace, by position in the roster. */
  ofWorkspace: readonly (readonly SubscriptionState[])[]
  /** Account id -> subscriptions that name no workspace. */
  ofAccount: ReadonlyMap<string, readonly SubscriptionState[]>
}>

/** What is paid for a workspace at asOf. */
export type WorkspaceBilling = Readonly<{
  isPaid: boolean
  isOnTrial: boolean
  isPastDue: boolean
  trialEndDay: Day | null
  mrr: number | null
  arr: number | null
}>

/**
 * Subscriptions at asOf by workspace. One that names an account and no workspace is its only workspace's where it has one
 * (sandboxes aside), else the account's.
 *
 * Source: docs/methods/score.md, "Paid, on trial".
 */
export function billingAt(
  dataset: Pick<JudgedTables, 'subscriptions'>,
  roster: JudgedRoster,
  identities: Identities,
  clock: Readonly<{ calendar: Calendar; asOf: Instant }>,
): Billing {
  const ofWorkspace: SubscriptionState[][] = roster.workspaces.map(() => [])
  const ofAccount = new Map<string, SubscriptionState[]>()
  const only = onlyWorkspaces(roster, identities)
  for (const row of dataset.subscriptions) {
    const state = subscriptionAt(row, clock.calendar, clock.asOf)
    if (state === null) continue
    const accountId = row.account_id ?? ''
    const place = row.workspace_id === null ? only.get(accountId) : roster.workspaceIndex.get(row.workspace_id)
    if (place !== undefined && place >= 0) ofWorkspace[place]?.push(state)
    else if (row.workspace_id === null && accountId !== '') {
      ofAccount.set(accountId, [...(ofAccount.get(accountId) ?? []), state])
    }
  }
  return { ofWorkspace, ofAccount }
}

/** Account id -> position of its only workspace that is no sandbox; -1 where it has several. */
function onlyWorkspaces(roster: JudgedRoster, identities: Identities): Map<string, number> {
  const only = new Map<string, number>()
  for (const [place, row] of roster.workspaces.entries()) {
    const accountId = identities.accountOfWorkspace.get(row.workspace_id)
    if (accountId === undefined || isSandbox(row)) continue
    only.set(accountId, only.has(accountId) ? -1 : place)
  }
  return only
}

/** Is the workspace of type sandbox or dev? */
export function isSandbox(row: JudgedRow<'workspaces'>): boolean {
  return row.workspace_type !== null && SANDBOX.has(normaliseName(row.workspace_type))
}

/**
 * What is paid for one workspace.
 *
 *   paid     = a subscription is active or past due, else paid_status says so
 *   on trial = not paid, and a subscription is trialing or paid_status is trial
 *   trial end = latest end of its trialing subscriptions, else trial_end_date
 *   mrr      = sum over active subscriptions; without any subscription, or without a figure on them, the workspace's own
 *   arr      = likewise, 12 * mrr where a subscription or workspace gives no arr
 *
 * @param shared subscriptions of the workspace's account that name no workspace: they make it paid or on trial, but their
 *               money is counted once, with the account
 *
 * Source: docs/methods/score.md, "Paid, on trial".
 */
export function workspaceBilling(
  row: JudgedRow<'workspaces'>,
  own: readonly SubscriptionState[],
  shared: readonly SubscriptionState[],
  calendar: Calendar,
): WorkspaceBilling {
  const all = [...own, ...shared]
  const status = row.paid_status === null ? '' : normaliseName(row.paid_status)
  const isPastDue = all.some(one => one.status === 'past_due')
  const isPaid = isPastDue || all.some(one => one.status === 'active') || PAID.has(status)
  const trials = all.filter(one => one.status === 'trialing')
  const ends = trials.flatMap(one => one.trialEndDay ?? [])
  const givenEnd = row.trial_end_date === null ? null : dayOfMoment(row.trial_end_date, calendar)
  return {
    isPaid,
    isOnTrial: !isPaid && (trials.length > 0 || TRIAL.has(status)),
    isPastDue,
    trialEndDay: ends.length > 0 ? Math.max(...ends) : givenEnd,
    ...moneyOf(row, own),
  }
}

function moneyOf(
  row: JudgedRow<'workspaces'>,
  own: readonly SubscriptionState[],
): { mrr: number | null; arr: number | null } {
  const active = own.filter(one => one.status === 'active')
  if (own.length > 0 && active.length === 0) return { mrr: 0, arr: 0 }
  const mrr = sumKnown(active.map(one => one.mrr)) ?? row.mrr
  const arr = sumKnown(active.map(yearly)) ?? row.arr ?? (mrr === null ? null : 12 * mrr)
  return { mrr, arr }
}

const yearly = ({ arr, mrr }: SubscriptionState): number | null => arr ?? (mrr === null ? null : 12 * mrr)

/** Sum of the figures that are known; null where none is. */
export function sumKnown(figures: readonly (number | null)[]): number | null {
  const known = figures.filter(figure => figure !== null)
  return known.length === 0 ? null : known.reduce((total, figure) => total + figure, 0)
}

/** Money of subscriptions that belong to an account as a whole. */
export function accountMoney(shared: readonly SubscriptionState[]): { mrr: number | null; arr: number | null } {
  const active = shared.filter(one => one.status === 'active')
  return { mrr: sumKnown(active.map(one => one.mrr)), arr: sumKnown(active.map(yearly)) }
}
