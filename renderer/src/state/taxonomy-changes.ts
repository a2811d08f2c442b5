import { areSame, type Entries, type Entry } from './taxonomy-entries.ts'

/** One line of a diff between two taxonomies. */
export type EntryChange = Readonly<{
  kind: string
  what: 'new' | 'removed' | 'changed' | 'moved'
  added: readonly string[]
  removed: readonly string[]
  /** Other than patterns, each `category: other to intent`. */
  settings: readonly string[]
}>

/** What differs, in the order of the later taxonomy; entries that are gone come last. */
export function changesOf(before: Entries, after: Entries): readonly EntryChange[] {
  if (areSame(before, after)) return []
  const known = new Map(before.map(entry => [entry.kind, entry]))
  const kept = new Set(after.map(entry => entry.kind))
  const moved = movedKinds(before, after)
  return [
    ...after.flatMap(entry => changeOf(known.get(entry.kind), entry, moved.has(entry.kind))),
    ...before
      .filter(({ kind }) => !kept.has(kind))
      .map(({ kind, match }) => ({ kind, what: 'removed' as const, added: [], removed: match, settings: [] })),
  ]
}

function changeOf(before: Entry | undefined, after: Entry, isMoved: boolean): EntryChange[] {
  const { kind, match } = after
  if (before === undefined) return [{ kind, what: 'new', added: match, removed: [], settings: settingsOf(after) }]
  const added = match.filter(pattern => !before.match.includes(pattern))
  const removed = before.match.filter(pattern => !match.includes(pattern))
  const settings = settingsOf(before, after)
  const isChanged = added.length + removed.length + settings.length > 0
  if (!isChanged && !isMoved) return []
  return [{ kind, what: isChanged ? 'changed' : 'moved', added, removed, settings }]
}

function settingsOf(before: Entry, after?: Entry): readonly string[] {
  const said = ({ category, highIntent, highIntentByAdmin }: Entry): readonly (readonly [string, string])[] => [
    ['category', category],
    ['high intent', highIntent ? 'yes' : 'no'],
    ['by an admin', highIntentByAdmin === undefined ? 'not said' : highIntentByAdmin ? 'yes' : 'no'],
  ]
  if (after === undefined) return [`category: ${before.category}`, ...(before.highIntent ? ['high intent'] : [])]
  return said(before).flatMap(([name, value], i) => {
    const now = said(after)[i]?.[1]
    return value === now ? [] : [`${name}: ${value} to ${now}`]
  })
}

/** The fewest kinds whose moving makes the one order out of the other: those outside the longest common order. */
function movedKinds(before: Entries, after: Entries): ReadonlySet<string> {
  const place = new Map(before.map(({ kind }, i) => [kind, i]))
  const common = after.flatMap(({ kind }) => (place.has(kind) ? [kind] : []))
  const stays = new Set(longestRise(common.map(kind => place.get(kind) ?? 0)).map(i => common[i]))
  return new Set(common.filter(kind => !stays.has(kind)))
}

/** Positions of a longest ascending choice. */
function longestRise(values: readonly number[]): readonly number[] {
  const best: { length: number; before: number }[] = []
  for (const [i, value] of values.entries()) {
    let own = { length: 1, before: -1 }
    for (let j = 0; j < i; j++) {
      const length = (best[j]?.length ?? 0) + 1
      if ((values[j] ?? 0) < value && length > own.length) own = { length, before: j }
    }
    best.push(own)
  }
  const most = Math.max(0, ...best.map(({ length }) => length))
  const chosen: number[] = []
  for (let at = best.findIndex(({ length }) => length === most); at >= 0; at = best[at]?.before ?? -1) chosen.push(at)
  return chosen.reverse()
}
