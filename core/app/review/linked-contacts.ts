import { finish, type Steps } from '#lib/steps'
import type { ContactLink } from '#route'
import type { Person } from '#schema/unit'
import type { Readable } from '#store'
import { contactLinks } from '../contact-links.ts'
import type { Desk } from './desk.ts'
import type { Room } from './room.ts'

/** Contacts by the users that they stand for, of the records as they are: who is one person with whom changes nothing about them. */
type Linked = Pick<Desk['ground'], 'data' | 'settings'> &
  Readonly<{ ofUser: ReadonlyMap<string, readonly ContactLink[]> }>

const linked = new WeakMap<Readable, Linked>()

/** Contacts that stand for these persons and nobody else, as lists and routes link them. */
export function linkedContacts(room: Room, persons: readonly Person[]): readonly string[] {
  const { ofUser } = finish(linkedContactSteps(room))
  const userIds = new Set(persons.flatMap(person => person.userIds))
  const own = new Set([...userIds].flatMap(id => ofUser.get(id) ?? []))
  return [...own].filter(({ personIds }) => personIds.every(id => userIds.has(id))).map(({ contactId }) => contactId)
}

/** Steps that read the links, where they are not known for the records as they are. */
export function* linkedContactSteps({ db, desk: { ground } }: Pick<Room, 'db' | 'desk'>): Steps<Linked> {
  const known = linked.get(db)
  if (known?.data === ground.data && known.settings === ground.settings) return known
  const ofUser = new Map<string, ContactLink[]>()
  for (const link of yield* contactLinks(db, undefined))
    for (const userId of link.personIds) {
      const own = ofUser.get(userId)
      if (own === undefined) ofUser.set(userId, [link])
      else own.push(link)
    }
  const read = { data: ground.data, settings: ground.settings, ofUser }
  linked.set(db, read)
  return read
}
