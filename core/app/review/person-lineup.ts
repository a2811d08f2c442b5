import { clustersAt, type Forest, type JoinedUsers } from '#identity'

/**
 * Pairs of users by where the evidence puts them, as places in the edges: strongest first, one pair per two groups. Answers are
 * left out of it: they are laid over it, so that it stays good while they are given and taken back.
 */
export type PersonLineup = Readonly<{
  /** Edges within groups. */
  auto: Uint32Array
  review: Uint32Array
  watch: Uint32Array
  /** Group of each user row by evidence alone: its smallest row. */
  groupOfRow: Uint32Array
  /** Clusters by evidence alone. */
  forest: Forest
}>

/**
 * Sorts weighed pairs: those within one group are joined; of the others the strongest between two groups stands for all, since one
 * answer settles them.
 *
 * @param forest clusters by evidence alone
 * @param autoSteps sixteenths of a bit from which users are joined
 */
export function personLineup({ edges }: Pick<JoinedUsers, 'edges'>, forest: Forest, autoSteps: number): PersonLineup {
  const groupOfRow = clustersAt(forest, autoSteps)
  const [auto, review, watch]: [number[], number[], number[]] = [[], [], []]
  const seen = new Set<number>()
  for (let edge = 0; edge < edges.steps.length; edge++) {
    // One of each per edge, one group per row.
    const a = groupOfRow[edges.a[edge] as number] as number
    const b = groupOfRow[edges.b[edge] as number] as number
    if (a === b) {
      auto.push(edge)
      continue
    }
    const pair = Math.min(a, b) * forest.size + Math.max(a, b)
    if (seen.has(pair)) continue
    seen.add(pair)
    if ((edges.steps[edge] as number) >= 0) review.push(edge)
    else watch.push(edge)
  }
  return {
    auto: Uint32Array.from(auto),
    review: Uint32Array.from(review),
    watch: Uint32Array.from(watch),
    groupOfRow,
    forest,
  }
}
