import { DisjointSets } from '../cluster/disjoint-sets.ts'
import { type Edges, inWeightOrder } from '../cluster/edges.ts'
import { CodedSides, type SidesApart } from '../cluster/sides-apart.ts'
import { NAME_KIND } from '../columns/name-table.ts'
import { isAnotherGivenName } from '../compare/name-comparison.ts'
import { areUnlike, groupsBetween, recordsByName } from '../weigh/between-people.ts'
import { AUTO_STEPS, HELD_STEPS } from '../weigh/pair-scorer.ts'
import type { UserDetails, WeighedUsers } from './weigh-users.ts'

/** Two rows that somebody said are one. */
export type RowPair = readonly [a: number, b: number]

/** What somebody said about pairs of rows: that they are one, that they are two, that whatever is of two sets of rows is two. */
export type PairAnswers = Readonly<{
  mustLinks: readonly RowPair[]
  cannotLinks: readonly RowPair[]
  sidesApart: readonly SidesApart[]
}>

/**
 * Pairs as answers leave them: those of `freedPairs` have their own bits again.
 *
 * @param weighed pairs by the evidence alone
 * @param answers as for `freedPairs`
 * @returns the edges of the weighed users themselves where no pair is freed; else new ones, in the order of weight
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function freedEdges(weighed: WeighedUsers, answers: PairAnswers): Edges {
  const { edges } = weighed
  const freed = freedPairs(weighed, answers)
  if (freed.size === 0) return edges
  const steps = edges.steps.slice()
  for (const [edge, own] of freed) steps[edge] = own
  return inWeightOrder({ ...edges, steps })
}

/**
 * Pairs that answers free: what waited because it lay between two people waits no longer once somebody said that they are one, or which
 * of them it is not.
 *
 *   group = records without a full name that pairs of 7 bits or more hold together
 *   its people = sets of records, joined by such pairs, that a held pair joins to it, but those it is not, as somebody said
 *   no two of its people have other given names, but such as answers made one: its held pairs have their own bits again
 *
 * @param weighed pairs by the evidence alone
 * @param answers pairs and sets of rows that somebody said are one, over whatever lies between, or two
 * @returns the sixteenths of each by its place in the edges
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function freedPairs({ ids, edges, details }: WeighedUsers, answers: PairAnswers): ReadonlyMap<number, number> {
  const freed = new Map<number, number>()
  const held = heldRange(edges)
  const isAnswered = Object.values(answers).some(({ length }) => length > 0)
  if (!isAnswered || held.from === held.to) return freed
  const people = peopleBy(edges, ids.length, answers)
  const groups = groupsThatMayBeFree(edges, held, people)
  if (groups.size === 0) return freed
  const { columns, scorer } = details()
  const waiting = waitingPairs({ edges, held, groups, people }, { columns, scorer })
  const compared = scorer.comparisons.find(({ name }) => name === 'name')
  const isUnlike = (a: number, b: number): boolean => compared !== undefined && isAnotherGivenName(compared, a, b)
  const { byEvidence, byAnswers } = people
  const reached = new Set([...waiting.values()].flatMap(pairs => pairs.map(({ person }) => person)))
  const namedBy = recordsByName(reached, columns.people, byEvidence)
  const reachedBy = new Map(
    [...waiting].map(([group, pairs]) => [group, [...new Set(pairs.map(({ person }) => person))]]),
  )
  const asked = groupsBetween(
    reachedBy,
    (one, other) => byAnswers(one) !== byAnswers(other) && areUnlike(namedBy(one), namedBy(other), isUnlike),
  )
  for (const [group, pairs] of waiting) if (!asked.has(group)) for (const { edge, own } of pairs) freed.set(edge, own)
  return freed
}

/** Who is one by the evidence alone, and by answers besides: each by the record that stands for it. */
type People = Readonly<{
  byEvidence: (record: number) => number
  byAnswers: (record: number) => number
  isAnswered: (record: number) => boolean
  /** Did somebody say that what is one with the first is not what is one with the other? */
  areTwo: (record: number, other: number) => boolean
}>

