import { compareCodePoints } from '#lib/text'
import type { IdentityDecision } from '#schema/identity'
import type { Person } from '#schema/unit'
import type { Edges } from './cluster/edges.ts'
import { type EarlierPersons, type PersonList, withLastingPersonIds } from './entities/lasting-persons.ts'
import { isApart } from './pair-decisions.ts'
import { freedEdges } from './people/freed-edges.ts'
import { joinUsers, pairAnswers, rowsOf } from './people/join-users.ts'
import type { WeighedUsers } from './people/weigh-users.ts'

/** What users are joined by. */
export type Joining = Readonly<{ decisions: readonly IdentityDecision[]; autoSteps: number }>

/**
 * Persons by other decisions about a few users: only those are joined again that a pair or a decision connects with them, since no
 * cluster depends on what lies beyond.
 *
 *   connected = over pairs of at least `autoSteps`, and over users that a decision joins, before or now
 */
export class PersonRegrouper {
  private readonly weighed: WeighedUsers
  private readonly base: PersonList
  private readonly joining: Joining
  private readonly earlier: EarlierPersons
  private readonly rowOf: ReadonlyMap<string, number>
  private readonly byId: ReadonlyMap<string, number>
  /** Did everybody in the list have this id and these users in the last run? Else ids go by what others had. */
  private readonly isLasting: boolean
  /** Do answers free pairs that waited? Then other answers have other pairs. */
  private readonly hasFreed: boolean

  /**
   * @param base    persons with the ids they have
   * @param joining what they were joined by
   */
  constructor(weighed: WeighedUsers, base: PersonList, joining: Joining, earlier: EarlierPersons) {
    this.weighed = weighed
    this.base = base
    this.joining = joining
    this.earlier = earlier
    this.rowOf = new Map(weighed.ids.map((id, row) => [id, row]))
    this.byId = new Map(base.persons.map(({ id }, at) => [id, at]))
    this.isLasting = this.isAsBefore()
    this.hasFreed = this.frees(joining)
  }

  /**
   * @returns null where only looking at everybody tells: another threshold, pairs that answers free, or ids that others may have a claim
   *   to
   */
  by(joining: Joining): PersonList | null {
    if (!this.isLasting || this.hasFreed || joining.autoSteps !== this.joining.autoSteps) return null
    if (this.frees(joining)) return null
    const rows = this.connected(joining.decisions)
    const part = this.partOf(rows)
    const own = joinUsers(part, part.ids, joining)
    const mine = new Set(part.ids)
    const former = this.earlier.former.filter(
      ({ id, userIds }) => userIds.some(user => mine.has(user)) || (userIds.length === 0 && mine.has(id)),
    )
    if (former.some(({ userIds }) => userIds.some(user => this.base.personOfUser.has(user) && !mine.has(user))))
      return null
    const before = new Set(part.ids.map(id => this.base.personOfUser.get(id) ?? -1))
    const persons = [...before].flatMap(at => this.base.persons[at] ?? [])
    const named = withLastingPersonIds<PersonList>(
      { persons: own.persons, personOfUser: own.personOfUser },
      { persons: () => persons, former },
    )
    return named.persons.every(person => this.isOwnName(person, before)) ? this.assembled(named, before) : null
  }

  private frees({ decisions }: Joining): boolean {
    return freedEdges(this.weighed, pairAnswers(decisions, this.rowOf)) !== this.weighed.edges
  }

  private isAsBefore(): boolean {
    const { persons, personOfUser } = this.base
    let count = 0
    for (const { id, userIds } of this.earlier.persons()) {
      const known = persons[personOfUser.get(userIds[0] ?? '') ?? -1]
      if (known?.id !== id || known.userIds.length !== userIds.length) return false
      count++
    }
    return count === persons.length
  }

  /** A name that one of the persons had that these users were, or that of the smallest user, which nobody has. */
  private isOwnName({ id, userIds }: Person, before: ReadonlySet<number>): boolean {
    const at = this.byId.get(id)
    return at === undefined ? id === userIds[0] : before.has(at)
  }

