import { finish, flatMapSteps, type Steps } from '#lib/steps'
import type { Dataset } from '#schema/dataset'
import type {
  FullResolution,
  IdentityDecision,
  PersonIdentifier,
  Resolution,
  SignupMatch,
  WorkspaceAccount,
  WorkspaceLink,
} from '#schema/identity'
import { type AccountIndex, accountIndexSteps } from './account-index.ts'
import { workspaceAccountSteps } from './accounts.ts'
import { assignedAccounts } from './assigned-accounts.ts'
import type { BlockCount } from './block/split-blocks.ts'
import { type AccountCompanies, aboutCompanies, accountCompanies } from './companies/account-companies.ts'
import { type NameIndex, accountNameSteps as nameSteps } from './companies/account-names.ts'
import { accountsBeforeDecisions, withDecisionsAndNames } from './companies/decided-accounts.ts'
import { signupSteps } from './companies/signups.ts'
import { type EmailReading, emailReader, rememberingReader } from './email.ts'
import { withLastingNames } from './entities/lasting-groups.ts'
import { withLastingPersonIds } from './entities/lasting-persons.ts'
import { identifiersOf } from './identifiers.ts'
import type { IdentityOptions } from './identity-options.ts'
import type { IdentityTables } from './identity-tables.ts'
import { mergedWorkspacesOf } from './merged-workspaces.ts'
import { lastPerPair } from './pair-decisions.ts'
import { billingContacts } from './people/billing-contacts.ts'
import { type JoinedUsers, joinUsers, personLinks, personRefusals } from './people/join-users.ts'
import { type WeighedUsers, weighSteps } from './people/weigh-users.ts'
import { type JoinedPersons, refusedAddresses, userIdsOf } from './persons.ts'
import { type IdentitySettings, settingsIn } from './settings.ts'
import type { Words } from './words/words.ts'
import { withDecidedLinks } from './workspaces/decided-links.ts'
import { withGroupedAccounts } from './workspaces/grouped-accounts.ts'
import { sharingGroups } from './workspaces/sharing-groups.ts'
import { workspaceFactSteps } from './workspaces/workspace-facts.ts'
import { type FoundLinks, workspaceLinkSteps } from './workspaces/workspace-links.ts'

type Tables = Omit<Dataset, 'events'>

/** The answers by all evidence; pairs of users stay weighed, their evidence is worked out when it is asked for. */
export type ProjectIdentities = Resolution &
  Readonly<{
    signups: readonly SignupMatch[]
    joined: JoinedUsers
    /** What brought up the pairs of workspaces that were compared, and what was not compared. */
    workspaceBlocks: readonly BlockCount[]
    /** Of the accounts and sign-ups that decisions are about: what the evidence alone says. */
    undecided: Readonly<{ accounts: readonly WorkspaceAccount[]; signups: readonly SignupMatch[] }>
    /** Which rows of accounts are one company. */
    companies: AccountCompanies
    /** Accounts by each of their corporate domains, in the order of the table; of a company with several rows the one that stands for it. */
    accountsOfDomain: AccountIndex['byDomain']
  }>

/** The answers that a run keeps. */
export type RunIdentities = Omit<Resolution, 'identifiers'> &
  Readonly<{
    /** Walked once: made while they are. */
    identifiers: Iterable<PersonIdentifier>
  }>

/** Users weighed earlier for the same tables and the same settings; else gets those that are weighed now. */
export type RunWeighing = Readonly<{ known: WeighedUsers | undefined; taken(weighed: WeighedUsers): void }>

/** What `identitySteps` is given beside tables and options. */
export type IdentityGround = Readonly<{
  /** Users weighed earlier for the same tables and the same settings. */
  weighed?: WeighedUsers | undefined
  /** Identifiers of persons are for the lists of a run alone; without them the list is empty. */
  wantsIdentifiers: boolean
}>

/**
 * Answers the questions of identity by all evidence, in their order: persons, workspaces, accounts, sign-ups; a later one sees
 * the answers of the earlier ones.
 *
 * @param dataset tables
 * @param options users and activity taken from the events, decisions
 * @param ground what is known already, and what is wanted
 * @returns a generator that halts between the questions
 *
 * Source: docs/methods/identity.md.
 */
