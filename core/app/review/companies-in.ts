import type { Output } from '#contract/contract'
import { corporateDomainBy, emailReader, pairSentence, rivalsSentence } from '#identity'
import { AppError } from '#lib/errors'
import { append } from '#lib/lists-by-key'
import { compareCodePoints } from '#lib/text'
import type { AccountPair, AccountRivals } from '#schema/identity'
import { type Readable, readRecord, rowsBy, walkTable } from '#store'
import { rivalsOfAccounts } from '../account-companies.ts'
import type { Pair } from './answers.ts'
import type { Desk } from './desk.ts'
import { recordName } from './names.ts'
import type { Room } from './room.ts'

type Composition = NonNullable<Output<'review.card'>['composition']>

/** People of a second company from whom on its account is a second one of the workspace: as many as a majority needs at least. */
const LEAST_OF_SECOND = 3

/**
 * Whose people are in a workspace: companies by how many people they have there, each with the one account that has its domain. An
 * account other than the workspace's own with three or more people is a second one; nothing is assigned or routed by it.
 */
export function compositionOf(room: Room, { question, a }: Pair): Composition | null {
  if (question !== 'accounts') return null
  return composed(room, a, membersOf(room.db, a))
}

/** A workspace with its account, and whose people are in it. @throws AppError usage/bad-argument for one that is not there */
export function workspaceCompanies(room: Room, id: string): Output<'identity.workspace'> {
  const { db, desk, state } = room
  if (readRecord(db, 'workspaces', [id]) === null)
    throw new AppError('usage/bad-argument', `no row of the workspaces table has the id ${id}`, { workspace: id })
  const account = desk.found.accountOfWorkspace.get(id)
  return {
    state,
    workspace: recordName(db, 'workspace', id),
    account: account === undefined ? null : recordName(db, 'account', account),
    composition: composed(room, id, membersOf(db, id)),
  }
}

/** Whose people are in each workspace that has any, by its id: members are read once for all. */
export function* allPeopled(room: Room): Iterable<readonly [workspaceId: string, peopled: Peopled]> {
  const members = new Map<string, Set<string>>()
  for (const table of ['memberships', 'users'] as const)
    for (const { workspace_id, user_id } of walkTable(room.db, table, ['workspace_id', 'user_id'])) {
      if (workspace_id === null) continue
      const own = members.get(workspace_id)
      if (own === undefined) members.set(workspace_id, new Set([user_id]))
      else own.add(user_id)
    }
  for (const [workspaceId, own] of members)
    yield [workspaceId, peopled(room, workspaceId, peopleByDomain(room, [...own]))]
}

function composed(room: Room, workspaceId: string, members: readonly string[]): Composition {
  const people = peopleByDomain(room, members)
  return {
    ...peopled(room, workspaceId, people),
    pairs: pairsOf(room, workspaceId),
    rivals: rivalsOf(room, workspaceId, [...people.byDomain.keys()]),
  }
}

/** The companies alone, without what is between their accounts. */
type Peopled = Pick<Composition, 'companies' | 'others'>

function peopled(room: Room, workspaceId: string, { byDomain, without }: ReturnType<typeof peopleByDomain>): Peopled {
  const { db, desk } = room
  const own = desk.found.accountOfWorkspace.get(workspaceId) ?? null
  const companies = [...byDomain].map(([domain, persons]) => {
    const accountIds = accountsByDomain(room).get(domain) ?? []
    const [accountId, ...others] = accountIds
    const isKnown = accountId !== undefined && others.length === 0
    return {
      domain,
      persons: persons.size,
      account: isKnown ? recordName(db, 'account', accountId) : null,
      accounts: accountIds.length,
      isSecond: isKnown && own !== null && accountId !== own && persons.size >= LEAST_OF_SECOND,
    }
  })
  return {
    companies: companies.sort((x, y) => y.persons - x.persons || compareCodePoints(x.domain, y.domain)),
    others: without.size,
  }
}

/** What is known of accounts, by the workspace or the domain that it is shown for. */
type Known = Readonly<{
  /** Accounts by workspace, candidates among them. */
  accountsOf: ReadonlyMap<string, ReadonlySet<string>>
  /** Pairs of an account and a billing record, by either. */
  pairsOf: ReadonlyMap<string, readonly AccountPair[]>
  rivalsOfWorkspace: ReadonlyMap<string, readonly AccountRivals[]>
  rivalsOfDomain: ReadonlyMap<string, readonly AccountRivals[]>
}>

const knownOf = new WeakMap<Desk, Known>()

