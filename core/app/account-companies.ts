import { type AccountCompanies, accountCompanies, emailReader, IDENTITY_COLUMNS, settingsIn } from '#identity'
import { crmsOfKeys } from '#import'
import type { AccountRole } from '#schema/identity'
import type { FilePlan } from '#schema/import'
import { identityDecisions, keysReadBy, listImports, type Readable, readTableColumns } from '#store'

/** Tools that bill: the rows of their exports are customers, not accounts of a CRM. */
const BILLING = /^(?:stripe|chargebee) /i

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

/** Which rows of accounts are one company, by the data and decisions as they are. */
export function companiesOfAccounts(db: Readable): AccountCompanies {
  const decisions = identityDecisions(db)
  const { domains, words } = settingsIn(decisions)
  const rows = [...readTableColumns(db, 'accounts', IDENTITY_COLUMNS.accounts, new Map())]
  return accountCompanies(rows, { read: emailReader(domains, words), words, roleOf: accountRoles(db), decisions })
}
