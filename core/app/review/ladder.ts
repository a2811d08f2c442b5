import { emailReader, type FirstSighting, personLadders } from '#identity'
import { calendarOf } from '#lib/time'
import type { Stitching } from '#schema/event'
import type { LadderStep } from '#schema/identity'
import type { Row } from '#schema/tables'
import type { Person } from '#schema/unit'
import { type Readable, walkTable } from '#store'
import { modelInForce } from '../judgement.ts'
import { newestStitching } from './anonymous-past.ts'
import type { Desk } from './desk.ts'
import type { Room } from './room.ts'

type Ground = Parameters<typeof personLadders>[0]

const USER_COLUMNS = ['user_id', 'primary_email', 'anonymous_id', 'sso_subject', 'sso_provider', 'created_at'] as const
const WORKSPACE_COLUMNS = ['workspace_id', 'billing_contact_email', 'created_at'] as const

/** The steps of one person, by its own records, its devices and the workspaces that are billed to it. */
export function ladderOf(room: Room, person: Person, users: readonly Row<'users'>[]): readonly LadderStep[] {
  const ground = groundOf(room)
  const billed = billedWorkspaces(room, ground.read)
  const addresses = new Set(users.map(({ primary_email }) => ground.read(primary_email).canonical))
  return personLadders({
    ...ground,
    users,
    workspaces: [...addresses].flatMap(address => billed.get(address) ?? []),
    persons: [person],
    personOfUser: new Map(person.userIds.map(userId => [userId, 0])),
  })
}

/** The steps of everybody, by person. */
export function allLadders(room: Room): readonly LadderStep[] {
  const { db, desk } = room
  const { persons, personOfUser } = desk.found
  const users = walkTable(db, 'users', USER_COLUMNS)
  return personLadders({ ...groundOf(room), users, workspaces: workspacesIn(db), persons, personOfUser })
}

function groundOf({ db, desk }: Room): Pick<Ground, 'read' | 'words' | 'sharedAddresses' | 'firstSeen' | 'calendar'> {
  const { domains, words } = desk.settings
  const { refusedIdentifiers } = desk.found
  return {
    read: emailReader(domains, words),
    words,
    sharedAddresses: new Set(refusedIdentifiers.flatMap(({ kind, value }) => (kind === 'email' ? [value] : []))),
    firstSeen: firstSightings(newestStitching(db)),
    calendar: calendarOf(modelInForce(db).model.timeZone),
  }
}

type Workspace = Pick<Row<'workspaces'>, (typeof WORKSPACE_COLUMNS)[number]>

function workspacesIn(db: Readable): Iterable<Workspace> {
  return walkTable(db, 'workspaces', WORKSPACE_COLUMNS)
}

const billed = new WeakMap<Desk, ReadonlyMap<string, readonly Workspace[]>>()

/** By canonical address of the billing contact; read once for the data as they are. */
function billedWorkspaces({ db, desk }: Room, read: Ground['read']): ReadonlyMap<string, readonly Workspace[]> {
  const known = billed.get(desk)
  if (known !== undefined) return known
  const found = new Map<string, Workspace[]>()
  for (const workspace of workspacesIn(db)) {
    const { guard, canonical } = read(workspace.billing_contact_email)
    if (guard !== null) continue
    const own = found.get(canonical)
    if (own === undefined) found.set(canonical, [workspace])
    else own.push(workspace)
  }
  billed.set(desk, found)
  return found
}

const sightings = new WeakMap<Stitching, ReadonlyMap<string, FirstSighting>>()

/** With the id that gave it: of those under which the user was then, the one that comes first. */
function firstSightings(stitching: Stitching | null): ReadonlyMap<string, FirstSighting> {
  if (stitching === null) return new Map()
  const before = sightings.get(stitching)
  if (before !== undefined) return before
  const found = new Map<string, FirstSighting>()
  sightings.set(stitching, found)
  for (const [userId, at] of stitching.anonymousSince) found.set(userId, { at, by: null })
  for (const { kind, id, userId, from, to, isGiven } of stitching.dated) {
    const known = found.get(userId)
    if (known?.by === null && isGiven && from <= known.at && known.at <= to)
      found.set(userId, { ...known, by: { kind, id } })
  }
  return found
}
