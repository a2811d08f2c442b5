import { calendarOf, instantOfMoment } from '#lib/time'
import type { Dataset } from '#schema/dataset'
import type { FullResolution, IdentityDecision, SignupMatch } from '#schema/identity'
import { indexAccounts } from './account-index.ts'
import { accountsOfWorkspaces } from './accounts.ts'
import { assignedAccounts } from './assigned-accounts.ts'
import { indexAccountNames } from './companies/account-names.ts'
import { withDecisionsAndNames } from './companies/decided-accounts.ts'
import { indexSignups } from './companies/signup-match.ts'
import { type EmailReading, emailReader } from './email.ts'
import { identifiersOf } from './identifiers.ts'
import type { IdentityOptions } from './identity-options.ts'
import { mergedWorkspacesOf } from './merged-workspaces.ts'
import { joinUsers, personLinks, personRefusals } from './people/join-users.ts'
import { personLadders } from './people/person-ladder.ts'
import { refusedAddresses, userIdsOf } from './persons.ts'
import { workspaceFacts } from './workspaces/workspace-facts.ts'
import { workspaceLinks } from './workspaces/workspace-links.ts'

const UTC = calendarOf('UTC')

/**
 * Answers the questions of identity by all evidence, in their order: persons, workspaces, accounts, sign-ups; a later one sees
 * the answers of the earlier ones.
 *
 * @param dataset tables; its event log is not read
 * @param options users and activity taken from the events, decisions
 * @returns as `resolveIdentities`, with links between persons and workspaces, the ladder, and sign-ups
 *
 * Source: docs/methods/identity.md.
 */
export function resolveFully(dataset: Omit<Dataset, 'events'>, options: IdentityOptions): FullResolution {
  const { activity, anonymousSince = new Map() } = options
  const decisions: readonly IdentityDecision[] = options.decisions ?? []
  const read = remembering(emailReader())
  const emailOf = new Map<string, EmailReading>()
  for (const { user_id, primary_email } of dataset.users) emailOf.set(user_id, read(primary_email))
  const userIds = userIdsOf(dataset, options.eventUsers)
  const joined = joinUsers(dataset, userIds, { decisions, read })
  const { persons, personOfUser } = joined
  // What identifies nobody is found by counting addresses, whatever the level.
  const people = { persons, personOfUser, refused: refusedAddresses(userIds, emailOf) }
  const facts = workspaceFacts({ dataset, activity, personOfUser, emailOf, read })
  const index = indexAccounts(dataset, people, emailOf, read)
  const judged = accountsOfWorkspaces({ dataset, index, joined: people, emailOf, read, activity })
  const named = dataset.accounts.map(({ account_id, name, primary_domain, all_known_domains }) => {
    const domains = [primary_domain, ...(all_known_domains ?? [])].filter(domain => domain !== null)
    return { id: account_id, name, domains }
  })
  const { workspaces } = dataset
  const workspaceAccounts = withDecisionsAndNames(judged, { decisions, workspaces, names: indexAccountNames(named) })
  const accountOfWorkspace = assignedAccounts(workspaceAccounts)
  const workspaceIds = new Set(workspaces.map(({ workspace_id }) => workspace_id))
  return {
    ...people,
    identifiers: identifiersOf(dataset, people, emailOf, read),
    workspaceAccounts,
    accountOfWorkspace,
    workspaceLinks: workspaceLinks(facts),
    mergedWorkspaces: mergedWorkspacesOf(workspaceIds, decisions),
    refusedIdentifiers: people.refused,
    personLinks: personLinks(joined),
    personRefusals: personRefusals(joined),
    ladder: personLadders({
      users: dataset.users,
      workspaces,
      persons,
      personOfUser,
      emailOf,
      read,
      anonymousSince,
      instantOf: moment => (moment === null ? null : instantOfMoment(moment, UTC)),
    }),
    signups: signupsOf(dataset, accountOfWorkspace, read),
  }
}

/** Reads each text once: the questions ask for the same addresses again and again. */
function remembering(read: (text: string | null) => EmailReading): (text: string | null) => EmailReading {
  const known = new Map<string | null, EmailReading>()
  return text => {
    const found = known.get(text)
    if (found !== undefined) return found
    const reading = read(text)
    known.set(text, reading)
    return reading
  }
}

/** Every user whose own workspace has no account yet, or who has none. */
function signupsOf(
  dataset: Pick<Dataset, 'accounts' | 'users' | 'memberships'>,
  accountOfWorkspace: ReadonlyMap<string, string>,
  read: (text: string | null) => EmailReading,
): readonly SignupMatch[] {
  const index = indexSignups(dataset.accounts, accountOfWorkspace, read)
  const workspacesOf = new Map<string, string[]>()
  const add = (userId: string, workspaceId: string | null): void => {
    if (workspaceId === null) return
    const own = workspacesOf.get(userId)
    if (own === undefined) workspacesOf.set(userId, [workspaceId])
    else if (!own.includes(workspaceId)) own.push(workspaceId)
  }
  for (const { user_id, workspace_id } of dataset.memberships) add(user_id, workspace_id)
  for (const { user_id, workspace_id } of dataset.users) add(user_id, workspace_id)
  return dataset.users.flatMap(({ user_id, primary_email, invited_by_user_id }) => {
    if ((workspacesOf.get(user_id) ?? []).some(id => accountOfWorkspace.has(id))) return []
    const inviterWorkspaces = invited_by_user_id === null ? [] : (workspacesOf.get(invited_by_user_id) ?? [])
    return [index.match({ userId: user_id, email: primary_email, inviterWorkspaces })]
  })
}
