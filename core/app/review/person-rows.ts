import { personValues, settingsIn } from '#identity'
import { calendarOf } from '#lib/time'
import type { Row } from '#schema/tables'
import type { Person } from '#schema/unit'
import { identityDecisions, type Readable, rowsBy } from '#store'
import { addressReader } from '../address-reader.ts'
import { modelInForce } from '../judgement.ts'
import { linkedContacts } from './linked-contacts.ts'
import { allPins, pinsAmong } from './pins.ts'
import type { Room } from './room.ts'
import { sourceOrderOf } from './source-order.ts'

/** Rows of a person. */
export type Rows = Readonly<{ users: readonly Row<'users'>[]; contacts: readonly Row<'contacts'>[] }>

/**
 * Rows of persons that are one, or would be: their users, the contacts that name them or that they name, and those that stand for
 * them alone.
 */
export function rowsOfPersons(room: Room, persons: readonly Person[]): Rows {
  const { db } = room
  const userIds = persons.flatMap(person => person.userIds)
  const users = rowsBy(db, 'users', 'user_id', userIds)
  const named = [...users.flatMap(({ contact_id }) => contact_id ?? []), ...linkedContacts(room, persons)]
  const contacts = [...rowsBy(db, 'contacts', 'user_id', userIds), ...rowsBy(db, 'contacts', 'contact_id', named)]
  return { users, contacts: [...new Map(contacts.map(row => [row.contact_id, row])).values()] }
}

/** The value of each field that holds for persons that are one, or would be. */
export function valuesThatHold(
  db: Readable,
  { users, contacts }: Rows,
  userIds: readonly string[],
): ReturnType<typeof personValues> {
  return personValues(
    { users, contacts },
    {
      pins: pinsAmong(allPins(db), userIds),
      sources: sourceOrderOf(db),
      calendar: calendarOf(modelInForce(db).model.timeZone),
      words: settingsIn(identityDecisions(db)).words,
      read: addressReader(db),
    },
  )
}