export function* identitySteps(
  dataset: IdentityTables,
  options: IdentityOptions,
  ground: IdentityGround,
): Steps<ProjectIdentities> {
  const asked = askedOf(dataset, options)
  yield
  const joined = yield* joinedSteps(asked, ground.weighed)
  const people = peopleOf(asked, joined)
  const { accountsOfDomain, ...evidence } = yield* companyEvidenceSteps(asked, people)
  const names = yield* accountNameSteps(asked)
  const answers = yield* decidedCompanySteps(asked, evidence, names)
  const { accountOfWorkspace } = answers
  const { read, companies, emailOf } = asked
  const stated = asked.decisions
  const signupGround = { accountOfWorkspace, read, decisions: stated, companies, personOfUser: people.personOfUser }
  const { matches: signups, undecided } = yield* signupSteps(dataset, signupGround)
  yield
  const { workspaces } = dataset
  const decisions = aboutCompanies(stated, companies)
  const accounts = yield* accountsBeforeDecisions(evidence.accounts, { decisions, workspaces, names })
  const identifiers = ground.wantsIdentifiers ? [...identifiersOf(dataset, people, emailOf, asked)] : []
  return {
    ...answersOf(people, answers),
    identifiers,
    signups,
    joined,
    companies,
    accountsOfDomain,
    workspaceBlocks: evidence.blocks,
    undecided: { accounts, signups: undecided },
  }
}

/**
 * The same answers without sign-ups and weighed pairs, each part let go as soon as the next question is answered: what a run keeps.
 *
 * @param dataset tables
 * @param options users and activity taken from the events, decisions
 * @param weighing what is known of pairs, and who gets those that are weighed now
 * @returns a generator that halts between the questions
 *
 * Source: docs/methods/identity.md.
 */
export function* runIdentitySteps(
  dataset: IdentityTables,
  options: IdentityOptions,
  weighing: RunWeighing,
): Steps<RunIdentities> {
  const asked = askedOf(dataset, options)
  yield
  const people = yield* peopleSteps(asked, weighing)
  const companies = yield* companySteps(asked, people)
  const identifiers = identifiersOf(dataset, people, asked.emailOf, asked)
  return { ...answersOf(people, companies), identifiers }
}

/** What every question is answered from. */
export type Asked = Readonly<{
  dataset: IdentityTables
  options: IdentityOptions
  decisions: readonly IdentityDecision[]
  settings: IdentitySettings
  read: (text: string | null) => EmailReading
  /** Lists that values are read by. */
  words: Words
  /** Which rows of accounts are one company. */
  companies: AccountCompanies
  /** Users on ids that events date. */
  dated?: IdentityOptions['datedDevices']
  emailOf: ReadonlyMap<string, EmailReading>
  /** In code-point order. */
  userIds: readonly string[]
}>

/** Reads what every question is answered from. */
export function askedOf(dataset: IdentityTables, options: IdentityOptions): Asked {
  const { decisions, settings } = decidedIn(options.decisions ?? [])
  const read = rememberingReader(emailReader(settings.domains, settings.words))
  const emailOf = new Map<string, EmailReading>()
  for (const { user_id, primary_email } of dataset.users) emailOf.set(user_id, read(primary_email))
  const { words } = settings
  return {
    dataset,
    options,
    decisions,
    settings,
    read,
    words,
    companies: companiesIn({ dataset, options, read, words, decisions }),
    dated: options.datedDevices,
    emailOf,
    userIds: userIdsOf(dataset, options.eventUsers),
  }
}

/** What decisions leave standing, and the settings that they make. @param log in its order */
export function decidedIn(log: readonly IdentityDecision[]): Pick<Asked, 'decisions' | 'settings'> {
  const decisions = lastPerPair(log)
  return { decisions, settings: settingsIn(decisions) }
}

/** Persons, by pairs that were weighed before or are weighed now. */
export function* joinedSteps(
  { dataset, options: { earlier, openSecond, onPairs }, decisions, settings, read, words, userIds }: Asked,
  known: WeighedUsers | undefined,
): Steps<JoinedUsers> {
  const weighed =
    known ??
    (yield* weighSteps(
      dataset.users,
      { decisions, read, weights: settings.weights, billing: billingContacts(dataset, { read, words }), told: onPairs },
      openSecond?.(dataset.users.length),
    ))
  yield
  const found = joinUsers(weighed, userIds, { decisions, autoSteps: settings.autoSteps })
  yield
  const joined = earlier === undefined ? found : withLastingPersonIds(found, earlier)
  yield
  return joined
}

/** Persons alone: what they were found by is not held beyond it. */
function* peopleSteps(asked: Asked, { known, taken }: RunWeighing): Steps<JoinedPersons> {
  const joined = yield* joinedSteps(asked, known)
  if (known === undefined) taken(joined)
  return peopleOf(asked, joined)
}

/** What identifies nobody is found by counting addresses, whatever the level. */
export function peopleOf(
  { userIds, emailOf }: Asked,
  { persons, personOfUser }: Pick<JoinedUsers, 'persons' | 'personOfUser'>,
): JoinedPersons {
  return { persons, personOfUser, refused: refusedAddresses(userIds, emailOf) }
}

