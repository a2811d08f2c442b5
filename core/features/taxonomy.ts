import { matchesPattern, normaliseName, normalisePattern } from '#lib/text'
import type { ScoringModel } from '#schema/model'
import { DERIVED_KINDS } from '#schema/model'

/** The kinds of a model as codes. Code 0 is `''`: an event that no entry matches. Derived kinds have codes, no names. */
export type KindTable = Readonly<{
  kinds: readonly string[]
  codeOf: ReadonlyMap<string, number>
  /** Code of the kind of an event name, 0 where nothing matches. */
  codeOfName: (name: string) => number
}>

type Matcher = Readonly<{ code: number; kind: string; ownName: string; patterns: readonly string[] }>

/**
 * Kinds of a model: those of the taxonomy in its order, then those that only a signal names, then the derived ones.
 *
 *   kindOf(name) = first entry with normalise(name) = normalise(kind), or whose `match` has a pattern that fits
 *
 * @param model taxonomy and signals; a kind that only a signal names matches its own name, after all entries
 * @returns codes and the function from a name to its code; a derived kind never matches a name
 *
 * Source: docs/methods/score.md, "Kinds".
 */
export function kindTable(model: Pick<ScoringModel, 'taxonomy' | 'signals'>): KindTable {
  const derived = new Set<string>(DERIVED_KINDS)
  const codeOf = new Map<string, number>([['', 0]])
  const code = (kind: string): number => {
    const known = codeOf.get(kind) ?? codeOf.size
    codeOf.set(kind, known)
    return known
  }
  const matchers: Matcher[] = []
  for (const { kind, match } of model.taxonomy) {
    const own = code(kind)
    if (!derived.has(kind)) matchers.push({ code: own, ...namesOf(kind, match) })
  }
  for (const { kind } of model.signals) {
    if (!codeOf.has(kind) && !derived.has(kind)) matchers.push({ code: code(kind), ...namesOf(kind, []) })
  }
  for (const kind of DERIVED_KINDS) code(kind)
  return { kinds: [...codeOf.keys()], codeOf, codeOfName: name => codeOfName(name, matchers) }
}

function namesOf(kind: string, match: readonly string[]): Omit<Matcher, 'code'> {
  return { kind, ownName: normaliseName(kind), patterns: match.map(normalisePattern).filter(pattern => pattern !== '') }
}

function codeOfName(name: string, matchers: readonly Matcher[]): number {
  if (name === '') return 0
  const normal = normaliseName(name)
  return matchers.find(matcher => takes(matcher, name, normal))?.code ?? 0
}

function takes({ kind, ownName, patterns }: Omit<Matcher, 'code'>, name: string, normal: string): boolean {
  if (kind === name || (normal !== '' && normal === ownName)) return true
  return patterns.some(pattern => matchesPattern(normal, pattern))
}

/**
 * Which entries take a name, whatever the others do: the first of them gives it its kind, the rest would have.
 *
 * @param taxonomy entries in their order; a derived kind takes no name
 * @returns positions of the entries that take the name, ascending
 *
 * Source: docs/methods/taxonomy.md, "Order".
 */
export function takersOfNames(taxonomy: ScoringModel['taxonomy']): (name: string) => readonly number[] {
  const derived = new Set<string>(DERIVED_KINDS)
  const matchers = taxonomy.map(({ kind, match }) => (derived.has(kind) ? null : namesOf(kind, match)))
  return name => {
    if (name === '') return []
    const normal = normaliseName(name)
    return matchers.flatMap((matcher, at) => (matcher !== null && takes(matcher, name, normal) ? [at] : []))
  }
}

/**
 * Kind code of each name of a dictionary; each distinct name is matched once.
 *
 * @param names dictionary of the event log, index 0 is the empty string (kind 0)
 */
export function kindsOfNames(table: KindTable, names: readonly string[]): Uint16Array {
  return Uint16Array.from(names, name => table.codeOfName(name))
}
