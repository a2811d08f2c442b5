import type { Output } from '#contract/contract'
import { personValues, recordKey, settingsIn } from '#identity'
import { calendarOf } from '#lib/time'
import type { PersonField } from '#schema/person-values'
import type { Row } from '#schema/tables'
import type { Person } from '#schema/unit'
import { identityDecisions, type Readable, recordPlaces, rowsBy } from '#store'
import { formerIds } from '../former-entities.ts'
import { modelInForce } from '../judgement.ts'
import { anonymousPast } from './anonymous-past.ts'
import { ladderOf } from './ladder.ts'
import { linkedContacts } from './linked-contacts.ts'
import { recordName } from './names.ts'
import { allPins, pinsAmong } from './pins.ts'
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
  const { users, contacts } = rowsOf(room, person)
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

type Rows = Readonly<{ users: readonly Row<'users'>[]; contacts: readonly Row<'contacts'>[] }>

/** Rows of a person: its users, the contacts that name them or that they name, and those that stand for it alone. */
function rowsOf(room: Room, person: Person): Rows {
  const { db } = room
  const { userIds } = person
  const users = rowsBy(db, 'users', 'user_id', userIds)
  const named = [...users.flatMap(({ contact_id }) => contact_id ?? []), ...linkedContacts(room, person)]
  const contacts = [...rowsBy(db, 'contacts', 'user_id', userIds), ...rowsBy(db, 'contacts', 'contact_id', named)]
  return { users, contacts: [...new Map(contacts.map(row => [row.contact_id, row])).values()] }
}

function fieldsOf(db: Readable, { person, users, contacts }: Rows & Readonly<{ person: Person }>): Page['fields'] {
  const holders = holdersOf(db, { users, contacts })
  const held = (keys: readonly string[]): Holder[] => keys.flatMap(key => holders.get(key) ?? [])
  const found = personValues(
    { users, contacts },
    {
      pins: pinsAmong(allPins(db), person.userIds),
      sources: sourceOrderOf(db),
      calendar: calendarOf(modelInForce(db).model.timeZone),
      words: settingsIn(identityDecisions(db)).words,
    },
  )
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
