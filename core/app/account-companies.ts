import { type AccountCompanies, accountCompanies, accountRivals, IDENTITY_COLUMNS, type Reading } from '#identity'
import { crmsOfKeys } from '#import'
import type { AccountRivals, AccountRole, IdentityDecision, WorkspaceAccount } from '#schema/identity'
import type { FilePlan } from '#schema/import'
import { keysReadBy, type Readable, readTableColumns } from '#store'
import { importsBy, type NamedImports, namesByKey, namesOfRows } from './imports-by.ts'

/** Tools that bill: the rows of their exports are customers, not accounts of a CRM. */
const BILLING = /^(?:stripe|chargebee) /i
const BILLING_NAMES = ['Stripe', 'Chargebee'] as const

/**
 * What rows of accounts are records of, by the files that they came from. One that several say is a record of the CRM, if any says so.
 * What is in a row tells nothing: in a table of accounts a parent pays for itself and for others.
 */
export function accountRoles(db: Readable): (accountId: string) => AccountRole {
  const imports = importsBy(db, 'accounts', plan => [roleOfFile(plan)])
  const billed = imports.get('billing')
  // Without a billing tool there is nothing to tell apart.
  if (billed === undefined) return () => 'other'
  const [billing, crm] = [keysReadBy(db, 'accounts', billed), keysReadBy(db, 'accounts', imports.get('crm') ?? [])]
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

/** Imports of accounts by CRM, or tables of one's own. Null without two such sources, since nothing competes then. */
function accountSources(db: Readable): NamedImports<string> | null {
  const imports = importsBy<string>(db, 'accounts', plan => {
    if (roleOfFile(plan) === 'billing') return []
    const named = crmsOfFile(plan)
    return named.length === 0 ? [OWN_TABLES] : named
  })
  return imports.size < 2 ? null : imports
}

/** A header may be of two CRMs; the export that the file was read as is of one. */
function crmsOfFile(plan: FilePlan): readonly string[] {
  const crms = crmsOfKeys(plan)
  const known = crms.filter(crm => plan.source?.toLowerCase().startsWith(`${crm} `))
  return (known.length === 0 ? crms : known).map(crm => CRM_NAMES[crm])
}

/** Names of the CRMs and billing tools that a row of accounts was read from, by the files; none for tables of one's own. */
export function toolsOfAccounts(db: Readable): (accountId: string) => readonly string[] {
  const imports = importsBy<string>(db, 'accounts', plan => {
    const billing = BILLING_NAMES.filter(name => plan.source?.toLowerCase().startsWith(`${name.toLowerCase()} `))
    return billing.length > 0 ? billing : crmsOfFile(plan)
  })
  return namesOfRows(db, 'accounts', imports)
}

/** Which source a row of accounts is from, for whoever asks for a few rows; null where nothing competes. */
export function sourcesOfAccounts(db: Readable): ((accountId: string) => readonly string[]) | null {
  const sources = accountSources(db)
  return sources === null ? null : namesOfRows(db, 'accounts', sources)
}

type Found = Readonly<{ workspaceAccounts: readonly WorkspaceAccount[]; companies: AccountCompanies }>

/** Accounts of two sources that stand in each other's way, by what was found for the data as they are. */
export function rivalsOfAccounts(
  db: Readable,
  { workspaceAccounts, companies, read }: Found & Pick<Reading, 'read'>,
): readonly AccountRivals[] {
  const sources = accountSources(db)
  if (sources === null) return []
  const accounts = readTableColumns(db, 'accounts', DOMAIN_COLUMNS, new Map())
  const sourcesOf = namesByKey(db, 'accounts', sources)
  return accountRivals({ accounts, workspaceAccounts, sourcesOf, companies, read })
}

/** Which rows of accounts are one company, by the data as they are and decisions. */
export function companiesOfAccounts(
  db: Readable,
  ground: Reading & Readonly<{ decisions: readonly IdentityDecision[] }>,
): AccountCompanies {
  const rows = [...readTableColumns(db, 'accounts', IDENTITY_COLUMNS.accounts, new Map())]
  return accountCompanies(rows, { ...ground, roleOf: accountRoles(db) })
}
