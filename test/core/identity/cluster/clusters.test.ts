import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterRecords, NEVER_RELEASED } from '../../../../core/identity/cluster/cluster-records.ts'
import { type Constraints, DEFAULT_CONSTRAINTS, REFUSALS } from '../../../../core/identity/cluster/constraints.ts'
import { createEdgeList, type Edges } from '../../../../core/identity/cluster/edges.ts'
import { clusterAround, clustersAt, mergesAt } from '../../../../core/identity/cluster/forest.ts'
import { thresholdFigures } from '../../../../core/identity/cluster/threshold-figures.ts'
import { type Edge, slowClusters } from './slow-clusters.ts'

const SIZE = 12

function columns(edges: readonly Edge[]): Edges {
  const list = createEdgeList()
  for (const { a, b, steps } of edges) list.push(a, b, steps)
  return list.edges()
}

function listed(labels: Uint32Array): number[][] {
  return [...Map.groupBy(labels.keys(), record => labels[record] ?? 0).values()]
}

const record = fc.nat(SIZE - 1)
const edge: fc.Arbitrary<Edge> = fc
  .record({ a: record, b: record, steps: fc.integer({ min: -4, max: 12 }) })
  .filter(({ a, b }) => a !== b)
const edges = fc.array(edge, { maxLength: 40 })
const links = fc.array(
  fc.tuple(record, record).filter(([a, b]) => a !== b),
  { maxLength: 3 },
)
/** Two sets that have no record in common. */
const sides = fc.array(
  fc
    .tuple(fc.uniqueArray(record, { maxLength: 6 }), fc.nat(6))
    .map(([records, at]) => [records.slice(0, at), records.slice(at)] as const),
  { maxLength: 2 },
)
const codes = fc
  .array(fc.constantFrom(0, 0, 0, 1, 2), { minLength: SIZE, maxLength: SIZE })
  .map(list => Uint32Array.from(list))
const many = fc.array(fc.nat(4), { minLength: SIZE, maxLength: SIZE }).map(list => Uint32Array.from(list))
const constraints: fc.Arbitrary<Constraints> = fc.record({
  mustLinks: links,
  cannotLinks: links,
  sidesApart: sides,
  unique: fc.array(fc.record({ scope: fc.constant('provider'), codes }), { maxLength: 2 }),
  limits: fc.array(fc.record({ scope: fc.constant('emails'), codes: many, most: fc.constantFrom(1, 2) }), {
    maxLength: 1,
  }),
  mostRecords: fc.constantFrom(4, 7, 200),
  bridgeSteps: fc.constantFrom(-100, 6, 100),
})
const thresholds = [-5, -4, -1, 0, 3, 5, 8, 12, 13]

