import { append } from '#lib/lists-by-key'
import { compareCodePoints } from '#lib/text'
import type { AccountDoubt, AccountPair, IdentityDecision, SharedByAccounts } from '#schema/identity'
import { lastPerPair } from '../pair-decisions.ts'
import { isCalledLike, namesSay } from './name-agreement.ts'
import type { ReadAccount, ReadAccounts } from './read-accounts.ts'
import { isOneTaxId } from './tax-id.ts'

/** How sure a common value is, from what the data state down; of one strength none goes before another. */
const STRENGTH: Readonly<Record<SharedByAccounts['comparison'], number>> = {
  billing_id: 3,
  crm_id: 3,
  tax_id: 2,
  domain: 1,
  billing_domain: 1,
  name: 0,
}

/** Letters and blanks of a name before it is worth asking about. */
const LEAST_LETTERS = 3

/** An account that has something in common with a billing record. */
type Candidate = Readonly<{
  account: ReadAccount
  shared: readonly SharedByAccounts[]
  /** Why it is not the same company for sure; null: it is. */
  doubt: AccountDoubt | null
  /** Strength of what it rests on. */
  strength: number
}>

/**
 * Billing records that are the company of an account of the CRM, and those that may be.
 *
 * What two of them have in common is an id, a tax id or a corporate domain. They are one where such a value is of exactly one account,
 * nothing contradicts and, where it is a domain, their names allow it. Decisions go before everything. A billing record is of one account
 * at most; an account may have several.
 *
 * @param read rows of accounts by what they are records of
 * @param decisions in the order of the log; of those about two accounts the last one counts
 * @returns sorted by account and billing record; what is kept apart by decision is among them
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function pairAccounts(read: ReadAccounts, decisions: readonly IdentityDecision[]): readonly AccountPair[] {
  if (read.accounts.length === 0 || read.billing.length === 0) return []
  const find = candidateFinder(read)
  const decided = decidedPairs(read, decisions)
  const isTold = toldApart(decisions)
  const findUntold = (billing: ReadAccount): readonly Candidate[] =>
    find(billing).map(one =>
      one.doubt === null && isTold(one.account.id, billing.id) ? { ...one, doubt: 'answers' } : one,
    )
  return read.billing
    .flatMap(billing => pairsOf(billing, findUntold(billing), decided.get(billing.id)))
    .sort((x, y) => compareCodePoints(x.accountId, y.accountId) || compareCodePoints(x.billingId, y.billingId))
}

/** Finds the accounts that have something in common with a billing record. */
function candidateFinder({ accounts, billing }: ReadAccounts): (one: ReadAccount) => readonly Candidate[] {
  const holders = new Map<string, ReadAccount[]>()
  for (const account of accounts) for (const key of keysOf(account)) append(holders, key, account)
  const customers = new Map<string, number>()
  for (const { domains, billedTo } of billing)
    for (const domain of [...domains, ...(billedTo === null ? [] : [billedTo])])
      customers.set(domain, (customers.get(domain) ?? 0) + 1)
  return one => {
    const common = new Map<ReadAccount, SharedByAccounts[]>()
    const isShared = new Set<SharedByAccounts>()
    for (const shared of valuesOf(one)) {
      const own = holders.get(keyOf(shared)) ?? []
      // A name of several accounts says nothing of any.
      if (shared.comparison === 'name' && own.length > 1) continue
      if (own.length > 1) isShared.add(shared)
      for (const account of own) append(common, account, shared)
    }
    return [...common].map(([account, shared]): Candidate => {
      const against = conflictOf(one, account)
      const told = shared.map(value => {
        const doubt = isShared.has(value) ? 'several_accounts' : nameDoubt(one, account, value, customers)
        return { doubt: against ?? doubt, strength: STRENGTH[value.comparison] }
      })
      const best = told.find(({ doubt }) => doubt === null) ?? told[0]
      return { account, shared, doubt: best?.doubt ?? null, strength: best?.strength ?? 0 }
    })
  }
}

const keyOf = ({ comparison, value }: SharedByAccounts): string =>
  `${comparison === 'billing_domain' ? 'domain' : comparison} ${value}`

/** What a billing record may have in common with an account, the strongest first. */
function valuesOf({ billingIds, crmIds, taxId, domains, billedTo, name }: ReadAccount): readonly SharedByAccounts[] {
  const text = name.words.join(' ')
  return [
    ...billingIds.map(value => ({ comparison: 'billing_id', value }) as const),
    ...crmIds.map(value => ({ comparison: 'crm_id', value }) as const),
    ...(taxId === null ? [] : [{ comparison: 'tax_id', value: taxId } as const]),
    ...domains.map(value => ({ comparison: 'domain', value }) as const),
    ...(billedTo === null ? [] : [{ comparison: 'billing_domain', value: billedTo } as const]),
    ...(text.length < LEAST_LETTERS ? [] : [{ comparison: 'name', value: text } as const]),
  ]
}

