import { AppError } from '#lib/errors'
import type { Person } from '#schema/unit'
import { type Former, formerIds } from '../former-entities.ts'
import { nameOf } from './names.ts'
import type { Room } from './room.ts'

/** Where an id leads to; `sentence` says what became of it where it is not the id of that record or person itself. */
type Led<T> = Readonly<{ to: T; sentence: string | null }>

/**
 * The user record that an id leads to: a user's own id, that of a person, or one that ended.
 *
 * @throws AppError usage/bad-argument for one that leads to no record
 */
export function userOf(room: Room, id: string): Led<string> {
  if (room.desk.rowOf.has(id)) return { to: id, sentence: null }
  const { to: person, sentence } = personOf(room, id)
  const row = person.userIds.find(userId => room.desk.rowOf.has(userId))
  if (row !== undefined)
    return { to: row, sentence: sentence ?? `${id} is the person of ${nameOf(room.db, 'user', row)}.` }
  throw new AppError('usage/bad-argument', `no row of the users table has the id ${id}`, { user: id })
}

/**
 * The person that an id leads to: a person's own id, that of one of its users, or one that ended.
 *
 * @throws AppError usage/bad-argument for one that leads to nobody
 */
export function personOf(room: Room, id: string): Led<Person> {
  const { persons, personOfUser } = room.desk.found
  const own = persons.find(person => person.id === id) ?? persons[personOfUser.get(id) ?? -1]
  if (own !== undefined) return { to: own, sentence: null }
  const former = formerIds(room.db, room.desk.found).get(id)
  const heir = persons.find(person => person.id === former?.heirs[0])
  if (former !== undefined && heir !== undefined) return { to: heir, sentence: fateSentence(room, former) }
  throw new AppError(
    'usage/bad-argument',
    former === undefined
      ? `no user and no person has the id ${id}, and none had it: a name or an address is taken where it fits one record alone`
      : `the person ${id} has no record any more: its users are not in the data`,
    { id },
  )
}

function fateSentence(room: Room, { id, heirs }: Former): string {
  const names = heirs.map(heir => nameOf(room.db, 'user', personOf(room, heir).to.userIds[0] ?? heir))
  const [only] = names
  return names.length === 1
    ? `${id} is no person of its own any more: its records are part of ${only}.`
    : `${id} is no person of its own any more: its records went to ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`
}
