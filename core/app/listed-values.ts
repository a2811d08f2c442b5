import type { ListedValues } from '#export'
import { type PersonRows, personValues } from '#identity'
import type { Steps } from '#lib/steps'
import type { ContactLink } from '#route'
import type { Identities } from '#schema/identity'
import type { Row } from '#schema/tables'
import { type Readable, walkTable } from '#store'
import { allPins, pinsAmong } from './review/pins.ts'
import { valueRules } from './review/value-rules.ts'

const USER_COLUMNS = [
  'user_id',
  'name',
  'primary_email',
  'job_title',
  'contact_id',
  'created_at',
  'last_active_at',
  'email_verified',
] as const satisfies readonly (keyof Row<'users'>)[]
const CONTACT_COLUMNS = [
  'contact_id',
  'user_id',
  'name',
  'email',
  'job_title',
  'last_contacted_at',
] as const satisfies readonly (keyof Row<'contacts'>)[]
/** Rows between two halts. */
const STRETCH = 4096

type ListedUser = Pick<Row<'users'>, (typeof USER_COLUMNS)[number]>
type ListedContact = Pick<Row<'contacts'>, (typeof CONTACT_COLUMNS)[number]>
type People = Pick<Identities, 'persons' | 'personOfUser'> & Readonly<{ contactLinks: readonly ContactLink[] }>
type Rows = Readonly<{ users: ListedUser[]; contacts: Map<string, ListedContact> }>

/**
 * What lists call people whose records may differ: with several user records, a contact of the CRM or a pin. The first record of
 * everybody else says it. A contact is of whom it names, of whom names it, and of the one person that has its address.
 *
 * @param people with whom contacts stand for
 * @param only persons that are asked for; all where it is not given
 */
export function* listedValues(
  db: Readable,
  { persons, personOfUser, contactLinks }: People,
  only?: ReadonlySet<string>,
): Steps<ListedValues> {
  const pins = allPins(db)
  const pinned = new Set(pins.map(({ userId }) => userId))
  const rows = yield* rowsOfMany(db, {
    contactsOf: contactReader(db, contactLinks),
    personIdOf: person => persons[person]?.id ?? '',
    isMany: person => (persons[person]?.userIds.length ?? 0) > 1,
    isPinned: userId => pinned.has(userId),
    personOf(userId) {
      const person = personOfUser.get(userId) ?? -1
      return only === undefined || only.has(persons[person]?.id ?? '') ? person : -1
    },
  })
  const rules = valueRules(db)
  const pinsOf = Map.groupBy(pins, ({ userId }) => personOfUser.get(userId) ?? -1)
  const values = new Map<string, Readonly<Record<string, string>>>()
  for (const [person, { users, contacts }] of rows) {
    if (values.size % STRETCH === 0) yield
    const { id, userIds } = persons[person] ?? { id: '', userIds: [] }
    const own: PersonRows = { users, contacts: [...contacts.values()] }
    const found = personValues(own, { ...rules, pins: pinsAmong(pinsOf.get(person) ?? [], userIds) })
    values.set(id, Object.fromEntries(found.map(({ field, value }) => [field, value])))
  }
  return values
}

type Wanted = Readonly<{
  isMany(person: number): boolean
  isPinned(userId: string): boolean
  contactsOf: ReturnType<typeof contactReader>
  personIdOf(person: number): string
  /** -1: nobody that is asked for. */
  personOf(userId: string): number
}>

function* rowsOfMany(db: Readable, wanted: Wanted): Steps<ReadonlyMap<number, Rows>> {
  const found = new Map<number, Rows>()
  let walked = 0
  for (const row of walkTable(db, 'users', USER_COLUMNS)) {
    if (++walked % STRETCH === 0) yield
    const person = wanted.personOf(row.user_id)
    if (person === -1) continue
    const contacts = wanted.contactsOf(row, wanted.personIdOf(person))
    const differs = contacts.length > 0 || wanted.isMany(person) || wanted.isPinned(row.user_id)
    if (!differs) continue
    const own: Rows = found.get(person) ?? { users: [], contacts: new Map() }
    found.set(person, own)
    own.users.push({ ...row })
    for (const contact of contacts) own.contacts.set(contact.contact_id, contact)
  }
  return found
}

/** The contacts that name a user, the one that the user names, and those that stand for the person alone. */
function contactReader(
  db: Readable,
  links: readonly ContactLink[],
): (user: ListedUser, personId: string) => readonly ListedContact[] {
  const rows: ListedContact[] = [...walkTable(db, 'contacts', CONTACT_COLUMNS)].map(row => ({ ...row }))
  const byUser = Map.groupBy(rows, ({ user_id }) => user_id)
  const byId = new Map<string | null, ListedContact>(rows.map(row => [row.contact_id, row]))
  const byPerson = Map.groupBy(
    links.filter(({ personIds }) => personIds.length === 1),
    ({ personIds }) => personIds[0],
  )
  return ({ user_id, contact_id }, personId) => {
    const linked = (byPerson.get(personId) ?? []).map(({ contactId }) => byId.get(contactId))
    const named = [...(byUser.get(user_id) ?? []), byId.get(contact_id), ...linked]
    return named.filter(contact => contact !== undefined)
  }
}
