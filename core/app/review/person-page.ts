import type { Output } from '#contract/contract'
import { recordKey } from '#identity'
import type { PersonField } from '#schema/person-values'
import type { Person } from '#schema/unit'
import { type Readable, recordPlaces } from '#store'
import { formerIds } from '../former-entities.ts'
import { anonymousPast } from './anonymous-past.ts'
import { ladderOf } from './ladder.ts'
import { recordName } from './names.ts'
import { type Rows, rowsOfPersons, valuesThatHold } from './person-rows.ts'
import type { Room } from './room.ts'
import { sourceOrderOf } from './source-order.ts'
import { personOf } from './whereabouts.ts'

type Page = Output<'identity.person'>
type Field = Page['fields'][number]
type Holder = Field['records'][number]

/** A person with all its records, and the value of each field that holds. */
export function personPage(room: Room, id: string): Page {
  const { db, desk } = room
  const { to: person, sentence } = personOf(room, id)
  const former = [...formerIds(db, desk.found).values()].filter(({ heirs }) => heirs.includes(person.id))
  const { users, contacts } = rowsOfPersons(room, [person])
  const anonymous = anonymousPast(db, person.userIds)
  return {
    state: room.state,
    personId: person.id,
    sources: [...sourceOrderOf(db)],
    led: sentence,
    users: person.userIds.map(userId => recordName(db, 'user', userId)),
    contacts: contacts.map(({ contact_id, name, email }) => ({
      key: contact_id,
      title: name ?? contact_id,
      subtitle: email,
    })),
    fields: fieldsOf(db, { person, users, contacts }),
    ladder: ladderOf(room, person, users).map(({ personId: _, ...step }) => step),
    ...(anonymous === null ? {} : { anonymous }),
    formerIds: former.map(({ id: formerId, endedAt }) => ({ id: formerId, endedAt })),
  }
}

function fieldsOf(db: Readable, { person, users, contacts }: Rows & Readonly<{ person: Person }>): Page['fields'] {
  const holders = holdersOf(db, { users, contacts })
  const held = (keys: readonly string[]): Holder[] => keys.flatMap(key => holders.get(key) ?? [])
  const found = valuesThatHold(db)({ users, contacts }, person.userIds)
  return found.map(({ field, value, reason, records: keys, others }) => ({
    field: field as PersonField, // records and pins have these alone
    value,
    reason,
    records: held(keys),
    others: others.map(other => ({ ...other, records: held(other.records) })),
  }))
}

function holdersOf(db: Readable, { users, contacts }: Rows): ReadonlyMap<string, Holder> {
  const holders = new Map<string, Holder>()
  const add = (object: Holder['object'], table: 'users' | 'contacts', keys: readonly string[]): void => {
    const places = recordPlaces(
      db,
      table,
      keys.map(key => [key]),
    )
    for (const [i, key] of keys.entries()) {
      const { file, line } = places[i] ?? { file: '', line: 0 }
      holders.set(recordKey(object, key), { object, key, file, line })
    }
  }
  add(
    'user',
    'users',
    users.map(({ user_id }) => user_id),
  )
  add(
    'contact',
    'contacts',
    contacts.map(({ contact_id }) => contact_id),
  )
  return holders
}
