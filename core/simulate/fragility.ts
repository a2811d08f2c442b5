import type { Judge, Judged, Simulator } from './simulator.ts'

/** Scores go from 0 to 100 by tenths. */
const STEPS = 1001

/** The nearest scores at which a unit would go elsewhere: points up and down, and where to; null where there is none. */
export type Edges = Readonly<{ up: Edge | null; down: Edge | null }>
export type Edge = Readonly<{ points: number; destination: number }>

/**
 * Tells how far units are from going elsewhere, by the score alone.
 *
 *   up(u)   = the least p > 0 for which destination(score + p) is another one; down likewise
 *
 * @returns a reader by unit; units that no test tells apart share one table
 *
 * Source: docs/methods/simulate.md, "Fragility".
 */
export function edgeReader(simulator: Simulator, judge: Judge, { score }: Judged): (u: number) => Edges {
  const tables = new Map<number, Table>()
  return u => {
    const kind = simulator.factKindOf(u)
    const table = tables.get(kind) ?? tableOf(simulator.destinationsByScore(u, judge))
    tables.set(kind, table)
    const step = Math.round((score[u] as number) * 10) // u is a position in units
    return { up: edgeAt(table, step, table.above), down: edgeAt(table, step, table.below) }
  }
}

type Table = Readonly<{
  destination: Uint8Array
  /** The next step above with another destination, and below; STEPS and -1 where there is none. */
  above: Int32Array
  below: Int32Array
}>

function tableOf(destination: Uint8Array): Table {
  const above = new Int32Array(STEPS).fill(STEPS)
  const below = new Int32Array(STEPS).fill(-1)
  // Within range throughout.
  for (let step = STEPS - 2; step >= 0; step--)
    above[step] = destination[step] === destination[step + 1] ? (above[step + 1] as number) : step + 1
  for (let step = 1; step < STEPS; step++)
    below[step] = destination[step] === destination[step - 1] ? (below[step - 1] as number) : step - 1
  return { destination, above, below }
}

function edgeAt({ destination }: Table, step: number, edges: Int32Array): Edge | null {
  const edge = edges[step] as number // step is a tenth
  if (edge < 0 || edge >= STEPS) return null
  return { points: Math.abs(edge - step) / 10, destination: destination[edge] as number }
}

/** The nearer of two edges, in points; Infinity where there is none. */
export function leastPoints({ up, down }: Edges): number {
  return Math.min(up?.points ?? Number.POSITIVE_INFINITY, down?.points ?? Number.POSITIVE_INFINITY)
}
