import { eachInSteps, finish, flatMapSteps, type Steps } from '#lib/steps'
import { normaliseName } from '#lib/text'
import { calendarOf, type Instant, instantOfMoment, type Moment } from '#lib/time'
import type { Activity } from '#schema/identity'
import { PAID_STATUS, SUBSCRIPTION_STATUS, wordsOf } from '#schema/known-words'
import { readTaxId } from '../companies/tax-id.ts'
import { corporateDomainBy, type EmailReading } from '../email.ts'
import type { IdentityRow, IdentityTables } from '../identity-tables.ts'
import { ENVIRONMENT_TYPE_WORDS, PROD_ENVIRONMENT_WORDS } from '../reference/workspace-words.ts'
import type { Words } from '../words/words.ts'
import { readWorkspaceName, type WorkspaceName } from './workspace-name.ts'

/** What is known of one workspace, for telling which belong together. */
export type WorkspaceFacts = Readonly<{
  id: string
  name: WorkspaceName
  /** `prod`, or the environment that type or name say. */
  environment: string | null
  ssoTenant: string | null
  ssoDomain: string | null
  billingEntities: ReadonlySet<string>
  taxId: string | null
  card: string | null
  billingDomain: string | null
  /** The corporate domain most members have, and whether three or more and 60 % of those with one have it. */
  dominantDomain: string | null
  isDominant: boolean
  creator: number | null
  createdAt: Instant | null
  isPaid: boolean
  /** Persons, as indexes. */
  members: ReadonlySet<number>
  /** Members of another company than the one the workspace is of. */
  outsiders: ReadonlySet<number>
  /** Members per corporate domain. */
  domains: ReadonlyMap<string, number>
  /** Person -> its corporate domain, where it has one. */
  domainOf: ReadonlyMap<number, string>
  /** Latest activity of a member. */
  lastActive: Instant | null
}>

/** What the facts are read from. */
export type FactGround = Readonly<{
  dataset: IdentityTables
  activity: Activity
  personOfUser: ReadonlyMap<string, number>
  emailOf: ReadonlyMap<string, EmailReading>
  read: (text: string | null) => EmailReading
  /** Lists that values are read by; without them the shipped ones. */
  words: Words
  /** Persons known to be in more workspaces than one company has, where rows of some workspaces alone are given. */
  busy?: ReadonlySet<number>
}>

/** Workspaces of one person before it says nothing about them: staff, agencies. */
export const MOST_WORKSPACES_OF_PERSON = 20
const LEAST_DOMINANT = 3
const LEAST_SHARE = 0.6
const ENVIRONMENT_TYPES = new Set(ENVIRONMENT_TYPE_WORDS.values)
const PROD_WORDS = new Set(PROD_ENVIRONMENT_WORDS.values)
/** `pre-prod` and `non-production` are one word each. */
const NOT_PROD = /(non|pre)_(prod)/g
const PAID: ReadonlySet<string> = new Set(PAID_STATUS.paid)
const STATUSES = wordsOf(SUBSCRIPTION_STATUS)

/**
 * Gathers what is known of each workspace.
 *
 * @param ground tables, who is active where, persons
 * @returns a generator that halts now and then; the facts are in the order of the workspaces
 *
 * Source: docs/methods/identity.md, "Workspaces".
 */
export function* workspaceFactSteps(ground: FactGround): Steps<readonly WorkspaceFacts[]> {
  const members = yield* memberSteps(ground)
  const busy = new Set([...busyAmong(members), ...(ground.busy ?? [])])
  yield
  const entities = yield* billingEntitySteps(ground)
  const subscribed = yield* payingWorkspaceSteps(ground)
  const factsOf = factReader(ground, { members, busy, entities, subscribed })
  return yield* flatMapSteps(ground.dataset.workspaces, workspace => [factsOf(workspace)])
}

type KnownFacts = Readonly<{
  members: ReadonlyMap<string, Members>
  busy: ReadonlySet<number>
  entities: ReadonlyMap<string, ReadonlySet<string>>
  subscribed: ReadonlySet<string>
}>

function factReader(
  ground: FactGround,
  { members, busy, entities, subscribed }: KnownFacts,
): (workspace: IdentityRow<'workspaces'>) => WorkspaceFacts {
  const lists = ground.words
  const known = (value: string | null): string | null => (lists.isPlaceholder(value) ? null : value)
  return workspace => {
    const id = workspace.workspace_id
    const own = members.get(id) ?? NOBODY
    const name = readWorkspaceName(workspace.workspace_name, lists)
    const domains = domainCounts(own, busy)
    const corporate = [...domains.values()].reduce((sum, count) => sum + count, 0)
    const { dominantDomain, isDominant } = dominanceOf(domains, corporate)
    const outside = [...own.domainOf].filter(([, domain]) => isDominant && domain !== dominantDomain)
    return {
      id,
      name,
      environment: environmentOf(workspace, name),
      ssoTenant: known(workspace.sso_tenant)?.trim().toLowerCase() ?? null,
      ssoDomain: corporateDomainBy(ground.read, workspace.sso_domain),
      billingEntities: entities.get(id) ?? new Set(),
      taxId: readTaxId(workspace.tax_id, lists),
      card: known(workspace.card_fingerprint),
      billingDomain: ground.read(workspace.billing_contact_email).corporateDomain,
      dominantDomain,
      isDominant,
      creator: personOf(ground, workspace.creator_user_id ?? workspace.owner_user_id),
      createdAt: instantOf(workspace.created_at),
      isPaid: isPaid(workspace) || subscribed.has(id),
      members: own.persons,
      outsiders: new Set(outside.map(([person]) => person)),
      domains,
      domainOf: own.domainOf,
      lastActive: own.lastActive,
    }
  }
}

