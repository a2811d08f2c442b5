import { compareCodePoints } from '#lib/text'
import type { Decision } from '#schema/decision'
import type { IdentityDecision } from '#schema/identity'

/**
 * Workspaces that decisions make one unit: the connected groups over all `must_link` decisions between workspaces.
 *
 * @param workspaceIds ids that exist; a decision about another one waits until it is in the data
 * @param decisions in any order; those about other objects are not read here
 * @returns groups of two or more, members and groups in code-point order
 *
 * Source: docs/methods/identity.md, "Workspaces".
 */
export function mergedWorkspacesOf(
  workspaceIds: ReadonlySet<string>,
  decisions: readonly (Decision | IdentityDecision)[],
): readonly (readonly string[])[] {
  const groupOf = new Map<string, Set<string>>()
  for (const decision of decisions) {
    if (decision.type !== 'must_link') continue
    const { a, b } = decision
    if (a.object !== 'workspace' || b.object !== 'workspace' || a.key === b.key) continue
    if (!workspaceIds.has(a.key) || !workspaceIds.has(b.key)) continue
    const union = new Set([...(groupOf.get(a.key) ?? [a.key]), ...(groupOf.get(b.key) ?? [b.key])])
    for (const id of union) groupOf.set(id, union)
  }
  return [...new Set(groupOf.values())]
    .map(group => [...group].sort(compareCodePoints))
    .sort((a, b) => compareCodePoints(a[0] ?? '', b[0] ?? ''))
}
