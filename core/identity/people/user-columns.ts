import type { Row } from '#schema/tables'
import type { ScopedCodes } from '../cluster/scoped-codes.ts'
import { createDictionary, type Dictionary } from '../columns/dictionary.ts'
import { codeColumn } from '../columns/list.ts'
import { type PersonColumns, personColumns } from '../columns/person-columns.ts'
import type { EmailReading } from '../email.ts'
import { readCompanyName } from '../normalise/company-name.ts'
import { foldText } from '../normalise/fold.ts'
import { isPlaceholder } from '../placeholder.ts'

/** A column of texts as codes. */
export type Coded = Readonly<{ texts: readonly string[]; codes: Uint32Array }>

/** The users table as columns: what every table of people has, and what only products know. */
export type UserColumns = Readonly<{
  people: PersonColumns
  /** Row of the users table -> user id; rows are sorted by id. */
  ids: readonly string[]
  /** Provider and subject. */
  sso: Coded
  /** Provider of each record and the subject there, blocked ones too: whoever has two of a provider is two. */
  subjects: ScopedCodes
  contact: Coded
  device: Coded
  anonymous: Coded
  workspace: Coded
  inviter: Coded
  title: Coded
  locale: Coded
  company: Coded
}>

/**
 * Reads the users table into columns. A value that stands for nothing, and one that somebody blocked, is missing.
 *
 * @param users sorted by id
 * @param read reads an address
 * @param isBlocked did somebody say that a value identifies nobody?
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function userColumns(
  users: readonly Row<'users'>[],
  read: (text: string | null) => EmailReading,
  isBlocked: (kind: 'email' | 'device_id' | 'sso_subject' | 'contact_id' | 'anonymous_id', value: string) => boolean,
): UserColumns {
  const people = personColumns(
    users.length,
    i => {
      const user = users[i] as Row<'users'> // i < length
      const email = user.primary_email
      return {
        emails: email === null || isBlocked('email', email) ? [] : [email],
        fullName: user.name,
        firstName: null,
        lastName: null,
        dateOfBirth: null,
        phone: user.phone,
        address: [],
        postcode: null,
        city: null,
      }
    },
    { read },
  )
  const coded = (read: (user: Row<'users'>) => string | null): Coded => codedColumn(users, read)
  const unless = (kind: Parameters<typeof isBlocked>[0], value: string | null): string | null =>
    value === null || isBlocked(kind, value) ? null : value
  return {
    people,
    ids: users.map(({ user_id }) => user_id),
    sso: coded(user => subjectOf(user, unless('sso_subject', user.sso_subject))),
    subjects: {
      scopes: coded(user => (user.sso_subject === null ? null : `at ${providerOf(user)}`)).codes,
      codes: coded(user => user.sso_subject).codes,
    },
    contact: coded(user => unless('contact_id', user.contact_id)),
    device: coded(user => unless('device_id', user.device_id)),
    anonymous: coded(user => unless('anonymous_id', user.anonymous_id)),
    workspace: coded(user => user.workspace_id),
    inviter: coded(user => user.invited_by_user_id),
    title: coded(user => (user.job_title === null ? null : foldText(user.job_title))),
    locale: coded(user => user.locale?.toLowerCase().replace('_', '-') ?? null),
    company: coded(user => readCompanyName(user.company_name).words.join('') || null),
  }
}

function providerOf({ sso_provider, sso_tenant }: Row<'users'>): string {
  return `${sso_provider ?? ''} ${sso_tenant ?? ''}`.trim().toLowerCase()
}

function subjectOf(user: Row<'users'>, subject: string | null): string | null {
  return subject === null ? null : `${providerOf(user)} ${subject}`.trim()
}

function codedColumn(users: readonly Row<'users'>[], read: (user: Row<'users'>) => string | null): Coded {
  const dictionary: Dictionary = createDictionary()
  const known = new Map<string, number>()
  const codes = codeColumn(users.length, i => {
    const text = read(users[i] as Row<'users'>) // i < length
    if (text === null) return 0
    const code = known.get(text) ?? (isPlaceholder(text) ? 0 : dictionary.codeOf(text))
    known.set(text, code)
    return code
  })
  return { texts: dictionary.texts, codes }
}
