import { isPlaceholder } from '#identity'
import { compareCodePoints } from '#lib/text'
import { type ContactBook, type CrmPeople, contactBookOf, crmPeopleOf, hasOptedOut } from '#route'
import type { JudgedUnit } from '#schema/findings'
import type { Row } from '#schema/tables'
import type { UnitPerson } from '#schema/unit'
import type { ExportInput } from './export-input.ts'

/** Somebody of a unit whom a team may talk to. */
export type Addressee = Readonly<{
  personId: string
  name: string | null
  email: string | null
  title: string | null
  part: 'admin' | 'champion' | 'user'
}>

/** Looking up what the lists show beside scores. */
export type AddressBook = Readonly<{
  account(id: string | null): Row<'accounts'> | undefined
  workspaces(ids: readonly string[]): readonly Row<'workspaces'>[]
  /** Workspaces of an account, sorted by id. */
  workspacesOfAccount(accountId: string | null): readonly Row<'workspaces'>[]
  /** Rows of a person's user records, smallest user id first. */
  usersOf(personId: string): readonly Row<'users'>[]
  /** Whom to talk to: the representative, then admins, then champions, by role factor. Nobody who opted out. */
  addressees(judged: JudgedUnit): readonly Addressee[]
  people: CrmPeople
}>

/**
 * Prepares the look-ups of the lists.
 *
 * @param input a run
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function addressBookOf({ dataset, identities }: ExportInput): AddressBook {
  const accounts = new Map(dataset.accounts.map(row => [row.account_id, row]))
  const workspaces = new Map(dataset.workspaces.map(row => [row.workspace_id, row]))
  const users = new Map(dataset.users.map(row => [row.user_id, row]))
  const persons = new Map(identities.persons.map(person => [person.id, person.userIds]))
  const contacts = contactBookOf(dataset, identities.persons)
  const byAccount = Map.groupBy(dataset.workspaces, row => identities.accountOfWorkspace.get(row.workspace_id) ?? null)
  const usersOf = (personId: string): readonly Row<'users'>[] =>
    (persons.get(personId) ?? [personId]).flatMap(userId => users.get(userId) ?? [])
  return {
    account: id => (id === null ? undefined : accounts.get(id)),
    workspaces: ids => ids.flatMap(id => workspaces.get(id) ?? []),
    workspacesOfAccount: id =>
      id === null
        ? []
        : (byAccount.get(id) ?? []).toSorted((a, b) => compareCodePoints(a.workspace_id, b.workspace_id)),
    usersOf,
    addressees: judged => addresseesOf(judged, contacts, usersOf),
    people: crmPeopleOf(dataset.crm_users),
  }
}

function addresseesOf(
  { unit, score }: JudgedUnit,
  contacts: ContactBook,
  usersOf: (personId: string) => readonly Row<'users'>[],
): readonly Addressee[] {
  const rank = ({ personId, isAdmin }: UnitPerson): number =>
    personId === score.representativeId ? 0 : isAdmin ? 1 : 2
  return unit.people
    .filter(({ isAdmin, isChampion, personId }) => isAdmin || isChampion || personId === score.representativeId)
    .filter(({ personId }) => !hasOptedOut(personId, contacts))
    .toSorted((a, b) => rank(a) - rank(b) || b.roleFactor - a.roleFactor || compareCodePoints(a.personId, b.personId))
    .map(({ personId, isAdmin, isChampion }) => {
      const rows = usersOf(personId)
      return {
        personId,
        name: firstKnown(rows.map(row => row.name)),
        email: firstKnown(rows.map(row => row.primary_email)),
        title: firstKnown(rows.map(row => row.job_title)),
        part: isAdmin ? 'admin' : isChampion ? 'champion' : 'user',
      }
    })
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
