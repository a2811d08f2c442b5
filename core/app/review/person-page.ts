import type { Output } from '#contract/contract'
import { survivingValues, type ValueRecord } from '#identity'
import { type Calendar, calendarOf, instantOfMoment } from '#lib/time'
import type { Row } from '#schema/tables'
import type { Person } from '#schema/unit'
import { type Readable, recordPlaces, rowsBy } from '#store'
import { formerIds } from '../former-entities.ts'
import { modelInForce } from '../judgement.ts'
import { recordName } from './names.ts'
import { pinsOf } from './pins.ts'
import type { Room } from './room.ts'
import { personOf } from './whereabouts.ts'

type Page = Output<'identity.person'>
type Field = Page['fields'][number]
export type PersonField = Field['field']
type Holder = Field['records'][number]

/** Columns of users that say something about the person, in the order in which they are shown. */
export const PERSON_FIELDS = [
  'name',
  'primary_email',
  'phone',
  'job_title',
  'seniority',
  'department',
  'persona',
  'company_name',
  'locale',
] as const satisfies readonly (PersonField & keyof Row<'users'>)[]

/** Where records come from, in the order in which they are believed: the product's own before those of the CRM. */
const SOURCES = ['user', 'contact'] as const satisfies readonly Holder['object'][]

/** A person with all its records, and the value of each field that holds. */
export function personPage(room: Room, id: string): Page {
  const { db, desk } = room
  const { to: person, sentence } = personOf(room, id)
  const former = [...formerIds(db, desk.found).values()].filter(({ heirs }) => heirs.includes(person.id))
  const { users, contacts } = rowsOf(db, person)
  return {
    state: room.state,
    personId: person.id,
    led: sentence,
    users: person.userIds.map(userId => recordName(db, 'user', userId)),
    contacts: contacts.map(({ contact_id, name, email }) => ({
      key: contact_id,
      title: name ?? contact_id,
      subtitle: email,
    })),
    fields: fieldsOf(db, { person, users, contacts }),
    formerIds: former.map(({ id: formerId, endedAt }) => ({ id: formerId, endedAt })),
  }
}

type Rows = Readonly<{ users: readonly Row<'users'>[]; contacts: readonly Row<'contacts'>[] }>

/** Rows of a person: its users, and the contacts that name them or that they name. */
function rowsOf(db: Readable, { userIds }: Person): Rows {
  const users = rowsBy(db, 'users', 'user_id', userIds)
  const named = users.flatMap(({ contact_id }) => contact_id ?? [])
  const contacts = [...rowsBy(db, 'contacts', 'user_id', userIds), ...rowsBy(db, 'contacts', 'contact_id', named)]
  return { users, contacts: [...new Map(contacts.map(row => [row.contact_id, row])).values()] }
}

function fieldsOf(db: Readable, { person, users, contacts }: Rows & Readonly<{ person: Person }>): Page['fields'] {
  const calendar = calendarOf(modelInForce(db).model.timeZone)
  const records = [...users.map(row => ofUser(row, calendar)), ...contacts.map(row => ofContact(row, calendar))]
  const holders = holdersOf(db, { users, contacts })
  const held = (keys: readonly string[]): Holder[] => keys.flatMap(key => holders.get(key) ?? [])
  const found = survivingValues(records, pinsOf(db, person.userIds))
  return found
    .map(({ field, value, reason, records: keys, others }) => ({
      field: field as PersonField, // records and pins have these alone
      value,
      reason,
      records: held(keys),
      others: others.map(other => ({ ...other, records: held(other.records) })),
    }))
    .sort((a, b) => PERSON_FIELDS.indexOf(a.field) - PERSON_FIELDS.indexOf(b.field))
}

/** One key over both tables. */
function keyOf(object: Holder['object'], key: string): string {
  return `${SOURCES.indexOf(object)} ${key}`
}

function ofUser(row: Row<'users'>, calendar: Calendar): ValueRecord {
  const at = row.last_active_at ?? row.created_at
  return {
    key: keyOf('user', row.user_id),
    source: SOURCES.indexOf('user'),
    at: at === null ? null : instantOfMoment(at, calendar),
    values: valuesOf(PERSON_FIELDS.map(field => [field, row[field]])),
    verified: new Set(row.email_verified === true ? ['primary_email'] : []),
  }
}

function ofContact(row: Row<'contacts'>, calendar: Calendar): ValueRecord {
  const { contact_id, name, email, job_title, last_contacted_at: at } = row
  return {
    key: keyOf('contact', contact_id),
    source: SOURCES.indexOf('contact'),
    at: at === null ? null : instantOfMoment(at, calendar),
    values: valuesOf([
      ['name', name],
      ['primary_email', email],
      ['job_title', job_title],
    ]),
    verified: new Set(),
  }
}

function valuesOf(pairs: readonly (readonly [PersonField, string | null])[]): ReadonlyMap<string, string> {
  return new Map(pairs.flatMap(([field, value]) => (value === null || value.trim() === '' ? [] : [[field, value]])))
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
      holders.set(keyOf(object, key), { object, key, file, line })
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
