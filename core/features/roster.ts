import { compareCodePoints } from '#lib/text'
import { type Calendar, type Instant, instantOfMoment, type Moment } from '#lib/time'
import type { Dataset } from '#schema/dataset'
import type { Row } from '#schema/tables'

/** A user's place in a workspace. `role` is the membership's; null where none is given. */
export type MemberLink = Readonly<{ role: string | null; isOwner: boolean }>

/** Users and workspaces that exist at asOf, and who belongs where. */
export type Roster = Readonly<{
  /** Sorted by id. */
  workspaces: readonly Row<'workspaces'>[]
  /** Workspace id -> position in `workspaces`. */
  workspaceIndex: ReadonlyMap<string, number>
  users: ReadonlyMap<string, Row<'users'>>
  /** Per workspace (by position): user id -> link. */
  members: readonly ReadonlyMap<string, MemberLink>[]
  /** User id -> position of the one workspace it belongs to; users of none or several are not in it. */
  soleWorkspace: ReadonlyMap<string, number>
}>

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
export function takeRoster(dataset: Dataset, calendar: Calendar, asOf: Instant): Roster {
  const exists = (moment: Moment | null): boolean => moment === null || instantOfMoment(moment, calendar) <= asOf
  const workspaces = dataset.workspaces
    .filter(row => exists(row.created_at))
    .sort((a, b) => compareCodePoints(a.workspace_id, b.workspace_id))
  const workspaceIndex = new Map(workspaces.map((row, i) => [row.workspace_id, i]))
  const users = new Map<string, Row<'users'>>()
  const unborn = new Set<string>()
  for (const row of dataset.users) {
    if (exists(row.created_at)) users.set(row.user_id, row)
    else unborn.add(row.user_id)
  }
  const members = workspaces.map(() => new Map<string, MemberLink>())
  const join = (userId: string, workspaceId: string | null, link: Partial<MemberLink>): void => {
    const place = workspaceId === null ? undefined : workspaceIndex.get(workspaceId)
    const known = place === undefined || unborn.has(userId) ? undefined : members[place]
    known?.set(userId, { role: null, isOwner: false, ...known.get(userId), ...link })
  }
  for (const row of dataset.memberships) {
    if (exists(row.joined_at)) join(row.user_id, row.workspace_id, row.role === null ? {} : { role: row.role })
  }
  for (const row of users.values()) join(row.user_id, row.workspace_id, {})
  for (const row of workspaces) {
    if (row.owner_user_id !== null) join(row.owner_user_id, row.workspace_id, { isOwner: true })
  }
  return { workspaces, workspaceIndex, users, members, soleWorkspace: soleWorkspaces(members) }
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
