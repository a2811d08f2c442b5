import { personValues } from '#identity'
import type { Row } from '#schema/tables'
import type { Person } from '#schema/unit'
import { type Readable, rowsBy } from '#store'
import { linkedContacts } from './linked-contacts.ts'
import { allPins, pinsAmong } from './pins.ts'
import type { Room } from './room.ts'
import { valueRules } from './value-rules.ts'

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

/** Gives the value of each field that holds for persons that are one, or would be; what that rests on is read once. */
export function valuesThatHold(
  db: Readable,
): (rows: Rows, userIds: readonly string[]) => ReturnType<typeof personValues> {
  const [pins, rules] = [allPins(db), valueRules(db)]
  return (rows, userIds) => personValues(rows, { ...rules, pins: pinsAmong(pins, userIds) })
}
