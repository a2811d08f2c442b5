import { codePointOrderOf } from '#lib/text'
import type { DatedDevice } from '#schema/event'
import type { PersonIdentifier, RefusedIdentifier } from '#schema/identity'
import type { Person } from '#schema/unit'
import type { EmailReading } from './email.ts'
import type { IdentityRow, IdentityTables } from './identity-tables.ts'
import type { JoinedPersons } from './persons.ts'
import type { Reading } from './reading.ts'

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
 * @param reading reads a contact's email, and says what a placeholder is
 *   `dated`: users on ids as events show them; of one person the earliest and the latest time count
 * @returns rows that are made while they are walked: each (kind, id, person) once, sorted by kind, id, person; times are unbounded where events do not date them.
 *   Values that identify nobody (placeholders, role inboxes, relays, shared by too many) are left out
 *
 * Source: docs/methods/identity.md, "Identifiers".
 */
export function* identifiersOf(
  dataset: Pick<IdentityTables, 'users' | 'contacts'>,
  joined: JoinedPersons,
  emailOf: ReadonlyMap<string, EmailReading>,
  { read, words, dated = [] }: Reading & Readonly<{ dated?: readonly DatedDevice[] | undefined }>,
): Generator<PersonIdentifier> {
  const ground: Ground = { dataset, joined, emailOf, read, words }
  for (const kind of KINDS) {
    const stated = statedOf(kind, ground)
    const spans = spansOf(
      dated.filter(device => device.kind === kind),
      stated,
      joined,
    )
    yield* sortedRows(kind, stated, { joined, spans })
  }
}

type Ground = Reading &
  Readonly<{
    dataset: Pick<IdentityTables, 'users' | 'contacts'>
    joined: JoinedPersons
    emailOf: ReadonlyMap<string, EmailReading>
  }>

/** Ids of one kind with their persons, as they come. */
function statedOf(kind: Kind, ground: Ground): Stated {
  const {
    joined,
    dataset,
    words: { isPlaceholder },
  } = ground
  // Of user ids also one that looks like nothing names its user.
  if (kind === 'user_id') return { ids: [...joined.personOfUser.keys()], persons: [...joined.personOfUser.values()] }
  const stated: Stated = { ids: [], persons: [] }
  const add = (id: string | null, person: number | undefined): void => {
    if (id === null || person === undefined || isPlaceholder(id)) return
    stated.ids.push(id)
    stated.persons.push(person)
  }
  const identifies = kind === 'email' ? identifyingEmails(ground) : null
  for (const user of dataset.users) {
    const id = identifies === null ? user[kind as Exclude<typeof kind, 'email'>] : user.primary_email
    if (identifies === null || identifies(user)) add(id, joined.personOfUser.get(user.user_id))
  }
  if (kind === 'contact_id') addContacts(ground, add)
  return stated
}

/** Is the address of a user one that identifies? */
function identifyingEmails({ joined, emailOf, read }: Ground): (user: IdentityRow<'users'>) => boolean {
  const useless = new Set(joined.refused.filter(isUseless).map(({ value }) => value))
  return ({ user_id, primary_email }) => {
    const { guard, canonical } = emailOf.get(user_id) ?? read(primary_email)
    return guard === null && !useless.has(canonical)
  }
}

function addContacts(
  { dataset, joined, emailOf, read }: Ground,
  add: (id: string | null, person: number | undefined) => void,
): void {
  if (dataset.contacts.length === 0) return
  const personOfEmail = ownersOfEmails(joined, emailOf)
  for (const { contact_id, user_id, email } of dataset.contacts) {
    add(contact_id, user_id === null ? undefined : joined.personOfUser.get(user_id))
    if (personOfEmail.size > 0) add(contact_id, personOfEmail.get(read(email).canonical))
  }
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

type Span = Readonly<{ from: number; to: number }>

/** When each person was seen under an id, by both; ids that the tables do not state are added to those that they do. */
function spansOf(
  dated: readonly DatedDevice[],
  stated: Stated,
  { personOfUser }: JoinedPersons,
): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>()
  for (const { id, userId, from, to } of dated) {
    const person = personOfUser.get(userId)
    if (person === undefined) continue
    const key = `${person} ${id}`
    const known = spans.get(key) ?? { from, to }
    spans.set(key, { from: Math.min(known.from, from), to: Math.max(known.to, to) })
    stated.ids.push(id)
    stated.persons.push(person)
  }
  return spans
}

function* sortedRows(
  kind: Kind,
  { ids, persons }: Stated,
  { joined, spans }: Readonly<{ joined: JoinedPersons; spans: ReadonlyMap<string, Span> }>,
): Generator<PersonIdentifier> {
  const order = codePointOrderOf(ids)
  // Indexes stay below the length of both lists. The index of a person orders as its id does.
  const compare = (a: number, b: number): number =>
    order(ids[a] as string, ids[b] as string) || (persons[a] as number) - (persons[b] as number)
  const at = new Uint32Array(ids.length)
  for (let i = 0; i < at.length; i++) at[i] = i
  // User ids come in their order: sorting them again is most of the work.
  if (!at.every(i => i === 0 || compare(i - 1, i) <= 0)) at.sort(compare)
  let last: PersonIdentifier | null = null
  for (const i of at) {
    const id = ids[i] as string
    const personId = (joined.persons[persons[i] as number] as Person).id
    if (last !== null && last.id === id && last.personId === personId) continue
    const span: Span | undefined = spans.size === 0 ? undefined : spans.get(`${persons[i]} ${id}`)
    last = { kind, id, from: span?.from ?? null, to: span?.to ?? null, personId }
    yield last
  }
}
