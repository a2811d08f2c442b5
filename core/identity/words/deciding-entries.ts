import type { IdentityRow } from '../identity-tables.ts'
import { readFullName } from '../normalise/person-name.ts'
import type { Reading } from '../reading.ts'
import { placeholderText, type WordList } from './word-lists.ts'
import type { Words } from './words.ts'

/** An entry of a list of words that decided about a value of a record. */
export type DecidingEntry = Readonly<{ list: WordList; entry: string; field: string; value: string }>

const FIELDS = ['name', 'phone', 'company_name', 'job_title', 'device_id', 'sso_subject', 'contact_id'] as const

type Row = Pick<IdentityRow<'users'>, (typeof FIELDS)[number] | 'primary_email'>

/**
 * Entries of the lists for which values of a user count for nothing.
 *
 * @param row values as the data state them; empty ones are no entry's doing
 * @param reading the lists in force
 * @returns in the order of the fields, the address first
 *
 * Source: docs/methods/identity.md, "Words of a project".
 */
export function setAsideEntries(row: Row, { read, words }: Reading): readonly DecidingEntry[] {
  const texts = FIELDS.flatMap((field): DecidingEntry[] => {
    const value = row[field]
    if (value === null || value === '' || !words.isPlaceholder(value)) return []
    return [{ list: 'placeholder', entry: entryOf(value, words), field, value }]
  })
  const address = addressEntry(row.primary_email, { read, words })
  return address === null ? texts : [address, ...texts]
}

/** Of a value of several words that are nothing one by one, the first of them. */
function entryOf(value: string, { placeholders }: Words): string {
  const text = placeholderText(value)
  const isWhole = placeholders.has(text) || placeholders.has(text.replaceAll(' ', ''))
  return isWhole ? text : (text.split(' ').find(word => placeholders.has(word)) ?? text)
}

function addressEntry(
  value: string | null,
  { read, words }: Readonly<{ read: Reading['read']; words: Words }>,
): DecidingEntry | null {
  if (value === null || value === '') return null
  const { canonical, guard } = read(value)
  const mailbox = canonical.slice(0, Math.max(0, canonical.lastIndexOf('@')))
  const local = mailbox.replace(/\+.*$/s, '').replace(/[.\-_]/g, '')
  const own = { field: 'primary_email', value }
  if (guard === 'role_inbox' && words.roles.has(local)) return { list: 'role_inbox', entry: local, ...own }
  if (guard !== 'placeholder') return null
  const entry = mailbox === '' ? value.trim().toLowerCase() : mailbox
  return words.isPlaceholder(entry) ? { list: 'placeholder', entry, ...own } : null
}

/**
 * Nicknames for which two given names may be one.
 *
 * @param a a name as the data state it
 * @param b the other one
 * @param words the lists in force
 * @returns `formal:short`, one or two per formal name; none where the given names are equal, or no entry joins them
 *
 * Source: docs/methods/identity.md, "Words of a project".
 */
export function nicknameEntries(a: string | null, b: string | null, words: Words): readonly string[] {
  const [one, other] = [readFullName(a, words).given, readFullName(b, words).given]
  if (one === other) return []
  const shared = words.formalNames.get(one)?.filter(formal => words.formalNames.get(other)?.includes(formal)) ?? []
  return shared.flatMap(formal => {
    const name = words.formalTexts[formal] ?? ''
    return [one, other].filter(form => form !== name).map(form => `${name}:${form}`)
  })
}
