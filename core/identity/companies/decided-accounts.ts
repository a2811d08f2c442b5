import { flatMapSteps, type Steps } from '#lib/steps'
import type { IdentityDecision, WorkspaceAccount } from '#schema/identity'
import type { NameIndex, NameSuggestion } from './account-names.ts'

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
 * @returns a generator that halts now and then; rows are in the order of the workspaces
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function* withDecisionsAndNames(
  judged: readonly WorkspaceAccount[],
  { decisions, workspaces, names }: AccountAdditions,
): Steps<readonly WorkspaceAccount[]> {
  const byWorkspace = Map.groupBy(judged, ({ workspaceId }) => workspaceId)
  yield
  const { assigned, detached } = decidedIn(decisions)
  return yield* flatMapSteps(workspaces, ({ workspace_id: workspaceId, workspace_name }): WorkspaceAccount[] => {
    const accountId = assigned.get(workspaceId)
    if (accountId !== undefined) {
      const evidence = [{ comparison: 'decision', value: accountId, bits: 0 }]
      return [{ workspaceId, accountId, status: 'decided', bits: null, evidence } as const]
    }
    const own = (byWorkspace.get(workspaceId) ?? []).filter(
      row => !detached.has(`${workspaceId}\u0000${row.accountId}`),
    )
    if (own.length > 0) return own
    const suggested = suggestedRow(workspaceId, names.suggest(workspace_name))
    return suggested === null || detached.has(`${workspaceId}\u0000${suggested.accountId}`) ? [] : [suggested]
  })
}

/**
 * What speaks for accounts of the workspaces that decisions are about, as if nothing had been decided: by it an answer is seen to rest on
 * the same evidence as when it was given.
 *
 * @param judged rows by evidence
 * @param additions decisions, workspaces, names
 * @returns a generator that halts now and then; rows of those workspaces alone, in their order; where there is none by evidence, the one that the name suggests
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function* accountsBeforeDecisions(
  judged: readonly WorkspaceAccount[],
  { decisions, workspaces, names }: AccountAdditions,
): Steps<readonly WorkspaceAccount[]> {
  const decided = new Set(
    decisions.flatMap(one => (one.type === 'assign' || one.type === 'detach' ? [one.workspace] : [])),
  )
  if (decided.size === 0) return []
  const byWorkspace = Map.groupBy(
    judged.filter(({ workspaceId }) => decided.has(workspaceId)),
    ({ workspaceId }) => workspaceId,
  )
  return yield* flatMapSteps(workspaces, ({ workspace_id: workspaceId, workspace_name }): WorkspaceAccount[] => {
    if (!decided.has(workspaceId)) return []
    const suggested = (): WorkspaceAccount | null => suggestedRow(workspaceId, names.suggest(workspace_name))
    return byWorkspace.get(workspaceId) ?? [suggested() ?? []].flat()
  })
}

function suggestedRow(workspaceId: string, suggested: NameSuggestion | null): WorkspaceAccount | null {
  if (suggested === null) return null
  const { accountId, value, bits } = suggested
  return { workspaceId, accountId, status: 'review', bits, evidence: [{ comparison: 'name', value, bits }] }
}

type Decided = Readonly<{ assigned: ReadonlyMap<string, string>; detached: ReadonlySet<string> }>

/** Accounts by workspace, and pairs that are none. */
function decidedIn(decisions: readonly IdentityDecision[]): Decided {
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
  return { assigned, detached }
}
