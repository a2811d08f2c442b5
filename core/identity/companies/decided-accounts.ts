import type { IdentityDecision, WorkspaceAccount } from '#schema/identity'
import type { NameIndex } from './account-names.ts'

/** What decides and suggests accounts beyond the evidence. */
export type AccountAdditions = Readonly<{
  /** In the order of the log; the last of a workspace counts. */
  decisions: readonly IdentityDecision[]
  workspaces: readonly Readonly<{ workspace_id: string; workspace_name: string | null }>[]
  names: NameIndex
}>

/**
 * Accounts by evidence, with what somebody decided before them and what names suggest after them.
 *
 * A workspace that is assigned by decision has that account alone; one that was detached from an account does not have it.
 * Where nothing else speaks, the name of the workspace may suggest one account, for review: none is assigned by name.
 *
 * @param judged rows by evidence, in the order of the workspaces
 * @param additions decisions, workspaces, names
 * @returns in the order of the workspaces
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function withDecisionsAndNames(
  judged: readonly WorkspaceAccount[],
  { decisions, workspaces, names }: AccountAdditions,
): readonly WorkspaceAccount[] {
  const byWorkspace = Map.groupBy(judged, ({ workspaceId }) => workspaceId)
  const assigned = new Map<string, string>()
  const detached = new Set<string>()
  for (const decision of decisions) {
    if (decision.type === 'assign') {
      assigned.set(decision.workspace, decision.account)
      detached.delete(`${decision.workspace}\u0000${decision.account}`)
    }
    if (decision.type === 'detach') {
      detached.add(`${decision.workspace}\u0000${decision.account}`)
      if (assigned.get(decision.workspace) === decision.account) assigned.delete(decision.workspace)
    }
  }
  return workspaces.flatMap(({ workspace_id: workspaceId, workspace_name }) => {
    const accountId = assigned.get(workspaceId)
    if (accountId !== undefined) {
      const evidence = [{ comparison: 'decision', value: accountId, bits: 0 }]
      return [{ workspaceId, accountId, status: 'decided', bits: null, evidence } as const]
    }
    const own = (byWorkspace.get(workspaceId) ?? []).filter(
      row => !detached.has(`${workspaceId}\u0000${row.accountId}`),
    )
    if (own.length > 0) return own
    const suggested = names.suggest(workspace_name)
    if (suggested === null || detached.has(`${workspaceId}\u0000${suggested.accountId}`)) return []
    const { value, bits } = suggested
    const evidence = [{ comparison: 'name', value, bits }]
    return [{ workspaceId, accountId: suggested.accountId, status: 'review', bits, evidence } as const]
  })
}
