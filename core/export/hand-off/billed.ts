import { roundTo } from '#lib/num'
import { normaliseName } from '#lib/text'
import type { SubscriptionState } from '#schema/subscription'
import type { Unit } from '#schema/unit'
import type { AddressBook } from '../address-book.ts'

/** What a subscription's row says of its amount. */
export type BilledTerms = Readonly<{ currency: string | null; period: string | null; workspaceId: string | null }>
/** Terms by subscription id; undefined: nothing is known of it. */
export type TermsOf = (subscriptionId: string) => BilledTerms | undefined

type Ground = Readonly<{ book: Pick<AddressBook, 'workspacesOfAccount'>; termsOf?: TermsOf }>
type Billed = Pick<Unit, 'accountId' | 'workspaceIds' | 'subscriptions' | 'mrr'>
type Amount = Readonly<{ amount: number; currency: string; words: string }>

const YEARLY: ReadonlySet<string> = new Set(['year', 'yearly', 'annual', 'annually', '1_year', '12_months', 'p1y'])
const MONTHS = 12
const NO_TERMS: BilledTerms = { currency: null, period: null, workspaceId: null }
/** What is said of a state that is not simply active; others bill nothing. */
const STATES: Readonly<Partial<Record<SubscriptionState['status'], string>>> = {
  active: '',
  past_due: ', past due',
  unknown: ', state unknown',
}

/**
 * What is billed for a unit: `1,950 EUR a year, past due`. One entry per currency, period and state: amounts of one entry are summed,
 * those of two currencies never.
 *
 * @param unit whose; where no subscription says an amount the figure of its workspaces counts, in an unknown currency
 * @param ground currency and period of subscriptions; where they are missing, a month's amount without a currency is said
 * @returns empty where nothing is billed: no subscription with an amount is active, past due or in an unknown state
 *
 * Source: docs/methods/export.md, "What is billed".
 */
export function billedOf(unit: Billed, ground: Ground): readonly string[] {
  const isPartOfAccount = ground.book
    .workspacesOfAccount(unit.accountId)
    .some(({ workspace_id }) => !unit.workspaceIds.includes(workspace_id))
  const amounts = unit.subscriptions.flatMap(one =>
    amountOf(one, ground.termsOf?.(one.id) ?? NO_TERMS, isPartOfAccount),
  )
  if (amounts.length === 0) return unit.mrr !== null && unit.mrr > 0 ? [`${money(unit.mrr)} a month`] : []
  const alike = Map.groupBy(amounts, ({ currency, words }) => `${currency}${words}`)
  return [...alike].map(([words, own]) => `${money(own.reduce((sum, { amount }) => sum + amount, 0))}${words}`)
}

/**
 * Monthly recurring revenue of active subscriptions, as text: one figure, or with its currency per currency where there are several.
 *
 * @returns null where nothing is known or nothing is billed
 *
 * Source: docs/methods/export.md, "What is billed".
 */
export function monthlyText({ mrr, subscriptions }: Billed, { termsOf }: Pick<Ground, 'termsOf'>): string | null {
  const active = subscriptions.filter(one => one.status === 'active' && one.mrr !== null && one.mrr > 0)
  const byCurrency = Map.groupBy(active, ({ id }) => currencyOf(termsOf?.(id) ?? NO_TERMS))
  if (byCurrency.size < 2) return mrr === null || mrr === 0 ? null : String(roundTo(mrr, 2))
  return [...byCurrency]
    .map(([currency, own]) => `${money(own.reduce((sum, one) => sum + (one.mrr ?? 0), 0))}${currency}`)
    .join(' and ')
}

function amountOf(
  { status, mrr, arr }: SubscriptionState,
  terms: BilledTerms,
  isPartOfAccount: boolean,
): readonly Amount[] {
  const state = STATES[status]
  const isYearly = mrr === null || YEARLY.has(normaliseName(terms.period ?? ''))
  const yearly = arr ?? (mrr === null ? null : MONTHS * mrr)
  const amount = isYearly ? yearly : mrr
  if (state === undefined || amount === null || amount <= 0) return []
  const whose = isPartOfAccount && terms.workspaceId === null && terms !== NO_TERMS ? ' for the whole account' : ''
  return [{ amount, currency: currencyOf(terms), words: ` a ${isYearly ? 'year' : 'month'}${whose}${state}` }]
}

const currencyOf = ({ currency }: BilledTerms): string => (currency === null ? '' : ` ${currency.toUpperCase()}`)

/** `1,950` and `86.5`: two decimals at most. */
function money(amount: number): string {
  const [whole = '', part] = String(roundTo(amount, 2)).split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return part === undefined ? grouped : `${grouped}.${part.padEnd(2, '0')}`
}
