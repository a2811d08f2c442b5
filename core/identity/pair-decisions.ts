import type { Decision, RecordRef } from '#schema/decision'
import type { IdentityDecision } from '#schema/identity'

/**
 * Leaves away what a later decision replaces: of decisions about the same two records the last one stays, at its own place.
 *
 * @param decisions in the order of the log
 * @returns in the same order; those that are not about two records stay as they are
 *
 * Source: docs/methods/identity.md, "Decisions".
 */
export function lastPerPair<D extends Decision | IdentityDecision>(decisions: readonly D[]): readonly D[] {
  const last = new Map<string, D>()
  for (const decision of decisions) if ('a' in decision) last.set(pairOf(decision), decision)
  return decisions.filter(decision => !('a' in decision) || last.get(pairOf(decision)) === decision)
}

/**
 * Names the two records that a decision is about, whatever their order.
 *
 * @param decision about two records
 */
export function pairOf({ a, b }: Readonly<{ a: RecordRef; b: RecordRef }>): string {
  const [x, y] = [`${a.object} ${a.key}`, `${b.object} ${b.key}`]
  return x < y ? `${x}\u0000${y}` : `${y}\u0000${x}`
}
