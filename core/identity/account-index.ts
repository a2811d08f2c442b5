import { eachInSteps, finish, type Steps } from '#lib/steps'
import { type AccountCompanies, NO_COMPANIES } from './companies/account-companies.ts'
import { nationalTaxId, readTaxId } from './companies/tax-id.ts'
import { corporateDomainBy, type EmailReading } from './email.ts'
import { ownersOfEmails } from './identifiers.ts'
import type { IdentityTables } from './identity-tables.ts'
import type { JoinedPersons } from './persons.ts'
import type { Reading } from './reading.ts'
import type { Words } from './words/words.ts'

/**
 * Looking accounts up by what a workspace knows. Account ids per value, each once, in the order of the accounts table; of a company
 * with several rows the one that stands for it.
 */
export type AccountIndex = Readonly<{
  ids: ReadonlySet<string>
  companies: AccountCompanies
  /** registrable corporate domain (primary, known and SSO domains of the account) */
  byDomain: ReadonlyMap<string, readonly string[]>
  /** billing entity, tax id */
  byBilling: ReadonlyMap<string, readonly string[]>
  /** index of a person -> accounts that it is a contact of */
  byPerson: ReadonlyMap<number, readonly string[]>
}>

/**
 * Indexes the accounts of a project.
 *
 * @param dataset its accounts, contacts and users; events are not read
 * @param joined persons
 * @param emailOf readings of the users' emails
 * @param reading reads a contact's email, and says what a placeholder is
 * @param companies which rows are one company
 * @returns a generator that halts now and then
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function* accountIndexSteps(
  dataset: Pick<IdentityTables, 'accounts' | 'contacts' | 'users'>,
  joined: JoinedPersons,
  emailOf: ReadonlyMap<string, EmailReading>,
  { read, words }: Reading,
  companies: AccountCompanies = NO_COMPANIES,
): Steps<AccountIndex> {
  const byDomain = new Map<string, string[]>()
  const byBilling = new Map<string, string[]>()
  yield* eachInSteps(dataset.accounts, account => {
    const id = companies.standing(account.account_id)
    for (const domain of [account.primary_domain, ...(account.all_known_domains ?? []), account.sso_domain])
      append(byDomain, corporateDomainBy(read, domain), id)
    append(byBilling, entityKey(account.billing_entity_id, words), id)
    for (const key of taxKeys(account.tax_id, words).own) append(byBilling, key, id)
  })
  const ids = new Set(dataset.accounts.map(({ account_id }) => account_id))
  yield
  const byPerson = yield* personAccountSteps(dataset, joined, emailOf, { read, words, companies })
  return { ids, companies, byDomain, byBilling, byPerson }
}

/** The same in one go. */
export function indexAccounts(...ground: Parameters<typeof accountIndexSteps>): AccountIndex {
  return finish(accountIndexSteps(...ground))
}

/**
 * Key of a billing entity, which is never that of a tax id.
 *
 * @param value as the data state it; placeholders give null
 * @param words what a placeholder is
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function entityKey(value: string | null, { isPlaceholder }: Words): string | null {
  return isPlaceholder(value) ? null : `entity ${value}`
}

/**
 * Keys of a tax id: two that are one share a key, though one of them may lack the letters of its country.
 *
 * @param value as the data state it; placeholders have no keys
 * @param words what a placeholder is
 * @returns `own`: what it is found by; `sought`: what it looks for
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function taxKeys(value: string | null, words: Words): Readonly<Record<'own' | 'sought', readonly string[]>> {
  const taxId = readTaxId(value, words)
  if (taxId === null) return { own: [], sought: [] }
  const national = nationalTaxId(taxId)
  if (national === taxId) return { own: [`tax ${taxId}`], sought: [`tax ${taxId}`, `tax ${taxId} of a country`] }
  return { own: [`tax ${taxId}`, `tax ${national} of a country`], sought: [`tax ${taxId}`, `tax ${national}`] }
}

/** Accounts that persons are contacts of, by index of the person. */
export function accountsOfPersons(...ground: Parameters<typeof personAccountSteps>): Map<number, string[]> {
  return finish(personAccountSteps(...ground))
}

function* personAccountSteps(
  dataset: Pick<IdentityTables, 'contacts' | 'users'>,
  joined: JoinedPersons,
  emailOf: ReadonlyMap<string, EmailReading>,
  { read, words: { isPlaceholder }, companies }: Reading & Readonly<{ companies: AccountCompanies }>,
): Steps<Map<number, string[]>> {
  const byPerson = new Map<number, string[]>()
  const personsOfContact = new Map<string, number[]>()
  yield* eachInSteps(dataset.users, ({ contact_id, user_id }) => {
    if (!isPlaceholder(contact_id)) append(personsOfContact, contact_id, joined.personOfUser.get(user_id))
  })
  if (dataset.contacts.length === 0) return byPerson
  const personOfEmail = ownersOfEmails(joined, emailOf)
  yield* eachInSteps(dataset.contacts, ({ contact_id, account_id: stated, user_id, email }) => {
    if (stated === null || isPlaceholder(stated)) return
    const account_id = companies.standing(stated)
    append(byPerson, user_id === null ? undefined : joined.personOfUser.get(user_id), account_id)
    append(byPerson, personOfEmail.get(read(email).canonical), account_id)
    for (const person of personsOfContact.get(contact_id) ?? []) append(byPerson, person, account_id)
  })
  return byPerson
}

function append<K, V>(lists: Map<K, V[]>, key: K | null | undefined, value: V | null | undefined): void {
  if (key === null || key === undefined || value === null || value === undefined) return
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else if (!list.includes(value)) list.push(value)
}
