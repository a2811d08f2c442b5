import { eachInSteps, flatMapSteps, type Steps } from '#lib/steps'
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
  /** Values that so many workspaces share that they bring up no pairs, with their number. */
  leftOut: readonly Readonly<{ key: string; workspaces: number }>[]
}>

/**
 * Finds the workspaces that share something: SSO, billing, card, domain, creator, name, or two persons.
 *
 * @param facts in the order of the workspaces
 *
 * Source: docs/methods/identity.md, "Workspaces".
 */
export function* workspacePairSteps(facts: readonly WorkspaceFacts[]): Steps<WorkspacePairs> {
  const madeBy = countsOfCreators(facts)
  const byKey = new Map<string, number[]>()
  const add = (key: string | null, i: number): void => {
    if (key === null) return
    const list = byKey.get(key)
    if (list === undefined) byKey.set(key, [i])
    else list.push(i)
  }
  yield* eachInSteps(facts.entries(), ([i, own]) => {
    for (const key of keysOf(own)) add(key, i)
    if (own.creator !== null && (madeBy.get(own.creator) ?? 0) <= MOST_OF_CREATOR) add(`creator ${own.creator}`, i)
  })
  const shared = yield* sharedPersonSteps(facts)
  const found = new Set<number>()
  const leftOut: { key: string; workspaces: number }[] = []
  yield* eachInSteps(byKey, ([key, list]) => {
    if (list.length > CAP) leftOut.push({ key, workspaces: list.length })
    else eachPair(list, (a, b) => found.add(a * facts.length + b))
  })
  for (const [pair, persons] of shared) if (persons >= 2) found.add(pair)
  const sorted = Float64Array.from(found).sort()
  yield
  const pairs = yield* flatMapSteps(sorted, pair => [[Math.floor(pair / facts.length), pair % facts.length] as const])
  return { pairs, sharedPersons: (a, b) => shared.get(a * facts.length + b) ?? 0, madeBy, leftOut }
}

function keysOf(facts: WorkspaceFacts): (string | null)[] {
  const { name, ssoTenant, ssoDomain, billingEntities, taxId, card, billingDomain, dominantDomain } = facts
  const prefixed = (kind: string, value: string | null): string | null => (value === null ? null : `${kind} ${value}`)
  return [
    prefixed('tenant', ssoTenant),
    prefixed('domain', ssoDomain),
    prefixed('tax', taxId === null ? null : nationalTaxId(taxId)),
    prefixed('card', card),
    billingDomain === ssoDomain ? null : prefixed('domain', billingDomain),
    dominantDomain === ssoDomain || dominantDomain === billingDomain ? null : prefixed('domain', dominantDomain),
    name.isGeneric || name.base.length === 0 ? null : `name ${name.base.join('')}`,
    ...[...billingEntities].map(entity => `billing ${entity}`),
  ]
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
