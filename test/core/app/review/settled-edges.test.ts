import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answers, keyOf } from '../../../../core/app/review/answers.ts'
import { personLineup } from '../../../../core/app/review/person-lineup.ts'
import type { Room } from '../../../../core/app/review/room.ts'
import { settledEdges } from '../../../../core/app/review/settled-edges.ts'
import { clusterRecords } from '../../../../core/identity/cluster/cluster-records.ts'
import { DEFAULT_CONSTRAINTS } from '../../../../core/identity/cluster/constraints.ts'
import { createEdgeList, inWeightOrder } from '../../../../core/identity/cluster/edges.ts'

const SIZE = 12
const AUTO = 112
/** Pairs of these sixteenths may wait for answers about names, which these users have none of. */
const HELD = AUTO - 1
const row = fc.nat(SIZE - 1)
const pair = fc.tuple(row, row).filter(([a, b]) => a !== b)
const made = fc.record({
  edges: fc.array(fc.tuple(pair, fc.integer({ min: -48, max: 200 })), { maxLength: 40 }),
  said: fc.array(fc.tuple(pair, fc.constantFrom('same', 'different')), { maxLength: 12 }),
  apart: fc.array(fc.tuple(fc.array(row, { maxLength: 3 }), fc.array(row, { maxLength: 3 })), { maxLength: 3 }),
})

type Made = typeof made extends fc.Arbitrary<infer M> ? M : never

/** Users are called by their row; a user of row `SIZE` is not there. */
function roomOf({ edges, said, apart: further }: Made): Room {
  const list = createEdgeList()
  const seen = new Set<string>()
  for (const [[a, b], steps] of edges) {
    const key = [Math.min(a, b), Math.max(a, b)].join()
    if (!seen.has(key) && steps !== HELD) list.push(a, b, steps)
    seen.add(key)
  }
  const joined = { edges: inWeightOrder(list.edges()) }
  const lineup = personLineup(joined, clusterRecords(SIZE, joined.edges, DEFAULT_CONSTRAINTS), AUTO)
  const decided: Answers['decided'] = new Map(
    said.map(([[a, b], answer], i) => {
      const of = { question: 'persons', a: String(a), b: String(b) } as const
      const decision = { decisionNo: i + 1, answer, relation: null, note: null, decidedAt: 0 }
      return [keyOf(of), { pair: of, decision, evidence: null }]
    }),
  )
  const apart = further.map(([left, right]): Answers['apart'][number] => {
    const answered = { question: 'persons', a: String(left[0]), b: String(right[0]) } as const
    return {
      answered,
      key: keyOf(answered),
      sides: [new Set(left.map(String)), new Set(right.map(String))],
      decisionNo: 99,
    }
  })
  const rowOf = new Map(Array.from({ length: SIZE }, (_, i) => [String(i), i]))
  // All that is looked at.
  return {
    desk: { lineup, rowOf, found: { joined } },
    answers: { decided, skipped: new Set(), apart },
  } as unknown as Room
}

/** Every edge is looked at: is its pair answered, or kept apart by an answer about two others, or do answers lead from its one group to the other? */
function slowly({ desk, answers }: Room): number[] {
  const { lineup, rowOf, found } = desk
  const { edges } = found.joined
  const given = [...answers.decided.values()].map(({ pair: { a, b }, decision }) => {
    return { a: rowOf.get(a) ?? 0, b: rowOf.get(b) ?? 0, isSame: decision.answer === 'same' }
  })
  for (const { sides } of answers.apart)
    for (const a of sides[0])
      for (const b of sides[1]) given.push({ a: rowOf.get(a) ?? 0, b: rowOf.get(b) ?? 0, isSame: false })
  const links = given
    .filter(({ isSame }) => isSame)
    .map(({ a, b }) => [lineup.groupOfRow[a] ?? 0, lineup.groupOfRow[b] ?? 0] as const)
  const reached = (from: number): Set<number> => {
    const groups = new Set([lineup.groupOfRow[from] ?? 0])
    const next = (group: number): number[] => links.flatMap(([x, y]) => (x === group ? [y] : y === group ? [x] : []))
    for (const group of groups) for (const other of next(group)) groups.add(other)
    return groups
  }
  const isSettled = (edge: number, isJoined: boolean): boolean => {
    const [a, b] = [edges.a[edge] ?? 0, edges.b[edge] ?? 0]
    if (given.some(one => Math.min(one.a, one.b) === a && Math.max(one.a, one.b) === b)) return true
    return !isJoined && reached(a).has(lineup.groupOfRow[b] ?? 0)
  }
  return [
    ...[...lineup.auto].filter(edge => isSettled(edge, true)),
    ...[...lineup.review, ...lineup.watch].filter(edge => isSettled(edge, false)),
  ].sort((x, y) => x - y)
}

test('edges next to answers are settled as if every edge were looked at', () => {
  fc.assert(
    fc.property(made, given => {
      const room = roomOf(given)
      expect([...settledEdges(room)].sort((x, y) => x - y)).toEqual(slowly(room))
    }),
    { numRuns: 300 },
  )
})
