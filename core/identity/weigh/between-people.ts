import { DisjointSets } from '../cluster/disjoint-sets.ts'
import { type Edges, inWeightOrder } from '../cluster/edges.ts'
import { NAME_KIND } from '../columns/name-table.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { isAnotherGivenName } from '../compare/name-comparison.ts'
import { AUTO_STEPS, HELD_STEPS, type PairScorer, type Waterfall } from './pair-scorer.ts'

/**
 * Holds what would join people of other given names over records without a full name.
 *
 *   between = records without a full name that pairs of 7 bits or more hold together
 *   its people = sets of records with a full name, joined by such pairs, that such a pair joins to one of them
 *   a name of one of its people is of another given name than one of another's: every pair of the two kinds is held at 6 15/16
 *
 * Whose such a record is, is then for somebody to say. Pairs of two records with full names, and of two without, stay as they are.
 *
 * @param edges in the order of weight
 * @param people names of the records
 * @param scorer of the same records
 * @returns the same edges where nothing is held; else new ones, in the order of weight
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function heldBetweenPeople(
  edges: Edges,
  { names, name }: Pick<PersonColumns, 'names' | 'name'>,
  { comparisons }: Pick<PairScorer, 'comparisons'>,
): Edges {
  const compared = comparisons.find(comparison => comparison.name === 'name')
  if (compared === undefined) return edges
  const isNamed = (record: number): boolean => names.kind[name[record] as number] === NAME_KIND.full // codes lie within their tables
  const { sets, mixed } = groupsOf(edges, name.length, isNamed)
  const unnamedOf = (edge: number): number => (isNamed(edges.a[edge] as number) ? edges.b : edges.a)[edge] as number // edge < length
  const isUnlike = (a: number, b: number): boolean => isAnotherGivenName(compared, a, b)
  const contested = contestedGroups(edges, { sets, mixed, unnamedOf }, { names: { names, name }, isUnlike })
  if (contested.size === 0) return edges
  const steps = edges.steps.slice()
  for (const edge of mixed) if (contested.has(sets.root(unnamedOf(edge)))) steps[edge] = HELD_STEPS
  return inWeightOrder({ ...edges, steps })
}

type Groups = Readonly<{ sets: DisjointSets; mixed: readonly number[] }>

/** Groups of records without a full name that would join two people, by the records that stand for them. */
function contestedGroups(
  { a, b }: Edges,
  { sets, mixed, unnamedOf }: Groups & Readonly<{ unnamedOf: (edge: number) => number }>,
  { names, isUnlike }: Unlike,
): ReadonlySet<number> {
  /** The first person of each group; most groups have no further ones. */
  const first = new Map<number, number>()
  const several = new Map<number, Set<number>>()
  for (const edge of mixed) {
    const unnamed = unnamedOf(edge)
    const group = sets.root(unnamed)
    const person = sets.root((a[edge] as number) + (b[edge] as number) - unnamed) // edge < length
    const one = first.get(group) ?? person
    first.set(group, one)
    if (one !== person) several.set(group, (several.get(group) ?? new Set([one])).add(person))
  }
  const namedBy = recordsByName(new Set([...several.values()].flatMap(people => [...people])), names, r => sets.root(r))
  const groups = new Map([...several].map(([group, people]) => [group, [...people]]))
  return groupsBetween(groups, (one, other) => areUnlike(namedBy(one), namedBy(other), isUnlike))
}

