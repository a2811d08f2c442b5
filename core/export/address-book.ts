import { type EmailReading, emailReader, isPlaceholder } from '#identity'
import { compareCodePoints } from '#lib/text'
import { type ContactBook, type ContactLink, type CrmPeople, contactBookOf, crmPeopleOf, hasOptedOut } from '#route'
import type { ListedRow, ListedTables } from '#schema/dataset'
import type { JudgedUnit } from '#schema/findings'
import type { Identities } from '#schema/identity'
import type { UnitPerson } from '#schema/unit'

/** Somebody of a unit whom a team may talk to. */
export type Addressee = Readonly<{
  personId: string
  name: string | null
  email: string | null
  /** What stands where the address should; null where there is one, or nothing. */
  badEmail: string | null
  title: string | null
  part: 'admin' | 'champion' | 'user'
}>

/** Looking up what the lists show beside scores. */
export type AddressBook = Readonly<{
  account(id: string | null): ListedRow<'accounts'> | undefined
  workspaces(ids: readonly string[]): readonly ListedRow<'workspaces'>[]
  /** Workspaces of an account, sorted by id. */
  workspacesOfAccount(accountId: string | null): readonly ListedRow<'workspaces'>[]
  /** Rows of a person's user records, smallest user id first. */
  usersOf(personId: string): readonly ListedRow<'users'>[]
  /** Name or email of whom a user id stands for; null where nothing is known, or where the person opted out. */
  nameOf(userId: string): string | null
  /** Whom to talk to: the representative, then admins, then champions, by role factor. Nobody who opted out. */
  addressees(judged: JudgedUnit): readonly Addressee[]
  people: CrmPeople
}>

/** What the look-ups are made of. */
export type BookInput = Readonly<{
  dataset: ListedTables
  identities: Pick<Identities, 'persons' | 'accountOfWorkspace'>
  /** Whom contacts stand for, by `contactLinkSteps` of the same tables and persons. */
  contactLinks: readonly ContactLink[]
  /** What holds for people whose records may differ; the first record that says something, for everybody else. */
  values?: ListedValues
  /** Reads an address by the words and the classes of domains of the project; by the shipped lists where there is none. */
  readAddress?: (text: string | null) => EmailReading
}>

/** Person id -> value by column of users. */
export type ListedValues = ReadonlyMap<string, Readonly<Record<string, string>>>

/**
 * Prepares the look-ups of the lists.
 *
 * @param input tables and identities of a run
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function addressBookOf({
  dataset,
  identities,
  contactLinks,
  values = new Map(),
  readAddress = emailReader(),
}: BookInput): AddressBook {
  const accounts = byKey(dataset.accounts, row => row.account_id)
  const workspaces = byKey(dataset.workspaces, row => row.workspace_id)
  const users = byKey(dataset.users, row => row.user_id)
  const persons = new Map(identities.persons.map(person => [person.id, person.userIds]))
  // Nothing else is asked of contacts here.
  const contacts = [...dataset.contacts].filter(row => row.opted_out === true)
  const book = contactBookOf(contacts, contactLinks)
  const addressIn = addressFinder(readAddress)
  let personOf: ReadonlyMap<string, string> | null = null
  const byAccount = Map.groupBy(workspaces.values(), row => identities.accountOfWorkspace.get(row.workspace_id) ?? null)
  const usersOf = (personId: string): readonly ListedRow<'users'>[] => {
    const rows: ListedRow<'users'>[] = []
    for (const userId of persons.get(personId) ?? [personId]) {
      const row = users.get(userId)
      if (row !== undefined) rows.push(row)
    }
    return rows
  }
  return {
    account: id => (id === null ? undefined : accounts.get(id)),
    workspaces: ids => ids.flatMap(id => workspaces.get(id) ?? []),
    workspacesOfAccount: id =>
      id === null
        ? []
        : (byAccount.get(id) ?? []).toSorted((a, b) => compareCodePoints(a.workspace_id, b.workspace_id)),
    usersOf,
    nameOf: userId => {
      personOf ??= new Map(identities.persons.flatMap(person => person.userIds.map(id => [id, person.id])))
      const personId = personOf.get(userId) ?? userId
      if (hasOptedOut(personId, book)) return null
      const { name, primary_email } = values.get(personId) ?? {}
      const held = name ?? addressIn([primary_email])
      if (held !== null) return held
      const own = users.get(userId)
      const rows = [...(own === undefined ? [] : [own]), ...usersOf(personId)]
      return firstKnown(rows.map(row => row.name)) ?? addressIn(rows.map(row => row.primary_email))
    },
    addressees: judged => addresseesOf(judged, book, { usersOf, values, addressIn }),
    people: crmPeopleOf(dataset.crm_users),
  }
}

function byKey<R>(rows: Iterable<R>, keyOf: (row: R) => string): ReadonlyMap<string, R> {
  const known = new Map<string, R>()
  for (const row of rows) known.set(keyOf(row), row)
  return known
}

function addresseesOf(
  { unit, score }: JudgedUnit,
  contacts: ContactBook,
  {
    usersOf,
    values,
    addressIn,
  }: Pick<AddressBook, 'usersOf'> & Readonly<{ values: ListedValues; addressIn: AddressFinder }>,
): readonly Addressee[] {
  const { representativeId } = score
  const rank = ({ personId, isAdmin }: UnitPerson): number => (personId === representativeId ? 0 : isAdmin ? 1 : 2)
  return unit.people
    .filter(
      ({ isAdmin, isChampion, personId }) =>
        (isAdmin || isChampion || personId === representativeId) && !hasOptedOut(personId, contacts),
    )
    .sort((a, b) => rank(a) - rank(b) || b.roleFactor - a.roleFactor || compareCodePoints(a.personId, b.personId))
    .map(({ personId, isAdmin, isChampion }) => {
      const rows = usersOf(personId)
      const held = values.get(personId) ?? {}
      const said = (column: UserText): string | null => held[column] ?? firstKnownOf(rows, column)
      const addresses = [held['primary_email'] ?? null, ...rows.map(row => row.primary_email)]
      const email = addressIn(addresses)
      return {
        personId,
        name: said('name'),
        email,
        badEmail: email === null ? firstKnown(addresses) : null,
        title: said('job_title'),
        part: isAdmin ? 'admin' : isChampion ? 'champion' : 'user',
      }
    })
}

/** The first address among texts that are to be one: what is none is not written anywhere. */
type AddressFinder = (texts: Iterable<string | null | undefined>) => string | null

function addressFinder(read: NonNullable<BookInput['readAddress']>): AddressFinder {
  return texts => {
    for (const text of texts) {
      const guard = read(text ?? null).guard
      if (text !== null && text !== undefined && guard !== 'placeholder' && guard !== 'not_an_address') return text
    }
    return null
  }
}

type UserText = 'name' | 'job_title' | 'signup_source'

/**
 * The first of a person's rows that says something in a column.
 *
 * @param rows in order of preference
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function firstKnownOf(rows: readonly ListedRow<'users'>[], column: UserText): string | null {
  for (const row of rows) {
    const value = row[column]
    if (value !== null && !isPlaceholder(value)) return value
  }
  return null
}

/**
 * The first value that says something.
 *
 * @param values in order of preference; placeholders say nothing
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function firstKnown(values: readonly (string | null)[]): string | null {
  return values.find(value => value !== null && !isPlaceholder(value)) ?? null
}
