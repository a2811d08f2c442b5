import type { Steps } from '#lib/steps'
import type { Activity, WorkspaceAccount } from '#schema/identity'
import { type AccountIndex, accountIndexSteps, accountsOfPersons, indexAccounts } from './account-index.ts'
import { accountsOfWorkspaces, agencyDomainsOf, dominantDomains, workspaceAccountSteps } from './accounts.ts'
import type { AccountCompanies } from './companies/account-companies.ts'
import { activeInMany, type DominantDomain } from './dominant-domain.ts'
import type { IdentityRow, IdentityTables } from './identity-tables.ts'
import type { JoinedPersons } from './persons.ts'
import { type Asked, type CompanyEvidence, peopleOf } from './resolve-fully.ts'
import { busyPersons, type WorkspaceFacts, workspaceFactSteps } from './workspaces/workspace-facts.ts'
import { workspaceLinkSteps } from './workspaces/workspace-links.ts'

type People = Pick<JoinedPersons, 'persons' | 'personOfUser'>

/** Rows of one workspace, in the order of their tables. */
type Rows = Readonly<{
  memberships: IdentityRow<'memberships'>[]
  users: IdentityRow<'users'>[]
  subscriptions: IdentityRow<'subscriptions'>[]
}>

/** What persons say of companies, by those persons that the decisions in force make. */
type Base = Readonly<{
  people: JoinedPersons
  facts: readonly WorkspaceFacts[]
  busy: ReadonlySet<number>
  /** Persons who are active in more workspaces than one company has. */
  active: ReadonlySet<number>
  index: AccountIndex
  dominant: ReadonlyMap<string, DominantDomain>
  agencies: ReadonlySet<string>
  accounts: ReadonlyMap<string, readonly WorkspaceAccount[]>
}>

/**
 * What tables and persons say of companies, found anew for the workspaces of persons that are others than at first; all other
 * workspaces say what they said. Pairs of workspaces are all looked at, since a name or a person may pair any two.
 *
 * Persons are numbered by those at first, others beyond them: equal numbers are equal persons, and nothing else is asked of a number.
 *
 * Source: docs/methods/simulate.md, "Who is who".
 */
export class EvidenceFinder {
  private readonly asked: Asked
  private readonly base: Base
  private readonly rows: ReadonlyMap<string, Rows>
  private readonly places: ReadonlyMap<string, number>

  private constructor(asked: Asked, rows: ReadonlyMap<string, Rows>, base: Base) {
    this.asked = asked
    this.rows = rows
    this.places = new Map(asked.dataset.workspaces.map(({ workspace_id }, place) => [workspace_id, place]))
    this.base = base
  }

  /**
   * @param joined persons at first
   * @returns a generator that halts now and then
   */
  static *steps(asked: Asked, joined: People): Steps<EvidenceFinder> {
    const rows = rowsByWorkspace(asked.dataset)
    yield
    return new EvidenceFinder(asked, rows, yield* baseSteps(asked, peopleOf(asked, joined)))
  }

  /** Evidence by persons of the same users. */
  *of(people: People): Steps<CompanyEvidence> {
    const { base, asked } = this
    const moved = movedPersons(base.people, people)
    const touched = this.touchedBy(moved)
    yield
    const ground = { ...asked, ...this.part(touched), activity: activityWithin(asked.options.activity, touched) }
    const personOfUser = new Numbers(base.people.personOfUser, moved)
    const facts = [...base.facts]
    for (const own of yield* workspaceFactSteps({ ...ground, personOfUser, busy: base.busy }))
      facts[this.places.get(own.id) ?? 0] = own
    yield
    const found = yield* workspaceLinkSteps(facts)
    const joined = { ...base.people, personOfUser }
    return { ...found, accounts: this.accountsOf({ ...ground, joined }, touched, moved) }
  }

  /** Accounts of all workspaces where other rows of accounts are one company than at first. */
  accountsUnder(people: People, companies: AccountCompanies): readonly WorkspaceAccount[] {
    const { asked, base } = this
    const { dataset, emailOf, read, words, options } = asked
    const moved = movedPersons(base.people, people)
    const joined = { ...base.people, personOfUser: new Numbers(base.people.personOfUser, moved) }
    const index = indexAccounts(dataset, joined, emailOf, { read, words }, companies)
    const found = { ...asked, activity: options.activity, companies, joined, index }
    // Whose people are where, and who pays for whom, rests on no account.
    return accountsOfWorkspaces(
      moved.size === 0 ? { ...found, dominant: base.dominant, agencies: base.agencies } : found,
    )
  }

  /** The workspaces that a person who is another one belongs to, made or owns. */
  private touchedBy(moved: ReadonlyMap<string, number>): ReadonlySet<string> {
    const touched = new Set<string>()
    if (moved.size === 0) return touched
    for (const [id, { memberships, users }] of this.rows) {
      if (memberships.some(row => moved.has(row.user_id)) || users.some(row => moved.has(row.user_id))) touched.add(id)
    }
    for (const [id, userIds] of this.asked.options.activity) if (userIds.some(user => moved.has(user))) touched.add(id)
    for (const { workspace_id, creator_user_id, owner_user_id } of this.asked.dataset.workspaces)
      if (moved.has(creator_user_id ?? owner_user_id ?? '')) touched.add(workspace_id)
    return touched
  }

  /** The tables as far as some workspaces go. */
  private part(touched: ReadonlySet<string>): Readonly<{ dataset: IdentityTables }> {
    const { dataset } = this.asked
    const rows = [...touched].flatMap(id => this.rows.get(id) ?? [])
    return {
      dataset: {
        ...dataset,
        workspaces: dataset.workspaces.filter(({ workspace_id }) => touched.has(workspace_id)),
        memberships: rows.flatMap(own => own.memberships),
        users: rows.flatMap(own => own.users),
        subscriptions: rows.flatMap(own => own.subscriptions),
      },
    }
  }

