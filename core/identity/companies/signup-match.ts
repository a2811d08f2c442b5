import { eachInSteps, type Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import type { Evidence, SignupMatch } from '#schema/identity'
import { bitsOfPrecision } from '../bits.ts'
import { corporateDomainBy, type EmailReading } from '../email.ts'
import type { IdentityRow } from '../identity-tables.ts'
import { type AccountCompanies, NO_COMPANIES } from './account-companies.ts'

/** How often a new user belongs to the account that agrees in this. */
const PRECISION = { inviter: 0.97, domain: 0.95, subdomain: 0.93, alias: 0.9 } as const
const MATCHED_FROM_BITS = 3
/** How far ahead of the second an account of a new user is matched. */
export const LEAST_LEAD_BITS = 2
const MOST_PER_FURTHER = 3

/** A user that signed up: its address, and the workspace of who invited it. */
export type Signup = Readonly<{
  userId: string
  email: string | null
  inviterWorkspaces: readonly string[]
  /** Accounts that somebody said it does not belong to. */
  detached?: ReadonlySet<string> | undefined
}>

/** Matches sign-ups with accounts; made once, asked per sign-up. */
export type SignupIndex = Readonly<{
  match(signup: Signup): SignupMatch
  /** The match that somebody decided. */
  decided(signup: Signup, accountId: string): SignupMatch
}>

type Claim = Readonly<{ accountId: string; comparison: keyof typeof PRECISION; value: string }>

/**
 * An index of accounts for sign-ups.
 *
 *   inviter's mapped workspace .97, primary domain of exactly one account .95, below it .93, another domain of one account .90
 *
 * The strongest counts whole, each further at most +3; one domain is one claim. Matched from +3 bits and 2 ahead of the second.
 *
 * @param accounts rows
 * @param accountOfWorkspace assigned accounts
 * @param read reads an address
 * @param companies which rows are one company: the one that stands for it is matched
 * @returns a generator that halts now and then
 *
 * Source: docs/methods/identity.md, "Sign-ups".
 */
export function* signupIndexSteps(
  accounts: readonly IdentityRow<'accounts'>[],
  accountOfWorkspace: ReadonlyMap<string, string>,
  read: (text: string | null) => EmailReading,
  companies: AccountCompanies = NO_COMPANIES,
): Steps<SignupIndex> {
  const byPrimary = new Map<string, Set<string>>()
  const byAlias = new Map<string, Set<string>>()
  const strategic = new Set<string>()
  const add = (index: Map<string, Set<string>>, domain: string | null, id: string): void => {
    const corporate = corporateDomainBy(read, domain)
    if (corporate !== null) index.set(corporate, (index.get(corporate) ?? new Set()).add(id))
  }
  yield* eachInSteps(accounts, ({ account_id, primary_domain, all_known_domains, sso_domain, is_strategic }) => {
    const id = companies.standing(account_id)
    add(byPrimary, primary_domain, id)
    for (const domain of [...(all_known_domains ?? []), sso_domain]) add(byAlias, domain, id)
    if (is_strategic === true) strategic.add(id)
  })
  const claimsOf = ({ email, inviterWorkspaces }: Signup, reading: EmailReading): Claim[] => {
    const inviters = new Set(inviterWorkspaces.map(id => accountOfWorkspace.get(id)).filter(id => id !== undefined))
    const claims: Claim[] = [...inviters].map(accountId => ({
      accountId,
      comparison: 'inviter',
      value: 'invited from its workspace',
    }))
    const domain = reading.corporateDomain
    if (domain === null || reading.guard === 'placeholder') return claims
    const primary = byPrimary.get(domain) ?? new Set()
    const alias = byAlias.get(domain) ?? new Set()
    const comparison = reading.host === domain ? 'domain' : 'subdomain'
    // A domain of several accounts says which companies, not which one: all are shown, none is far enough ahead.
    for (const accountId of new Set([...primary, ...alias]))
      claims.push({ accountId, comparison: primary.has(accountId) ? comparison : 'alias', value: email ?? '' })
    return claims
  }
  return {
    decided: (signup, accountId) => {
      const own = ranked(claimsOf(signup, read(signup.email)), strategic).find(one => one.accountId === accountId)
      const candidate = own ?? { accountId, bits: 0, isStrategic: strategic.has(accountId), evidence: [] }
      const { userId, email } = signup
      return { userId, status: 'decided', candidates: [candidate], domain: read(email).corporateDomain }
    },
    match: signup => {
      const reading = read(signup.email)
      const { userId, detached } = signup
      const claims = claimsOf(signup, reading).filter(({ accountId }) => detached?.has(accountId) !== true)
      const candidates = ranked(claims, strategic)
      const [first, second] = candidates
      if (first !== undefined) {
        const isMatched =
          first.bits >= MATCHED_FROM_BITS &&
          first.bits - (second?.bits ?? 0) >= (second === undefined ? 0 : LEAST_LEAD_BITS)
        const shown = isMatched ? [first] : candidates
        return {
          userId,
          status: isMatched ? 'matched' : 'ambiguous',
          candidates: shown,
          domain: reading.corporateDomain,
        }
      }
      return { userId, status: statusOf(reading), candidates: [], domain: reading.corporateDomain }
    },
  }
}

function ranked(claims: readonly Claim[], strategic: ReadonlySet<string>): SignupMatch['candidates'] {
  return [...Map.groupBy(claims, ({ accountId }) => accountId)]
    .map(([accountId, own]) => {
      const sorted = own.toSorted((a, b) => PRECISION[b.comparison] - PRECISION[a.comparison])
      const evidence = sorted.map(({ comparison, value }, i): Evidence => {
        const whole = bitsOfPrecision(PRECISION[comparison])
        return { comparison, value, bits: i === 0 ? whole : Math.min(whole, MOST_PER_FURTHER) }
      })
      const bits = evidence.reduce((sum, one) => sum + one.bits, 0)
      return { accountId, bits, isStrategic: strategic.has(accountId), evidence }
    })
    .sort((a, b) => b.bits - a.bits || compareCodePoints(a.accountId, b.accountId))
}

function statusOf({ domainClass, guard, corporateDomain }: EmailReading): SignupMatch['status'] {
  if (domainClass === 'disposable') return 'disposable'
  if (guard === 'placeholder' || guard === 'not_an_address') return 'unknown'
  if (corporateDomain !== null) return 'new_corporate_domain'
  return domainClass === 'none' ? 'unknown' : 'personal'
}
