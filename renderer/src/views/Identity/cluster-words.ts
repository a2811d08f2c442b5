import type { ClusterEdge, ClusterGraph } from '../../state/identity-clusters.ts'
import { bits } from '../../ui/format.ts'

/** The joins by which two parts of two or more records each hang together alone; that a single record hangs by one is usual. */
export function partingJoins({ nodes, edges }: ClusterGraph): ReadonlySet<number> {
  const found = new Set<number>()
  for (const [place, edge] of edges.entries()) {
    if (!edge.isBridge || edge.refused !== null) continue
    if (hasOther(edge.a, place) && hasOther(edge.b, place)) found.add(place)
  }
  return found

  /** Whether another record hangs on this one without that join. */
  function hasOther(node: number, without: number): boolean {
    return edges.some(
      ({ a, b, refused }, place) =>
        place !== without && refused === null && (a === node || b === node) && nodes[a]?.cluster === nodes[b]?.cluster,
    )
  }
}

const REFUSED: Readonly<Record<NonNullable<ClusterEdge['refused']>, string>> = {
  cannot_link: 'an answer keeps them apart',
  unique_id: 'both sides have an id of which a person has one',
  too_many_ids: 'the person would have too many ids of one kind',
  too_large: 'the group would be too large',
  weak_bridge: 'two groups would hang together by this alone',
}

/** What an edge is, in words: joined, a bridge, decided, or refused and why. */
export function edgeWords({ refused, isBridge, isDecided }: ClusterEdge): string {
  if (refused !== null) return `Refused: ${REFUSED[refused]}`
  if (isDecided) return 'Joined by an answer'
  return isBridge ? 'Joined; without it the group falls apart' : 'Joined'
}

export const strengthWords = (value: number | null): string => (value === null ? 'answered' : `${bits(value)} bits`)

/** Names of the records by their places; addresses where names do not tell them apart, and ids where these do not. */
export function recordLabels(nodes: ClusterGraph['nodes']): readonly string[] {
  const titles = countsOf(nodes.map(({ title }) => title))
  const subtitles = countsOf(nodes.map(({ subtitle }) => subtitle ?? ''))
  return nodes.map(({ key, title, subtitle }) => {
    if (titles.get(title) === 1) return title
    if (subtitle === null) return key
    return subtitles.get(subtitle) === 1 ? subtitle : `${key}, ${subtitle}`
  })
}

function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
