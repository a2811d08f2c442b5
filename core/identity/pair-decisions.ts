import type { Decision, RecordRef } from '#schema/decision'
import type { IdentityDecision, TwoPersons } from '#schema/identity'

type Pair = Readonly<{ a: RecordRef; b: RecordRef }>
type Apart = Extract<IdentityDecision, Pair> & Readonly<{ persons: TwoPersons }>

/**
 * Leaves away what a later decision replaces: of decisions about the same two records the last one stays, at its own place.
 *
 * That two persons are two holds for all records that they had then (`persons`), as long as that answer is the last one about its own
 * two records. A record has left its person where somebody kept it apart from the one that was answered about, or joined it with one of the
 * other person: nothing was said of it then, and it is left out of `persons`.
 *
 * @param decisions in the order of the log
 * @returns in the same order; those that are not about two records stay as they are
 *
 * Source: docs/methods/identity.md, "Decisions".
 */
export function lastPerPair<D extends Decision | IdentityDecision>(decisions: readonly D[]): readonly D[] {
  const last = new Map<string, D>()
  for (const decision of decisions) if ('a' in decision) last.set(pairOf(decision), decision)
  const joined = joinedUsers(last)
  return decisions
    .filter(decision => !('a' in decision) || last.get(pairOf(decision)) === decision)
    .map(decision => (isApart(decision) ? withoutLeavers(decision, last, joined) : decision))
}

/** Is a decision about all users of two persons that are two? */
export function isApart<D extends Decision | IdentityDecision>(decision: D): decision is D & Apart {
  return 'persons' in decision && decision.persons !== undefined
}

/**
 * Names the two records that a decision is about, whatever their order.
 *
 * @param decision about two records
 */
export function pairOf({ a, b }: Pair): string {
  const [x, y] = [nameOf(a), nameOf(b)]
  return x < y ? `${x}\u0000${y}` : `${y}\u0000${x}`
}

function nameOf({ object, key }: RecordRef): string {
  return `${object} ${key}`
}

type Stated = ReadonlyMap<string, Decision | IdentityDecision>
type Joined = ReadonlyMap<string, readonly string[]>

/** Users that somebody said are one with a user. */
function joinedUsers(last: Stated): Joined {
  const joined = new Map<string, string[]>()
  const join = (user: string, other: string): void => {
    const own = joined.get(user)
    if (own === undefined) joined.set(user, [other])
    else own.push(other)
  }
  for (const decision of last.values()) {
    if (decision.type !== 'must_link' || decision.a.object !== 'user' || decision.b.object !== 'user') continue
    join(decision.a.key, decision.b.key)
    join(decision.b.key, decision.a.key)
  }
  return joined
}

/** Records that are still of the persons they were of: the two that were answered about always are. */
function withoutLeavers<D extends Apart>(decision: D, last: Stated, joined: Joined): D {
  const { a, b, persons } = decision
  const [left, right] = persons
  const staying = (users: readonly string[], stays: RecordRef, others: ReadonlySet<string>): readonly string[] =>
    users.filter(key => {
      if (key === stays.key) return true
      if (joined.get(key)?.some(other => others.has(other)) === true) return false
      return last.get(pairOf({ a: { object: 'user', key }, b: stays }))?.type !== 'cannot_link'
    })
  return { ...decision, persons: [staying(left, a, new Set(right)), staying(right, b, new Set(left))] }
}
