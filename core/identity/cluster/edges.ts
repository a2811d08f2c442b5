import { grownWords } from '#lib/grow'
import { type EdgeColumns, sortedEdges } from './weight-order.ts'

/** Weighed pairs of records as columns; `a` < `b` are records, `steps` sixteenths of a bit. */
export type Edges = EdgeColumns

/** Collects edges. */
export type EdgeList = Readonly<{
  push(a: number, b: number, steps: number): void
  /** The edges so far, as copies, in the order in which they came. */
  edges(): Edges
}>

/** An empty list. */
export function createEdgeList(): EdgeList {
  let [lefts, rights, weights] = [new Uint32Array(1024), new Uint32Array(1024), new Uint32Array(1024)]
  let length = 0
  return {
    push: (a, b, steps) => {
      if (length === lefts.length) {
        lefts = grownWords(lefts, length + 1)
        rights = grownWords(rights, length + 1)
        weights = grownWords(weights, length + 1)
      }
      lefts[length] = Math.min(a, b)
      rights[length] = Math.max(a, b)
      weights[length++] = steps
    },
    edges: () => ({
      a: lefts.slice(0, length),
      b: rights.slice(0, length),
      steps: new Int32Array(weights.slice(0, length).buffer),
    }),
  }
}

/**
 * Edges in the one order in which they are looked at: strongest first, then by smaller record, then by larger one.
 *
 * @param edges in any order
 * @returns new columns, the given ones where they are in order; equal sets of edges give equal columns
 *
 * Source: docs/methods/identity.md, "Clusters".
 */
export function inWeightOrder(edges: Edges): Edges {
  return isInWeightOrder(edges) ? edges : sortedEdges(edges)
}

function isInWeightOrder({ a, b, steps }: Edges): boolean {
  for (let i = 1; i < steps.length; i++) {
    // 0 < i < length
    const order =
      (steps[i - 1] as number) - (steps[i] as number) ||
      (a[i] as number) - (a[i - 1] as number) ||
      (b[i] as number) - (b[i - 1] as number)
    if (order < 0) return false
  }
  return true
}
