import { eachInSteps, flatMapSteps, type Steps } from '#lib/steps'
import type { IdentityDecision, WorkspaceAccount, WorkspaceLink } from '#schema/identity'
import { assignedAccounts } from '../assigned-accounts.ts'
import { isSharing, type SharingGroups } from './sharing-groups.ts'

/** What groups are made of. */
export type GroupGround = Readonly<{
  /** In the order of the rows. */
  workspaceIds: readonly string[]
  groups: SharingGroups
  /** Those that detach a workspace from an account count here. */
  decisions: readonly IdentityDecision[]
}>

/**
 * Gives the account of a group to its workspaces that have none.
 *
 * Its account counts only where all assigned ones of it are the same; a workspace that has an account, several candidates, or was
 * detached from that one, keeps what it has.
 *
 * @param rows accounts of workspaces, in the order of the workspaces
 * @param ground workspaces, groups, decisions
 * @returns a generator that halts now and then; the rows with those added, in the order of the workspaces
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function* withGroupedAccounts(
  rows: readonly WorkspaceAccount[],
  { workspaceIds, groups: { groupOf, links }, decisions }: GroupGround,
): Steps<readonly WorkspaceAccount[]> {
  const placeOf = new Map(workspaceIds.map((id, place) => [id, place]))
  const group = (id: string): number => groupOf[placeOf.get(id) ?? 0] as number // one per workspace
  const linkOf = new Map<string, WorkspaceLink>()
  yield* eachInSteps(links, link => {
    const { workspaceA, workspaceB } = link
    if (!isSharing(link) || group(workspaceA) !== group(workspaceB)) return
    for (const id of [workspaceA, workspaceB]) if (!linkOf.has(id)) linkOf.set(id, link)
  })
  if (linkOf.size === 0) return rows
  const accountsOf = new Map<number, Set<string>>()
  for (const [id, account] of assignedAccounts(rows))
    accountsOf.set(group(id), (accountsOf.get(group(id)) ?? new Set()).add(account))
  const detached = new Set(
    decisions.flatMap(one => (one.type === 'detach' ? [`${one.workspace}\u0000${one.account}`] : [])),
  )
  const own = Map.groupBy(rows, ({ workspaceId }) => workspaceId)
  return yield* flatMapSteps(workspaceIds, id => {
    const known = own.get(id) ?? []
    const link = linkOf.get(id)
    const accounts = accountsOf.get(group(id))
    const [account] = accounts ?? []
    if (link === undefined || account === undefined || accounts?.size !== 1) return known
    if (known.some(({ status }) => status !== 'review' && status !== 'watch')) return known
    return detached.has(`${id}\u0000${account}`) ? known : [groupedRow(id, account, link)]
  })
}

function groupedRow(workspaceId: string, accountId: string, link: WorkspaceLink): WorkspaceAccount {
  const other = link.workspaceA === workspaceId ? link.workspaceB : link.workspaceA
  const evidence = [{ comparison: 'workspace', value: `${link.relation} ${other}`, bits: link.bits ?? 0 }]
  return { workspaceId, accountId, status: link.status === 'decided' ? 'decided' : 'auto', bits: link.bits, evidence }
}