/** What tables and persons say of companies, before anybody decided anything. */
export type CompanyEvidence = Readonly<{
  links: readonly WorkspaceLink[]
  /** What brought up the pairs of workspaces that were compared. */
  blocks: readonly BlockCount[]
  /** In the order of the workspaces. */
  accounts: readonly WorkspaceAccount[]
}>

/** What decisions make of that evidence. */
export type Companies = Pick<
  Resolution,
  'workspaceAccounts' | 'accountOfWorkspace' | 'workspaceLinks' | 'mergedWorkspaces'
>

function* companySteps(asked: Asked, people: JoinedPersons): Steps<Companies> {
  const evidence = yield* companyEvidenceSteps(asked, people)
  return yield* decidedCompanySteps(asked, evidence, yield* accountNameSteps(asked))
}

type IndexedEvidence = CompanyEvidence & Pick<ProjectIdentities, 'accountsOfDomain'>

function* companyEvidenceSteps(asked: Asked, people: JoinedPersons): Steps<IndexedEvidence> {
  const found = yield* linkSteps(asked, people)
  const { dataset, options, read, words, companies, emailOf } = asked
  const index = yield* accountIndexSteps(dataset, people, emailOf, { read, words }, companies)
  const { activity } = options
  const accounts = yield* workspaceAccountSteps({
    ...{ dataset, index, joined: people, emailOf, read, words, activity },
  })
  return { ...found, accounts, accountsOfDomain: index.byDomain }
}

/** What decisions make of the evidence. */
export function* decidedCompanySteps(
  { dataset, options, decisions: stated, companies, words }: Asked,
  evidence: Pick<CompanyEvidence, 'links' | 'accounts'>,
  names: NameIndex,
): Steps<Companies> {
  const { workspaces } = dataset
  const decisions = aboutCompanies(stated, companies)
  const workspaceIds = workspaces.map(({ workspace_id }) => workspace_id)
  const linked = withDecidedLinks(evidence.links, decisions, new Set(workspaceIds))
  yield
  const groups = sharingGroups(workspaces, linked, words)
  yield
  const decided = yield* withDecisionsAndNames(evidence.accounts, { decisions, workspaces, names })
  const workspaceAccounts = yield* withGroupedAccounts(decided, { workspaceIds, groups, decisions })
  yield
  const merged = mergedWorkspacesOf(new Set(workspaceIds), decisions)
  return {
    workspaceAccounts,
    accountOfWorkspace: assignedAccounts(workspaceAccounts),
    workspaceLinks: groups.links,
    mergedWorkspaces: withLastingNames(merged, options.earlier?.mergedWorkspaces ?? []),
  }
}

function* linkSteps(
  { dataset, options: { activity }, read, words, emailOf }: Asked,
  { personOfUser }: JoinedPersons,
): Steps<FoundLinks> {
  const facts = yield* workspaceFactSteps({ dataset, activity, personOfUser, emailOf, read, words })
  return yield* workspaceLinkSteps(facts)
}

function answersOf(
  { persons, personOfUser, refused }: JoinedPersons,
  companies: Companies,
): Omit<Resolution, 'identifiers'> {
  return { persons, personOfUser, ...companies, refusedIdentifiers: refused }
}

/**
 * All answers in one go, with the evidence of every pair of users.
 *
 * @param dataset tables; its event log is not read
 * @param options users and activity taken from the events, decisions
 * @returns as `resolveIdentities`, with links between persons and workspaces, and sign-ups
 *
 * Source: docs/methods/identity.md.
 */
export function resolveFully(dataset: Tables, options: IdentityOptions): FullResolution {
  const {
    joined,
    undecided: _,
    accountsOfDomain: __,
    workspaceBlocks: ___,
    ...found
  } = finish(identitySteps(dataset, options, { wantsIdentifiers: true }))
  return {
    ...found,
    personLinks: personLinks(joined),
    personRefusals: personRefusals(joined),
  }
}

/** Which rows of accounts are one company. */
export function companiesIn({
  dataset: { accounts },
  options: { roleOfAccount: roleOf = () => 'other' },
  ...ground
}: Pick<Asked, 'dataset' | 'options' | 'read' | 'words' | 'decisions'>): AccountCompanies {
  return accountCompanies(accounts, { ...ground, roleOf })
}

/** Names of the accounts, to suggest one by; of a company with several rows the name of the one that stands for it. */
export function* accountNameSteps({
  dataset: { accounts },
  words,
  companies,
}: Pick<Asked, 'dataset' | 'words' | 'companies'>): Steps<NameIndex> {
  const named = yield* flatMapSteps(accounts, ({ account_id, name, primary_domain, all_known_domains }) => {
    if (companies.standing(account_id) !== account_id) return []
    const domains = [primary_domain, ...(all_known_domains ?? [])].filter(domain => domain !== null)
    return [{ id: account_id, name, domains }]
  })
  return yield* nameSteps(named, words)
}
