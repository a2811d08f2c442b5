import type { Dataset } from '#schema/dataset'
import type { Evidence, IdentityDecision, PersonLink, PersonRefusal } from '#schema/identity'
import type { Person } from '#schema/unit'
import { candidatePairs } from '../block/candidate-pairs.ts'
import type { BlockCount } from '../block/split-blocks.ts'
import { clusterRecords, type Forest } from '../cluster/cluster-records.ts'
import { DEFAULT_CONSTRAINTS, REFUSALS, type RefusalReason } from '../cluster/constraints.ts'
import { createEdgeList, type Edges, inWeightOrder } from '../cluster/edges.ts'
import { clustersAt } from '../cluster/forest.ts'
import { DECIDED_STEPS } from '../cluster/growing-clusters.ts'
import type { EmailReading } from '../email.ts'
import { DEFAULT_FURTHER } from '../weigh/further-records.ts'
import { AUTO_STEPS, type PairScorer, pairScorer, priorBits, WATCH_STEPS } from '../weigh/pair-scorer.ts'
import { STEPS_PER_BIT } from '../weigh/steps.ts'
import { type UserColumns, userColumns } from './user-columns.ts'
import { userComparisons, userKeys } from './user-comparisons.ts'

const MOST_EMAILS = 5
const MOST_DEVICES = 20

/** Users joined by all evidence. */
export type JoinedUsers = Readonly<{
  persons: readonly Person[]
  personOfUser: ReadonlyMap<string, number>
  columns: UserColumns
  edges: Edges
  forest: Forest
  scorer: PairScorer
  blocks: readonly BlockCount[]
}>

/** What users are joined by, besides their rows. */
export type JoinGround = Readonly<{
  decisions: readonly IdentityDecision[]
  read: (text: string | null) => EmailReading
}>

/**
 * Joins user records into persons by all evidence, at +7 bits.
 *
 * @param dataset its users; decisions about others wait
 * @param userIds all users there are, in code-point order; those of no row are persons of their own
 * @param ground decisions in the order of the log (must_link and cannot_link of users, blocked and allowed values), and what reads
 *   an address
 * @returns persons in the order of their ids, and the clusters of every threshold
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function joinUsers(
  { users }: Pick<Dataset, 'users'>,
  userIds: readonly string[],
  { decisions, read }: JoinGround,
): JoinedUsers {
  const blocked = blockedValues(decisions)
  const columns = userColumns(users, read, (kind, value) => blocked.has(`${kind} ${value}`))
  const size = users.length
  const comparisons = userComparisons(columns)
  const scorer = pairScorer(comparisons, priorBits(size, DEFAULT_FURTHER))
  const candidates = candidatePairs(size, userKeys(columns))
  const list = createEdgeList()
  candidates.eachPair((a, b) => {
    const steps = scorer.score(a, b, WATCH_STEPS)
    if (steps >= WATCH_STEPS) list.push(a, b, steps)
  })
  const edges = inWeightOrder(list.edges())
  const rowOf = new Map(columns.ids.map((id, row) => [id, row]))
  const forest = clusterRecords(size, edges, {
    ...DEFAULT_CONSTRAINTS,
    mustLinks: linksOf('must_link', decisions, rowOf),
    cannotLinks: linksOf('cannot_link', decisions, rowOf),
    unique: columns.subjects,
    limits: [
      { scope: 'email', codes: firstMailbox(columns), most: MOST_EMAILS },
      { scope: 'device', codes: columns.device.codes, most: MOST_DEVICES },
    ],
  })
  const grouped = personsOf(userIds, rowOf, clustersAt(forest, AUTO_STEPS))
  return { ...grouped, columns, edges, forest, scorer, blocks: candidates.counts }
}

/**
 * Pairs of users with their evidence: those that joined, and those for somebody to look at.
 *
 * @param joined as `joinUsers` gives it
 * @returns strongest first
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function personLinks({ columns, edges, scorer }: JoinedUsers): readonly PersonLink[] {
  return Array.from(edges.steps, (steps, i) => {
    const [a, b] = [edges.a[i] as number, edges.b[i] as number] // one of each per edge
    const { bars } = scorer.explain(a, b)
    const evidence = bars.map(({ comparison, level, value, steps: own }): Evidence => {
      return { comparison: `${comparison}: ${level}`, value, bits: own / STEPS_PER_BIT }
    })
    const status = steps >= AUTO_STEPS ? 'auto' : steps >= 0 ? 'review' : 'watch'
    return { userA: columns.ids[a] ?? '', userB: columns.ids[b] ?? '', status, bits: steps / STEPS_PER_BIT, evidence }
  })
}

/** Why pairs of users did not join, strongest first. */
export function personRefusals({ columns, forest: { refusals } }: JoinedUsers): readonly PersonRefusal[] {
  return Array.from(refusals.steps, (steps, i) => {
    const reason = REFUSALS[refusals.reason[i] ?? 0] as RefusalReason // written by clusterRecords
    const bits = steps === DECIDED_STEPS ? null : steps / STEPS_PER_BIT
    return { userA: columns.ids[refusals.a[i] ?? 0] ?? '', userB: columns.ids[refusals.b[i] ?? 0] ?? '', reason, bits }
  })
}

function blockedValues(decisions: readonly IdentityDecision[]): ReadonlySet<string> {
  const blocked = new Set<string>()
  for (const decision of decisions) {
    if (decision.type === 'block_value') blocked.add(`${decision.kind} ${decision.value}`)
    if (decision.type === 'allow_value') blocked.delete(`${decision.kind} ${decision.value}`)
  }
  return blocked
}

function linksOf(
  type: 'must_link' | 'cannot_link',
  decisions: readonly IdentityDecision[],
  rowOf: ReadonlyMap<string, number>,
): (readonly [number, number])[] {
  return decisions.flatMap(decision => {
    if (decision.type !== type || decision.a.object !== 'user' || decision.b.object !== 'user') return []
    const [a, b] = [rowOf.get(decision.a.key), rowOf.get(decision.b.key)]
    return a === undefined || b === undefined || a === b ? [] : [[a, b] as const]
  })
}

function firstMailbox({ people: { size, email, emails } }: UserColumns): Uint32Array {
  return Uint32Array.from({ length: size }, (_, i) => {
    const at = email.offsets[i] as number // one entry more than there are records
    const code = at === email.offsets[i + 1] ? 0 : (email.codes[at] as number)
    return emails.isPersonal[code] === 1 ? (emails.canonical[code] as number) : 0
  })
}

function personsOf(
  userIds: readonly string[],
  rowOf: ReadonlyMap<string, number>,
  clusterOfRow: Uint32Array,
): Pick<JoinedUsers, 'persons' | 'personOfUser'> {
  const persons: { id: string; userIds: string[] }[] = []
  const personOfUser = new Map<string, number>()
  const personOfCluster = new Int32Array(clusterOfRow.length).fill(-1)
  for (const userId of userIds) {
    const row = rowOf.get(userId)
    const cluster = row === undefined ? -1 : (clusterOfRow[row] as number) // one cluster per row
    const known = cluster < 0 ? -1 : (personOfCluster[cluster] as number)
    const index = known < 0 ? persons.length : known
    if (known < 0) persons.push({ id: userId, userIds: [userId] })
    else persons[index]?.userIds.push(userId)
    if (cluster >= 0) personOfCluster[cluster] = index
    personOfUser.set(userId, index)
  }
  return { persons, personOfUser }
}
