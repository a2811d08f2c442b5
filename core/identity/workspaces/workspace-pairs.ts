import { append } from '#lib/lists-by-key'
import { eachInSteps, flatMapSteps, type Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import type { BlockCount } from '../block/split-blocks.ts'
import { nationalTaxId } from '../companies/tax-id.ts'
import { MOST_WORKSPACES_OF_PERSON, type WorkspaceFacts } from './workspace-facts.ts'

/** Workspaces that one creator may have made before that says nothing. */
export const MOST_OF_CREATOR = 5
const CAP = 200

/** Pairs of workspaces to look at, and what a cap left out. */
export type WorkspacePairs = Readonly<{
  /** Places of the two, the smaller first; each pair once, in order. */
  pairs: readonly (readonly [number, number])[]
  /** Persons both have who are in no more than 20 workspaces and belong to one of the two. */
  sharedPersons(a: number, b: number): number
  /** Workspaces per creator. */
  madeBy: ReadonlyMap<number, number>
  /** Per kind of value that workspaces share: what it came to, and what was not compared. */
  blocks: readonly BlockCount[]
}>

/** Workspaces that share a value, as places in their order. */
type Block = Readonly<{ kind: Kind; places: number[] }>

/**
 * Finds the workspaces that share something: SSO, billing, card, domain, creator, name, or two persons. Of more than 200 that share one value
 * so many pairs are taken that all of them can be joined, and the others are counted.
 *
 * @param facts in the order of the workspaces
 *
 * Source: docs/methods/identity.md, "Workspaces".
 */
export function* workspacePairSteps(facts: readonly WorkspaceFacts[]): Steps<WorkspacePairs> {
  const madeBy = countsOfCreators(facts)
  const byKey = new Map<string, Block>()
  const add = (kind: Kind, value: string | null, place: number): void => {
    if (value === null) return
    const block = byKey.get(`${kind} ${value}`)
    if (block === undefined) byKey.set(`${kind} ${value}`, { kind, places: [place] })
    else block.places.push(place)
  }
  yield* eachInSteps(facts.entries(), ([i, own]) => {
    for (const [kind, value] of keysOf(own)) add(kind, value, i)
    if (own.creator !== null && (madeBy.get(own.creator) ?? 0) <= MOST_OF_CREATOR) add('creator', `${own.creator}`, i)
  })
  const shared = yield* sharedPersonSteps(facts)
  const found = new Set<number>()
  const take = (a: number, b: number): unknown => found.add(Math.min(a, b) * facts.length + Math.max(a, b))
  yield* eachInSteps(byKey.values(), ({ places }) => {
    if (places.length > CAP) eachPairOfMany(places, facts, take)
    else eachPair(places, take)
  })
  for (const [pair, persons] of shared) if (persons >= 2) found.add(pair)
  const sorted = Float64Array.from(found).sort()
  yield
  const pairs = yield* flatMapSteps(sorted, pair => [[Math.floor(pair / facts.length), pair % facts.length] as const])
  const blocks = blockCounts([...byKey.values()], pairs)
  yield
  return { pairs, sharedPersons: (a, b) => shared.get(a * facts.length + b) ?? 0, madeBy, blocks }
}

/** What the workspaces of one block share. */
type Kind = 'SSO tenant' | 'domain' | 'billing customer' | 'tax id' | 'card' | 'name' | 'creator'

function keysOf(facts: WorkspaceFacts): (readonly [Kind, string | null])[] {
  const { name, ssoTenant, ssoDomain, billingEntities, taxId, card, billingDomain, dominantDomain } = facts
  return [
    ['SSO tenant', ssoTenant],
    ...[...new Set([ssoDomain, billingDomain, dominantDomain])].map(domain => ['domain', domain] as const),
    ...[...billingEntities].map(entity => ['billing customer', entity] as const),
    ['tax id', taxId === null ? null : nationalTaxId(taxId)],
    ['card', card],
    ['name', name.isGeneric || name.base.length === 0 ? null : name.base.join('')],
  ]
}

/**
 * Of more workspaces than are compared one by one so many pairs that all of them are joined that may be: each with the first one that
 * states no other tenant or tax id than it, the first ones of these with each other, and each with the next by name.
 */
function eachPairOfMany(
  places: readonly number[],
  facts: readonly WorkspaceFacts[],
  visit: (a: number, b: number) => void,
): void {
  const alike = Map.groupBy(places, place => `${facts[place]?.ssoTenant}\u0000${facts[place]?.taxId}`)
  for (const group of alike.values()) eachWithFirst(group, visit)
  const firsts = [...alike.values()].map(([first]) => first as number) // no group is empty
  if (firsts.length > CAP) eachWithFirst(firsts, visit)
  else eachPair(firsts, visit)
  const nameOf = (place: number): string => facts[place]?.name.base.join('') ?? ''
  const byName = places.toSorted((x, y) => compareCodePoints(nameOf(x), nameOf(y)) || x - y)
  for (let i = 1; i < byName.length; i++) visit(byName[i - 1] as number, byName[i] as number) // below length
}

function eachWithFirst([first, ...others]: readonly number[], visit: (a: number, b: number) => void): void {
  for (const other of others) visit(first as number, other) // there is one before others
}

/** Per kind of key how many blocks of two or more workspaces there are, and which pairs of those above the cap were not compared. */
function blockCounts(all: readonly Block[], pairs: WorkspacePairs['pairs']): readonly BlockCount[] {
  const compared = comparedOfMany(all, pairs)
  const byKind = Map.groupBy(
    all.filter(({ places }) => places.length > 1),
    ({ kind }) => kind,
  )
  return [...byKind].map(([kind, blocks]) => {
    const sizes = blocks.map(({ places }) => places.length)
    const many = blocks.filter(({ places }) => places.length > CAP)
    const left = many.map(block => (block.places.length * (block.places.length - 1)) / 2 - (compared.get(block) ?? 0))
    return {
      kind: `workspaces: ${kind}`,
      blocks: blocks.length,
      records: sum(sizes),
      largest: sizes.reduce((most, size) => Math.max(most, size), 0),
      split: many.length,
      pairsLeftOut: sum(left),
    }
  })
}

/** Pairs that were compared, by what brought them up or by something else, of each block above the cap. */
function comparedOfMany(all: readonly Block[], pairs: WorkspacePairs['pairs']): ReadonlyMap<Block, number> {
  const compared = new Map<Block, number>()
  const many = all.filter(({ places }) => places.length > CAP)
  if (many.length === 0) return compared
  const blocksOf = new Map<number, Block[]>()
  for (const block of many) for (const place of block.places) append(blocksOf, place, block)
  const sharedBy = (a: number, b: number): Block[] => {
    const others = blocksOf.get(b) ?? []
    return (blocksOf.get(a) ?? []).filter(block => others.includes(block))
  }
  for (const [a, b] of pairs) for (const block of sharedBy(a, b)) compared.set(block, (compared.get(block) ?? 0) + 1)
  return compared
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function countsOfCreators(facts: readonly WorkspaceFacts[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { creator } of facts) if (creator !== null) counts.set(creator, (counts.get(creator) ?? 0) + 1)
  return counts
}

function* sharedPersonSteps(facts: readonly WorkspaceFacts[]): Steps<ReadonlyMap<number, number>> {
  const workspacesOf = new Map<number, number[]>()
  yield* eachInSteps(facts.entries(), ([i, { members }]) => {
    for (const person of members) {
      const list = workspacesOf.get(person)
      if (list === undefined) workspacesOf.set(person, [i])
      else list.push(i)
    }
  })
  const shared = new Map<number, number>()
  yield* eachInSteps(workspacesOf, ([person, list]) => {
    if (list.length > MOST_WORKSPACES_OF_PERSON) return
    eachPair(list, (a, b) => {
      if (isOutsideBoth(person, facts[a], facts[b])) return
      shared.set(a * facts.length + b, (shared.get(a * facts.length + b) ?? 0) + 1)
    })
  })
  return shared
}

/** An agency's person at two of its clients joins nothing. */
function isOutsideBoth(person: number, a: WorkspaceFacts | undefined, b: WorkspaceFacts | undefined): boolean {
  return a?.outsiders.has(person) === true && b?.outsiders.has(person) === true
}

function eachPair(list: readonly number[], visit: (a: number, b: number) => void): void {
  for (let i = 0; i < list.length; i++) {
    for (let j = i + 1; j < list.length; j++) visit(list[i] as number, list[j] as number) // below length
  }
}
