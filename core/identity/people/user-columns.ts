import type { Steps } from '#lib/steps'
import type { ScopedCodes } from '../cluster/scoped-codes.ts'
import { createDictionary } from '../columns/dictionary.ts'
import { type NamesBy, namesHere } from '../columns/name-reader.ts'
import { type PersonColumns, type PersonRecord, personColumnSteps } from '../columns/person-columns.ts'
import type { EmailReading } from '../email.ts'
import type { IdentityRow, Rows } from '../identity-tables.ts'
import { readCompanyName } from '../normalise/company-name.ts'
import { foldText } from '../normalise/fold.ts'
import { signupNetwork } from '../normalise/signup-network.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import type { BillingContact } from './billing-contacts.ts'

/** A column of texts as codes. */
export type Coded = Readonly<{ texts: readonly string[]; codes: Uint32Array }>

/** A row of the users table as far as identity reads it. */
export type UserRow = IdentityRow<'users'>

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
  /** Customer and billing address of those who are a billing contact. */
  billing: Coded
  device: Coded
  /** Where the record was signed up from. */
  network: Coded
  anonymous: Coded
  workspace: Coded
  inviter: Coded
  title: Coded
  locale: Coded
  company: Coded
}>

/** What users are read by, besides their rows. */
export type UserReading = Readonly<{
  words?: Words
  billing?: ReadonlyMap<string, BillingContact> | undefined
  /** As in `PersonReading`. */
  names?: NamesBy | undefined
}>

const NOBODY: ReadonlyMap<string, BillingContact> = new Map()

/**
 * Reads the users table into columns, in one pass. A value that stands for nothing, and one that somebody blocked, is missing.
 *
 * @param users sorted by id
 * @param read reads an address
 * @param isBlocked did somebody say that a value identifies nobody?
 * @param beside lists that values are read by, who is a billing contact, and who reads names
 * @returns a generator that halts now and then
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function* userColumnSteps(
  users: Rows<UserRow>,
  read: (text: string | null) => EmailReading,
  isBlocked: (kind: 'email' | 'device_id' | 'sso_subject' | 'contact_id' | 'anonymous_id', value: string) => boolean,
  { words = SHIPPED_WORDS, billing = NOBODY, names = namesHere(users.length, words) }: UserReading = {},
): Steps<UserColumns> {
  const ids: string[] = []
  const coded = codedColumns(users.length, words)
  const unless = (kind: Parameters<typeof isBlocked>[0], value: string | null): string | null =>
    value === null || isBlocked(kind, value) ? null : value
  const billingOf = (userId: string): string | null => {
    const known = billing.get(userId)
    return known === undefined || isBlocked('email', known.email) ? null : `${known.customer}, ${known.email}`
  }
  const take = (user: UserRow): void => {
    const { sso_subject: subject } = user
    ids.push(user.user_id)
    coded.sso.push(subjectOf(user, unless('sso_subject', subject)))
    coded.provider.push(subject === null ? null : `at ${providerOf(user)}`)
    coded.subject.push(subject)
    coded.contact.push(unless('contact_id', user.contact_id))
    coded.billing.push(billingOf(user.user_id))
    coded.device.push(unless('device_id', user.device_id))
    coded.network.push(user.signup_ip)
    coded.anonymous.push(unless('anonymous_id', user.anonymous_id))
    coded.workspace.push(user.workspace_id)
    coded.inviter.push(user.invited_by_user_id)
    coded.title.push(user.job_title)
    coded.locale.push(user.locale)
    coded.company.push(user.company_name)
  }
  const rows = users[Symbol.iterator]()
  const recordAt = (): PersonRecord => {
    const user = rows.next().value as UserRow // as many are asked for as there are
    take(user)
    const { primary_email: email, name: fullName, phone } = user
    return { ...UNKNOWN, emails: email === null || isBlocked('email', email) ? [] : [email], fullName, phone }
  }
  const people = yield* personColumnSteps(users.length, recordAt, { read, words, names })
  const { provider, subject, ...others } = coded
  const finished = Object.entries(others).map(([name, one]) => [name, one.finish()])
  const columns = Object.fromEntries(finished) as Record<keyof typeof others, Coded> // the same names
  const subjects = { scopes: provider.finish().codes, codes: subject.finish().codes }
  return { people, ids, subjects, ...columns }
}

function codedColumns(size: number, words: Words) {
  const column = (textOf: ((value: string) => string | null) | null = null): CodedBuilder =>
    createCoded(size, textOf, words)
  return {
    sso: column(),
    provider: column(),
    subject: column(),
    contact: column(),
    billing: column(),
    device: column(),
    network: column(signupNetwork),
    anonymous: column(),
    workspace: column(),
    inviter: column(),
    title: column(foldText),
    locale: column(locale => locale.toLowerCase().replace('_', '-')),
    company: column(name => readCompanyName(name, words).words.join('') || null),
  }
}

/** What no users table has. */
const UNKNOWN = {
  firstName: null,
  lastName: null,
  dateOfBirth: null,
  address: [],
  postcode: null,
  city: null,
} as const

function providerOf({ sso_provider, sso_tenant }: UserRow): string {
  return `${sso_provider ?? ''} ${sso_tenant ?? ''}`.trim().toLowerCase()
}

function subjectOf(user: UserRow, subject: string | null): string | null {
  return subject === null ? null : `${providerOf(user)} ${subject}`.trim()
}

type CodedBuilder = Readonly<{ push(value: string | null): void; finish(): Coded }>

/**
 * Codes by value: what a value says is read once. Code 0 is "nothing known".
 *
 * @param textOf what a value says; null: itself
 */
function createCoded(
  size: number,
  textOf: ((value: string) => string | null) | null,
  { isPlaceholder }: Words,
): CodedBuilder {
  const codes = new Uint32Array(size)
  const texts = createDictionary()
  const values = createDictionary()
  /** Per value that was read, the code of what it says. */
  const codeOfValue = [0]
  let row = 0
  const ofText = (text: string | null): number => (text === null || isPlaceholder(text) ? 0 : texts.codeOf(text))
  const ofRead = (value: string, read: (value: string) => string | null): number => {
    const place = values.codeOf(value)
    if (place === codeOfValue.length) codeOfValue.push(ofText(read(value)))
    return codeOfValue[place] as number // one per value that was met
  }
  return {
    push: value => {
      if (value !== null) codes[row] = textOf === null ? texts.find(value) || ofText(value) : ofRead(value, textOf)
      row++
    },
    finish: () => ({ texts: texts.texts, codes }),
  }
}
