import { type Calendar, instantOfMoment } from '#lib/time'
import { PERSON_FIELDS, type PersonField, VALUE_SOURCES, type ValueSource } from '#schema/person-values'
import type { Row } from '#schema/tables'
import type { EmailReading } from '../email.ts'
import { readFullName } from '../normalise/person-name.ts'
import type { Words } from '../words/words.ts'
import { type SurvivingValue, survivingValues, type ValueRecord } from './surviving-values.ts'

type UserValues = Pick<Row<'users'>, 'user_id' | 'created_at' | 'last_active_at' | 'email_verified'> &
  Partial<Pick<Row<'users'>, PersonField>>
type ContactValues = Pick<Row<'contacts'>, 'contact_id' | 'name' | 'email' | 'job_title' | 'last_contacted_at'>

const PLACES = new Map<string, number>(PERSON_FIELDS.map((field, i) => [field, i]))

/** Records of one person. */
export type PersonRows = Readonly<{ users: readonly UserValues[]; contacts: readonly ContactValues[] }>

/** What is chosen where records differ. */
export type ValueRules = Readonly<{
  /** Value that somebody chose, by field. */
  pins: ReadonlyMap<string, string>
  /** All sources, the one that is believed first before the other. */
  sources: readonly ValueSource[]
  calendar: Calendar
  /** What a placeholder is; as shipped where it is not given. */
  words: Words
  /** Reads addresses by the words and the classes of domains of the project. */
  read: (text: string | null) => EmailReading
}>

/**
 * The value of each field that holds for a person, from its users and the contacts of the CRM that belong to it.
 *
 * @param rows records in whatever order; columns that are missing, empty or placeholders say nothing
 * @param rules pins and the order of sources
 * @returns as `survivingValues`, the records named by `recordKey`; fields in the order of `PERSON_FIELDS`
 *
 * Source: docs/methods/identity.md, "Values that hold".
 */
export function personValues({ users, contacts }: PersonRows, rules: ValueRules): readonly SurvivingValue[] {
  const records = [...users.map(row => ofUser(row, rules)), ...contacts.map(row => ofContact(row, rules))]
  const placeOf = ({ field }: SurvivingValue): number => PLACES.get(field) ?? PLACES.size
  return survivingValues(records, rules.pins).toSorted((a, b) => placeOf(a) - placeOf(b))
}

/**
 * Names a record over both sources.
 *
 * Source: docs/methods/identity.md, "Values that hold".
 */
export function recordKey(source: ValueSource, key: string): string {
  return `${VALUE_SOURCES.indexOf(source)} ${key}`
}

function ofUser(row: UserValues, { sources, calendar, words, read }: ValueRules): ValueRecord {
  const at = row.last_active_at ?? row.created_at
  return {
    key: recordKey('user', row.user_id),
    source: sources.indexOf('user'),
    at: at === null ? null : instantOfMoment(at, calendar),
    values: valuesOf(
      PERSON_FIELDS.map(field => [field, row[field] ?? null]),
      words,
    ),
    verified: new Set(row.email_verified === true ? ['primary_email'] : []),
    ...addressOf(row.primary_email ?? null, read),
    names: namesOf(row.name ?? null, words),
  }
}

function ofContact(row: ContactValues, { sources, calendar, words, read }: ValueRules): ValueRecord {
  const { contact_id, name, email, job_title, last_contacted_at: at } = row
  return {
    key: recordKey('contact', contact_id),
    source: sources.indexOf('contact'),
    at: at === null ? null : instantOfMoment(at, calendar),
    values: valuesOf(
      [
        ['name', name],
        ['primary_email', email],
        ['job_title', job_title],
      ],
      words,
    ),
    verified: new Set(),
    ...addressOf(email, read),
    names: namesOf(name, words),
  }
}

function addressOf(address: string | null, read: ValueRules['read']): Pick<ValueRecord, 'kinds' | 'mailboxes'> {
  const { guard, domainClass } = read(address)
  const kind = guard !== null || domainClass === 'disposable' ? 2 : domainClass === 'corporate' ? 0 : 1
  const untagged = (address ?? '').replace(TAG, '$1$2')
  const mailbox = { name: read(untagged).canonical, isTagged: untagged !== address }
  return {
    kinds: new Map([['primary_email', kind]]),
    mailboxes: new Map(guard === null ? [['primary_email', mailbox]] : []),
  }
}

function namesOf(text: string | null, words: Words): ValueRecord['names'] {
  const { kind, given, family } = readFullName(text, words)
  return new Map(kind === 'full' || kind === 'bare' ? [['name', { given, family }]] : [])
}

const TAG = /^([^+@]+)\+[^@]*(@[^@]+)$/

function valuesOf(
  pairs: readonly (readonly [PersonField, string | null])[],
  { isPlaceholder }: Words,
): ReadonlyMap<string, string> {
  return new Map(pairs.flatMap(([field, value]) => (value === null || isPlaceholder(value) ? [] : [[field, value]])))
}