/**
 * The corporate domain that most people of a workspace have.
 *
 * @param domains people per domain
 * @param people all with a corporate domain
 * @returns null where two have as many; `isDominant` where three or more and 60 % of the people have it
 *
 * Source: docs/methods/identity.md, "Workspaces".
 */
export function dominanceOf(
  domains: ReadonlyMap<string, number>,
  people: number,
): Pick<WorkspaceFacts, 'dominantDomain' | 'isDominant'> {
  const [top, second] = [...domains].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  if (top === undefined || top[1] === second?.[1]) return { dominantDomain: null, isDominant: false }
  return { dominantDomain: top[0], isDominant: top[1] >= LEAST_DOMINANT && top[1] >= LEAST_SHARE * people }
}

const UTC = calendarOf('UTC')

function instantOf(moment: Moment | null): Instant | null {
  return moment === null ? null : instantOfMoment(moment, UTC)
}

type MemberRow = Pick<IdentityRow<'users'>, 'workspace_id' | 'user_id' | 'last_active_at'>
type Members = { persons: Set<number>; domainOf: Map<number, string>; lastActive: Instant | null }
const NOBODY: Members = { persons: new Set(), domainOf: new Map(), lastActive: null }

function* memberSteps({ dataset, activity, personOfUser, emailOf }: FactGround): Steps<ReadonlyMap<string, Members>> {
  const all = new Map<string, Members>()
  const add = (workspaceId: string | null, userId: string, at: Instant | null): void => {
    const person = personOfUser.get(userId)
    if (workspaceId === null || person === undefined) return
    let own = all.get(workspaceId)
    if (own === undefined) {
      own = { persons: new Set(), domainOf: new Map(), lastActive: null }
      all.set(workspaceId, own)
    }
    if (at !== null && (own.lastActive === null || at > own.lastActive)) own.lastActive = at
    own.persons.add(person)
    const reading = emailOf.get(userId)
    const domain = reading?.guard === null ? reading.corporateDomain : null
    const known = own.domainOf.get(person)
    // Whatever the order of the records: of several domains the same one everywhere.
    if (domain !== null && (known === undefined || domain < known)) own.domainOf.set(person, domain)
  }
  for (const rows of [dataset.memberships, dataset.users])
    yield* eachInSteps<MemberRow>(rows, ({ workspace_id, user_id, last_active_at }) =>
      add(workspace_id, user_id, instantOf(last_active_at)),
    )
  yield* eachInSteps(activity, ([workspaceId, userIds]) => {
    for (const userId of userIds) add(workspaceId, userId, null)
  })
  return all
}

/** Persons in more workspaces than one company has: staff and agencies. They speak for none. */
export function busyPersons(ground: FactGround): ReadonlySet<number> {
  return busyAmong(finish(memberSteps(ground)))
}

function busyAmong(members: ReadonlyMap<string, Members>): ReadonlySet<number> {
  const counts = new Map<number, number>()
  for (const { persons } of members.values())
    for (const person of persons) counts.set(person, (counts.get(person) ?? 0) + 1)
  return new Set([...counts].filter(([, count]) => count > MOST_WORKSPACES_OF_PERSON).map(([person]) => person))
}

function domainCounts({ domainOf }: Members, busy: ReadonlySet<number>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [person, domain] of domainOf) if (!busy.has(person)) counts.set(domain, (counts.get(domain) ?? 0) + 1)
  return counts
}

function* billingEntitySteps({ dataset, words }: FactGround): Steps<ReadonlyMap<string, ReadonlySet<string>>> {
  const entities = new Map<string, Set<string>>()
  const add = (workspaceId: string | null, entity: string | null): void => {
    if (workspaceId === null || words.isPlaceholder(entity)) return
    entities.set(workspaceId, (entities.get(workspaceId) ?? new Set()).add(entity as string)) // no placeholder is null
  }
  yield* eachInSteps(dataset.workspaces, ({ workspace_id, billing_entity_id }) => add(workspace_id, billing_entity_id))
  yield* eachInSteps(dataset.subscriptions, ({ workspace_id, customer_id }) => add(workspace_id, customer_id))
  return entities
}

function environmentOf({ workspace_type }: IdentityRow<'workspaces'>, { environment }: WorkspaceName): string | null {
  const words = normaliseName(workspace_type ?? '')
    .replace(NOT_PROD, '$1$2')
    .split(/[_0-9]+/)
  if (words.some(word => ENVIRONMENT_TYPES.has(word))) return words.filter(word => word !== '').join(' ')
  return environment ?? (words.some(word => PROD_WORDS.has(word)) ? 'prod' : null)
}

/** Workspaces of a subscription that somebody pays for, as far as the file tells. One that costs nothing is not paid. */
function* payingWorkspaceSteps({ dataset }: FactGround): Steps<ReadonlySet<string>> {
  const paying = new Set<string>()
  yield* eachInSteps(dataset.subscriptions, ({ workspace_id, status, mrr, canceled_at }) => {
    const known = STATUSES.get(normaliseName(status ?? ''))
    const isLive = known === 'active' || known === 'past_due'
    const isOpen = known === undefined && canceled_at === null && mrr !== null
    if (workspace_id !== null && (isLive || isOpen) && mrr !== 0) paying.add(workspace_id)
  })
  return paying
}

function isPaid({ paid_status, mrr }: IdentityRow<'workspaces'>): boolean {
  return (mrr !== null && mrr > 0) || PAID.has(normaliseName(paid_status ?? ''))
}

function personOf({ personOfUser }: FactGround, userId: string | null): number | null {
  return userId === null ? null : (personOfUser.get(userId) ?? null)
}