describe('laws of clusters', () => {
  test('the clusters at a threshold are those of a run with the edges at or above it, by the plain rules', () => {
    fc.assert(
      fc.property(edges, constraints, (list, rules) => {
        const forest = clusterRecords(SIZE, columns(list), rules)
        for (const threshold of thresholds) {
          const strong = list.filter(({ steps }) => steps >= threshold)
          const labels = clustersAt(forest, threshold)
          expect(listed(labels)).toEqual(slowClusters(SIZE, strong, rules))
          expect(clustersAt(clusterRecords(SIZE, columns(strong), rules), threshold)).toEqual(labels)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('so are those of groups that many single edges join', () => {
    const groups = 15
    const inner = Array.from({ length: groups }, (_, i) => [
      { a: 4 * i, b: 4 * i + 1, steps: 300 },
      { a: 4 * i + 1, b: 4 * i + 2, steps: 299 },
      { a: 4 * i + 2, b: 4 * i + 3, steps: 298 },
    ]).flat()
    const place = fc.nat(4 * groups - 1)
    const weak = fc.record({ a: place, b: place, steps: fc.nat(20) }).filter(({ a, b }) => a >> 2 !== b >> 2)
    const rules = fc.record({ mostRecords: fc.constantFrom(12, 24, 200), bridgeSteps: fc.constantFrom(12, 100) })
    fc.assert(
      fc.property(fc.array(weak, { minLength: 10, maxLength: 60 }), rules, fc.nat(20), (list, own, threshold) => {
        const constraints = { ...DEFAULT_CONSTRAINTS, ...own }
        const forest = clusterRecords(4 * groups, columns([...inner, ...list]), constraints)
        const strong = list.filter(({ steps }) => steps >= threshold)
        expect(listed(clustersAt(forest, threshold))).toEqual(
          slowClusters(4 * groups, [...inner, ...strong], constraints),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('shuffled edges give the same forest', () => {
    fc.assert(
      fc.property(edges, constraints, fc.integer(), (list, rules, seed) => {
        const shuffled = list
          .toSorted((x, y) => ((x.a * 31 + y.b * 17 + seed) % 7) - 3)
          .map(({ a, b, steps }) => ({ a: b, b: a, steps }))
        expect(clusterRecords(SIZE, columns(shuffled), rules)).toEqual(clusterRecords(SIZE, columns(list), rules))
      }),
    )
  })

  test('no cluster breaks a constraint at any threshold', () => {
    fc.assert(
      fc.property(edges, constraints, (list, rules) => {
        const forest = clusterRecords(SIZE, columns(list), rules)
        const answered = listed(clustersAt(forest, 1000))
        const decided = Math.max(0, ...answered.map(cluster => cluster.length))
        for (const threshold of thresholds) {
          const clusters = listed(clustersAt(forest, threshold))
          expect(clusters.flatMap(cluster => faults(cluster, rules, answered))).toEqual([])
          expect(Math.max(...clusters.map(({ length }) => length))).toBeLessThanOrEqual(
            Math.max(rules.mostRecords, decided),
          )
        }
      }),
    )
  })

  test('figures count what the clusters are, with and without truth', () => {
    const truth = fc.array(fc.nat(3), { minLength: SIZE, maxLength: SIZE }).map(list => Uint32Array.from(list))
    fc.assert(
      fc.property(edges, constraints, truth, (list, rules, entity) => {
        const forest = clusterRecords(SIZE, columns(list), rules)
        for (const figures of thresholdFigures(forest, entity)) {
          const clusters = listed(clustersAt(forest, figures.steps))
          expect(figures.clusters).toBe(clusters.length)
          expect(SIZE - mergesAt(forest, figures.steps)).toBe(clusters.length)
          expect(figures.largest).toBe(Math.max(...clusters.map(({ length }) => length)))
          expect(figures.mergedRecords).toBe(clusters.filter(({ length }) => length > 1).flat().length)
          const { pairwise, bCubed } = slowJudgement(clusters, entity)
          const { judgement } = figures
          expect([judgement?.pairwise, judgement?.bCubed].map(shown)).toEqual(
            [pairwise, bCubed].map(([precision, recall]) => shown({ precision, recall })),
          )
        }
      }),
    )
  })

  test('one cluster is found from any of its records', () => {
    fc.assert(
      fc.property(edges, fc.constantFrom(...thresholds), fc.nat(SIZE - 1), (list, threshold, place) => {
        const forest = clusterRecords(SIZE, columns(list), DEFAULT_CONSTRAINTS)
        const labels = clustersAt(forest, threshold)
        const own = [...labels.keys()].filter(one => labels[one] === labels[forest.order[place] ?? 0])
        expect([...clusterAround(forest, place, threshold)]).toEqual(own)
      }),
    )
  })
})

/** What of the constraints a cluster breaks, beyond what answers made of it. */
function faults(
  cluster: readonly number[],
  { cannotLinks, sidesApart = [], unique, limits }: Constraints,
  answered: readonly number[][],
): string[] {
  const countIn = (records: readonly number[], own: Uint32Array): number =>
    new Set(records.map(one => own[one]).filter(code => code !== 0)).size
  const codesIn = (own: Uint32Array): number => countIn(cluster, own)
  const inAnswers = (own: Uint32Array): number => Math.max(...answered.map(records => countIn(records, own)))
  return [
    ...cannotLinks.filter(([a, b]) => cluster.includes(a) && cluster.includes(b)).map(String),
    ...sidesApart.filter(pair => pair.every(side => side.some(one => cluster.includes(one)))).map(String),
    ...unique.filter(one => codesIn(one.codes) > 1).map(({ scope }) => scope),
    ...limits.filter(one => codesIn(one.codes) > Math.max(one.most, inAnswers(one.codes))).map(({ scope }) => scope),
  ]
}

/** To 9 digits; what cannot be judged is null. */
function shown(quality: { precision: number | null; recall: number | null } | undefined): (string | null)[] {
  return [quality?.precision, quality?.recall].map(x =>
    x === null || x === undefined || Number.isNaN(x) ? null : x.toFixed(9),
  )
}

function slowJudgement(clusters: readonly number[][], entity: Uint32Array) {
  const known = clusters.map(cluster => cluster.filter(one => entity[one] !== 0))
  const all = known.flat()
  const pairs = all.flatMap(a => all.filter(b => a < b).map(b => [a, b] as const))
  const isOne = ([a, b]: readonly [number, number]): boolean =>
    known.some(cluster => cluster.includes(a) && cluster.includes(b))
  const isTrue = ([a, b]: readonly [number, number]): boolean => entity[a] === entity[b]
  const right = pairs.filter(pair => isOne(pair) && isTrue(pair)).length
  const meanOf = (part: (one: number) => number): number => all.reduce((sum, one) => sum + part(one), 0) / all.length
  const clusterOf = (one: number): number[] => known.find(cluster => cluster.includes(one)) ?? []
  const entityOf = (one: number): number[] => all.filter(other => entity[other] === entity[one])
  const shared = (one: number): number => clusterOf(one).filter(other => entity[other] === entity[one]).length
  return {
    pairwise: [right / pairs.filter(isOne).length, right / pairs.filter(isTrue).length] as const,
    bCubed: [
      meanOf(one => shared(one) / clusterOf(one).length),
      meanOf(one => shared(one) / entityOf(one).length),
    ] as const,
  }
}

describe('bridges', () => {
  const triangle = (from: number): Edge[] => [
    { a: from, b: from + 1, steps: 200 },
    { a: from + 1, b: from + 2, steps: 200 },
  ]
  const rules = { ...DEFAULT_CONSTRAINTS, bridgeSteps: 160 }
  const two = [...triangle(0), ...triangle(3)]

  test('a single weak edge between two clusters of three waits, and says so', () => {
    const forest = clusterRecords(6, columns([...two, { a: 0, b: 3, steps: 128 }]), rules)
    expect(listed(clustersAt(forest, -100))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ])
    const { reason, releasedAt } = forest.refusals
    expect([...reason].map(code => REFUSALS[code])).toEqual(['weak_bridge'])
    expect([...releasedAt]).toEqual([NEVER_RELEASED])
  })
  test('bridge 8, second edge 5: joined at 5 and below, not at 6', () => {
    const forest = clusterRecords(6, columns([...two, { a: 0, b: 3, steps: 128 }, { a: 2, b: 5, steps: 80 }]), rules)
    expect(listed(clustersAt(forest, 96))).toHaveLength(2)
    expect(listed(clustersAt(forest, 80))).toHaveLength(1)
    expect([...forest.refusals.releasedAt]).toEqual([80])
  })
  test('a bridge that is strong enough joins at once, and so does one to a cluster of two', () => {
    expect(clustersAt(clusterRecords(6, columns([...two, { a: 0, b: 3, steps: 160 }]), rules), 160)[5]).toBe(0)
    expect(
      clustersAt(
        clusterRecords(5, columns([...triangle(0), { a: 3, b: 4, steps: 200 }, { a: 0, b: 3, steps: 1 }]), rules),
        1,
      )[4],
    ).toBe(0)
  })
  test('bridges to both halves of a cluster are released by the union of the halves', () => {
    const nine = [...triangle(0), ...triangle(3), ...triangle(6)]
    const crossing = [
      { a: 0, b: 6, steps: 120 },
      { a: 3, b: 7, steps: 110 },
      { a: 0, b: 3, steps: 100 },
      { a: 1, b: 4, steps: 90 },
    ]
    const forest = clusterRecords(9, columns([...nine, ...crossing]), rules)
    expect(listed(clustersAt(forest, 91))).toHaveLength(3)
    expect(listed(clustersAt(forest, 90))).toHaveLength(1)
  })
})

describe('decisions', () => {
  const chain: Edge[] = [
    { a: 0, b: 1, steps: 140 },
    { a: 1, b: 2, steps: 140 },
  ]
  test('a rejected pair is not joined again through a third record', () => {
    const forest = clusterRecords(3, columns(chain), { ...DEFAULT_CONSTRAINTS, cannotLinks: [[0, 2]] })
    expect(listed(clustersAt(forest, 0))).toEqual([[0, 1], [2]])
    expect([...forest.refusals.reason].map(code => REFUSALS[code])).toEqual(['cannot_link'])
  })
  test('a must-link that breaks a cannot-link is refused and reported; one that passes the size is not', () => {
    const rules = {
      ...DEFAULT_CONSTRAINTS,
      mostRecords: 1,
      mustLinks: [
        [0, 1],
        [1, 2],
      ],
      cannotLinks: [[0, 2]],
    } as const
    const forest = clusterRecords(3, columns([]), rules)
    expect(listed(clustersAt(forest, 0))).toEqual([[0, 1], [2]])
    expect([[...forest.refusals.a], [...forest.refusals.b]]).toEqual([[1], [2]])
  })
  test('a must-link passes a limit, and what adds no further code still joins', () => {
    const codes = Uint32Array.from([1, 2, 2, 3])
    const rules = {
      ...DEFAULT_CONSTRAINTS,
      mustLinks: [[0, 1]],
      limits: [{ scope: 'email', codes, most: 1 }],
    } as const
    const edge = (a: number, b: number): Edge => ({ a, b, steps: 140 })
    const forest = clusterRecords(4, columns([edge(1, 2), edge(1, 3)]), rules)
    expect(listed(clustersAt(forest, 0))).toEqual([[0, 1, 2], [3]])
    expect([...forest.refusals.reason].map(code => REFUSALS[code])).toEqual(['too_many_ids'])
  })
  test('two subjects of one provider are never one', () => {
    const codes = Uint32Array.from([1, 0, 2])
    const forest = clusterRecords(3, columns(chain), { ...DEFAULT_CONSTRAINTS, unique: [{ scope: 'okta', codes }] })
    expect(listed(clustersAt(forest, 0))).toEqual([[0, 1], [2]])
  })
})
