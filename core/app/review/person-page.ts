import type { Output } from '#contract/contract'
import { recordKey } from '#identity'
import { compareCodePoints } from '#lib/text'
import { calendarOf, instantOfMoment } from '#lib/time'
import type { PersonField } from '#schema/person-values'
import type { Person } from '#schema/unit'
import { type Readable, recordPlaces, rowsBy } from '#store'
import { formerIds } from '../former-entities.ts'
import { modelInForce } from '../judgement.ts'
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
    memberships: membershipsOf(room, person),
    ladder: ladderOf(room, person, users).map(({ personId: _, ...step }) => step),
    ...(anonymous === null ? {} : { anonymous }),
    formerIds: former.map(({ id: formerId, endedAt }) => ({ id: formerId, endedAt })),
  }
}

function membershipsOf({ db }: Room, { userIds }: Person): NonNullable<Page['memberships']> {
  const calendar = calendarOf(modelInForce(db).model.timeZone)
  return rowsBy(db, 'memberships', 'user_id', userIds)
    .map(({ workspace_id, user_id, role, last_active_at, invitation_source }) => ({
      workspace: recordName(db, 'workspace', workspace_id),
      userId: user_id,
      role,
      lastActiveAt: last_active_at === null ? null : instantOfMoment(last_active_at, calendar),
      invitationSource: invitation_source,
    }))
    .sort(
      (x, y) =>
        (y.lastActiveAt ?? Number.NEGATIVE_INFINITY) - (x.lastActiveAt ?? Number.NEGATIVE_INFINITY) ||
        compareCodePoints(x.workspace.key, y.workspace.key) ||
        compareCodePoints(x.userId, y.userId),
    )
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
