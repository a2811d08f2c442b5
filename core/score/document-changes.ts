import { canonicalJson } from '#lib/hash'
import { isRecord, type Members, membersOf, namedEntries } from './document-entries.ts'

/** One place in which two documents differ. Values are plain JSON; null: not there. */
export type DocumentChange = Readonly<{
  /** Steps from the whole on; entries of lists by their id: `signals`, `pricing_page_view`, `points`. */
  path: readonly string[]
  kind: 'changed' | 'added' | 'removed' | 'moved'
  from: unknown
  to: unknown
}>

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
  const [before, after] = [namedEntries(from), namedEntries(to)]
  if (before !== null && after !== null)
    return [...changesOfMembers(path, before, after), ...orderChange(path, [...before.keys()], [...after.keys()])]
  const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed'
  return [{ path, kind, from: from ?? null, to: to ?? null }]
}

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
