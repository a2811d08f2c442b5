import type { Evidence, IdentityDecision, PersonLink, PersonRefusal } from '#schema/identity'
import type { Person } from '#schema/unit'
import { clusterRecords, type Forest } from '../cluster/cluster-records.ts'
import { DEFAULT_CONSTRAINTS, REFUSALS, type RefusalReason } from '../cluster/constraints.ts'
import type { Edges } from '../cluster/edges.ts'
import { clustersAt } from '../cluster/forest.ts'
import { DECIDED_STEPS } from '../cluster/growing-clusters.ts'
import { isApart } from '../pair-decisions.ts'
import { explainedPair } from '../weigh/between-people.ts'
import { AUTO_STEPS } from '../weigh/pair-scorer.ts'
import { STEPS_PER_BIT } from '../weigh/steps.ts'
import { freedEdges, type PairAnswers, type RowPair } from './freed-edges.ts'
import type { WeighedUsers } from './weigh-users.ts'

const MOST_EMAILS = 5
const MOST_DEVICES = 20

/** Users joined by all evidence. */
export type JoinedUsers = WeighedUsers &
  Readonly<{
    persons: readonly Person[]
    personOfUser: ReadonlyMap<string, number>
    forest: Forest
    /** Pairs as answers leave them (`freedEdges`): what the forest is of. */
    given: Edges
  }>

/**
 * Joins weighed user records into persons, at +7 bits or where somebody set it.
 *
 * @param weighed as `weighSteps` gives it
 * @param userIds all users there are, in code-point order; those of no row are persons of their own
 * @param ground decisions in force (must_link and cannot_link of users count here, those about others wait), and from where on users
 *   are joined
 * @returns persons in the order of their ids, and the clusters of every threshold
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function joinUsers(
  weighed: WeighedUsers,
  userIds: readonly string[],
  { decisions, autoSteps }: Readonly<{ decisions: readonly IdentityDecision[]; autoSteps: number }>,
): JoinedUsers {
  const rowOf = new Map(weighed.ids.map((id, row) => [id, row]))
  const { forest, given } = clusterUsers(weighed, decisions, rowOf)
  return { ...weighed, ...personsOf(userIds, rowOf, clustersAt(forest, autoSteps)), forest, given }
}

/**
 * The clusters of weighed user records at every threshold.
 *
 * @param weighed as `weighSteps` gives it
 * @param decisions in force
 * @param rowOf row of each user id
 * @returns the clusters, and the pairs that they are of
 *
 * Source: docs/methods/identity.md, "Clusters".
 */
export function clusterUsers(
  weighed: WeighedUsers,
  decisions: readonly IdentityDecision[],
  rowOf: ReadonlyMap<string, number>,
): Pick<JoinedUsers, 'forest' | 'given'> {
  const { ids, limits } = weighed
  const answers = pairAnswers(decisions, rowOf)
  const given = freedEdges(weighed, answers)
  const forest = clusterRecords(ids.length, given, {
    ...DEFAULT_CONSTRAINTS,
    ...answers,
    scoped: limits.subjects,
    limits: [
      { scope: 'email', codes: limits.mailbox, most: MOST_EMAILS },
      { scope: 'device', codes: limits.device, most: MOST_DEVICES },
    ],
  })
  return { forest, given }
}

/**
 * Pairs of users with their evidence: those that joined, and those for somebody to look at.
 *
 * @param joined as `joinUsers` gives it
 * @returns strongest first
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function personLinks({ ids, given: edges, details }: JoinedUsers): readonly PersonLink[] {
  const { scorer } = details()
  return Array.from(edges.steps, (steps, i) => {
    const [a, b] = [edges.a[i] as number, edges.b[i] as number] // one of each per edge
    const { bars } = explainedPair(scorer, edges, a, b)
    const evidence = bars.map(({ comparison, level, value, steps: own }): Evidence => {
      return { comparison: `${comparison}: ${level}`, value, bits: own / STEPS_PER_BIT }
    })
    const status = steps >= AUTO_STEPS ? 'auto' : steps >= 0 ? 'review' : 'watch'
    return { userA: ids[a] ?? '', userB: ids[b] ?? '', status, bits: steps / STEPS_PER_BIT, evidence }
  })
}

/** Why pairs of users did not join, strongest first. */
export function personRefusals({ ids, forest: { refusals } }: JoinedUsers): readonly PersonRefusal[] {
  return Array.from(refusals.steps, (steps, i) => {
    const reason = REFUSALS[refusals.reason[i] ?? 0] as RefusalReason // written by clusterRecords
    const bits = steps === DECIDED_STEPS ? null : steps / STEPS_PER_BIT
    return { userA: ids[refusals.a[i] ?? 0] ?? '', userB: ids[refusals.b[i] ?? 0] ?? '', reason, bits }
  })
}

/** Answers about two users, by their rows. */
export function pairAnswers(decisions: readonly IdentityDecision[], rowOf: ReadonlyMap<string, number>): PairAnswers {
  return {
    mustLinks: userLinks('must_link', decisions, rowOf),
    cannotLinks: userLinks('cannot_link', decisions, rowOf),
    sidesApart: decisions
      .filter(isApart)
      .map(({ persons: [left, right] }) => [rowsOf(left, rowOf), rowsOf(right, rowOf)]),
  }
}

/** Rows of the users that are there. */
export function rowsOf(users: readonly string[], rowOf: ReadonlyMap<string, number>): readonly number[] {
  return users.flatMap(user => rowOf.get(user) ?? [])
}

/** Decisions of a kind about two users, by their rows. */
function userLinks(
  type: 'must_link' | 'cannot_link',
  decisions: readonly IdentityDecision[],
  rowOf: ReadonlyMap<string, number>,
): RowPair[] {
  return decisions.flatMap(decision => {
    if (decision.type !== type || decision.a.object !== 'user' || decision.b.object !== 'user') return []
    const [a, b] = [rowOf.get(decision.a.key), rowOf.get(decision.b.key)]
    return a === undefined || b === undefined || a === b ? [] : [[a, b] as const]
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
