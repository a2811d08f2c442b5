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
  // An identity provider may give an address as subject.
  const isNothing = (value: string): boolean =>
    words.isPlaceholder(value) || (value.includes('@') && read(value).guard === 'placeholder')
  const coded = codedColumns(users.length, words, isNothing)
  const unless = (kind: Parameters<typeof isBlocked>[0], value: string | null): string | null =>
    value === null || isBlocked(kind, value) ? null : value
  const providerOf = providerReader(isNothing)
  const billingOf = (userId: string): string | null => {
    const known = billing.get(userId)
    return known === undefined || isBlocked('email', known.email) ? null : `${known.customer}, ${known.email}`
  }
  const take = (user: UserRow): void => {
    const { sso_subject: subject } = user
    ids.push(user.user_id)
    const provider = coded.subject.push(subject) === 0 ? null : providerOf(user)
    const own = provider === null ? null : unless('sso_subject', subject)
    coded.sso.push(own === null ? null : `${provider} ${own}`.trim())
    coded.provider.push(provider === null ? null : `at ${provider}`)
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

function codedColumns(size: number, words: Words, isNothing: (value: string) => boolean) {
  const column = (textOf: ((value: string) => string | null) | null = null): CodedBuilder =>
    createCoded(size, textOf, isNothing)
  /** Put together from values that say something. */
  const made = (): CodedBuilder => createCoded(size, null, () => false)
  return {
    sso: made(),
    provider: made(),
    subject: column(),
    contact: column(),
    billing: made(),
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

/** Provider and tenant of a record as one text, empty where neither says anything. Each is read once: there are few. */
function providerReader(isNothing: (value: string) => boolean): (user: UserRow) => string {
  const known = new Map<string | null, string>()
  const said = (value: string | null): string => {
    const found = known.get(value) ?? (value === null || isNothing(value) ? '' : value.trim().toLowerCase())
    known.set(value, found)
    return found
  }
  return ({ sso_provider, sso_tenant }) => `${said(sso_provider)} ${said(sso_tenant)}`.trim()
}

/** `push` gives the code of the value. */
type CodedBuilder = Readonly<{ push(value: string | null): number; finish(): Coded }>

/**
 * Codes by value: what a value says is read once. Code 0 is "nothing known".
 *
 * @param textOf what a value says; null: itself
 * @param isNothing does a value, or what it says, stand for "nothing known"?
 */
function createCoded(
  size: number,
  textOf: ((value: string) => string | null) | null,
  isNothing: (value: string) => boolean,
): CodedBuilder {
  const codes = new Uint32Array(size)
  const texts = createDictionary()
  const values = createDictionary()
  /** Per value that was read, the code of what it says. */
  const codeOfValue = [0]
  let row = 0
  const ofText = (text: string | null): number => (text === null || isNothing(text) ? 0 : texts.codeOf(text))
  const ofRead = (value: string, read: (value: string) => string | null): number => {
    const place = values.codeOf(value)
    if (place === codeOfValue.length) codeOfValue.push(isNothing(value) ? 0 : ofText(read(value)))
    return codeOfValue[place] as number // one per value that was met
  }
  return {
    push: value => {
      const code = value === null ? 0 : textOf === null ? texts.find(value) || ofText(value) : ofRead(value, textOf)
      codes[row++] = code
      return code
    },
    finish: () => ({ texts: texts.texts, codes }),
  }
}
