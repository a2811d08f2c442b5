import { accountRivals, corporateDomainBy, emailReader, type Reading } from '#identity'
import type { AccountRivals, WorkspaceAccount } from '#schema/identity'
import type { Row } from '#schema/tables'
import { rowsBy } from '#store'
import { sourcesOfAccounts } from '../account-companies.ts'
import type { Desk } from './desk.ts'
import type { Room } from './room.ts'

type Near = Readonly<{
  workspaceId: string
  /** Corporate domains of the people of the workspace. */
  ofPeople: readonly string[]
}>

/**
 * Accounts of two sources that keep each other from a workspace: as `accountRivals` finds them among all accounts, while only those are
 * read that have a part in it.
 */
export function rivalsOfWorkspace(
  { db, desk }: Pick<Room, 'db' | 'desk'>,
  { workspaceId, ofPeople }: Near,
): readonly AccountRivals[] {
  const sourcesOf = sourcesOfAccounts(db)
  if (sourcesOf === null) return []
  const { companies, workspaceAccounts } = desk.found
  const own = workspaceAccounts.filter(row => row.workspaceId === workspaceId && row.status === 'ambiguous')
  const near = new Set([...own.map(({ accountId }) => accountId), ...withDomains(desk, ofPeople)])
  if (near.size < 2) return []
  const read = emailReader(desk.settings.domains, desk.settings.words)
  const rows = besides(workspaceAccounts, near)
  const domains = rowsBy(db, 'accounts', 'account_id', near).flatMap(row => domainsIn(row, read))
  const ids = new Set([...near, ...rows.map(({ accountId }) => accountId), ...withDomains(desk, new Set(domains))])
  const accounts = rowsBy(db, 'accounts', 'account_id', ids)
  return accountRivals({ accounts, workspaceAccounts: rows, sourcesOf, companies, read }).filter(
    rivals => rivals.workspaceIds.includes(workspaceId) || rivals.domains.some(domain => ofPeople.includes(domain)),
  )
}

/** Accounts that state one of some domains; billing records are nobody's rivals. */
function withDomains({ found: { accountsOfDomain, companies } }: Desk, domains: Iterable<string>): readonly string[] {
  return [...domains].flatMap(domain => (accountsOfDomain.get(domain) ?? []).filter(id => !companies.isBilling(id)))
}

/** All candidates of the workspaces that one of some accounts is a candidate of. */
function besides(all: readonly WorkspaceAccount[], accounts: ReadonlySet<string>): readonly WorkspaceAccount[] {
  const met = new Set<string>()
  for (const { workspaceId, accountId, status } of all)
    if (status === 'ambiguous' && accounts.has(accountId)) met.add(workspaceId)
  return all.filter(({ workspaceId, status }) => status === 'ambiguous' && met.has(workspaceId))
}

function domainsIn(
  { primary_domain, all_known_domains, sso_domain }: Row<'accounts'>,
  read: Reading['read'],
): readonly string[] {
  return [primary_domain, ...(all_known_domains ?? []), sso_domain].flatMap(text => corporateDomainBy(read, text) ?? [])
}
