import { codePointOrderOf } from '#lib/text'
import type { Dataset } from '#schema/dataset'
import type { PersonIdentifier, RefusedIdentifier } from '#schema/identity'
import type { Person } from '#schema/unit'
import type { EmailReading } from './email.ts'
import type { JoinedPersons } from './persons.ts'
import { isPlaceholder } from './placeholder.ts'

type Kind = PersonIdentifier['kind']
type Stated = { ids: string[]; persons: number[] }

/** In code-point order, as the rows are. */
const KINDS = [
  'anonymous_id',
  'contact_id',
  'device_id',
  'email',
  'sso_subject',
  'user_id',
] as const satisfies readonly Kind[]

/**
 * Identifiers of persons as the data state them: user ids, emails, anonymous ids, devices and SSO subjects of the users
 * table, contacts by `contact_id`, by the contact's `user_id` and, where addresses are read, by an email of one person.
 *
 * @param dataset its events are not read
 * @param joined persons and the index of each user's person
 * @param emailOf readings of the users' emails; empty where identity is explicit: contacts are then not matched by email
 * @param read reads a contact's email
 * @returns each (kind, id, person) once, sorted by kind, id, person; times are unbounded as long as events do not date them.
 *   Values that identify nobody (placeholders, role inboxes, relays, shared by too many) are left out
 *
 * Source: docs/methods/identity.md, "Identifiers".
 */
export function identifiersOf(
  dataset: Pick<Dataset, 'users' | 'contacts'>,
  joined: JoinedPersons,
  emailOf: ReadonlyMap<string, EmailReading>,
  read: (text: string | null) => EmailReading,
): readonly PersonIdentifier[] {
  const useless = new Set(joined.refused.filter(isUseless).map(({ value }) => value))
  const stated = emptyLists()
  const add = (kind: Kind, id: string | null, person: number | undefined): void => {
    if (id === null || person === undefined || isPlaceholder(id)) return
    stated[kind].ids.push(id)
    stated[kind].persons.push(person)
  }
  const personOf = (userId: string | null): number | undefined =>
    userId === null ? undefined : joined.personOfUser.get(userId)
  for (const [userId, person] of joined.personOfUser) {
    stated.user_id.ids.push(userId)
    stated.user_id.persons.push(person)
  }
  for (const user of dataset.users) {
    const person = personOf(user.user_id)
    const reading = emailOf.get(user.user_id) ?? read(user.primary_email)
    if (reading.guard === null && !useless.has(reading.canonical)) add('email', user.primary_email, person)
    add('anonymous_id', user.anonymous_id, person)
    add('device_id', user.device_id, person)
    add('sso_subject', user.sso_subject, person)
    add('contact_id', user.contact_id, person)
  }
  const personOfEmail = dataset.contacts.length === 0 ? new Map() : ownersOfEmails(joined, emailOf)
  for (const contact of dataset.contacts) {
    add('contact_id', contact.contact_id, personOf(contact.user_id))
    if (personOfEmail.size > 0) add('contact_id', contact.contact_id, personOfEmail.get(read(contact.email).canonical))
  }
  return KINDS.flatMap(kind => sortedRows(kind, stated[kind], joined))
}

/**
 * Which person an email stands for.
 *
 * @returns canonical email -> index of the person, for emails that identify and belong to exactly one person
 *
 * Source: docs/methods/identity.md, "Identifiers".
 */
export function ownersOfEmails(
  joined: JoinedPersons,
  emailOf: ReadonlyMap<string, EmailReading>,
): ReadonlyMap<string, number> {
  const owners = new Map<string, number>()
  const shared = new Set(joined.refused.map(({ value }) => value))
  for (const [userId, { canonical, guard }] of emailOf) {
    const person = joined.personOfUser.get(userId)
    if (guard === null && person !== undefined && !shared.has(canonical)) owners.set(canonical, person)
  }
  return owners
}

function isUseless({ reason }: RefusedIdentifier): boolean {
  return reason !== 'below_auto'
}

function emptyLists(): Record<Kind, Stated> {
  return {
    anonymous_id: { ids: [], persons: [] },
    contact_id: { ids: [], persons: [] },
    device_id: { ids: [], persons: [] },
    email: { ids: [], persons: [] },
    sso_subject: { ids: [], persons: [] },
    user_id: { ids: [], persons: [] },
  }
}

function sortedRows(kind: Kind, { ids, persons }: Stated, joined: JoinedPersons): PersonIdentifier[] {
  const order = codePointOrderOf(ids)
  const rows: PersonIdentifier[] = []
  // Indexes stay below the length of both lists. The index of a person orders as its id does.
  const compare = (a: number, b: number): number =>
    order(ids[a] as string, ids[b] as string) || (persons[a] as number) - (persons[b] as number)
  const at = new Uint32Array(ids.length)
  for (let i = 0; i < at.length; i++) at[i] = i
  // User ids come in their order: sorting them again is most of the work.
  if (!at.every(i => i === 0 || compare(i - 1, i) <= 0)) at.sort(compare)
  for (const i of at) {
    const id = ids[i] as string
    const personId = (joined.persons[persons[i] as number] as Person).id
    const last = rows.at(-1)
    if (last === undefined || last.id !== id || last.personId !== personId)
      rows.push({ kind, id, from: null, to: null, personId })
  }
  return rows
}
