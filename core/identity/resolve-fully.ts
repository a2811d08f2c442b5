import { finish, type Steps } from '#lib/steps'
import { calendarOf, instantOfMoment } from '#lib/time'
import type { Dataset } from '#schema/dataset'
import type {
  FullResolution,
  IdentityDecision,
  LadderStep,
  Resolution,
  SignupMatch,
  WorkspaceAccount,
} from '#schema/identity'
import { indexAccounts } from './account-index.ts'
import { accountsOfWorkspaces } from './accounts.ts'
import { assignedAccounts } from './assigned-accounts.ts'
import { indexAccountNames } from './companies/account-names.ts'
import { withDecisionsAndNames } from './companies/decided-accounts.ts'
import { matchSignups } from './companies/signups.ts'
import { type EmailReading, emailReader } from './email.ts'
import { identifiersOf } from './identifiers.ts'
import type { IdentityOptions } from './identity-options.ts'
import { mergedWorkspacesOf } from './merged-workspaces.ts'
import { lastPerPair } from './pair-decisions.ts'
import { type JoinedUsers, joinUsers, personLinks, personRefusals } from './people/join-users.ts'
import { personLadders } from './people/person-ladder.ts'
import { type WeighedUsers, weighUsers } from './people/weigh-users.ts'
import { refusedAddresses, userIdsOf } from './persons.ts'
import { settingsIn } from './settings.ts'
import { withDecidedLinks } from './workspaces/decided-links.ts'
import { withGroupedAccounts } from './workspaces/grouped-accounts.ts'
import { workspaceFacts } from './workspaces/workspace-facts.ts'
import { workspaceLinks } from './workspaces/workspace-links.ts'

type Tables = Omit<Dataset, 'events'>

/** The answers by all evidence; pairs of users stay weighed, their evidence is worked out when it is asked for. */
export type ProjectIdentities = Resolution & Readonly<{ signups: readonly SignupMatch[]; joined: JoinedUsers }>

/** What `identitySteps` is given beside tables and options. */
export type IdentityGround = Readonly<{
  /** Users weighed earlier for the same tables and the same blocked values. */
  weighed?: WeighedUsers | undefined
  /** Identifiers of persons are for the lists of a run alone; without them the list is empty. */
  wantsIdentifiers: boolean
}>

/**
 * Answers the questions of identity by all evidence, in their order: persons, workspaces, accounts, sign-ups; a later one sees
 * the answers of the earlier ones.
 *
 * @param dataset tables; its event log is not read
 * @param options users and activity taken from the events, decisions
 * @param ground what is known already, and what is wanted
 * @returns a generator that halts between the questions
 *
 * Source: docs/methods/identity.md.
 */
export function* identitySteps(
  dataset: Tables,
  options: IdentityOptions,
  ground: IdentityGround,
): Steps<ProjectIdentities> {
  const { activity } = options
  const decisions = lastPerPair<IdentityDecision>(options.decisions ?? [])
  const settings = settingsIn(decisions)
  const read = remembering(emailReader(settings.domains))
  const emailOf = new Map<string, EmailReading>()
  for (const { user_id, primary_email } of dataset.users) emailOf.set(user_id, read(primary_email))
  const userIds = userIdsOf(dataset, options.eventUsers)
  yield
  const weighed = ground.weighed ?? weighUsers(dataset, { decisions, read, weights: settings.weights })
  yield
  const joined = joinUsers(weighed, userIds, { decisions, autoSteps: settings.autoSteps })
  yield
  const { persons, personOfUser } = joined
  // What identifies nobody is found by counting addresses, whatever the level.
  const people = { persons, personOfUser, refused: refusedAddresses(userIds, emailOf) }
  const facts = workspaceFacts({ dataset, activity, personOfUser, emailOf, read })
  yield
  const workspaceIds = new Set(dataset.workspaces.map(({ workspace_id }) => workspace_id))
  const links = withDecidedLinks(workspaceLinks(facts), decisions, workspaceIds)
  yield
  const index = indexAccounts(dataset, people, emailOf, read)
  const judged = accountsOfWorkspaces({ dataset, index, joined: people, emailOf, read, activity })
  yield
  const workspaceAccounts = withGroupedAccounts(decidedAccounts(dataset, judged, decisions), {
    workspaceIds: dataset.workspaces.map(({ workspace_id }) => workspace_id),
    links,
    decisions,
  })
  const accountOfWorkspace = assignedAccounts(workspaceAccounts)
  yield
  const signups = matchSignups(dataset, { accountOfWorkspace, read, decisions })
  yield
  return {
    persons,
    personOfUser,
    identifiers: ground.wantsIdentifiers ? identifiersOf(dataset, people, emailOf, read) : [],
    workspaceAccounts,
    accountOfWorkspace,
    workspaceLinks: links,
    mergedWorkspaces: mergedWorkspacesOf(workspaceIds, decisions),
    refusedIdentifiers: people.refused,
    signups,
    joined,
  }
}

/**
 * All answers in one go, with the evidence of every pair of users and the ladder of every person.
 *
 * @param dataset tables; its event log is not read
 * @param options users and activity taken from the events, decisions
 * @returns as `resolveIdentities`, with links between persons and workspaces, the ladder, and sign-ups
 *
 * Source: docs/methods/identity.md.
 */
export function resolveFully(dataset: Tables, options: IdentityOptions): FullResolution {
  const { joined, ...found } = finish(identitySteps(dataset, options, { wantsIdentifiers: true }))
  return {
    ...found,
    personLinks: personLinks(joined),
    personRefusals: personRefusals(joined),
    ladder: laddersOf(dataset, joined, options.anonymousSince ?? new Map()),
  }
}

function laddersOf(
  { users, workspaces }: Tables,
  { persons, personOfUser }: JoinedUsers,
  anonymousSince: ReadonlyMap<string, number>,
): readonly LadderStep[] {
  const utc = calendarOf('UTC')
  const read = remembering(emailReader())
  return personLadders({
    users,
    workspaces,
    persons,
    personOfUser,
    emailOf: new Map(users.map(({ user_id, primary_email }) => [user_id, read(primary_email)])),
    read,
    anonymousSince,
    instantOf: moment => (moment === null ? null : instantOfMoment(moment, utc)),
  })
}

function decidedAccounts(
  { accounts, workspaces }: Tables,
  judged: readonly WorkspaceAccount[],
  decisions: readonly IdentityDecision[],
): readonly WorkspaceAccount[] {
  const named = accounts.map(({ account_id, name, primary_domain, all_known_domains }) => {
    const domains = [primary_domain, ...(all_known_domains ?? [])].filter(domain => domain !== null)
    return { id: account_id, name, domains }
  })
  return withDecisionsAndNames(judged, { decisions, workspaces, names: indexAccountNames(named) })
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
