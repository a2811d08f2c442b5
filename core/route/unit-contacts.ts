import type { EmailReading } from '#identity'
import { append } from '#lib/lists-by-key'
import type { Steps } from '#lib/steps'
import type { JudgedRow, JudgedTables } from '#schema/dataset'
import type { Person, Unit } from '#schema/unit'

/** A contact as far as suppressions ask. */
export type Contact = Omit<JudgedRow<'contacts'>, 'email' | 'user_id'>

/** Users as far as contacts are linked to them. */
type LinkedUsers = Iterable<Pick<JudgedRow<'users'>, 'user_id' | 'primary_email' | 'contact_id'>>
type LinkedTables = Pick<JudgedTables, 'contacts'> & Readonly<{ users: LinkedUsers }>

/** Persons that one contact stands for, at least one. */
export type ContactLink = Readonly<{ contactId: string; personIds: readonly string[] }>

/** Which contacts of the CRM stand for which persons and units. */
export type ContactBook = Readonly<{
  /** Contacts of one person. */
  ofPerson(personId: string): readonly Contact[]
  /** Contacts of the unit's people, and those of its account that stand for no user of the data. Each once. */
  ofUnit(unit: Pick<Unit, 'people' | 'accountId'>): readonly Contact[]
}>

/** Rows between two halts. */
const STRETCH = 4096

/**
 * Links contacts to persons: by the contact's `user_id`, by the user's `contact_id`, and by an email that can identify a
 * person.
 *
 * @param tables users and contacts; neither is held
 * @param persons persons of identity; where they are not given, each user is one person
 * @param read how identity reads addresses: by the word lists and classes of domains of the project
 * @returns steps that come to one link per contact that stands for somebody, in the order of the contacts
 *
 * Source: docs/methods/route.md, "Contacts of a unit".
 */
export function* contactLinkSteps(
  tables: LinkedTables,
  persons: readonly Person[] | undefined,
  read: (text: string | null) => EmailReading,
): Steps<readonly ContactLink[]> {
  const emailOf = (text: string | null): string | null => {
    const { canonical, guard } = read(text)
    return guard === null ? canonical : null
  }
  const emails = new Map<string, string | null>()
  for (const { contact_id, email } of tables.contacts) {
    if (emails.size % STRETCH === 0) yield
    emails.set(contact_id, emailOf(email))
  }
  if (emails.size === 0) return []
  const usersOf = yield* usersByContact(tables.users, { emails, emailOf })
  const personIdOf = new Map<string, string>()
  for (const { id, userIds } of persons ?? []) for (const userId of userIds) personIdOf.set(userId, id)
  const links: ContactLink[] = []
  for (const { contact_id: contactId, user_id } of tables.contacts) {
    const users = usersOf(contactId, user_id)
    const personIds = [...new Set([...users].map(userId => personIdOf.get(userId) ?? userId))]
    if (personIds.length > 0) links.push({ contactId, personIds })
  }
  return links
}

type Emails = Readonly<{
  /** contact id -> email by which it is known; null where it has none that can identify a person */
  emails: ReadonlyMap<string, string | null>
  emailOf: (text: string | null) => string | null
}>

/** Finds the users that a contact stands for. */
function* usersByContact(
  users: LinkedUsers,
  { emails, emailOf }: Emails,
): Steps<(contactId: string, userId: string | null) => ReadonlySet<string>> {
  const wanted = new Set(emails.values())
  const byEmail = new Map<string, string[]>()
  const byContact = new Map<string, string[]>()
  let walked = 0
  for (const { user_id, primary_email, contact_id } of users) {
    if (++walked % STRETCH === 0) yield
    const email = emailOf(primary_email)
    if (email !== null && wanted.has(email)) append(byEmail, email, user_id)
    if (contact_id !== null) append(byContact, contact_id, user_id)
  }
  return (contactId, userId) => {
    const email = emails.get(contactId) ?? null
    const found = new Set([...(byContact.get(contactId) ?? []), ...(email === null ? [] : (byEmail.get(email) ?? []))])
    return userId === null ? found : found.add(userId)
  }
}

/**
 * Looks contacts up by whom they stand for.
 *
 * @param rows contacts; those that nothing is asked of may be left out
 * @param links of `contactLinkSteps` for all contacts and the persons that are asked for
 *
 * Source: docs/methods/route.md, "Contacts of a unit".
 */
export function contactBookOf(rows: Iterable<Contact>, links: readonly ContactLink[]): ContactBook {
  const personsOf = new Map(links.map(({ contactId, personIds }) => [contactId, personIds]))
  const byPerson = new Map<string, Contact[]>()
  const unlinked = new Map<string, Contact[]>()
  for (const row of rows) {
    const contact = heldContact(row)
    const personIds = personsOf.get(contact.contact_id) ?? []
    for (const personId of personIds) append(byPerson, personId, contact)
    if (personIds.length === 0 && contact.account_id !== null) append(unlinked, contact.account_id, contact)
  }
  const ofPerson = (personId: string): readonly Contact[] => byPerson.get(personId) ?? []
  return {
    ofPerson,
    ofUnit: ({ people, accountId }) => {
      const own = people.flatMap(({ personId }) => ofPerson(personId))
      return [...new Set([...own, ...((accountId === null ? undefined : unlinked.get(accountId)) ?? [])])]
    },
  }
}

function heldContact(row: Contact): Contact {
  const { contact_id, account_id, owner, lifecycle_stage, opted_out, last_contacted_at, disqualified_at } = row
  return { contact_id, account_id, owner, lifecycle_stage, opted_out, last_contacted_at, disqualified_at }
}
