import type { Output } from '#contract/contract'
import { emailReader, pairSentence, rivalsSentence } from '#identity'
import { AppError } from '#lib/errors'
import { compareCodePoints } from '#lib/text'
import { type Readable, readRecord, rowsBy, walkTable } from '#store'
import type { Pair } from './answers.ts'
import { recordName } from './names.ts'
import { candidateOf, shownIn } from './queue.ts'
import { type Room, weighedPair } from './room.ts'
import { rivalsOfWorkspace } from './workspace-rivals.ts'

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
    candidates: [...pairsWith(room, id)].map(pair => candidateOf(room, weighedPair(room, pair))),
  }
}

/** Pairs of a workspace with accounts that it may be of, and with other workspaces. */
function* pairsWith(room: Room, id: string): Generator<Pair> {
  for (const question of ['accounts', 'workspaces'] as const)
    for (const { pair } of shownIn(room, question))
      if (pair.a === id || (question === 'workspaces' && pair.b === id)) yield pair
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
    rivals: rivalsOf(room, { workspaceId, ofPeople: [...people.byDomain.keys()] }),
  }
}

/** The companies alone, without what is between their accounts. */
type Peopled = Pick<Composition, 'companies' | 'others'>

function peopled(room: Room, workspaceId: string, { byDomain, without }: ReturnType<typeof peopleByDomain>): Peopled {
  const { db, desk } = room
  const own = desk.found.accountOfWorkspace.get(workspaceId) ?? null
  const companies = [...byDomain].map(([domain, persons]) => {
    const accountIds = desk.found.accountsOfDomain.get(domain) ?? []
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

/** What is known of the accounts of a workspace, candidates among them, as records of several sources. */
function pairsOf({ db, desk: { found } }: Room, workspaceId: string): Composition['pairs'] {
  const own = new Set(found.workspaceAccounts.flatMap(row => (row.workspaceId === workspaceId ? [row.accountId] : [])))
  return found.companies.pairs
    .filter(({ accountId, billingId }) => own.has(accountId) || own.has(billingId))
    .map(pair => ({
      account: recordName(db, 'account', pair.accountId),
      billing: recordName(db, 'account', pair.billingId),
      isOne: pair.isOne,
      sentence: pairSentence(pair),
    }))
}

/** Accounts of two sources that keep each other from the workspace. */
function rivalsOf(room: Room, near: Parameters<typeof rivalsOfWorkspace>[1]): Composition['rivals'] {
  return rivalsOfWorkspace(room, near).map(rivals => ({
    a: recordName(room.db, 'account', rivals.a),
    b: recordName(room.db, 'account', rivals.b),
    sentence: rivalsSentence(rivals),
  }))
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
