import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageOfRuns, type Run, runsAt, runsThat } from '../../../../core/app/review/cluster-runs.ts'
import { APART_STEPS, DECIDED_STEPS, type Forest } from '../../../../core/identity/index.ts'

const join = fc.oneof(fc.integer({ min: -3, max: 5 }), fc.constantFrom(APART_STEPS, DECIDED_STEPS))
const joinsOfMany = fc.array(join, { maxLength: 60 })
const threshold = fc.constantFrom(-3, 0, 3, 6, DECIDED_STEPS)

/** A forest of which only the order and the joins are looked at; nothing joins the last record with a next one. */
function forestOf(joins: readonly number[]): Forest {
  const all = [...joins, APART_STEPS]
  const none = new Uint32Array()
  return {
    size: all.length,
    order: Uint32Array.from(all, (_, i) => i),
    joins: Int32Array.from(all),
    merges: { a: none, b: none, steps: new Int32Array() },
    refusals: { a: none, b: none, steps: new Int32Array(), reason: new Uint8Array(), releasedAt: new Int32Array() },
  }
}

function slowRuns(joins: readonly number[], least: number): Run[] {
  const runs: Run[] = []
  for (let from = 0; from < joins.length; from++) {
    let to = from
    while ((joins[to] ?? APART_STEPS) >= least) to++
    if (to > from) runs.push({ from, to, weakest: Math.min(...joins.slice(from, to)) })
    from = to
  }
  return runs
}

test('a page of clusters is that of all of them in order, the largest or the weakest first', () => {
  const page = fc.record({ sort: fc.constantFrom('size', 'weakest'), offset: fc.nat(20), limit: fc.nat(9) })
  fc.assert(
    fc.property(joinsOfMany, threshold, page, (joins, least, wanted) => {
      const bySize = (x: Run, y: Run): number => y.to - y.from - (x.to - x.from) || x.from - y.from
      const byWeakest = (x: Run, y: Run): number => x.weakest - y.weakest || x.from - y.from
      const sorted = slowRuns(joins, least).sort(wanted.sort === 'size' ? bySize : byWeakest)
      const { offset, limit } = wanted
      expect(pageOfRuns(runsAt(forestOf(joins), least), wanted)).toEqual(sorted.slice(offset, offset + limit))
    }),
  )
})

test('a filter keeps the clusters that pass it', () => {
  fc.assert(
    fc.property(joinsOfMany, threshold, (joins, least) => {
      const isOdd = ({ from }: Run): boolean => from % 2 === 1
      const { from, to, weakest } = runsThat(runsAt(forestOf(joins), least), isOdd)
      const kept = Array.from(from, (start, i) => ({ from: start, to: to[i], weakest: weakest[i] }))
      expect(kept).toEqual(slowRuns(joins, least).filter(isOdd))
    }),
  )
})
