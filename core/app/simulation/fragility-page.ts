import type { Output } from '#contract/contract'
import { DESTINATIONS, type Destination } from '#schema/policy'
import { type Edge, type edgeReader, type Judged, leastPoints } from '#simulate'
import { type Readable, type ScoreRun, scoreRows } from '#store'
import { outcomeOf } from './mover-page.ts'

/** Points within which a unit is close to going elsewhere. */
const NEAR = 3

type Asked = Readonly<{
  judged: Judged
  edgesOf: ReturnType<typeof edgeReader>
  /** Null: all units. */
  destination: Destination | null
  offset: number
  limit: number
}>

/** Units of a destination by how close they are to going elsewhere, and how many are within 3 points of it. */
export function fragilityPage(
  db: Readable,
  { runId }: Pick<ScoreRun, 'runId'>,
  { judged, edgesOf, destination, offset, limit }: Asked,
): Output<'simulate.fragility'> {
  const place = destination === null ? null : DESTINATIONS.indexOf(destination)
  const units = [...judged.destination.keys()].filter(u => place === null || judged.destination[u] === place)
  const least = new Map(units.map(u => [u, leastPoints(edgesOf(u))]))
  const leastOf = (u: number): number => least.get(u) ?? Number.POSITIVE_INFINITY
  const near = units.filter(u => leastOf(u) <= NEAR).length
  // Infinity - Infinity is no order.
  units.sort((a, b) => (leastOf(a) === leastOf(b) ? a - b : leastOf(a) - leastOf(b)))
  const shown = units.slice(offset, offset + limit)
  const rows = shown.length === 0 ? [] : scoreRows(db, runId, shown)
  return {
    units: units.length,
    near,
    share: units.length === 0 ? 0 : near / units.length,
    rows: rows.map(({ unitNo, unitId, unitName }) => {
      const { up, down } = edgesOf(unitNo)
      return { unitNo, unitId, unitName, ...outcomeOf(judged, unitNo), up: edgeView(up), down: edgeView(down) }
    }),
    nextOffset: offset + limit < units.length ? offset + limit : null,
  }
}

function edgeView(edge: Edge | null) {
  return edge === null ? null : { points: edge.points, destination: DESTINATIONS[edge.destination] ?? 'none' }
}
