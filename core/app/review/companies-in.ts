import type { Output } from '#contract/contract'
import { corporateDomainBy, emailReader, pairSentence } from '#identity'
import { AppError } from '#lib/errors'
import { compareCodePoints } from '#lib/text'
import { type Readable, readRecord, rowsBy, walkTable } from '#store'
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
export function* allCompositions(room: Room): Iterable<readonly [workspaceId: string, composition: Composition]> {
  const members = new Map<string, Set<string>>()
  for (const table of ['memberships', 'users'] as const)
    for (const { workspace_id, user_id } of walkTable(room.db, table, ['workspace_id', 'user_id'])) {
      if (workspace_id === null) continue
      const own = members.get(workspace_id)
      if (own === undefined) members.set(workspace_id, new Set([user_id]))
      else own.add(user_id)
    }
  for (const [workspaceId, own] of members) yield [workspaceId, composed(room, workspaceId, [...own])]
}

function composed(room: Room, workspaceId: string, members: readonly string[]): Composition {
  const { db, desk } = room
  const own = desk.found.accountOfWorkspace.get(workspaceId) ?? null
  const { byDomain, without } = peopleByDomain(room, members)
  const companies = [...byDomain].map(([domain, persons]) => {
    const [accountId, ...others] = accountsByDomain(room).get(domain) ?? []
    const isKnown = accountId !== undefined && others.length === 0
    return {
      domain,
      persons: persons.size,
      account: isKnown ? recordName(db, 'account', accountId) : null,
      isSecond: isKnown && own !== null && accountId !== own && persons.size >= LEAST_OF_SECOND,
    }
  })
  return {
    companies: companies.sort((x, y) => y.persons - x.persons || compareCodePoints(x.domain, y.domain)),
    others: without.size,
    pairs: pairsOf(room, workspaceId),
  }
}

/** Accounts by workspace, candidates among them. */
const accountsOf = new WeakMap<Desk, ReadonlyMap<string, ReadonlySet<string>>>()

/** What is known of the accounts of a workspace as records of several sources. */
function pairsOf({ db, desk }: Room, workspaceId: string): Composition['pairs'] {
  const { pairs } = desk.found.companies
  if (pairs.length === 0) return []
  const known = accountsOf.get(desk) ?? accountsByWorkspace(desk)
  accountsOf.set(desk, known)
  const own = known.get(workspaceId)
  return pairs
    .filter(({ accountId, billingId }) => own?.has(accountId) === true || own?.has(billingId) === true)
    .map(pair => ({
      account: recordName(db, 'account', pair.accountId),
      billing: recordName(db, 'account', pair.billingId),
      isOne: pair.isOne,
      sentence: pairSentence(pair),
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
