import { finish } from '#lib/steps'
import { type ContactLink, contactLinkSteps } from '#route'
import type { JudgedRow } from '#schema/dataset'
import type { Row } from '#schema/tables'
import type { Person } from '#schema/unit'

/** A record that the CRM may have. */
export type KnownRecord = Readonly<{
  /** Its id in the CRM; null: nothing says that the CRM has it, unless `otherId` is one of its ids. */
  crmId: string | null
  /** Its key in the imported table. */
  otherId: string
}>

type Contacts = Iterable<JudgedRow<'contacts'> & Pick<Row<'contacts'>, 'crm_id'>>
type Accounts = Iterable<Pick<Row<'accounts'>, 'account_id' | 'crm_id' | 'primary_domain'>>

/** The tables that say what the CRM holds. */
export type SnapshotTables = Readonly<{
  contacts: Contacts
  accounts: Accounts
  deals: Iterable<Pick<Row<'deals'>, 'stage'>>
  users: Iterable<Pick<Row<'users'>, 'user_id' | 'primary_email' | 'contact_id'>>
}>

/** What the CRM holds, as it was imported last. */
export type CrmSnapshot = Readonly<{
  /** Contacts that stand for a person. */
  contactsOf(personId: string): readonly KnownRecord[]
  /** Rows of accounts that an account may be in the CRM: its own, and those of the same domain that the CRM has an id for. */
  accountsOf(accountId: string): readonly KnownRecord[]
  /** Words that the CRM uses; empty: nothing was imported to tell. */
  stagesOfDeals: ReadonlySet<string>
  stagesOfContacts: ReadonlySet<string>
}>

/**
 * What the CRM holds, from its imported contacts, accounts and deals.
 *
 * @param tables each is walked once or twice and not held
 * @param persons persons of identity
 * @param links whom contacts stand for, where it is known of the same tables and persons
 *
 * Source: docs/methods/export.md, "Dry run".
 */
export function crmSnapshotOf(
  tables: SnapshotTables,
  persons: readonly Person[],
  links: readonly ContactLink[] = finish(contactLinkSteps(tables, persons)),
): CrmSnapshot {
  const contacts = new Map<string, KnownRecord>()
  const stagesOfContacts = new Set<string>()
  for (const { contact_id, crm_id, lifecycle_stage } of tables.contacts) {
    contacts.set(contact_id, { crmId: crm_id ?? contact_id, otherId: contact_id })
    if (lifecycle_stage !== null) stagesOfContacts.add(lifecycle_stage.toLowerCase())
  }
  const ofPerson = new Map<string, KnownRecord[]>()
  for (const { contactId, personIds } of links) {
    const record = contacts.get(contactId)
    if (record !== undefined) for (const personId of personIds) append(ofPerson, personId, record)
  }
  const stagesOfDeals = new Set<string>()
  for (const { stage } of tables.deals) if (stage !== null) stagesOfDeals.add(stage.toLowerCase())
  return {
    contactsOf: personId => ofPerson.get(personId) ?? [],
    accountsOf: accountsReader(tables.accounts),
    stagesOfDeals,
    stagesOfContacts,
  }
}

function accountsReader(rows: Accounts): CrmSnapshot['accountsOf'] {
  const own = new Map<string, KnownRecord>()
  const domains = new Map<string, string>()
  const ofDomain = new Map<string, KnownRecord[]>()
  for (const { account_id, crm_id, primary_domain } of rows) {
    const record = { crmId: crm_id, otherId: account_id }
    own.set(account_id, record)
    const domain = primary_domain?.trim().toLowerCase() ?? ''
    if (domain === '') continue
    domains.set(account_id, domain)
    append(ofDomain, domain, record)
  }
  return accountId => {
    const domain = domains.get(accountId)
    const record = own.get(accountId)
    if (record === undefined) return []
    return [...new Set([record, ...(domain === undefined ? [] : (ofDomain.get(domain) ?? []))])]
  }
}

function append<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
