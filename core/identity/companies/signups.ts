import { eachInSteps, finish, type Steps } from '#lib/steps'
import type { IdentityDecision, SignupMatch } from '#schema/identity'
import type { EmailReading } from '../email.ts'
import type { IdentityRow } from '../identity-tables.ts'
import { type AccountCompanies, aboutCompanies, NO_COMPANIES } from './account-companies.ts'
import { signupIndexSteps } from './signup-match.ts'

/** What sign-ups are matched by, besides their rows. */
export type SignupGround = Readonly<{
  accountOfWorkspace: ReadonlyMap<string, string>
  read: (text: string | null) => EmailReading
  decisions: readonly IdentityDecision[]
  /** A person is in the workspaces of all its users; a user that is not named here is a person of its own. */
  personOfUser: ReadonlyMap<string, number>
  /** Which rows of accounts are one company; without it none are. */
  companies?: AccountCompanies
}>

/** Tables that sign-ups are told from, in the order of their keys. */
export type SignupTables = Readonly<{
  accounts: readonly IdentityRow<'accounts'>[]
  users: Iterable<Pick<IdentityRow<'users'>, 'user_id' | 'primary_email' | 'invited_by_user_id' | 'workspace_id'>>
  memberships: Iterable<Pick<IdentityRow<'memberships'>, 'user_id' | 'workspace_id'>>
}>

/**
 * The account of every user of whose person no workspace has one.
 *
 * @param dataset accounts, users, memberships
 * @param ground assigned accounts, persons, what reads an address, decisions (`assign_signup` and `detach_signup` count here, the last one of
 *   a user and an account wins)
 * @returns in the order of the users
 *
 * Source: docs/methods/identity.md, "Sign-ups".
 */
export function matchSignups(dataset: SignupTables, ground: SignupGround): readonly SignupMatch[] {
  return finish(signupSteps(dataset, ground)).matches
}

/** Matches as they are, and what speaks for those that decisions are about. */
type Signups = Readonly<{
  /** In the order of the users. */
  matches: readonly SignupMatch[]
  /** As if nothing had been decided: one candidate each; without bits where nothing speaks for it. */
  undecided: readonly SignupMatch[]
}>

/**
 * The same as `matchSignups`, with the evidence of what was decided: by it an answer is seen to rest on the same evidence as when it
 * was given.
 *
 * @param dataset accounts, users, memberships
 * @param ground assigned accounts, persons, what reads an address, decisions
 * @returns a generator that halts now and then
 *
 * Source: docs/methods/identity.md, "Sign-ups".
 */
export function* signupSteps(
  dataset: SignupTables,
  { accountOfWorkspace, read, decisions, personOfUser, companies = NO_COMPANIES }: SignupGround,
): Steps<Signups> {
  const index = yield* signupIndexSteps(dataset.accounts, accountOfWorkspace, read, companies)
  const workspacesOf = yield* workspaceSteps(dataset, personOfUser)
  const { assigned, detached } = decidedSignups(aboutCompanies(decisions, companies))
  const matches: SignupMatch[] = []
  const undecided: SignupMatch[] = []
  yield* eachInSteps(dataset.users, ({ user_id, primary_email, invited_by_user_id }) => {
    const decided = assigned.get(user_id)
    const inviterWorkspaces = invited_by_user_id === null ? [] : workspacesOf(invited_by_user_id)
    const signup = { userId: user_id, email: primary_email, inviterWorkspaces, detached: detached.get(user_id) }
    const answered = decided === undefined ? [] : [decided]
    undecided.push(...[...answered, ...(signup.detached ?? [])].map(account => index.decided(signup, account)))
    if (decided === undefined && workspacesOf(user_id).some(id => accountOfWorkspace.has(id))) return
    matches.push(decided === undefined ? index.match(signup) : index.decided(signup, decided))
  })
  return { matches, undecided }
}

type MemberRow = Pick<IdentityRow<'users'>, 'user_id' | 'workspace_id'>

/** The workspaces that the person of a user is in. */
function* workspaceSteps(
  { users, memberships }: Pick<SignupTables, 'users' | 'memberships'>,
  personOfUser: SignupGround['personOfUser'],
): Steps<(userId: string) => readonly string[]> {
  const workspacesOf = new Map<string | number, string[]>()
  const personOf = (userId: string): string | number => personOfUser.get(userId) ?? userId
  const add = (userId: string, workspaceId: string | null): void => {
    if (workspaceId === null) return
    const person = personOf(userId)
    const own = workspacesOf.get(person)
    if (own === undefined) workspacesOf.set(person, [workspaceId])
    else if (!own.includes(workspaceId)) own.push(workspaceId)
  }
  for (const rows of [memberships, users])
    yield* eachInSteps<MemberRow>(rows, ({ user_id, workspace_id }) => add(user_id, workspace_id))
  return userId => workspacesOf.get(personOf(userId)) ?? []
}

type Decided = Readonly<{
  assigned: ReadonlyMap<string, string>
  detached: ReadonlyMap<string, ReadonlySet<string>>
}>

function decidedSignups(decisions: readonly IdentityDecision[]): Decided {
  const assigned = new Map<string, string>()
  const detached = new Map<string, Set<string>>()
  for (const decision of decisions) {
    if (decision.type === 'assign_signup') {
      assigned.set(decision.user, decision.account)
      detached.get(decision.user)?.delete(decision.account)
    }
    if (decision.type !== 'detach_signup') continue
    detached.set(decision.user, (detached.get(decision.user) ?? new Set()).add(decision.account))
    if (assigned.get(decision.user) === decision.account) assigned.delete(decision.user)
  }
  return { assigned, detached }
}
