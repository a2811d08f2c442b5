import { grownWords } from '#lib/grow'
import { radixOrder } from '../block/radix-order.ts'

/** Weighed pairs of records as columns; `a` < `b` are records, `steps` sixteenths of a bit. */
export type Edges = Readonly<{ a: Uint32Array; b: Uint32Array; steps: Int32Array }>

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
 * @returns new columns; equal sets of edges give equal columns
 *
 * Source: docs/methods/identity.md, "Clusters".
 */
export function inWeightOrder({ a, b, steps }: Edges): Edges {
  let strongest = Number.NEGATIVE_INFINITY
  for (const weight of steps) if (weight > strongest) strongest = weight
  const below = Uint32Array.from(steps, weight => strongest - weight)
  const order = radixOrder(below, radixOrder(a, radixOrder(b)))
  const sorted = {
    a: new Uint32Array(order.length),
    b: new Uint32Array(order.length),
    steps: new Int32Array(order.length),
  }
  for (let i = 0; i < order.length; i++) {
    const edge = order[i] as number // a permutation
    sorted.a[i] = a[edge] as number
    sorted.b[i] = b[edge] as number
    sorted.steps[i] = steps[edge] as number
  }
  return sorted
}
