import type { Decision, RecordRef } from '#schema/decision'
import type { IdentityDecision } from '#schema/identity'

type Pair = Readonly<{ a: RecordRef; b: RecordRef }>
type Apart = Extract<IdentityDecision, Pair> & Readonly<{ answered: Pair }>

/**
 * Leaves away what a later decision replaces: of decisions about the same two records the last one stays, at its own place.
 *
 * That two persons are two holds for all records that they had then (`answered`), as long as that answer is the last one about its own
 * two records. A record has left its person where somebody kept it apart from the one that was answered about, or joined it with one of the
 * other person: nothing was said of it then.
 *
 * @param decisions in the order of the log
 * @returns in the same order; those that are not about two records stay as they are
 *
 * Source: docs/methods/identity.md, "Decisions".
 */
export function lastPerPair<D extends Decision | IdentityDecision>(decisions: readonly D[]): readonly D[] {
  const last = new Map<string, D>()
  for (const decision of decisions) if ('a' in decision && !isApart(decision)) last.set(pairOf(decision), decision)
  const holds = stillApart(decisions.filter(isApart), last)
  return decisions.filter(decision =>
    isApart(decision) ? holds(decision) : !('a' in decision) || last.get(pairOf(decision)) === decision,
  )
}

/** Is a decision about further records of two persons that are two? */
export function isApart<D extends Decision | IdentityDecision>(decision: D): decision is D & Apart {
  return 'answered' in decision && decision.answered !== undefined
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

/** Which of these pairs are still of the persons that were answered about. */
function stillApart(apart: readonly Apart[], last: Stated): (decision: Apart) => boolean {
  const left = new Set<string>()
  for (const decision of apart) for (const one of leavers(decision, last)) left.add(`${decision.id} ${nameOf(one)}`)
  return ({ id, a, b, answered }) => {
    const own = last.get(pairOf(answered))
    const isLast = own?.type === 'cannot_link' && own.id === id
    return isLast && !left.has(`${id} ${nameOf(a)}`) && !left.has(`${id} ${nameOf(b)}`)
  }
}

/** Records of a pair that are no longer of the person they were of: the two that were answered about always are. */
function leavers({ a, b, answered }: Apart, last: Stated): readonly RecordRef[] {
  const isMoved = last.get(pairOf({ a, b }))?.type === 'must_link'
  const sides = [
    [a, answered.a],
    [b, answered.b],
  ] as const
  return sides.flatMap(([own, stays]) => {
    if (nameOf(own) === nameOf(stays)) return []
    return isMoved || last.get(pairOf({ a: own, b: stays }))?.type === 'cannot_link' ? [own] : []
  })
}