function peopleBy(edges: Edges, size: number, { mustLinks, cannotLinks, sidesApart }: PairAnswers): People {
  const found = sets.get(edges) ?? setsByEvidence(edges, size)
  sets.set(edges, found)
  const answered = new DisjointSets(size)
  for (const [x, y] of mustLinks) unite(answered, found.root(x), found.root(y))
  const byAnswers = (record: number): number => answered.root(found.root(record))
  const pairOf = (x: number, y: number): string => `${byAnswers(x)} ${byAnswers(y)}`
  const apart = new Set(cannotLinks.flatMap(([x, y]) => [pairOf(x, y), pairOf(y, x)]))
  const sides = new CodedSides(sidesApart, byAnswers)
  return {
    byEvidence: record => found.root(record),
    byAnswers,
    isAnswered: record => answered.sizeOf(byAnswers(record)) > 1,
    areTwo: (record, other) =>
      (apart.size > 0 && apart.has(pairOf(record, other))) || sides.forbids(byAnswers(record), byAnswers(other)),
  }
}

/** Answers come one after the other, edges stay: who is one by them is found once. */
const sets = new WeakMap<Edges, DisjointSets>()

function setsByEvidence({ a, b, steps }: Edges, size: number): DisjointSets {
  const found = new DisjointSets(size)
  // One of each per edge.
  for (let i = 0; i < steps.length && (steps[i] as number) >= AUTO_STEPS; i++)
    unite(found, a[i] as number, b[i] as number)
  return found
}

function unite(own: DisjointSets, x: number, y: number): void {
  const [p, q] = [own.root(x), own.root(y)]
  if (p !== q) own.unite(p, q)
}

type Range = Readonly<{ from: number; to: number }>

/** Places of the pairs of just 6 15/16, which lie together. */
function heldRange({ steps }: Edges): Range {
  const firstBelow = (least: number): number => {
    let [low, high] = [0, steps.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((steps[middle] as number) >= least)
        low = middle + 1 // middle < length
      else high = middle
    }
    return low
  }
  return { from: firstBelow(HELD_STEPS + 1), to: firstBelow(HELD_STEPS) }
}

/** Sets of records that held pairs join to two people whom answers made one, or to one that answers say they are not. Names are not looked at: they may have to be read first. */
function groupsThatMayBeFree({ a, b }: Edges, { from, to }: Range, people: People): ReadonlySet<number> {
  const reached = new Map<string, number>()
  const groups = new Set<number>()
  const meet = (record: number, other: number): void => {
    if (people.areTwo(record, other)) groups.add(people.byEvidence(record))
    if (!people.isAnswered(other)) return
    const [group, person] = [people.byEvidence(record), people.byEvidence(other)]
    const key = `${group} ${people.byAnswers(other)}`
    if ((reached.get(key) ?? person) !== person) groups.add(group)
    reached.set(key, person)
  }
  for (let i = from; i < to; i++) {
    const [x, y] = [a[i] as number, b[i] as number] // one of each per edge
    meet(x, y)
    meet(y, x)
  }
  return groups
}

/** A pair that was held between people, who has the record with a full name, and its own sixteenths. */
type Waiting = Readonly<{ edge: number; person: number; own: number }>
type Looked = Readonly<{ edges: Edges; held: Range; groups: ReadonlySet<number>; people: People }>

function waitingPairs(
  { edges: { a, b }, held, groups, people }: Looked,
  { columns, scorer }: UserDetails,
): ReadonlyMap<number, readonly Waiting[]> {
  const { names, name } = columns.people
  const isNamed = (record: number): boolean => names.kind[name[record] as number] === NAME_KIND.full // codes lie within their tables
  const waiting = new Map<number, Waiting[]>()
  for (let edge = held.from; edge < held.to; edge++) {
    const [x, y] = [a[edge] as number, b[edge] as number] // one of each per edge
    if (isNamed(x) === isNamed(y)) continue
    const [named, unnamed] = isNamed(x) ? [x, y] : [y, x]
    const group = people.byEvidence(unnamed)
    if (people.areTwo(unnamed, named)) continue
    const own = groups.has(group) ? scorer.explain(x, y).steps : HELD_STEPS
    if (own < AUTO_STEPS) continue
    waiting.set(group, [...(waiting.get(group) ?? []), { edge, person: people.byEvidence(named), own }])
  }
  return waiting
}
