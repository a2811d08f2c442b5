import { eachInSteps, flatMapSteps, type Steps } from '#lib/steps'
import type { IdentityDecision, WorkspaceAccount, WorkspaceLink } from '#schema/identity'
import { assignedAccounts } from '../assigned-accounts.ts'
import { DisjointSets } from '../cluster/disjoint-sets.ts'

/** Links that put two workspaces under one account; an agency has its own. */
const SHARING: readonly WorkspaceLink['relation'][] = ['merge', 'group', 'environment-of']

/** What groups are made of. */
export type GroupGround = Readonly<{
  /** In the order of the rows. */
  workspaceIds: readonly string[]
  links: readonly WorkspaceLink[]
  /** Those that detach a workspace from an account count here. */
  decisions: readonly IdentityDecision[]
}>

/**
 * Gives the account of a group to its workspaces that have none.
 *
 * A group is what links of status `auto` or `decided` hold together. Its account counts only where all assigned ones of it are the
 * same; a workspace that has an account, several candidates, or was detached from that one, keeps what it has.
 *
 * @param rows accounts of workspaces, in the order of the workspaces
 * @param ground workspaces, links, decisions
 * @returns a generator that halts now and then; the rows with those added, in the order of the workspaces
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function* withGroupedAccounts(
  rows: readonly WorkspaceAccount[],
  { workspaceIds, links, decisions }: GroupGround,
): Steps<readonly WorkspaceAccount[]> {
  const placeOf = new Map(workspaceIds.map((id, place) => [id, place]))
  const sets = new DisjointSets(workspaceIds.length)
  const linkOf = new Map<string, WorkspaceLink>()
  yield* eachInSteps(links, link => {
    const [a, b] = [placeOf.get(link.workspaceA), placeOf.get(link.workspaceB)]
    if (!isSharing(link) || a === undefined || b === undefined) return
    for (const id of [link.workspaceA, link.workspaceB]) if (!linkOf.has(id)) linkOf.set(id, link)
    const [x, y] = [sets.root(a), sets.root(b)]
    if (x !== y) sets.unite(x, y)
  })
  if (linkOf.size === 0) return rows
  const accountsOf = new Map<number, Set<string>>()
  for (const [id, account] of assignedAccounts(rows)) {
    const root = sets.root(placeOf.get(id) ?? 0)
    accountsOf.set(root, (accountsOf.get(root) ?? new Set()).add(account))
  }
  const detached = new Set(
    decisions.flatMap(one => (one.type === 'detach' ? [`${one.workspace}\u0000${one.account}`] : [])),
  )
  const own = Map.groupBy(rows, ({ workspaceId }) => workspaceId)
  return yield* flatMapSteps(workspaceIds.entries(), ([place, id]) => {
    const known = own.get(id) ?? []
    const link = linkOf.get(id)
    const accounts = accountsOf.get(sets.root(place))
    const [account] = accounts ?? []
    if (link === undefined || account === undefined || accounts?.size !== 1) return known
    if (known.some(({ status }) => status !== 'review' && status !== 'watch')) return known
    return detached.has(`${id}\u0000${account}`) ? known : [groupedRow(id, account, link)]
  })
}

function isSharing({ relation, status }: WorkspaceLink): boolean {
  return SHARING.includes(relation) && (status === 'auto' || status === 'decided')
}

function groupedRow(workspaceId: string, accountId: string, link: WorkspaceLink): WorkspaceAccount {
  const other = link.workspaceA === workspaceId ? link.workspaceB : link.workspaceA
  const evidence = [{ comparison: 'workspace', value: `${link.relation} ${other}`, bits: link.bits ?? 0 }]
  return { workspaceId, accountId, status: link.status === 'decided' ? 'decided' : 'auto', bits: link.bits, evidence }
}
