import { finish } from '#lib/steps'
import { contactLinkSteps } from '#route'
import type { Person } from '#schema/unit'
import { addressReader } from '../address-reader.ts'
import { linkedTables } from '../listed-values.ts'
import type { Desk } from './desk.ts'
import type { Room } from './room.ts'

const linked = new WeakMap<Desk, ReadonlyMap<string, readonly string[]>>()

/** Contacts that stand for a person alone, as lists and routes link them; read once for the data as they are. */
export function linkedContacts({ db, desk }: Room, { id }: Person): readonly string[] {
  const known = linked.get(desk) ?? byPerson(db, desk)
  linked.set(desk, known)
  return known.get(id) ?? []
}

function byPerson(db: Room['db'], desk: Desk): ReadonlyMap<string, readonly string[]> {
  const contacts = new Map<string, string[]>()
  const links = finish(contactLinkSteps(linkedTables(db), desk.found.persons, addressReader(db)))
  for (const { contactId, personIds } of links) {
    const [only, ...others] = personIds
    if (only === undefined || others.length > 0) continue
    const own = contacts.get(only)
    if (own === undefined) contacts.set(only, [contactId])
    else own.push(contactId)
  }
  return contacts
}
