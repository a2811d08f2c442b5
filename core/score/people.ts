import type { Roster } from '#features'
import type { Presence } from '#schema/cells'
import type { Identities } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import type { Row } from '#schema/tables'
import type { UnitPerson } from '#schema/unit'
import { given, isAdminRole, judgeRole, NOTHING_KNOWN, type RoleRecord, traitReader, type UserTraits } from './roles.ts'

/** The people of one unit, and how many of them are members. */
export type People = Readonly<{ people: readonly UnitPerson[]; memberCount: number }>

export type PeopleInput = Readonly<{
  roster: Roster
  presence: Presence
  /** User ids by code of the event log. */
  users: readonly string[]
  identities: Identities
  model: Pick<ScoringModel, 'roles'>
}>

type Gathered = { readonly records: RoleRecord[]; isMember: boolean }

/** Finds the people of units: who is a member of one of its workspaces, or has an event there, loops too. */
export class PeopleFinder {
  private readonly input: PeopleInput
  private readonly traits = new Map<string, UserTraits>()
  private readonly read: (row: Row<'users'>) => UserTraits
  private readonly roles = new Map<string, boolean | null>()
  /** Presence of workspace w is start[w] .. start[w + 1]. */
  private readonly start: Uint32Array

  constructor(input: PeopleInput) {
    this.input = input
    this.read = traitReader(input.model.roles.titles)
    this.start = new Uint32Array(input.roster.workspaces.length + 1)
    for (const place of input.presence.workspace) this.start[place + 1] = (this.start[place + 1] ?? 0) + 1
    for (let w = 0; w < input.roster.workspaces.length; w++) {
      this.start[w + 1] = (this.start[w + 1] as number) + (this.start[w] as number)
    }
  }

  /**
   * People of a unit, sorted by person id.
   *
   * @param places positions of its workspaces in the roster
   */
  of(places: readonly number[]): People {
    const { identities, model } = this.input
    const byPerson = new Map<number, Gathered>()
    for (const place of places) this.gather(place, byPerson)
    const people = [...byPerson]
      .sort(([a], [b]) => a - b)
      .map(([person, { records }]): UnitPerson => {
        const personId = identities.persons[person]?.id ?? ''
        return { person, personId, ...judgeRole(records, model.roles) }
      })
    return { people, memberCount: [...byPerson.values()].filter(one => one.isMember).length }
  }

  /** Persons of a workspace, as indices. */
  personsOf(place: number): ReadonlySet<number> {
    const byPerson = new Map<number, Gathered>()
    this.gather(place, byPerson)
    return new Set(byPerson.keys())
  }

  private gather(place: number, byPerson: Map<number, Gathered>): void {
    const { roster, presence, users, identities } = this.input
    const members = roster.members[place] ?? new Map()
    const add = (userId: string, isMember: boolean): void => {
      const person = identities.personOfUser.get(userId)
      if (person === undefined) return
      const gathered = byPerson.get(person) ?? { records: [], isMember: false }
      byPerson.set(person, gathered)
      gathered.records.push(this.recordOf(userId, place))
      gathered.isMember ||= isMember
    }
    for (const userId of members.keys()) add(userId, true)
    for (let i = this.start[place] as number; i < (this.start[place + 1] as number); i++) {
      const userId = users[presence.user[i] as number] ?? ''
      if (!members.has(userId)) add(userId, false)
    }
  }

  /** A membership's role decides in its workspace, else the user record does; the workspace's owner is an owner. */
  private recordOf(userId: string, place: number): RoleRecord {
    const traits = this.traitsOfUser(userId)
    const link = this.input.roster.members[place]?.get(userId)
    const role = this.isAdminBy(link?.role ?? null)
    const isOwner = link?.isOwner === true
    return {
      traits,
      isAdmin: isOwner || (role ?? traits.isAdmin),
      isRoleKnown: isOwner || role !== null || traits.isRoleGiven,
    }
  }

  /** Does a membership's role make an admin? Null where none is given. */
  private isAdminBy(role: string | null): boolean | null {
    if (role === null) return null
    const known = this.roles.get(role)
    if (known !== undefined) return known
    const verdict = given(role) === null ? null : isAdminRole(role)
    this.roles.set(role, verdict)
    return verdict
  }

  private traitsOfUser(userId: string): UserTraits {
    const known = this.traits.get(userId)
    if (known !== undefined) return known
    const row = this.input.roster.users.get(userId)
    const traits = row === undefined ? NOTHING_KNOWN : this.read(row)
    this.traits.set(userId, traits)
    return traits
  }
}
