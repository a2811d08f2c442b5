import { eachInSteps, finish, flatMapSteps, type Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import type { Activity, Evidence, WorkspaceAccount } from '#schema/identity'
import { type Agreement, weighAgreements } from './account-evidence.ts'
import { type AccountIndex, entityKey, taxKeys } from './account-index.ts'
import type { AccountCompanies } from './companies/account-companies.ts'
import { activeInMany, type DominantDomain, dominantDomainOf, wilsonInterval } from './dominant-domain.ts'
import { corporateDomainBy, type EmailReading } from './email.ts'
import type { IdentityRow, IdentityTables } from './identity-tables.ts'
import type { JoinedPersons } from './persons.ts'
import type { Words } from './words/words.ts'

const ASSIGN_FROM_BITS = 4.5
/** How far ahead of the second an account of a workspace is assigned. */
export const LEAST_LEAD_BITS = 3
const LEAST_CONTACTS = 2

/** All that the accounts of workspaces are judged from. */
export type AccountGround = Readonly<{
  dataset: IdentityTables
  index: AccountIndex
  joined: JoinedPersons
  emailOf: ReadonlyMap<string, EmailReading>
  read: (text: string | null) => EmailReading
  /** Lists that values are read by; without them the shipped ones. */
  words: Words
  activity: Activity
  /** Dominant domains, where they are known; else they are found. */
  dominant?: ReadonlyMap<string, DominantDomain>
  /** Domains that pay for others, where they are known or some workspaces alone are given; else they are found among all. */
  agencies?: ReadonlySet<string>
}>

/**
 * The account each workspace belongs to, judged from the evidence of docs/methods/identity.md, "Accounts".
 *
 * Assigned from +4.5 bits and 3 bits ahead of the second; else `ambiguous`, with every candidate that is less than
 * 3 bits behind the first. An `account_id` that the data state wins over everything, also one that no account row has.
 *
 * @param ground the tables and their indexes
 * @returns a generator that halts now and then; rows are sorted by workspace, the likelier account first; a workspace without any evidence
 *   has none
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function* workspaceAccountSteps(ground: AccountGround): Steps<readonly WorkspaceAccount[]> {
  const dominant = ground.dominant ?? (yield* dominantDomainSteps(ground))
  const agencies = ground.agencies ?? agencyDomainsOf(ground, dominant)
  yield
  const membersOf = yield* memberSteps(ground)
  const billingOf = yield* billingKeySteps(ground)
  return yield* flatMapSteps(ground.dataset.workspaces, workspace => {
    const id = workspace.workspace_id
    const stated = statedAccount(workspace, ground.index, ground.words)
    if (stated !== null) return [stated]
    return verdictOf(id, ground.index.companies, [
      ...billingAgreements(billingOf.get(id), ground.index),
      ...domainAgreements('sso_domain', corporateDomainBy(ground.read, workspace.sso_domain), ground.index),
      ...billingDomainAgreements(workspace, agencies, ground),
      ...contactAgreements(membersOf.get(id), ground.index),
      ...majorityAgreements(dominant.get(id), ground.index),
    ])
  })
}

/** The account each workspace belongs to, in one go. */
export function accountsOfWorkspaces(ground: AccountGround): readonly WorkspaceAccount[] {
  return finish(workspaceAccountSteps(ground))
}

type DominantGround = Pick<AccountGround, 'activity' | 'joined' | 'emailOf'> &
  Readonly<{
    /** Persons known to be active in very many workspaces, where the activity of some alone is given. */
    busy?: ReadonlySet<number>
  }>

/** Dominant domain per workspace that has one. */
export function dominantDomains(ground: DominantGround): Map<string, DominantDomain> {
  return finish(dominantDomainSteps(ground))
}

function* dominantDomainSteps(ground: DominantGround): Steps<Map<string, DominantDomain>> {
  const { activity, joined, emailOf } = ground
  const dominant = new Map<string, DominantDomain>()
  const busy = new Set([...activeInMany(activity, joined), ...(ground.busy ?? [])])
  yield
  yield* eachInSteps(activity, ([workspaceId, userIds]) => {
    const found = dominantDomainOf(userIds, joined, emailOf, busy)
    if (found !== null) dominant.set(workspaceId, found)
  })
  return dominant
}

/**
 * The account that a workspace states itself.
 *
 * @param workspace its `account_id`; a placeholder counts only where an account of that id exists
 * @returns null where none is stated
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function statedAccount(
  workspace: IdentityRow<'workspaces'>,
  index: Pick<AccountIndex, 'ids' | 'companies'> | null,
  { isPlaceholder }: Words,
): WorkspaceAccount | null {
  const { workspace_id, account_id } = workspace
  if (account_id === null || account_id === '') return null
  if (index !== null && isPlaceholder(account_id) && !index.ids.has(account_id)) return null
  const accountId = index?.companies.standing(account_id) ?? account_id
  const further = accountId === account_id || index === null ? [] : companyLines(index.companies, accountId)
  const evidence = [{ comparison: 'account_id', value: account_id, bits: 0 }, ...further]
  return { workspaceId: workspace_id, accountId, status: 'given', bits: null, evidence }
}

/** Billing records that are the company of an account: what names them speaks for it. */
function companyLines(companies: AccountCompanies, accountId: string): readonly Evidence[] {
  return companies.billingOf(accountId).map(value => ({ comparison: 'same_company', value, bits: 0 }))
}

function verdictOf(
  workspaceId: string,
  companies: AccountCompanies,
  agreements: readonly Agreement[],
): WorkspaceAccount[] {
  const byAccount = Map.groupBy(agreements, ({ accountId }) => accountId)
  const candidates = [...byAccount]
    .map(([accountId, own]) => {
      const { bits, evidence } = weighAgreements(own)
      return { workspaceId, accountId, bits, evidence: [...evidence, ...companyLines(companies, accountId)] }
    })
    .sort((a, b) => b.bits - a.bits || compareCodePoints(a.accountId, b.accountId))
  const first = candidates[0]
  if (first === undefined) return []
  const close = candidates.filter(({ bits }) => bits > first.bits - LEAST_LEAD_BITS)
  const isClear = first.bits >= ASSIGN_FROM_BITS && close.length === 1
  return isClear ? [{ ...first, status: 'auto' }] : close.map(candidate => ({ ...candidate, status: 'ambiguous' }))
}

function billingAgreements(keys: ReadonlySet<string> | undefined, index: AccountIndex): Agreement[] {
  const found = new Map<string, Agreement>()
  for (const key of keys ?? []) {
    const stated = key.startsWith('account ')
      ? [index.companies.standing(key.slice('account '.length))]
      : index.byBilling.get(key)
    for (const accountId of stated ?? [])
      if (!found.has(accountId))
        found.set(accountId, { comparison: 'billing_entity', accountId, value: key, domain: null })
  }
  return [...found.values()]
}

/** Billing identifiers of each workspace: its own, those of its subscriptions, and the accounts these are billed to. */
function* billingKeySteps({
  dataset: { workspaces, subscriptions },
  words,
}: AccountGround): Steps<Map<string, Set<string>>> {
  const keys = new Map<string, Set<string>>()
  const add = (workspaceId: string, key: string | null): void => {
    if (key !== null) keys.set(workspaceId, (keys.get(workspaceId) ?? new Set()).add(key))
  }
  yield* eachInSteps(workspaces, ({ workspace_id, billing_entity_id, tax_id }) => {
    add(workspace_id, entityKey(billing_entity_id, words))
    for (const key of taxKeys(tax_id, words).sought) add(workspace_id, key)
  })
  yield* eachInSteps(subscriptions, ({ workspace_id, account_id, customer_id }) => {
    if (workspace_id === null) return
    add(workspace_id, entityKey(customer_id, words))
    if (!words.isPlaceholder(account_id)) add(workspace_id, `account ${account_id}`)
  })
  return keys
}

function domainAgreements(
  comparison: 'sso_domain' | 'billing_domain',
  domain: string | null,
  index: AccountIndex,
): Agreement[] {
  if (domain === null) return []
  return (index.byDomain.get(domain) ?? []).map(accountId => ({ comparison, accountId, value: domain, domain }))
}

function billingDomainAgreements(
  workspace: IdentityRow<'workspaces'>,
  agencies: ReadonlySet<string>,
  { index, read }: AccountGround,
): Agreement[] {
  const domain = read(workspace.billing_contact_email).corporateDomain
  return domain === null || agencies.has(domain) ? [] : domainAgreements('billing_domain', domain, index)
}

/** Domains that pay for workspaces of two or more other companies. */
export function agencyDomainsOf(
  { dataset, read }: Pick<AccountGround, 'dataset' | 'read'>,
  dominant: ReadonlyMap<string, DominantDomain>,
): ReadonlySet<string> {
  const clientsOf = new Map<string, Set<string>>()
  for (const { workspace_id, billing_contact_email } of dataset.workspaces) {
    const payer = read(billing_contact_email).corporateDomain
    const client = dominant.get(workspace_id)?.domain
    if (payer !== null && client !== undefined && client !== payer)
      clientsOf.set(payer, (clientsOf.get(payer) ?? new Set()).add(client))
  }
  return new Set([...clientsOf].filter(([, clients]) => clients.size >= 2).map(([payer]) => payer))
}

type MemberRow = Pick<IdentityRow<'users'>, 'workspace_id' | 'user_id'>

function* memberSteps({ dataset, joined }: AccountGround): Steps<Map<string, Set<number>>> {
  const members = new Map<string, Set<number>>()
  const add = (workspaceId: string | null, userId: string): void => {
    const person = joined.personOfUser.get(userId)
    if (workspaceId === null || person === undefined) return
    const own = members.get(workspaceId)
    if (own === undefined) members.set(workspaceId, new Set([person]))
    else own.add(person)
  }
  for (const rows of [dataset.memberships, dataset.users])
    yield* eachInSteps<MemberRow>(rows, ({ workspace_id, user_id }) => add(workspace_id, user_id))
  return members
}

function contactAgreements(members: ReadonlySet<number> | undefined, index: AccountIndex): Agreement[] {
  const counts = new Map<string, number>()
  for (const person of members ?? [])
    for (const accountId of index.byPerson.get(person) ?? []) counts.set(accountId, (counts.get(accountId) ?? 0) + 1)
  return [...counts]
    .filter(([, persons]) => persons >= LEAST_CONTACTS)
    .map(([accountId, persons]) => ({
      comparison: 'contacts',
      accountId,
      value: `${persons} members are contacts of the account`,
      domain: null,
    }))
}

function majorityAgreements(dominant: DominantDomain | undefined, index: AccountIndex): Agreement[] {
  if (dominant === undefined) return []
  const { domain, persons, of } = dominant
  const [accountId, ...others] = index.byDomain.get(domain) ?? []
  if (accountId === undefined || others.length > 0) return []
  const [low, high] = wilsonInterval(persons, of).map(share => Math.round(share * 100))
  const value = `${domain}: ${persons} of ${of} persons (95 % interval of the share ${low} to ${high} %)`
  return [{ comparison: 'user_domain', accountId, value, domain }]
}
