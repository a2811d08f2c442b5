import type { Parsed } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { PersonField } from '#schema/person-values'
import { addDecision, type NaturalKey, type Writable } from '#store'
import { personPage } from './person-page.ts'
import type { Room } from './room.ts'

type Wanted = Parsed<'identity.pin'> & Readonly<{ batch: string; now: number; isDry?: boolean }>

/** Keeps which value of a field holds; nothing with `isDry`. @throws AppError usage/bad-argument for a value that no record of the person has */
export function keepPin(
  room: Room,
  db: Writable,
  { id, field, value, batch, now, isDry = false }: Wanted,
): number | null {
  const { users, fields } = personPage(room, id)
  const own = fields.find(one => one.field === field)
  const held = own === undefined ? [] : [own, ...own.others]
  const chosen = held.find(one => one.value === value)
  if (value !== null && chosen === undefined) throw noSuchValue(field, value, held)
  if (isDry) return null
  const record = chosen?.records[0]
  const anchor = record?.object === 'user' ? record.key : (users[0]?.key ?? id)
  const subject: NaturalKey[] = [{ source: 'users', object: 'user', key: anchor }]
  if (record?.object === 'contact') subject.push({ source: 'contacts', object: 'contact', key: record.key })
  return addDecision(db, {
    kind: 'pin_field',
    subject,
    payload: { field, value, batch },
    reverts: null,
    decidedAt: now,
  })
}

function noSuchValue(field: PersonField, value: string, held: readonly Readonly<{ value: string }>[]): AppError {
  const known = held.length === 0 ? 'none' : held.map(one => `"${one.value}"`).join(', ')
  return new AppError('usage/bad-argument', `no record of the person has the ${field} "${value}"; there is ${known}`, {
    field,
    value,
  })
}
