import { readCompanyName } from '#identity'
import { append } from '#lib/lists-by-key'
import type { ContactLink } from '#route'
import type { JudgedRow } from '#schema/dataset'
import type { Row } from '#schema/tables'
import { companyDomain } from './company-domain.ts'

/** A record that the CRM may have. */
export type KnownRecord = Readonly<{
  /** Its id in the CRM; null: nothing says that the CRM has it, unless `otherId` is one of its ids. */
  crmId: string | null
  /** Its key in the imported table. */
  otherId: string
  /** Ids that the imported data says are this CRM's: whatever was imported as `crm_id`, and the key where it is that CRM's. */
  toldOf(crm: CrmName): readonly string[]
}>

/** A CRM that knows its records by ids. */
export type CrmName = 'hubspot' | 'salesforce' | 'attio'

type Contacts = Iterable<JudgedRow<'contacts'> & Pick<Row<'contacts'>, 'crm_id'>>
type Accounts = Iterable<Pick<Row<'accounts'>, 'account_id' | 'crm_id' | 'name' | 'primary_domain'>>

/** The tables that say what the CRM holds. */
export type SnapshotTables = Readonly<{
  contacts: Contacts
  accounts: Accounts
  deals: Iterable<Pick<Row<'deals'>, 'stage'>>
  /** CRMs that a key is told to be an id of, by the file that it came from. */
  crmsOf(table: 'contacts' | 'accounts', key: string): readonly CrmName[]
}>

/** What the CRM holds, as it was imported last. */
export type CrmSnapshot = Readonly<{
  /** Contacts that stand for a person, and those with the person's address: a CRM takes them for the same, whoever uses it. */
  contactsOf(personId: string, email: string | null): readonly KnownRecord[]
  /** Rows of accounts that an account may be in the CRM: its own, and those of the same domain that the CRM has an id for. */
  accountsOf(accountId: string): readonly KnownRecord[]
  /** Rows of other accounts that have a name in common with an account, in whatever legal form. */
  namesakesOf(accountId: string, name: string | null): readonly KnownRecord[]
  /** The domain by which CRMs know an account; null: none that says something of a company. */
  domainOf(accountId: string): string | null
  /** Words that the CRM uses; empty: nothing was imported to tell. */
  stagesOfDeals: ReadonlySet<string>
  stagesOfContacts: ReadonlySet<string>
}>

/**
 * What the CRM holds, from its imported contacts, accounts and deals.
 *
 * @param tables each is walked once and not held
 * @param links whom contacts stand for, by `contactLinkSteps` of the same contacts
 *
 * Source: docs/methods/export.md, "Dry run".
 */
export function crmSnapshotOf(tables: SnapshotTables, links: readonly ContactLink[]): CrmSnapshot {
  const contacts = new Map<string, KnownRecord>()
  const ofAddress = new Map<string, KnownRecord[]>()
  const stagesOfContacts = new Set<string>()
  for (const { contact_id, crm_id, email, lifecycle_stage } of tables.contacts) {
    const crms = tables.crmsOf('contacts', contact_id)
    const record = { ...knownAs(crm_id, contact_id, crms), crmId: crm_id ?? contact_id }
    contacts.set(contact_id, record)
    const address = addressOf(email)
    if (address !== '') append(ofAddress, address, record)
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
    contactsOf: (personId, email) => {
      const own = ofPerson.get(personId) ?? []
      const same = ofAddress.get(addressOf(email))
      return same === undefined ? own : [...new Set([...own, ...same])]
    },
    ...accountsReader(tables),
    stagesOfDeals,
    stagesOfContacts,
  }
}

const addressOf = (email: string | null): string => email?.trim().toLowerCase() ?? ''

function knownAs(crmId: string | null, key: string, crms: readonly CrmName[]): KnownRecord {
  const said = crmId === null ? [] : [crmId]
  return { crmId, otherId: key, toldOf: crm => (crms.includes(crm) ? [...said, key] : said) }
}

function accountsReader({
  accounts,
  crmsOf,
}: SnapshotTables): Pick<CrmSnapshot, 'accountsOf' | 'domainOf' | 'namesakesOf'> {
  const own = new Map<string, KnownRecord>()
  const domains = new Map<string, string>()
  const ofDomain = new Map<string, KnownRecord[]>()
  const names: (readonly [name: string, record: KnownRecord])[] = []
  let ofName: ReadonlyMap<string, readonly KnownRecord[]> | null = null
  for (const { account_id, crm_id, name, primary_domain } of accounts) {
    const record = knownAs(crm_id, account_id, crmsOf('accounts', account_id))
    own.set(account_id, record)
    if (name !== null) names.push([name, record])
    const domain = companyDomain(primary_domain)
    if (domain === null) continue
    domains.set(account_id, domain)
    append(ofDomain, domain, record)
  }
  return {
    domainOf: accountId => domains.get(accountId) ?? null,
    accountsOf: accountId => {
      const domain = domains.get(accountId)
      const record = own.get(accountId)
      if (record === undefined) return []
      return [...new Set([record, ...(domain === undefined ? [] : (ofDomain.get(domain) ?? []))])]
    },
    namesakesOf: (accountId, name) => {
      ofName ??= byName(names)
      const key = nameKey(name)
      return key === null ? [] : (ofName.get(key) ?? []).filter(({ otherId }) => otherId !== accountId)
    },
  }
}

function byName(names: readonly (readonly [name: string, record: KnownRecord])[]): ReadonlyMap<string, KnownRecord[]> {
  const found = new Map<string, KnownRecord[]>()
  for (const [name, record] of names) {
    const key = nameKey(name)
    if (key !== null) append(found, key, record)
  }
  return found
}

/** Null for what is no name of a company. */
function nameKey(name: string | null): string | null {
  const { kind, words } = readCompanyName(name)
  return kind === 'name' ? words.join(' ') : null
}
