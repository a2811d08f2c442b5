import type { AccountRole } from '#schema/identity'
import { corporateDomainBy } from '../email.ts'
import type { IdentityRow } from '../identity-tables.ts'
import { type CompanyName, readCompanyName } from '../normalise/company-name.ts'
import type { Reading } from '../reading.ts'
import { readTaxId } from './tax-id.ts'

/** A row of accounts as far as it tells whether another one is the same company. Texts that say nothing are left out. */
export type ReadAccount = Readonly<{
  id: string
  name: CompanyName
  /** Ids under which a billing tool knows it. */
  billingIds: readonly string[]
  /** Ids under which a CRM knows it. */
  crmIds: readonly string[]
  /** Letters and digits, in capitals. */
  taxId: string | null
  /** Registrable corporate domains that it states as its own. */
  domains: readonly string[]
  ssoDomain: string | null
  /** Corporate domain of whom it is billed to, where that is none of its own. */
  billedTo: string | null
}>

/** Rows by what they are records of. */
export type ReadAccounts = Readonly<{ accounts: readonly ReadAccount[]; billing: readonly ReadAccount[] }>

/**
 * Reads rows of accounts. A billing record is one whose file says so.
 *
 * @param rows accounts
 * @param roleOf what a row is a record of, as far as its file tells
 * @param reading reads addresses, and says what a placeholder is
 * @returns in the order of the rows
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function readAccounts(
  rows: readonly IdentityRow<'accounts'>[],
  roleOf: (accountId: string) => AccountRole,
  reading: Reading,
): ReadAccounts {
  const accounts: ReadAccount[] = []
  const billing: ReadAccount[] = []
  for (const row of rows) {
    if (roleOf(row.account_id) === 'billing') billing.push(readAccount(row, true, reading))
    else accounts.push(readAccount(row, false, reading))
  }
  return { accounts, billing }
}

function readAccount(row: IdentityRow<'accounts'>, isBilling: boolean, { read, words }: Reading): ReadAccount {
  const told = (texts: readonly (string | null)[]): string[] => [
    ...new Set(texts.flatMap(text => (text === null || words.isPlaceholder(text) ? [] : [text.trim()]))),
  ]
  const { account_id, billing_entity_id, crm_id, tax_id, sso_domain, billing_contact_email } = row
  const stated = [row.primary_domain, ...(row.all_known_domains ?? []), sso_domain]
  const domains = [...new Set(stated.flatMap(text => corporateDomainBy(read, text) ?? []))]
  const billedTo = billing_contact_email === null ? null : read(billing_contact_email).corporateDomain
  return {
    id: account_id,
    name: readCompanyName(row.name, words),
    billingIds: told(isBilling ? [account_id, billing_entity_id] : [billing_entity_id]),
    crmIds: told(isBilling ? [crm_id] : [account_id, crm_id]),
    taxId: readTaxId(tax_id, words),
    domains,
    ssoDomain: corporateDomainBy(read, sso_domain),
    billedTo: billedTo !== null && domains.includes(billedTo) ? null : billedTo,
  }
}
