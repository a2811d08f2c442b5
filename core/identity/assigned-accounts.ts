import type { WorkspaceAccount } from '#schema/identity'

/**
 * The accounts that workspaces have, without candidates and suggestions.
 *
 * @param rows as judged
 * @returns workspace id -> account id
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function assignedAccounts(rows: readonly WorkspaceAccount[]): ReadonlyMap<string, string> {
  const assigned = rows.filter(({ status }) => status === 'given' || status === 'decided' || status === 'auto')
  return new Map(assigned.map(({ workspaceId, accountId }) => [workspaceId, accountId]))
}
