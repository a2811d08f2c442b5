import { emailReader } from '#identity'
import type { Dataset } from '#schema/dataset'
import type { Row } from '#schema/tables'
import type { Person, Unit } from '#schema/unit'

type Contact = Row<'contacts'>

/** Which contacts of the CRM stand for which persons and units. */
export type ContactBook = Readonly<{
  /** Contacts of one person. */
  ofPerson(personId: string): readonly Contact[]
  /** Contacts of the unit's people, and those of its account that stand for no user of the data. Each once. */
  ofUnit(unit: Pick<Unit, 'people' | 'accountId'>): readonly Contact[]
}>

/**
 * Links contacts to persons: by the contact's `user_id`, by the user's `contact_id`, and by an email that can identify a
 * person.
 *
 * @param dataset its users and contacts
 * @param persons persons of identity; where they are not given, each user is one person
 *
 * Source: docs/methods/route.md, "Contacts of a unit".
 */
export function contactBookOf(
  dataset: Pick<Dataset, 'users' | 'contacts'>,
  persons: readonly Person[] | undefined,
): ContactBook {
  if (dataset.contacts.length === 0) return { ofPerson: () => [], ofUnit: () => [] }
  const personIdOf = new Map<string, string>()
  for (const { id, userIds } of persons ?? []) for (const userId of userIds) personIdOf.set(userId, id)
  const byPerson = new Map<string, Contact[]>()
  const unlinked = new Map<string, Contact[]>()
  const usersOf = userIndex(dataset)
  for (const contact of dataset.contacts) {
    const linked = new Set([...usersOf(contact)].map(userId => personIdOf.get(userId) ?? userId))
    for (const personId of linked) append(byPerson, personId, contact)
    if (linked.size === 0 && contact.account_id !== null) append(unlinked, contact.account_id, contact)
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

/** Finds the users that a contact stands for. */
function userIndex({ users, contacts }: Pick<Dataset, 'users' | 'contacts'>): (contact: Contact) => Set<string> {
  const read = emailReader()
  const emailOf = (text: string | null): string | null => {
    const { canonical, guard } = read(text)
    return guard === null ? canonical : null
  }
  const wanted = new Set(contacts.map(({ email }) => emailOf(email)))
  const byEmail = new Map<string, string[]>()
  const byContact = new Map<string, string[]>()
  for (const { user_id, primary_email, contact_id } of users) {
    const email = emailOf(primary_email)
    if (email !== null && wanted.has(email)) append(byEmail, email, user_id)
    if (contact_id !== null) append(byContact, contact_id, user_id)
  }
  return ({ contact_id, user_id, email }) => {
    const found = new Set([...(byContact.get(contact_id) ?? []), ...(byEmail.get(emailOf(email) ?? '') ?? [])])
    return user_id === null ? found : found.add(user_id)
  }
}

function append<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
