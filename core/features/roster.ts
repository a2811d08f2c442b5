import { finish, type Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import { type Calendar, type Instant, instantOfMoment, type Moment, readMoment } from '#lib/time'
import { type Dataset, type JudgedRow, type JudgedTables, ROLE_COLUMNS } from '#schema/dataset'
import type { Row } from '#schema/tables'

/** A user's place in a workspace. `role` is the membership's; null where none is given. */
export type MemberLink = Readonly<{ role: string | null; isOwner: boolean }>

/** What a user record says about its owner's role. Users of whom the same is said share one. */
export type UserRole = Pick<JudgedRow<'users'>, (typeof ROLE_COLUMNS)[number]>

/** A user created in a minute in which many were. */
export type Signup = Readonly<{ userId: string; at: Instant; ip: string | null }>

/** Users created in one minute from which a pattern may be seen in them. */
export const CROWD = 100
const MINUTE_MS = 60_000

/**
 * Users and workspaces that exist at asOf, and who belongs where. `U` is what is held of a user, `W` of a workspace; the whole
 * rows where nothing is said.
 */
export type Roster<
  U extends UserRole = Row<'users'>,
  W extends JudgedRow<'workspaces'> = Row<'workspaces'>,
> = Readonly<{
  /** Sorted by id. */
  workspaces: readonly W[]
  /** Workspace id -> position in `workspaces`. */
  workspaceIndex: ReadonlyMap<string, number>
  users: ReadonlyMap<string, U>
  /** Per workspace (by position): user id -> link. */
  members: readonly ReadonlyMap<string, MemberLink>[]
  /** User id -> position of the one workspace it belongs to; users of none or several are not in it. */
  soleWorkspace: ReadonlyMap<string, number>
  /** Users created in a minute in which `CROWD` or more were, in the order of the table. */
  crowdedSignups: readonly Signup[]
  /** When the newest of it came to be, ms; it is the same at every instant from then on up to its own. -Infinity: nothing is dated. */
  since: Instant
}>

/** A roster as far as judging asks: of users their roles alone. */
export type JudgedRoster = Roster<UserRole, JudgedRow<'workspaces'>>

type RosterTables = Pick<JudgedTables, 'users' | 'workspaces' | 'memberships'>

/**
 * Who exists and who belongs where at an instant.
 *
 *   exists(row)   = its created_at (joined_at) is unknown, or at or before asOf
 *   belongs(u, w) = a membership row, users.workspace_id, or workspaces.owner_user_id names the pair, and both exist
 *
 * A user that no row of users describes exists; a workspace exists only with a row. A user whose row is dated after asOf is
 * no member of anything.
 *
 * @param dataset  rows sorted by key
 * @param calendar the model's zone, in which a date without a time begins
 * @param asOf     ms; Infinity takes everything
 *
 * Source: docs/methods/features.md, "Members".
 */
export function takeRoster(
  dataset: Pick<Dataset, 'users' | 'workspaces' | 'memberships'>,
  calendar: Calendar,
  asOf: Instant,
): Roster {
  return finish(walkRoster(dataset, { calendar, asOf, hold: row => row }))
}

/** Rows between two halts. */
const STRETCH = 4096

/**
 * `takeRoster`, halting now and then, with no more held than judging asks for.
 *
 * @param tables rows sorted by key; none of them is held but those of workspaces
 *
 * Source: docs/methods/features.md, "Members".
 */
export function rosterSteps(tables: RosterTables, calendar: Calendar, asOf: Instant): Steps<JudgedRoster> {
  return walkRoster(tables, { calendar, asOf, hold: sharedRoles() })
}

type Walked<U, W> = Readonly<{ users: Iterable<U>; workspaces: Iterable<W>; memberships: RosterTables['memberships'] }>
type Walking<U, H> = Readonly<{ calendar: Calendar; asOf: Instant; hold: (row: U) => H }>

function* walkRoster<U extends JudgedRow<'users'>, W extends JudgedRow<'workspaces'>, H extends UserRole>(
  tables: Walked<U, W>,
  { calendar, asOf, hold }: Walking<U, H>,
): Steps<Roster<H, W>> {
  let since = Number.NEGATIVE_INFINITY
  const exists = (moment: Moment | null): boolean => {
    const at = moment === null ? Number.NEGATIVE_INFINITY : instantOfMoment(moment, calendar)
    if (at > asOf) return false
    if (at > since) since = at
    return true
  }
  const workspaces = [...tables.workspaces]
    .filter(row => exists(row.created_at))
    .sort((a, b) => compareCodePoints(a.workspace_id, b.workspace_id))
  const members = new Members(workspaces)
  const minutes = new Minutes()
  const users = new Map<string, H>()
  let walked = 0
  for (const row of tables.users) {
    if (++walked % STRETCH === 0) yield
    const { user_id, created_at, workspace_id } = row
    if (exists(created_at)) {
      users.set(user_id, hold(row))
      members.join(user_id, workspace_id, null)
      minutes.add(created_at)
    } else members.unborn.add(user_id)
  }
  for (const { user_id, workspace_id, role, joined_at } of tables.memberships) {
    if (++walked % STRETCH === 0) yield
    if (exists(joined_at)) members.join(user_id, workspace_id, role)
  }
  for (const row of workspaces) if (row.owner_user_id !== null) members.own(row.owner_user_id, row.workspace_id)
  yield
  return {
    workspaces,
    workspaceIndex: members.workspaceIndex,
    users,
    members: members.links,
    soleWorkspace: soleWorkspaces(members.links),
    crowdedSignups: crowdedSignups(tables.users, users, minutes.crowded()),
    since,
  }
}

class Members {
  readonly workspaceIndex: ReadonlyMap<string, number>
  readonly links: readonly Map<string, MemberLink>[]
  /** Users that do not exist yet: whatever names them, they are no members. */
  readonly unborn = new Set<string>()
  /** Few roles are given to very many: links of one kind are one. */
  private readonly known = new Map<string | null, Readonly<{ member: MemberLink; owner: MemberLink }>>()

  constructor(workspaces: JudgedRoster['workspaces']) {
    this.workspaceIndex = new Map(workspaces.map((row, i) => [row.workspace_id, i]))
    this.links = workspaces.map(() => new Map<string, MemberLink>())
  }

  /** @param role of a membership; null where none is given */
  join(userId: string, workspaceId: string | null, role: string | null): void {
    const own = this.ofWorkspace(userId, workspaceId)
    const before = own?.get(userId)
    own?.set(userId, this.link(role ?? before?.role ?? null, before?.isOwner === true))
  }

  own(userId: string, workspaceId: string): void {
    const own = this.ofWorkspace(userId, workspaceId)
    own?.set(userId, this.link(own.get(userId)?.role ?? null, true))
  }

  private ofWorkspace(userId: string, workspaceId: string | null): Map<string, MemberLink> | undefined {
    const place = workspaceId === null ? undefined : this.workspaceIndex.get(workspaceId)
    return place === undefined || this.unborn.has(userId) ? undefined : this.links[place]
  }

  private link(role: string | null, isOwner: boolean): MemberLink {
    const known = this.known.get(role) ?? { member: { role, isOwner: false }, owner: { role, isOwner: true } }
    this.known.set(role, known)
    return isOwner ? known.owner : known.member
  }
}

/** Gives users of whom the same is said one and the same record. */
function sharedRoles(): (row: UserRole) => UserRole {
  const known = new Map<string, UserRole>()
  return row => {
    const values = ROLE_COLUMNS.map(column => row[column])
    const key = JSON.stringify(values)
    const found = known.get(key)
    if (found !== undefined) return found
    const role = Object.fromEntries(ROLE_COLUMNS.map((column, i) => [column, values[i]])) as UserRole // as its columns are
    known.set(key, role)
    return role
  }
}

/** Minutes in which users were created. */
class Minutes {
  private readonly all: number[] = []

  /** @param moment null, and a day without a time, are in no minute */
  add(moment: Moment | null): void {
    const at = moment === null ? null : readMoment(moment).instant
    if (at !== null) this.all.push(Math.floor(at / MINUTE_MS))
  }

  crowded(): ReadonlySet<number> {
    const sorted = Float64Array.from(this.all).sort()
    const crowded = new Set<number>()
    for (let i = CROWD - 1; i < sorted.length; i++)
      if (sorted[i] === sorted[i - CROWD + 1]) crowded.add(sorted[i] as number) // within range
    return crowded
  }
}

function crowdedSignups(
  rows: RosterTables['users'],
  users: ReadonlyMap<string, unknown>,
  crowded: ReadonlySet<number>,
): Signup[] {
  const signups: Signup[] = []
  if (crowded.size === 0) return signups
  for (const { user_id: userId, created_at, signup_ip: ip } of rows) {
    const at = created_at === null || !users.has(userId) ? null : readMoment(created_at).instant
    if (at !== null && crowded.has(Math.floor(at / MINUTE_MS))) signups.push({ userId, at, ip })
  }
  return signups
}

function soleWorkspaces(members: readonly ReadonlyMap<string, MemberLink>[]): Map<string, number> {
  const sole = new Map<string, number>()
  const several = new Set<string>()
  for (const [place, links] of members.entries()) {
    for (const userId of links.keys()) {
      if (sole.has(userId)) several.add(userId)
      else sole.set(userId, place)
    }
  }
  for (const userId of several) sole.delete(userId)
  return sole
}
