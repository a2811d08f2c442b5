import type { Unit } from '#schema/unit'
import type { Judged } from './simulator.ts'

/** By what a unit is found again among others. */
export type Home = Pick<Unit, 'id' | 'workspaceIds'>

/** No unit: nothing of it is left. */
const GONE = -1

/**
 * Where the units of a base are among those of a world with other persons, accounts or merged workspaces.
 *
 *   place(u) = the unit of the same id, else the one that holds u's first workspace, else none
 *
 * @param base   units whose way is followed
 * @param others units of the other world, in their order
 * @returns one position in `others` per unit of the base; -1: none
 *
 * Source: docs/methods/simulate.md, "Who is who".
 */
export function placesOf(base: readonly Home[], others: readonly Home[]): Int32Array {
  const byId = new Map(others.map(({ id }, place) => [id, place]))
  const byWorkspace = new Map(others.flatMap(({ workspaceIds }, place) => workspaceIds.map(id => [id, place] as const)))
  return Int32Array.from(base, ({ id, workspaceIds }) => byId.get(id) ?? byWorkspace.get(workspaceIds[0] ?? '') ?? GONE)
}

/**
 * What other units come to, seen from the units of a base: each has the figures of the unit that it is in.
 *
 * @param places as `placesOf` gives them
 * @returns one value per unit of the base; one that is gone has no points and goes nowhere
 *
 * Source: docs/methods/simulate.md, "Who is who".
 */
export function followed({ score, stage, destination }: Judged, places: Int32Array): Judged {
  return {
    score: Float64Array.from(places, place => (place === GONE ? 0 : (score[place] as number))), // places are positions
    stage: codesAt(stage, places),
    destination: codesAt(destination, places),
  }
}

/** Position 0 of stages and destinations is that of what has none. */
function codesAt(codes: Uint8Array, places: Int32Array): Uint8Array {
  return Uint8Array.from(places, place => (place === GONE ? 0 : (codes[place] as number))) // places are positions
}
