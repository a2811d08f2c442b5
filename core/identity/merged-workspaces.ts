import { compareCodePoints } from '#lib/text'
import type { Decision } from '#schema/decision'
import type { IdentityDecision } from '#schema/identity'
import { lastPerPair } from './pair-decisions.ts'

/**
 * Workspaces that decisions make one unit: the connected groups over all `must_link` decisions between workspaces, in the order of
 * the log. One that would bring two together that a `cannot_link` keeps apart is refused.
 *
 * @param workspaceIds ids that exist; a decision about another one waits until it is in the data
 * @param decisions in the order of the log; the last one of two workspaces counts, those about other objects are not read here
 * @returns groups of two or more, members and groups in code-point order
 *
 * Source: docs/methods/identity.md, "Workspaces".
 */
export function mergedWorkspacesOf(
  workspaceIds: ReadonlySet<string>,
  decisions: readonly (Decision | IdentityDecision)[],
): readonly (readonly string[])[] {
  const groupOf = new Map<string, ReadonlySet<string>>()
  const apart = new Map<string, Set<string>>()
  const pairs = lastPerPair(decisions).flatMap(decision => {
    if (decision.type !== 'must_link' && decision.type !== 'cannot_link') return []
    const { type, a, b } = decision
    if (a.object !== 'workspace' || b.object !== 'workspace' || a.key === b.key) return []
    return workspaceIds.has(a.key) && workspaceIds.has(b.key) ? [{ type, a: a.key, b: b.key }] : []
  })
  for (const { type, a, b } of pairs) {
    if (type !== 'cannot_link') continue
    apart.set(a, (apart.get(a) ?? new Set()).add(b))
    apart.set(b, (apart.get(b) ?? new Set()).add(a))
  }
  for (const { type, a, b } of pairs) {
    if (type !== 'must_link') continue
    const [left, right] = [groupOf.get(a) ?? new Set([a]), groupOf.get(b) ?? new Set([b])]
    if ([...left].some(id => [...(apart.get(id) ?? [])].some(other => right.has(other)))) continue
    const union = new Set([...left, ...right])
    for (const id of union) groupOf.set(id, union)
  }
  return [...new Set(groupOf.values())]
    .map(group => [...group].sort(compareCodePoints))
    .sort((a, b) => compareCodePoints(a[0] ?? '', b[0] ?? ''))
}
