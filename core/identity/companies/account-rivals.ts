import { compareCodePoints } from '#lib/text'
import type { AccountRivals, WorkspaceAccount } from '#schema/identity'
import { corporateDomainBy, type EmailReading } from '../email.ts'
import type { IdentityRow } from '../identity-tables.ts'
import type { AccountCompanies } from './account-companies.ts'

/** Accounts up to which a domain that they all state, or a workspace they are all candidates of, tells anything of two of them. */
const MOST_SHARING = 25

type RivalRow = Pick<IdentityRow<'accounts'>, 'account_id' | 'primary_domain' | 'all_known_domains' | 'sso_domain'>

/** What accounts of several sources are found by. */
export type RivalGround = Readonly<{
  accounts: Iterable<RivalRow>
  /** Accounts of workspaces, candidates among them. */
  workspaceAccounts: readonly WorkspaceAccount[]
  /** Where a row of accounts is from; none where that is not known. */
  sourcesOf: (accountId: string) => readonly string[]
  companies: AccountCompanies
  read: (text: string | null) => EmailReading
}>

type Met = { a: string; b: string; domains: Set<string>; workspaceIds: Set<string> }

/**
 * Accounts of two sources that stand in each other's way: both are candidates of one workspace, or both state a corporate domain, which
 * then tells neither from the other. A domain, or a workspace, of more than 25 accounts is left out. Billing records are none of them,
 * nor are rows that one source states both of.
 *
 * @returns each pair once, its ids in code-point order; sorted by them
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function accountRivals({
  accounts,
  workspaceAccounts,
  sourcesOf,
  companies,
  read,
}: RivalGround): readonly AccountRivals[] {
  const { sources, byDomain } = sourcesAndDomains(accounts, { sourcesOf, companies, read })
  const found = new Map<string, Met>()
  const meet = (ids: ReadonlySet<string>, note: (pair: Met) => void): void => {
    const known = [...ids].filter(id => sources.has(id)).sort(compareCodePoints)
    if (known.length > MOST_SHARING) return
    for (const [i, a] of known.entries())
      for (const b of known.slice(i + 1)) {
        if (!areApart(sources.get(a) ?? [], sources.get(b) ?? [])) continue
        const key = JSON.stringify([a, b])
        const pair = found.get(key) ?? { a, b, domains: new Set<string>(), workspaceIds: new Set<string>() }
        found.set(key, pair)
        note(pair)
      }
  }
  for (const [domain, ids] of byDomain) meet(ids, ({ domains }) => domains.add(domain))
  for (const [workspace, ids] of candidatesOf(workspaceAccounts))
    meet(ids, ({ workspaceIds }) => workspaceIds.add(workspace))
  return [...found.values()]
    .map(({ a, b, domains, workspaceIds }) => ({
      ...{ a, b, sources: [sources.get(a) ?? [], sources.get(b) ?? []] as const },
      ...{ domains: [...domains].sort(compareCodePoints), workspaceIds: [...workspaceIds].sort(compareCodePoints) },
    }))
    .sort((x, y) => compareCodePoints(x.a, y.a) || compareCodePoints(x.b, y.b))
}

/** Is no source that has the one also one that has the other? */
function areApart(own: readonly string[], other: readonly string[]): boolean {
  return own.length > 0 && other.length > 0 && !own.some(source => other.includes(source))
}

type Sources = Readonly<{
  /** Of accounts that are from somewhere. */
  sources: ReadonlyMap<string, readonly string[]>
  byDomain: ReadonlyMap<string, ReadonlySet<string>>
}>

function sourcesAndDomains(
  accounts: RivalGround['accounts'],
  { sourcesOf, companies, read }: Pick<RivalGround, 'sourcesOf' | 'companies' | 'read'>,
): Sources {
  const sources = new Map<string, readonly string[]>()
  const byDomain = new Map<string, Set<string>>()
  for (const { account_id: id, primary_domain, all_known_domains, sso_domain } of accounts) {
    const own = companies.isBilling(id) ? [] : sourcesOf(id)
    if (own.length === 0) continue
    sources.set(id, own)
    for (const text of [primary_domain, ...(all_known_domains ?? []), sso_domain]) {
      const domain = corporateDomainBy(read, text)
      if (domain !== null) byDomain.set(domain, (byDomain.get(domain) ?? new Set()).add(id))
    }
  }
  return { sources, byDomain }
}

function candidatesOf(rows: readonly WorkspaceAccount[]): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>()
  for (const { workspaceId, accountId, status } of rows)
    if (status === 'ambiguous') ids.set(workspaceId, (ids.get(workspaceId) ?? new Set()).add(accountId))
  return ids
}

/**
 * What stands between two accounts, as a sentence.
 *
 * @param rivals as found
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function rivalsSentence({ sources: [own, other], domains, workspaceIds }: AccountRivals): string {
  const both = [
    ...(domains.length === 0 ? [] : [`both state ${domains.join(', ')}, which tells neither from the other`]),
    ...(workspaceIds.length === 0
      ? []
      : [
          `both are candidates of ${workspaceIds.length === 1 ? 'one workspace' : `${workspaceIds.length} workspaces`}`,
        ]),
  ]
  return `Accounts of two sources (${own.join(' or ')} and ${other.join(' or ')}): ${both.join('; ')}. Two accounts are never made one.`
}