/**
 * Groups of records that would make unlike people one: each by itself, or several of them one after the other.
 *
 * @param groups people that each would join
 * @param isUnlike of two people
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function groupsBetween(
  groups: ReadonlyMap<number, readonly number[]>,
  isUnlike: (a: number, b: number) => boolean,
): ReadonlySet<number> {
  const contested = new Set(
    [...groups].flatMap(([group, people]) => (hasUnlikePeople(people, isUnlike) ? [group] : [])),
  )
  const others = [...groups].filter(([group]) => !contested.has(group))
  const places = new Map([...new Set(others.flatMap(([, people]) => people))].map((person, place) => [person, place]))
  const chains = new DisjointSets(places.size)
  const chainOf = (person: number | undefined): number => chains.root(places.get(person ?? -1) ?? 0)
  for (const [, people] of others)
    for (const person of people) {
      const [p, q] = [chainOf(people[0]), chainOf(person)]
      if (p !== q) chains.unite(p, q)
    }
  const along = Map.groupBy(places.keys(), chainOf)
  const isMixed = new Map([...along].map(([chain, people]) => [chain, hasUnlikePeople(people, isUnlike)]))
  for (const [group, people] of others) if (isMixed.get(chainOf(people[0])) === true) contested.add(group)
  return contested
}

type Names = Pick<PersonColumns, 'names' | 'name'>
type Unlike = Readonly<{ names: Names; isUnlike: (a: number, b: number) => boolean }>

/**
 * One record for each full name of some people.
 *
 * @param people as `personOf` names them
 * @param names names of all records
 * @param personOf the person of a record
 * @returns the records by person, in their order
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function recordsByName(
  people: ReadonlySet<number>,
  { names, name }: Names,
  personOf: (record: number) => number,
): (person: number) => readonly number[] {
  const found = new Map<number, Map<number, number>>()
  for (let record = 0; people.size > 0 && record < name.length; record++) {
    const code = name[record] as number // record < length
    if (names.kind[code] !== NAME_KIND.full) continue
    const person = personOf(record)
    if (!people.has(person)) continue
    const own = found.get(person) ?? new Map<number, number>()
    found.set(person, own)
    if (!own.has(code)) own.set(code, record)
  }
  return person => [...(found.get(person)?.values() ?? [])]
}

/**
 * Has any of some records another given name than any of others?
 *
 * @param ones records with full names
 * @param others records with full names
 * @param isUnlike of two records
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function areUnlike(
  ones: readonly number[],
  others: readonly number[],
  isUnlike: (a: number, b: number) => boolean,
): boolean {
  return ones.some(one => others.some(other => isUnlike(one, other)))
}

function hasUnlikePeople(people: readonly number[], isUnlike: (a: number, b: number) => boolean): boolean {
  return people.some((one, i) => people.slice(i + 1).some(other => isUnlike(one, other)))
}

/** Records with a full name that join by themselves, and those without one; and the pairs that would join the two kinds. */
function groupsOf({ a, b, steps }: Edges, records: number, isNamed: (record: number) => boolean): Groups {
  const sets = new DisjointSets(records)
  const mixed: number[] = []
  for (let edge = 0; edge < steps.length && (steps[edge] as number) >= AUTO_STEPS; edge++) {
    const [x, y] = [a[edge] as number, b[edge] as number] // edge < length
    if (isNamed(x) !== isNamed(y)) {
      mixed.push(edge)
      continue
    }
    const [p, q] = [sets.root(x), sets.root(y)]
    if (p !== q) sets.unite(p, q)
  }
  return { sets, mixed }
}

/**
 * What a pair is made of, with what holds it between people.
 *
 * @param scorer of the records
 * @param edges as `heldBetweenPeople` gave them
 * @param a a record
 * @param b another one, larger
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function explainedPair(scorer: PairScorer, edges: Edges, a: number, b: number): Waterfall {
  const { steps, bars } = scorer.explain(a, b)
  if (steps < AUTO_STEPS || !isHeldPair(edges, a, b)) return { steps, bars }
  const level = 'it has no full name, and shares what identifies with people of other given names'
  return {
    steps: HELD_STEPS,
    bars: [...bars, { comparison: 'held', level, value: '', steps: HELD_STEPS - steps }],
  }
}

/** Is a pair among those of just 6 15/16? In the order of weight they lie together, by their records. */
function isHeldPair({ a, b, steps }: Edges, x: number, y: number): boolean {
  let [from, to] = [0, steps.length]
  while (from < to) {
    const half = (from + to) >>> 1
    // half < length
    const before = (steps[half] as number) - HELD_STEPS || x - (a[half] as number) || y - (b[half] as number)
    if (before > 0) from = half + 1
    else to = half
  }
  return steps[from] === HELD_STEPS && a[from] === x && b[from] === y
}