  private accountsOf(
    ground: Pick<
      Parameters<typeof accountsOfWorkspaces>[0],
      'dataset' | 'joined' | 'emailOf' | 'read' | 'words' | 'activity'
    >,
    touched: ReadonlySet<string>,
    moved: ReadonlyMap<string, number>,
  ): readonly WorkspaceAccount[] {
    const { base, asked } = this
    const dominant = new Map(base.dominant)
    for (const id of touched) dominant.delete(id)
    for (const [id, found] of dominantDomains({ ...ground, busy: base.active })) dominant.set(id, found)
    const agencies = agencyDomainsOf(asked, dominant)
    const index = { ...base.index, byPerson: this.accountsByPerson(ground.joined, moved) }
    // Whom a domain pays for may be told of any workspace.
    const isSame = agencies.size === base.agencies.size && [...agencies].every(domain => base.agencies.has(domain))
    if (!isSame)
      return accountsOfWorkspaces({
        ...asked,
        joined: ground.joined,
        activity: asked.options.activity,
        index,
        dominant,
        agencies,
      })
    const found = accountsOfWorkspaces({ ...ground, dominant, agencies, index })
    const own = Map.groupBy(found, ({ workspaceId }) => workspaceId)
    return asked.dataset.workspaces.flatMap(
      ({ workspace_id: id }) => (touched.has(id) ? own.get(id) : base.accounts.get(id)) ?? [],
    )
  }

  private accountsByPerson(joined: JoinedPersons, moved: ReadonlyMap<string, number>): AccountIndex['byPerson'] {
    const { asked, base } = this
    const { dataset, emailOf, read, words } = asked
    if (moved.size === 0) return base.index.byPerson
    const users = dataset.users
    const addresses = new Set([...moved.keys()].map(id => emailOf.get(id)?.canonical ?? ''))
    // An address stands for the last of its users, whoever the others are.
    const sharing = new Map([...emailOf].filter(([, { canonical }]) => addresses.has(canonical)))
    const own = [...users].filter(({ user_id }) => moved.has(user_id))
    const keys = new Set(own.map(({ contact_id }) => contact_id))
    const contacts = [...dataset.contacts].filter(
      ({ contact_id, user_id, email }) =>
        keys.has(contact_id) || moved.has(user_id ?? '') || addresses.has(read(email).canonical),
    )
    const found = accountsOfPersons({ users: own, contacts }, joined, sharing, {
      read,
      words,
      companies: asked.companies,
    })
    const numbers = new Set(moved.values())
    const byPerson = new Map(base.index.byPerson)
    for (const [person, accounts] of found) if (numbers.has(person)) byPerson.set(person, accounts)
    return byPerson
  }
}

function* baseSteps(asked: Asked, people: JoinedPersons): Steps<Base> {
  const { dataset, emailOf, read, words, options } = asked
  const { activity } = options
  const ground = { dataset, activity, personOfUser: people.personOfUser, emailOf, read, words }
  const facts = yield* workspaceFactSteps(ground)
  const busy = busyPersons(ground)
  const index = yield* accountIndexSteps(dataset, people, emailOf, { read, words }, asked.companies)
  const dominant = dominantDomains({ activity, joined: people, emailOf })
  const agencies = agencyDomainsOf(asked, dominant)
  const known = { index, joined: people, dominant, agencies }
  const accounts = yield* workspaceAccountSteps({ dataset, emailOf, read, words, activity, ...known })
  return {
    people,
    facts,
    busy,
    active: activeInMany(activity, people),
    index,
    dominant,
    agencies,
    accounts: Map.groupBy(accounts, ({ workspaceId }) => workspaceId),
  }
}

function rowsByWorkspace({ memberships, users, subscriptions }: IdentityTables): ReadonlyMap<string, Rows> {
  const rows = new Map<string, Rows>()
  const of = (id: string): Rows => {
    const known = rows.get(id) ?? { memberships: [], users: [], subscriptions: [] }
    rows.set(id, known)
    return known
  }
  for (const row of memberships) of(row.workspace_id).memberships.push(row)
  for (const row of users) if (row.workspace_id !== null) of(row.workspace_id).users.push(row)
  for (const row of subscriptions) if (row.workspace_id !== null) of(row.workspace_id).subscriptions.push(row)
  return rows
}

function activityWithin(activity: Activity, touched: ReadonlySet<string>): Activity {
  return new Map([...touched].flatMap(id => (activity.has(id) ? [[id, activity.get(id) ?? []] as const] : [])))
}

/** Users of persons that are others than at first, and a number beyond all of those for each of these persons. */
function movedPersons({ persons: before, personOfUser }: People, { persons }: People): ReadonlyMap<string, number> {
  const moved = new Map<string, number>()
  for (const [i, { userIds }] of persons.entries()) {
    const at = personOfUser.get(userIds[0] ?? '') ?? -1
    const isSame =
      before[at]?.userIds.length === userIds.length &&
      (userIds.length === 1 || userIds.every(user => personOfUser.get(user) === at))
    if (!isSame) for (const user of userIds) moved.set(user, before.length + i)
  }
  return moved
}

/** Numbers of persons by user: those at first, and others in their place. */
class Numbers extends Map<string, number> {
  private readonly first: ReadonlyMap<string, number>
  private readonly moved: ReadonlyMap<string, number>

  constructor(first: ReadonlyMap<string, number>, moved: ReadonlyMap<string, number>) {
    super()
    this.first = first
    this.moved = moved
  }

  override get(user: string): number | undefined {
    return this.moved.get(user) ?? this.first.get(user)
  }
}