  /** Rows that a changed decision may regroup, ascending. */
  private connected(decisions: readonly IdentityDecision[]): Uint32Array {
    const [was, is] = [this.pairsOf(this.joining.decisions), this.pairsOf(decisions)]
    const isIn = new Uint8Array(this.weighed.ids.length)
    for (const [key, rows] of [...was, ...is]) if (!was.has(key) || !is.has(key)) for (const row of rows) isIn[row] = 1
    const links = [...was.values(), ...is.values()]
    const { a, b } = strongEdges(this.weighed.edges, this.joining.autoSteps)
    for (let isMore = true; isMore; ) {
      isMore = false
      const meet = (x: number, y: number): void => {
        if (isIn[x] === isIn[y]) return
        isIn[x] = isIn[y] = 1
        isMore = true
      }
      for (let i = 0; i < a.length; i++) meet(a[i] as number, b[i] as number) // of one length
      for (const [first = 0, ...others] of links) for (const other of others) meet(first, other)
    }
    return Uint32Array.from([...isIn.keys()].filter(row => isIn[row] === 1))
  }

  /** Rows of the decisions about two users, or about all of two persons, by what they say. */
  private pairsOf(decisions: readonly IdentityDecision[]): ReadonlyMap<string, readonly number[]> {
    const pairs = new Map<string, readonly number[]>()
    for (const decision of decisions) {
      if (decision.type !== 'must_link' && decision.type !== 'cannot_link') continue
      const { type, a, b } = decision
      const [x, y] = [this.rowOf.get(a.key), this.rowOf.get(b.key)]
      if (a.object === 'user' && b.object === 'user' && x !== undefined && y !== undefined)
        pairs.set(JSON.stringify([type, ...(x < y ? [x, y] : [y, x])]), [x, y])
      if (!isApart(decision)) continue
      const sides = decision.persons.map(users => rowsOf(users, this.rowOf))
      pairs.set(JSON.stringify([type, sides]), sides.flat())
    }
    return pairs
  }

  /** The weighed users of some rows alone, in their order. */
  private partOf(rows: Uint32Array): WeighedUsers {
    const { weighed, joining } = this
    const { ids, edges, limits } = weighed
    const placeOf = new Map([...rows].map((row, place) => [row, place]))
    const strong = strongEdges(edges, joining.autoSteps)
    const kept = [...strong.a.keys()].filter(i => placeOf.has(strong.a[i] as number)) // of one length
    const take = (column: Uint32Array): Uint32Array => Uint32Array.from(rows, row => column[row] ?? 0)
    return {
      ...weighed,
      ids: Array.from(rows, row => ids[row] ?? ''),
      edges: {
        a: Uint32Array.from(kept, i => placeOf.get(strong.a[i] as number) ?? 0),
        b: Uint32Array.from(kept, i => placeOf.get(strong.b[i] as number) ?? 0),
        steps: Int32Array.from(kept, i => strong.steps[i] as number),
      },
      limits: {
        subjects: { scopes: take(limits.subjects.scopes), codes: take(limits.subjects.codes) },
        mailbox: take(limits.mailbox),
        device: take(limits.device),
      },
    }
  }

  private assembled(named: PersonList, before: ReadonlySet<number>): PersonList {
    const kept = this.base.persons.filter((_, at) => !before.has(at))
    const persons = [...kept, ...named.persons].sort((x, y) => compareCodePoints(x.id, y.id))
    const personOfUser = new Map<string, number>()
    for (const [at, { userIds }] of persons.entries()) for (const user of userIds) personOfUser.set(user, at)
    return { persons, personOfUser }
  }
}

/** Pairs from so many steps on: the first ones, since they come strongest first. */
function strongEdges({ a, b, steps }: Edges, least: number): Edges {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((steps[middle] as number) >= least)
      low = middle + 1 // middle < length
    else high = middle
  }
  return { a: a.subarray(0, low), b: b.subarray(0, low), steps: steps.subarray(0, low) }
}
