import { append } from '#lib/lists-by-key'
import type { AccountPair, AccountRole, IdentityDecision } from '#schema/identity'
import type { IdentityRow } from '../identity-tables.ts'
import type { Reading } from '../reading.ts'
import { pairAccounts } from './account-pairs.ts'
import { readAccounts } from './read-accounts.ts'

/** Which rows of accounts are one company. */
export type AccountCompanies = Readonly<{
  pairs: readonly AccountPair[]
  /** Is a row the record of a billing tool? Only such a one can be the company of another row. */
  isBilling(accountId: string): boolean
  /** The account that stands for the company of an account: mostly itself. */
  standing(accountId: string): string
  /** Billing records of the company that an account stands for, in the order of their ids. */
  billingOf(accountId: string): readonly string[]
}>

/** Every row of accounts is a company of its own. */
export const NO_COMPANIES: AccountCompanies = {
  pairs: [],
  isBilling: () => false,
  standing: id => id,
  billingOf: () => [],
}

/** What accounts are paired by, besides their rows. */
export type PairGround = Reading &
  Readonly<{
    /** What a row is a record of, as far as its file tells. */
    roleOf: (accountId: string) => AccountRole
    /** In the order of the log; of those about two accounts the last one counts. */
    decisions: readonly IdentityDecision[]
  }>

/**
 * Finds the rows of accounts that are one company.
 *
 * @param rows accounts
 * @param ground what reads them, what they are records of, decisions
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function accountCompanies(rows: readonly IdentityRow<'accounts'>[], ground: PairGround): AccountCompanies {
  // Mostly there is no billing tool: then no row has to be read.
  if (!rows.some(row => ground.roleOf(row.account_id) === 'billing')) return NO_COMPANIES
  const read = readAccounts(rows, ground.roleOf, ground)
  const pairs = pairAccounts(read, ground.decisions)
  const ofBilling = new Set(read.billing.map(({ id }) => id))
  const standing = new Map<string, string>()
  const billing = new Map<string, string[]>()
  for (const { accountId, billingId, isOne } of pairs) {
    if (!isOne) continue
    standing.set(billingId, accountId)
    append(billing, accountId, billingId)
  }
  return {
    pairs,
    isBilling: id => ofBilling.has(id),
    standing: id => standing.get(id) ?? id,
    billingOf: id => billing.get(id) ?? [],
  }
}

/**
 * Decisions about accounts as decisions about those that stand for their companies. What was said of a workspace, or a user, and the
 * standing account itself goes before what was said of it and a billing record of the company, whichever came last: the one may well
 * have been its account, and the other one not, before the two were one company.
 *
 * @param decisions in the order of the log
 * @param companies which rows are one company
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function aboutCompanies(
  decisions: readonly IdentityDecision[],
  { pairs, standing }: AccountCompanies,
): readonly IdentityDecision[] {
  if (pairs.length === 0) return decisions
  const said = new Set(decisions.flatMap(one => ('account' in one ? [subjectOf(one, one.account)] : [])))
  return decisions.flatMap((one): readonly IdentityDecision[] => {
    if (!('account' in one)) return [one]
    const account = standing(one.account)
    return account !== one.account && said.has(subjectOf(one, account)) ? [] : [{ ...one, account }]
  })
}

type AboutAccount = Extract<IdentityDecision, { account: string }>

/** Of what a decision says whether it belongs to an account. */
function subjectOf(decision: AboutAccount, account: string): string {
  return JSON.stringify(
    'user' in decision ? ['user', decision.user, account] : ['workspace', decision.workspace, account],
  )
}