function knownAccounts({ db, desk }: Room): Known {
  const before = knownOf.get(desk)
  if (before !== undefined) return before
  const [pairsOf, rivalsOfWorkspace] = [new Map<string, AccountPair[]>(), new Map<string, AccountRivals[]>()]
  const rivalsOfDomain = new Map<string, AccountRivals[]>()
  for (const pair of desk.found.companies.pairs)
    for (const id of [pair.accountId, pair.billingId]) append(pairsOf, id, pair)
  for (const rivals of rivalsOfAccounts(db, desk.found)) {
    for (const id of rivals.workspaceIds) append(rivalsOfWorkspace, id, rivals)
    for (const domain of rivals.domains) append(rivalsOfDomain, domain, rivals)
  }
  const found = { accountsOf: accountsByWorkspace(desk), pairsOf, rivalsOfWorkspace, rivalsOfDomain }
  knownOf.set(desk, found)
  return found
}

/** What is known of the accounts of a workspace as records of several sources. */
function pairsOf(room: Room, workspaceId: string): Composition['pairs'] {
  const { accountsOf, pairsOf: byAccount } = knownAccounts(room)
  const own = [...(accountsOf.get(workspaceId) ?? [])].flatMap(id => byAccount.get(id) ?? [])
  return [...new Set(own)]
    .sort((x, y) => compareCodePoints(x.accountId, y.accountId) || compareCodePoints(x.billingId, y.billingId))
    .map(pair => ({
      account: recordName(room.db, 'account', pair.accountId),
      billing: recordName(room.db, 'account', pair.billingId),
      isOne: pair.isOne,
      sentence: pairSentence(pair),
    }))
}

/** Accounts of two sources that keep each other from the workspace. */
function rivalsOf(room: Room, workspaceId: string, ofPeople: readonly string[]): Composition['rivals'] {
  const { rivalsOfWorkspace, rivalsOfDomain } = knownAccounts(room)
  const own = [
    ...(rivalsOfWorkspace.get(workspaceId) ?? []),
    ...ofPeople.flatMap(domain => rivalsOfDomain.get(domain) ?? []),
  ]
  return [...new Set(own)]
    .sort((x, y) => compareCodePoints(x.a, y.a) || compareCodePoints(x.b, y.b))
    .map(rivals => ({
      a: recordName(room.db, 'account', rivals.a),
      b: recordName(room.db, 'account', rivals.b),
      sentence: rivalsSentence(rivals),
    }))
}

function accountsByWorkspace({ found }: Desk): ReadonlyMap<string, ReadonlySet<string>> {
  const accounts = new Map<string, Set<string>>()
  for (const { workspaceId, accountId } of found.workspaceAccounts)
    accounts.set(workspaceId, (accounts.get(workspaceId) ?? new Set()).add(accountId))
  return accounts
}

function membersOf(db: Readable, workspaceId: string): readonly string[] {
  const rows = [
    ...rowsBy(db, 'memberships', 'workspace_id', [workspaceId]),
    ...rowsBy(db, 'users', 'workspace_id', [workspaceId]),
  ]
  return [...new Set(rows.map(({ user_id }) => user_id))]
}

type People = Readonly<{
  byDomain: ReadonlyMap<string, ReadonlySet<number | string>>
  without: ReadonlySet<number | string>
}>

/** Persons, not users; who has an address of a company and a private one is of the company. */
function peopleByDomain({ db, desk: { found, settings } }: Room, members: readonly string[]): People {
  const read = emailReader(settings.domains, settings.words)
  const byDomain = new Map<string, Set<number | string>>()
  const [placed, all] = [new Set<number | string>(), new Set<number | string>()]
  for (const userId of members) all.add(found.personOfUser.get(userId) ?? userId)
  for (const { user_id, primary_email } of rowsBy(db, 'users', 'user_id', members)) {
    const { corporateDomain } = read(primary_email)
    if (corporateDomain === null) continue
    const person = found.personOfUser.get(user_id) ?? user_id
    byDomain.set(corporateDomain, (byDomain.get(corporateDomain) ?? new Set()).add(person))
    placed.add(person)
  }
  return { byDomain, without: new Set([...all].filter(person => !placed.has(person))) }
}

const known = new WeakMap<Desk, ReadonlyMap<string, readonly string[]>>()

/** Accounts by each of their domains; of a company with several rows the one that stands for it. */
function accountsByDomain({ db, desk }: Room): ReadonlyMap<string, readonly string[]> {
  const before = known.get(desk)
  if (before !== undefined) return before
  const read = emailReader(desk.settings.domains, desk.settings.words)
  const accounts = new Map<string, string[]>()
  const columns = ['account_id', 'primary_domain', 'all_known_domains', 'sso_domain'] as const
  for (const { account_id, primary_domain, all_known_domains, sso_domain } of walkTable(db, 'accounts', columns)) {
    const domains = [primary_domain, ...(all_known_domains ?? []), sso_domain].map(text =>
      corporateDomainBy(read, text),
    )
    const id = desk.found.companies.standing(account_id)
    for (const domain of new Set(domains))
      if (domain !== null) accounts.set(domain, [...new Set([...(accounts.get(domain) ?? []), id])])
  }
  known.set(desk, accounts)
  return accounts
}
