import { flatMapSteps, type Steps } from '#lib/steps'
import { DAY_MS } from '#lib/time'
import type { Evidence, LinkStatus, WorkspaceLink } from '#schema/identity'
import { AUTO_BITS } from '../bits.ts'
import type { BlockCount } from '../block/split-blocks.ts'
import { withoutAgencies } from './agency-people.ts'
import { organisationEvidence } from './organisation-evidence.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'
import { workspacePairSteps } from './workspace-pairs.ts'

const WATCH_BITS = -3
const CREATED_TOGETHER_MS = 14 * DAY_MS
const DORMANT_MS = 30 * DAY_MS

/** Links between workspaces, and what brought the pairs up that were looked at. */
export type FoundLinks = Readonly<{ links: readonly WorkspaceLink[]; blocks: readonly BlockCount[] }>

/**
 * Which workspaces belong together, and how.
 *
 * First whether they are of one organisation, in bits; then what they are to each other: `environment-of` (prod and sandbox),
 * `agency-of` (an outside majority), `merge` (a duplicate: proposed, never done without a decision), else `group`. Pairs whose
 * evidence speaks against are `unrelated`.
 *
 * @param stated facts in the order of the workspaces
 * @returns a generator that halts now and then; links, each pair once, in the order of the workspaces; A is the environment, the agency,
 *   or the smaller id
 *
 * Source: docs/methods/identity.md, "Workspaces".
 */
export function* workspaceLinkSteps(stated: readonly WorkspaceFacts[]): Steps<FoundLinks> {
  const facts = withoutAgencies(stated)
  yield
  const { pairs, sharedPersons, madeBy, blocks } = yield* workspacePairSteps(facts)
  const links = yield* flatMapSteps(pairs, ([i, j]): WorkspaceLink[] => {
    const [a, b] = [facts[i] as WorkspaceFacts, facts[j] as WorkspaceFacts] // places of the list
    const persons = sharedPersons(i, j)
    const found = organisationEvidence(a, b, { persons, madeByCreator: madeBy.get(a.creator ?? -1) ?? 0 })
    if (found === null || found.bits < WATCH_BITS) return found === null ? [] : unrelated(a, b, found)
    const relation = relationOf(a, b, persons)
    const isSwapped = relation.first === 'b'
    return [
      {
        workspaceA: isSwapped ? b.id : a.id,
        workspaceB: isSwapped ? a.id : b.id,
        relation: relation.relation,
        status: statusOf(found.bits, relation.relation),
        bits: found.bits,
        evidence: [...found.evidence, ...relation.because],
      },
    ]
  })
  return { links, blocks }
}

type Found = Readonly<{ bits: number; evidence: readonly Evidence[] }>

function unrelated(a: WorkspaceFacts, b: WorkspaceFacts, { bits, evidence }: Found): WorkspaceLink[] {
  return [{ workspaceA: a.id, workspaceB: b.id, relation: 'unrelated', status: 'watch', bits, evidence }]
}

function statusOf(bits: number, relation: WorkspaceLink['relation']): LinkStatus {
  if (bits < 0) return 'watch'
  return bits >= AUTO_BITS && relation !== 'merge' ? 'auto' : 'review'
}

type Relation = Readonly<{ relation: WorkspaceLink['relation']; first: 'a' | 'b'; because: readonly Evidence[] }>

function relationOf(a: WorkspaceFacts, b: WorkspaceFacts, persons: number): Relation {
  return environmentRelation(a, b) ?? agencyRelation(a, b, persons) ?? duplicateRelation(a, b) ?? grouped(a, b)
}

const note = (comparison: string, value: string): Evidence => ({ comparison, value, bits: 0 })

const environmentOf = ({ environment }: WorkspaceFacts): string => environment ?? 'prod'

/** A sandbox, development or test workspace beside one that is none. */
function environmentRelation(a: WorkspaceFacts, b: WorkspaceFacts): Relation | null {
  const [x, y] = [environmentOf(a), environmentOf(b)]
  if ((x === 'prod') === (y === 'prod')) return null
  return { relation: 'environment-of', first: x === 'prod' ? 'b' : 'a', because: [note('environment', `${x} | ${y}`)] }
}

/** Shared people who are a minority on one side, whose majority is of another company than theirs. */
function agencyRelation(a: WorkspaceFacts, b: WorkspaceFacts, persons: number): Relation | null {
  if (persons === 0 || a.dominantDomain === null || b.dominantDomain === null || a.dominantDomain === b.dominantDomain)
    return null
  const shareOfA = (b.domains.get(a.dominantDomain) ?? 0) / Math.max(1, b.members.size)
  const shareOfB = (a.domains.get(b.dominantDomain) ?? 0) / Math.max(1, a.members.size)
  if (shareOfA === 0 && shareOfB === 0) return null
  const first = shareOfA >= shareOfB ? 'a' : 'b'
  const [agency, client] = first === 'a' ? [a, b] : [b, a]
  return { relation: 'agency-of', first, because: [note('outside people', `${agency.dominantDomain} in ${client.id}`)] }
}

/** Two signs of a duplicate and none against it. */
function duplicateRelation(a: WorkspaceFacts, b: WorkspaceFacts): Relation | null {
  if (a.isPaid && b.isPaid) return null
  // What is tried in development is not what is tried in staging.
  if (environmentOf(a) !== environmentOf(b)) return null
  if (a.name.teams.length > 0 || b.name.teams.length > 0) return null
  const disjoint = [...a.members].every(person => !b.members.has(person))
  if (disjoint && a.members.size > 1 && b.members.size > 1) return null
  const signs = duplicateSigns(a, b)
  return signs.length >= 2
    ? { relation: 'merge', first: 'a', because: signs.map(sign => note('duplicate', sign)) }
    : null
}

function duplicateSigns(a: WorkspaceFacts, b: WorkspaceFacts): string[] {
  const [small, large] = a.members.size <= b.members.size ? [a, b] : [b, a]
  const signs: string[] = []
  if (small.members.size > 0 && [...small.members].every(person => large.members.has(person)))
    signs.push(`members of ${small.id} are members of ${large.id}`)
  if (a.lastActive !== null && b.lastActive !== null && Math.abs(a.lastActive - b.lastActive) >= DORMANT_MS)
    signs.push(`${a.lastActive < b.lastActive ? a.id : b.id} went quiet while the other went on`)
  if (a.creator !== null && a.creator === b.creator && isTogether(a.createdAt, b.createdAt))
    signs.push('made within 14 days by one person')
  if (!a.name.isGeneric && !b.name.isGeneric && a.name.base.length > 0 && a.name.base.join('') === b.name.base.join(''))
    signs.push('same name')
  if (a.isPaid !== b.isPaid && signs.length > 0) signs.push(`${a.isPaid ? b.id : a.id} is the unpaid one of the two`)
  return signs
}

function isTogether(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && Math.abs(a - b) <= CREATED_TOGETHER_MS
}

function grouped(a: WorkspaceFacts, b: WorkspaceFacts): Relation {
  const because: Evidence[] = []
  if (a.isPaid && b.isPaid) because.push(note('sibling', 'both are paid'))
  const teams = [...a.name.teams, ...b.name.teams]
  if (teams.length > 0) because.push(note('sibling', `parts of a company: ${teams.join(', ')}`))
  if (a.members.size > 0 && b.members.size > 0 && [...a.members].every(person => !b.members.has(person)))
    because.push(note('sibling', 'no member in common'))
  return { relation: 'group', first: 'a', because }
}
