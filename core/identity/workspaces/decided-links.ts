import { compareCodePoints } from '#lib/text'
import type { IdentityDecision, WorkspaceLink } from '#schema/identity'
import { lastPerPair, pairOf } from '../pair-decisions.ts'

/**
 * Links between workspaces with what somebody decided put in the place of what the evidence says.
 *
 *   must_link merge, cannot_link unrelated, relation as it says; the evidence stays beside it
 *
 * @param links by evidence
 * @param decisions in the order of the log; the last one of two workspaces counts, those about workspaces that are not there wait
 * @param workspaceIds ids that exist
 * @returns the links in their order, then decided pairs without evidence by their ids
 *
 * Source: docs/methods/identity.md, "Decisions".
 */
export function withDecidedLinks(
  links: readonly WorkspaceLink[],
  decisions: readonly IdentityDecision[],
  workspaceIds: ReadonlySet<string>,
): readonly WorkspaceLink[] {
  const decided = decidedPairs(decisions, workspaceIds)
  if (decided.size === 0) return links
  const kept = links.map(link => {
    const key = keyOf(link)
    const own = decided.get(key)
    if (own === undefined) return link
    decided.delete(key)
    return { ...own, bits: link.bits, evidence: link.evidence }
  })
  const others = [...decided.values()].sort(
    (x, y) => compareCodePoints(x.workspaceA, y.workspaceA) || compareCodePoints(x.workspaceB, y.workspaceB),
  )
  return [...kept, ...others]
}

function decidedPairs(
  decisions: readonly IdentityDecision[],
  workspaceIds: ReadonlySet<string>,
): Map<string, WorkspaceLink> {
  const decided = new Map<string, WorkspaceLink>()
  for (const decision of lastPerPair(decisions)) {
    if (!('a' in decision) || decision.a.object !== 'workspace' || decision.b.object !== 'workspace') continue
    const [workspaceA, workspaceB] = [decision.a.key, decision.b.key]
    if (!workspaceIds.has(workspaceA) || !workspaceIds.has(workspaceB)) continue
    const relation = relationOf(decision)
    decided.set(pairOf(decision), { workspaceA, workspaceB, relation, status: 'decided', bits: null, evidence: [] })
  }
  return decided
}

function relationOf(decision: Extract<IdentityDecision, { a: unknown }>): WorkspaceLink['relation'] {
  if (decision.type === 'relation') return decision.relation
  return decision.type === 'must_link' ? 'merge' : 'unrelated'
}

function keyOf({ workspaceA, workspaceB }: WorkspaceLink): string {
  return pairOf({ a: { object: 'workspace', key: workspaceA }, b: { object: 'workspace', key: workspaceB } })
}