function keysOf(account: ReadAccount): readonly string[] {
  return valuesOf({ ...account, billedTo: null }).map(keyOf)
}

/** What says that two records are not one company, whatever they have in common. */
function conflictOf(billing: ReadAccount, account: ReadAccount): AccountDoubt | null {
  const [x, y] = [billing.taxId, account.taxId]
  if (x !== null && y !== null && !isOneTaxId(x, y)) return 'other_tax_id'
  const [own, other] = [billing.ssoDomain, account.ssoDomain]
  return own !== null && other !== null && own !== other ? 'other_sso_domain' : null
}

/** Names count where a domain is all there is: they have to agree where others are billed to it, or where nothing says that it is the customer's own. */
function nameDoubt(
  billing: ReadAccount,
  account: ReadAccount,
  { comparison, value }: SharedByAccounts,
  customers: ReadonlyMap<string, number>,
): AccountDoubt | null {
  if (STRENGTH[comparison] > STRENGTH.domain) return null
  if (comparison === 'name') return 'name_only'
  const verdict = isCalledLike(billing.name, value) ? 'agree' : namesSay(billing.name, account.name)
  if (verdict === 'agree') return null
  const isOwn = comparison === 'domain' && customers.get(value) === 1
  return isOwn && verdict === 'silent' ? null : 'names'
}

/** Tells whether answers say of a workspace, or of a user, that it belongs to one of two accounts and not to the other. */
function toldApart(decisions: readonly IdentityDecision[]): (a: string, b: string) => boolean {
  const said = new Map<string, Map<string, boolean>>()
  for (const one of decisions) {
    if (!('account' in one)) continue
    const subject = 'user' in one ? `user ${one.user}` : `workspace ${one.workspace}`
    const of = said.get(one.account) ?? new Map<string, boolean>()
    said.set(one.account, of.set(subject, one.type === 'assign' || one.type === 'assign_signup'))
  }
  return (a, b) => [...(said.get(a) ?? [])].some(([subject, isIts]) => said.get(b)?.get(subject) === !isIts)
}

/** Accounts that a billing record is one company with by decision, and those that it is not. */
type Decided = Readonly<{ one: ReadAccount | null; apart: ReadonlySet<ReadAccount> }>

function decidedPairs(
  { accounts, billing }: ReadAccounts,
  decisions: readonly IdentityDecision[],
): ReadonlyMap<string, Decided> {
  const accountOf = new Map(accounts.map(account => [account.id, account]))
  const ids = new Set(billing.map(({ id }) => id))
  const found = new Map<string, Decided>()
  for (const decision of lastPerPair(decisions)) {
    if (decision.type !== 'must_link' && decision.type !== 'cannot_link') continue
    const { type, a, b } = decision
    if (a.object !== 'account' || b.object !== 'account') continue
    const [own, other] = ids.has(a.key) ? [a.key, b.key] : [b.key, a.key]
    const account = accountOf.get(other)
    if (!ids.has(own) || account === undefined) continue
    const { one, apart } = found.get(own) ?? { one: null, apart: new Set<ReadAccount>() }
    found.set(own, type === 'must_link' ? { one: account, apart } : { one, apart: new Set([...apart, account]) })
  }
  return found
}

function pairsOf(
  billing: ReadAccount,
  candidates: readonly Candidate[],
  { one, apart }: Decided = { one: null, apart: new Set() },
): readonly AccountPair[] {
  const pairWith = ({ id }: ReadAccount, verdict: Pick<AccountPair, 'isOne' | 'status' | 'doubt'>): AccountPair => {
    const shared = candidates.find(({ account }) => account.id === id)?.shared ?? []
    return { accountId: id, billingId: billing.id, shared, ...verdict }
  }
  const decided = [...apart].map(account => pairWith(account, { isOne: false, status: 'decided', doubt: null }))
  if (one !== null) return [...decided, pairWith(one, { isOne: true, status: 'decided', doubt: null })]
  const open = candidates.filter(({ account }) => !apart.has(account))
  const sure = open.filter(({ doubt }) => doubt === null)
  const strongest = Math.max(0, ...sure.map(({ strength }) => strength))
  const isOne = sure.filter(({ strength }) => strength === strongest).length === 1
  // Where something sure is known, what is doubtful besides tells nothing.
  const judged = (sure.length > 0 ? sure : open).map(({ account, strength, doubt }) => {
    if (isOne && strength === strongest) return pairWith(account, { isOne: true, status: 'auto', doubt: null })
    const reason = doubt ?? (isOne ? 'stronger_elsewhere' : 'several_matches')
    return pairWith(account, { isOne: false, status: 'review', doubt: reason })
  })
  return [...decided, ...judged]
}
