import type { WorkspaceLink } from '#schema/identity'
import { AUTO_BITS } from '../bits.ts'
import { clusterRecords, type Forest, NEVER_RELEASED } from '../cluster/cluster-records.ts'
import { type Constraints, DEFAULT_CONSTRAINTS, REFUSALS, type RefusalReason } from '../cluster/constraints.ts'
import { DisjointSets } from '../cluster/disjoint-sets.ts'
import { createEdgeList } from '../cluster/edges.ts'
import { clustersAt } from '../cluster/forest.ts'
import { createDictionary } from '../columns/dictionary.ts'
import { nationalTaxId, readTaxId } from '../companies/tax-id.ts'
import type { IdentityRow } from '../identity-tables.ts'
import { AUTO_STEPS } from '../weigh/pair-scorer.ts'
import { STEPS_PER_BIT } from '../weigh/steps.ts'
import type { Words } from '../words/words.ts'

/** Workspaces that are under one account, and what of their links they are held together by. */
export type SharingGroups = Readonly<{
  /** Per workspace the first one of its group. */
  groupOf: Uint32Array
  /** In their order; those that join nothing say why. */
  links: readonly WorkspaceLink[]
}>

/** Links that put two workspaces under one account; an agency has its own. */
const SHARING: readonly WorkspaceLink['relation'][] = ['merge', 'group', 'environment-of']
/** How a link is named that joins nothing. */
const REFUSED = 'refused'
const REASONS: Readonly<Record<RefusalReason, string>> = {
  cannot_link: 'an answer keeps apart what they are grouped with',
  unique_id: 'what they are grouped with has another SSO tenant or tax id',
  too_many_ids: 'together they would have too many ids',
  too_large: 'together they would be more than all workspaces',
  weak_bridge: `one link below ${DEFAULT_CONSTRAINTS.bridgeSteps / STEPS_PER_BIT} bits between two groups is not enough`,
}

type Place = readonly [a: number, b: number]

/**
 * Groups workspaces by the links that put them under one account, under the constraints that hold for persons.
 *
 *   joined by  what somebody said is one, a group or an environment; such links from +7 bits on, a proposed merge among them
 *   kept apart  what somebody said is unrelated or an agency, other SSO tenants, other tax ids
 *
 * Tenants, and tax ids, of two workspaces that are linked themselves are those of one company.
 *
 * @param workspaces in their order
 * @param links with what was decided
 * @param words lists that values are read by
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function sharingGroups(
  workspaces: readonly IdentityRow<'workspaces'>[],
  links: readonly WorkspaceLink[],
  words: Words,
): SharingGroups {
  const placeOf = new Map(workspaces.map(({ workspace_id }, place) => [workspace_id, place]))
  const placesOf = ({ workspaceA, workspaceB }: WorkspaceLink): Place => {
    const [a, b] = [placeOf.get(workspaceA) ?? 0, placeOf.get(workspaceB) ?? 0] // links are of workspaces that are there
    return a < b ? [a, b] : [b, a]
  }
  const sharing = links.filter(isSharing)
  const mustLinks = sharing.filter(({ status }) => status === 'decided').map(placesOf)
  const apart = links.filter(({ status, relation }) => status === 'decided' && !SHARING.includes(relation))
  const edges = createEdgeList()
  for (const link of sharing)
    if (link.status !== 'decided') edges.push(...placesOf(link), Math.round((link.bits ?? 0) * STEPS_PER_BIT))
  const joined = { mustLinks, links: sharing.map(placesOf) }
  const ids = [workspaces.map(row => tenantOf(row, words)), workspaces.map(row => taxIdOf(row, words))]
  const unique = ids.map((own, i) => ({ scope: String(i), codes: companyCodes(own, joined) }))
  const forest = clusterRecords(workspaces.length, edges.edges(), {
    ...DEFAULT_CONSTRAINTS,
    // A large customer has as many as it likes: 200 is what one person may have.
    mostRecords: workspaces.length,
    mustLinks,
    cannotLinks: apart.map(placesOf),
    unique,
  })
  const groupOf = clustersAt(forest, AUTO_STEPS)
  const reasons = reasonsOf(forest, groupOf)
  return { groupOf, links: reasons.size === 0 ? links : links.map(link => told(link, reasons, placesOf(link))) }
}

/** Does a link put two workspaces under one account? A merge is only proposed, but of one company they are. */
export function isSharing({ relation, status, bits }: WorkspaceLink): boolean {
  if (!SHARING.includes(relation)) return false
  return status === 'auto' || status === 'decided' || (relation === 'merge' && bits !== null && bits >= AUTO_BITS)
}

function tenantOf({ sso_tenant }: IdentityRow<'workspaces'>, { isPlaceholder }: Words): string {
  return sso_tenant === null || isPlaceholder(sso_tenant) ? '' : sso_tenant.trim().toLowerCase()
}

/** Without the letters of a country: not every export has them. */
function taxIdOf({ tax_id }: IdentityRow<'workspaces'>, words: Words): string {
  return nationalTaxId(readTaxId(tax_id, words) ?? '')
}

type Joined = Readonly<{ mustLinks: readonly Place[]; links: readonly Place[] }>

/** Codes of ids, equal where two workspaces are linked themselves or answers lead from the one to the other. */
function companyCodes(ids: readonly string[], { mustLinks, links }: Joined): Constraints['unique'][number]['codes'] {
  const dictionary = createDictionary()
  const codes = Uint32Array.from(ids, id => dictionary.codeOf(id))
  const answered = new DisjointSets(ids.length)
  for (const [a, b] of mustLinks) unite(answered, a, b)
  const companies = new DisjointSets(dictionary.size())
  const codeOfGroup = new Map<number, number>()
  const meet = (x: number, y: number): void => {
    if (x !== 0 && y !== 0) unite(companies, x, y)
  }
  codes.forEach((code, place) => {
    const group = answered.root(place)
    meet(code, codeOfGroup.get(group) ?? 0)
    if (code !== 0) codeOfGroup.set(group, code)
  })
  for (const [a, b] of links) meet(codes[a] as number, codes[b] as number) // one code per workspace
  return codes.map(code => (code === 0 ? 0 : companies.root(code)))
}

function unite(sets: DisjointSets, x: number, y: number): void {
  const [a, b] = [sets.root(x), sets.root(y)]
  if (a !== b) sets.unite(a, b)
}

/** Why links join nothing, by their places. */
function reasonsOf({ refusals }: Forest, groupOf: Uint32Array): ReadonlyMap<string, RefusalReason> {
  const reasons = new Map<string, RefusalReason>()
  refusals.a.forEach((a, i) => {
    const b = refusals.b[i] as number // one of each per refusal
    const isHeld = groupOf[a] === groupOf[b] || (refusals.releasedAt[i] as number) !== NEVER_RELEASED
    if (!isHeld) reasons.set(`${a} ${b}`, REFUSALS[refusals.reason[i] as number] as RefusalReason) // written by clusterRecords
  })
  return reasons
}

/** A link with why it joins nothing: somebody is asked about it. */
function told(link: WorkspaceLink, reasons: ReadonlyMap<string, RefusalReason>, [a, b]: Place): WorkspaceLink {
  const reason = reasons.get(`${a} ${b}`)
  if (reason === undefined) return link
  const evidence = [...link.evidence, { comparison: REFUSED, value: REASONS[reason], bits: 0 }]
  return { ...link, evidence, status: link.status === 'auto' ? 'review' : link.status }
}
