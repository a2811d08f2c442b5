import type { JudgedRoster, UserRole } from '#features'
import type { Presence } from '#schema/cells'
import type { Identities } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import type { UnitPerson } from '#schema/unit'
import {
  given,
  isAdminRole,
  judgeRole,
  NOTHING_KNOWN,
  type RoleRecord,
  type RoleVerdict,
  traitReader,
  type UserTraits,
} from './roles.ts'

/** The people of one unit, and how many of them are members. */
export type People = Readonly<{ people: readonly UnitPerson[]; memberCount: number }>

export type PeopleInput = Readonly<{
  roster: JudgedRoster
  presence: Presence
  /** User ids by code of the event log. */
  users: readonly string[]
  identities: Pick<Identities, 'persons' | 'personOfUser'>
  model: Pick<ScoringModel, 'roles'>
}>

/** One user record of one person in one unit. */
type Found = Readonly<{ person: number; record: RoleRecord; isMember: boolean }>

/** Finds the people of units: who is a member of one of its workspaces, or has an event there, loops too. */
export class PeopleFinder {
  private readonly input: PeopleInput
  private readonly traits = new Map<UserRole, UserTraits>()
  private readonly read: (row: UserRole) => UserTraits
  private readonly roles = new Map<string, boolean | null>()
  /** Few records differ: those of whom the same is said are one, and are judged once. */
  private readonly records = new Map<UserTraits, Map<number, RoleRecord>>()
  private readonly verdicts = new Map<RoleRecord, RoleVerdict>()
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
    const { persons } = this.input.identities
    const found = this.gather(places).sort((a, b) => a.person - b.person)
    const people: UnitPerson[] = []
    let memberCount = 0
    for (let from = 0, to = 0; from < found.length; from = to) {
      const { person } = found[from] as Found // within range
      while (to < found.length && found[to]?.person === person) to++
      const own = to - from === 1 ? null : found.slice(from, to)
      const verdict = own === null ? this.verdictOf(found[from] as Found) : this.judge(own.map(({ record }) => record))
      people.push(unitPerson(person, persons[person]?.id ?? '', verdict))
      if (own === null ? found[from]?.isMember : own.some(({ isMember }) => isMember)) memberCount++
    }
    return { people, memberCount }
  }

  /** Persons of a workspace, as indices. */
  personsOf(place: number): ReadonlySet<number> {
    return new Set(this.gather([place]).map(({ person }) => person))
  }

  private gather(places: readonly number[]): Found[] {
    const { roster, presence, users, identities } = this.input
    const found: Found[] = []
    const add = (userId: string, place: number, isMember: boolean): void => {
      const person = identities.personOfUser.get(userId)
      if (person !== undefined) found.push({ person, record: this.recordOf(userId, place), isMember })
    }
    for (const place of places) {
      const members = roster.members[place]
      for (const userId of members?.keys() ?? []) add(userId, place, true)
      for (let i = this.start[place] as number; i < (this.start[place + 1] as number); i++) {
        const userId = users[presence.user[i] as number] ?? ''
        if (members?.has(userId) !== true) add(userId, place, false)
      }
    }
    return found
  }

  private verdictOf({ record }: Found): RoleVerdict {
    const known = this.verdicts.get(record) ?? this.judge([record])
    this.verdicts.set(record, known)
    return known
  }

  private judge(records: readonly RoleRecord[]): RoleVerdict {
    return judgeRole(records, this.input.model.roles)
  }

  /** A membership's role decides in its workspace, else the user record does; the workspace's owner is an owner. */
  private recordOf(userId: string, place: number): RoleRecord {
    const traits = this.traitsOfUser(userId)
    const link = this.input.roster.members[place]?.get(userId)
    const role = this.isAdminBy(link?.role ?? null)
    const isOwner = link?.isOwner === true
    const isAdmin = isOwner || (role ?? traits.isAdmin)
    const isRoleKnown = isOwner || role !== null || traits.isRoleGiven
    const own = this.records.get(traits) ?? new Map<number, RoleRecord>()
    this.records.set(traits, own)
    const key = (isAdmin ? 2 : 0) + (isRoleKnown ? 1 : 0)
    const record = own.get(key) ?? { traits, isAdmin, isRoleKnown }
    own.set(key, record)
    return record
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
    const role = this.input.roster.users.get(userId)
    if (role === undefined) return NOTHING_KNOWN
    const known = this.traits.get(role) ?? this.read(role)
    this.traits.set(role, known)
    return known
  }
}

/** Field by field: very many are held, and an object spread into another one takes twice the room. */
function unitPerson(person: number, personId: string, verdict: RoleVerdict): Required<UnitPerson> {
  const {
    roleFactor,
    role,
    isAdmin,
    isManager,
    isChampion,
    isPersonaChampion = false,
    factorRange,
    openRows = 0,
  } = verdict
  return {
    person,
    personId,
    roleFactor,
    role,
    isAdmin,
    isManager,
    isChampion,
    isPersonaChampion,
    factorRange,
    openRows,
  }
}
