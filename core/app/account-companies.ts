import {
  type AccountCompanies,
  accountCompanies,
  accountRivals,
  emailReader,
  IDENTITY_COLUMNS,
  settingsIn,
} from '#identity'
import { crmsOfKeys } from '#import'
import { append } from '#lib/lists-by-key'
import type { AccountRivals, AccountRole, WorkspaceAccount } from '#schema/identity'
import type { FilePlan } from '#schema/import'
import { identityDecisions, keysReadBy, listImports, type Readable, readTableColumns } from '#store'

/** Tools that bill: the rows of their exports are customers, not accounts of a CRM. */
const BILLING = /^(?:stripe|chargebee) /i
const BILLING_NAMES = ['Stripe', 'Chargebee'] as const

/**
 * What rows of accounts are records of, by the files that they came from. One that several say is a record of the CRM, if any says so.
 * What is in a row tells nothing: in a table of accounts a parent pays for itself and for others.
 */
export function accountRoles(db: Readable): (accountId: string) => AccountRole {
  const imports: Record<AccountRole, number[]> = { billing: [], crm: [], other: [] }
  for (const { importId, table, plan, status } of listImports(db))
    if (table === 'accounts' && status === 'published') imports[roleOfFile(plan)].push(importId)
  // Without a billing tool there is nothing to tell apart.
  if (imports.billing.length === 0) return () => 'other'
  const [billing, crm] = [keysReadBy(db, 'accounts', imports.billing), keysReadBy(db, 'accounts', imports.crm)]
  return id => (crm.has(id) ? 'crm' : billing.has(id) ? 'billing' : 'other')
}

function roleOfFile(plan: FilePlan): AccountRole {
  if (BILLING.test(plan.source ?? '')) return 'billing'
  return crmsOfKeys(plan).length > 0 ? 'crm' : 'other'
}

const DOMAIN_COLUMNS = ['account_id', 'primary_domain', 'all_known_domains', 'sso_domain'] as const
const CRM_NAMES = { hubspot: 'HubSpot', salesforce: 'Salesforce', attio: 'Attio' } as const
/** What files other than exports of CRMs and billing tools are called as a source: all of them are one. */
const OWN_TABLES = 'tables of your own'

/** Which sources rows of accounts are from: CRMs, and tables of one's own. Null without two of them, since nothing competes then. */
function accountSources(db: Readable): ((accountId: string) => readonly string[]) | null {
  const imports = new Map<string, number[]>()
  for (const { importId, table, plan, status } of listImports(db)) {
    if (table !== 'accounts' || status !== 'published' || roleOfFile(plan) === 'billing') continue
    const named = crmsOfFile(plan)
    for (const source of named.length === 0 ? [OWN_TABLES] : named) append(imports, source, importId)
  }
  return imports.size < 2 ? null : namesByKey(db, imports)
}

/** A header may be of two CRMs; the export that the file was read as is of one. */
function crmsOfFile(plan: FilePlan): readonly string[] {
  const crms = crmsOfKeys(plan)
  const known = crms.filter(crm => plan.source?.toLowerCase().startsWith(`${crm} `))
  return (known.length === 0 ? crms : known).map(crm => CRM_NAMES[crm])
}

function namesByKey(
  db: Readable,
  imports: ReadonlyMap<string, readonly number[]>,
): (accountId: string) => readonly string[] {
  const keys = [...imports].map(([name, ids]) => [name, keysReadBy(db, 'accounts', ids)] as const)
  return id => keys.flatMap(([name, own]) => (own.has(id) ? [name] : []))
}

/** Names of the CRMs and billing tools that rows of accounts were read from, by the files; none for tables of one's own. */
export function toolsOfAccounts(db: Readable): (accountId: string) => readonly string[] {
  const imports = new Map<string, number[]>()
  for (const { importId, table, plan, status } of listImports(db)) {
    if (table !== 'accounts' || status !== 'published') continue
    const billing = BILLING_NAMES.filter(name => plan.source?.toLowerCase().startsWith(`${name.toLowerCase()} `))
    for (const name of billing.length > 0 ? billing : crmsOfFile(plan)) append(imports, name, importId)
  }
  return namesByKey(db, imports)
}

type Found = Readonly<{ workspaceAccounts: readonly WorkspaceAccount[]; companies: AccountCompanies }>

/** Accounts of two sources that stand in each other's way, by what was found for the data as they are. */
export function rivalsOfAccounts(db: Readable, { workspaceAccounts, companies }: Found): readonly AccountRivals[] {
  const sourcesOf = accountSources(db)
  if (sourcesOf === null) return []
  const { domains, words } = settingsIn(identityDecisions(db))
  const accounts = readTableColumns(db, 'accounts', DOMAIN_COLUMNS, new Map())
  return accountRivals({ accounts, workspaceAccounts, sourcesOf, companies, read: emailReader(domains, words) })
}

/** Which rows of accounts are one company, by the data and decisions as they are. */
export function companiesOfAccounts(db: Readable): AccountCompanies {
  const decisions = identityDecisions(db)
  const { domains, words } = settingsIn(decisions)
  const rows = [...readTableColumns(db, 'accounts', IDENTITY_COLUMNS.accounts, new Map())]
  return accountCompanies(rows, { read: emailReader(domains, words), words, roleOf: accountRoles(db), decisions })
}
