import { canonicalJson } from '#lib/hash'

/** One place in which two documents differ. Values are plain JSON; null: not there. */
export type DocumentChange = Readonly<{
  /** Steps from the whole on; entries of lists by their id: `signals`, `pricing_page_view`, `points`. */
  path: readonly string[]
  kind: 'changed' | 'added' | 'removed' | 'moved'
  from: unknown
  to: unknown
}>

/** What names an entry of a list, the first that it has. */
const NAMES = ['id', 'kind', 'signal', 'field'] as const

/**
 * What differs between two documents: models or policies, as they are written.
 *
 * Entries of a list are compared by what names them, wherever they stand; entries that both have in another order are one change
 * (`moved`, at the list, with the names in both orders). A list whose entries have no names is compared as a whole.
 *
 * @param from a parsed JSON document
 * @param to   another one
 * @returns differences in the order of `from`, then what `to` has more; empty where they say the same
 *
 * Source: docs/methods/score.md, "Versions".
 */
export function documentChanges(from: unknown, to: unknown): readonly DocumentChange[] {
  return changesAt([], from, to)
}

function changesAt(path: readonly string[], from: unknown, to: unknown): readonly DocumentChange[] {
  if (from === to || canonicalJson(from ?? null) === canonicalJson(to ?? null)) return []
  if (isRecord(from) && isRecord(to)) return changesOfMembers(path, membersOf(from), membersOf(to))
  const [before, after] = [byName(from), byName(to)]
  if (before !== null && after !== null)
    return [...changesOfMembers(path, before, after), ...orderChange(path, [...before.keys()], [...after.keys()])]
  const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed'
  return [{ path, kind, from: from ?? null, to: to ?? null }]
}

type Members = ReadonlyMap<string, unknown>

function changesOfMembers(path: readonly string[], from: Members, to: Members): readonly DocumentChange[] {
  const names = [...new Set([...from.keys(), ...to.keys()])]
  return names.flatMap(name => changesAt([...path, name], from.get(name), to.get(name)))
}

function orderChange(path: readonly string[], from: readonly string[], to: readonly string[]): DocumentChange[] {
  const [known, next] = [new Set(from), new Set(to)]
  const before = from.filter(name => next.has(name))
  const after = to.filter(name => known.has(name))
  return before.every((name, i) => name === after[i]) ? [] : [{ path, kind: 'moved', from: before, to: after }]
}

/** Entries of a list by their names; null where it is no list of named entries, or two have one name. */
function byName(list: unknown): Members | null {
  if (!Array.isArray(list)) return null
  const named = list.map(entry => [nameOf(entry), entry] as const)
  const names = new Set(named.map(([name]) => name))
  if (names.has(null) || names.size < list.length) return null
  return new Map(named as readonly (readonly [string, unknown])[]) // all have names
}

function nameOf(entry: unknown): string | null {
  if (!isRecord(entry)) return null
  const name = NAMES.map(key => entry[key]).find(value => typeof value === 'string')
  return typeof name === 'string' ? name : null
}

function membersOf(record: Readonly<Record<string, unknown>>): Members {
  return new Map(Object.entries(record))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
