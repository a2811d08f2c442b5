import type { JudgedRoster } from '#features'
import type { Presence } from '#schema/cells'
import type { Identities } from '#schema/identity'
import type { Level } from '#schema/unit'
import { unitIdsOf } from '#score'

/** Who exists, who has events where, and by what units are made. */
export type TouchGround = Readonly<{
  roster: JudgedRoster
  presence: Presence
  /** User ids by code of the event log. */
  users: readonly string[]
  level: Level
}>

/** What other answers about who is who come to for units. */
export type Touched = Readonly<{
  /** Positions in the roster of all workspaces of units that may be others. */
  places: ReadonlySet<number>
  /** Ids of the units that these workspaces were in. */
  before: ReadonlySet<string>
  /** Is a workspace in a unit now and was in none, or the other way round? */
  isOtherEvents: boolean
}>

/**
 * The units that other persons, accounts or merges may change: those with somebody who is another person, of an account that got
 * or lost a workspace, or of other workspaces. All others are as they were, bit for bit.
 */
export function touchedPlaces(ground: TouchGround, before: Identities, after: Identities): Touched {
  const { roster, level } = ground
  const places = new Set(placesOfUsers(ground, movedUsers(before, after)))
  for (const place of placesOfAccounts(roster, before, after)) places.add(place)
  const unitsBefore = unitIdsOf({ roster, level, identities: before })
  const unitsAfter = unitIdsOf({ roster, level, identities: after })
  for (const [place, id] of unitsBefore.entries()) if (id !== unitsAfter[place]) places.add(place)
  const isOtherEvents = unitsBefore.some((id, place) => (id === null) !== (unitsAfter[place] === null))
  const own = new Set<string>()
  for (let count = -1; count !== places.size; ) {
    count = places.size
    own.clear()
    const now = new Set<string>()
    for (const place of places) {
      add(own, unitsBefore[place])
      add(now, unitsAfter[place])
    }
    for (const [place, id] of unitsBefore.entries())
      if ((id !== null && own.has(id)) || now.has(unitsAfter[place] ?? '')) places.add(place)
  }
  return { places, before: own, isOtherEvents }
}

function add(ids: Set<string>, id: string | null | undefined): void {
  if (id !== null && id !== undefined) ids.add(id)
}

/** Users whose person has another id or other users. */
function movedUsers(before: Identities, after: Identities): ReadonlySet<string> {
  const moved = new Set<string>()
  if (before.persons === after.persons) return moved
  for (const { id, userIds } of after.persons) {
    const at = before.personOfUser.get(userIds[0] ?? '') ?? -1
    const known = before.persons[at]
    const isSame =
      known?.id === id &&
      known.userIds.length === userIds.length &&
      (userIds.length === 1 || userIds.every(user => before.personOfUser.get(user) === at))
    if (!isSame) for (const user of userIds) moved.add(user)
  }
  return moved
}

function* placesOfUsers({ roster, presence, users }: TouchGround, moved: ReadonlySet<string>): Generator<number> {
  if (moved.size === 0) return
  for (const [place, links] of roster.members.entries()) {
    for (const user of links.keys()) {
      if (!moved.has(user)) continue
      yield place
      break
    }
  }
  const isMoved = Uint8Array.from(users, user => (moved.has(user) ? 1 : 0))
  for (const [i, code] of presence.user.entries()) if (isMoved[code] === 1) yield presence.workspace[i] as number // of one length
}

/** All workspaces of accounts that got or lost one: what is paid for an account counts for each of them. */
function* placesOfAccounts({ workspaces }: JudgedRoster, before: Identities, after: Identities): Generator<number> {
  const accounts = new Set<string>()
  for (const { workspace_id: id } of workspaces) {
    const [was, is] = [before.accountOfWorkspace.get(id), after.accountOfWorkspace.get(id)]
    if (was === is) continue
    add(accounts, was)
    add(accounts, is)
  }
  if (accounts.size === 0) return
  for (const [place, { workspace_id: id }] of workspaces.entries()) {
    const [was, is] = [before.accountOfWorkspace.get(id), after.accountOfWorkspace.get(id)]
    if (accounts.has(was ?? '') || accounts.has(is ?? '') || was !== is) yield place
  }
}
