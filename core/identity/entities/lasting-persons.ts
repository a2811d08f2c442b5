import { compareCodePoints } from '#lib/text'
import type { FormerPerson } from '#schema/identity'
import type { Person } from '#schema/unit'

/** Persons with the place of each user. */
export type PersonList = Readonly<{ persons: readonly Person[]; personOfUser: ReadonlyMap<string, number> }>

/** Who was who before: what ids are carried over from. */
export type EarlierPersons = Readonly<{
  /** Persons of the last run; walked once, so that they need not be held. */
  persons(): Iterable<Person>
  /** Ids that ended in earlier runs, with the users they had; none: the one that they are named by. */
  former: readonly FormerPerson[]
}>

/**
 * Gives persons the ids they had: a person of the same users as in the last run keeps its id, and an id that ended comes back to a
 * person that has just its users again; every other id goes to the person that has most of its users now, and each person takes one.
 *
 *   claims (id, person, users in common), most in common first; of equal ones the person that has the user named by the id, then
 *   the smaller id, then the person of the smaller user
 *
 * A person that gets none takes back an id that ended, by the same rule; else it is named by its smallest user, and where another
 * person has that name, by it and the first free number from `~2` on. Without earlier persons every one is named by its smallest user.
 *
 * @param list persons named by their smallest user, in the order of their ids
 * @param earlier those of the last run, and ids that ended
 * @returns the same persons in the order of their ids; the list itself where no id changes
 *
 * Source: docs/methods/identity.md, "Ids of persons and units".
 */
export function withLastingPersonIds<L extends PersonList>(list: L, earlier: EarlierPersons): L {
  const names = new Names(list)
  const claims: Claim[] = []
  for (const person of earlier.persons()) if (!names.keeps(person)) claims.push(...names.claimsOf(person))
  for (const { id, userIds } of earlier.former) if (userIds.length === 0) names.keeps({ id, userIds: [id] })
  const former = earlier.former.flatMap(one => names.claimsOf(one))
  names.grant(former.filter(claim => names.isWhole(claim)))
  names.grant(claims)
  names.grant(former)
  return names.renamed(earlier.former)
}

type Claim = Readonly<{ id: string; person: number; shared: number; users: number; isNamesake: boolean }>

class Names<L extends PersonList> {
  private readonly list: L
  /** 1: a person that is as it was and has the name of its smallest user, as most have. */
  private readonly kept: Uint8Array
  /** Ids by person, where another one was granted. */
  private readonly granted = new Map<number, string>()
  private readonly given = new Set<string>()

  constructor(list: L) {
    this.list = list
    this.kept = new Uint8Array(list.persons.length)
  }

  /** Leaves a person that has just these users the id that they had; false where there is none. */
  keeps({ id, userIds }: Person): boolean {
    const { persons, personOfUser } = this.list
    const at = personOfUser.get(userIds[0] ?? '') ?? -1
    const now = persons[at]
    if (now?.userIds.length !== userIds.length || userIds.some(user => personOfUser.get(user) !== at)) return false
    if (now.id === id) this.kept[at] = 1
    else this.give(at, id)
    return true
  }

  /** Has a person just the users of an id? */
  isWhole({ person, shared, users }: Claim): boolean {
    return shared === users && this.list.persons[person]?.userIds.length === users
  }

  /** What an id may go on as. */
  claimsOf({ id, userIds }: Person): readonly Claim[] {
    const { personOfUser } = this.list
    const shared = new Map<number, number>()
    for (const userId of userIds) {
      const person = personOfUser.get(userId)
      if (person !== undefined) shared.set(person, (shared.get(person) ?? 0) + 1)
    }
    const namesake = personOfUser.get(id)
    const users = userIds.length
    return [...shared].map(([person, count]) => ({ id, person, shared: count, users, isNamesake: namesake === person }))
  }

  grant(claims: readonly Claim[]): void {
    const { persons } = this.list
    const sorted = claims.toSorted(
      (x, y) =>
        y.shared - x.shared ||
        Number(y.isNamesake) - Number(x.isNamesake) ||
        compareCodePoints(x.id, y.id) ||
        compareCodePoints(persons[x.person]?.id ?? '', persons[y.person]?.id ?? ''),
    )
    for (const { id, person } of sorted) {
      if (this.kept[person] === 0 && !this.granted.has(person) && !this.given.has(id)) this.give(person, id)
    }
  }

  private give(person: number, id: string): void {
    this.granted.set(person, id)
    this.given.add(id)
  }

  renamed(former: readonly FormerPerson[]): L {
    const { persons } = this.list
    const ended = new Set(former.map(({ id }) => id))
    const changed = new Map<number, string>()
    for (const [i, { id }] of persons.entries()) {
      const own = this.granted.get(i) ?? (this.given.has(id) ? this.freeName(id, ended) : id)
      if (own !== id) changed.set(i, own)
    }
    if (changed.size === 0) return this.list
    const sorted = persons
      .map((person, i) => ({ id: changed.get(i) ?? person.id, userIds: person.userIds }))
      .sort((a, b) => compareCodePoints(a.id, b.id))
    const personOfUser = new Map<string, number>()
    for (const [i, { userIds }] of sorted.entries()) for (const userId of userIds) personOfUser.set(userId, i)
    return { ...this.list, persons: sorted, personOfUser }
  }

  private freeName(id: string, ended: ReadonlySet<string>): string {
    for (let number = 2; ; number++) {
      const name = `${id}~${number}`
      if (this.given.has(name) || this.list.personOfUser.has(name) || ended.has(name)) continue
      this.given.add(name)
      return name
    }
  }
}

/**
 * Ids of earlier persons that no person has any more, and where their users are now.
 *
 * @param before persons of the last run; walked once
 * @param now persons with the ids they have, and these ids
 * @returns in the order of `before`; an id named by its only user needs no users to be found again, they are left out
 *
 * Source: docs/methods/identity.md, "Ids of persons and units".
 */
export function endedPersons(
  before: Iterable<Person>,
  now: PersonList & Readonly<{ alive: ReadonlySet<string> }>,
): readonly FormerPerson[] {
  const ended: FormerPerson[] = []
  for (const { id, userIds } of before) {
    if (now.alive.has(id)) continue
    const shares = new Map<number, number>()
    for (const userId of userIds) {
      const person = now.personOfUser.get(userId)
      if (person !== undefined) shares.set(person, (shares.get(person) ?? 0) + 1)
    }
    const heirs = [...shares].sort(([a, x], [b, y]) => y - x || a - b).map(([person]) => now.persons[person]?.id ?? '')
    ended.push({ id, heirs, userIds: userIds.length === 1 && userIds[0] === id ? [] : userIds })
  }
  return ended
}
