import type { Input } from '#contract/contract'
import { matchesPattern, normaliseName, normalisePattern } from '#lib/text'

/** One entry of the taxonomy, as it is edited. */
export type Entry = Readonly<Omit<Input<'taxonomy.preview'>['entries'][number], 'match'>> &
  Readonly<{ match: readonly string[] }>
export type Entries = readonly Entry[]

/** Takes a pattern a name, as the engine compares them? */
export function takesName(pattern: string, name: string): boolean {
  const normal = normalisePattern(pattern)
  return normal !== '' && matchesPattern(normaliseName(name), normal)
}

/** A name without a letter a-z or a digit has no normal form, and no pattern can take it. */
export const canBeMapped = (name: string): boolean => normaliseName(name) !== ''

/**
 * Puts names to a kind: each becomes a synonym of it, unless it takes the name already, and a synonym of no other.
 * A name that an earlier entry takes by a wildcard or by its own name stays there: order decides.
 */
export function mapNames(entries: Entries, names: readonly string[], kind: string): Entries {
  const wanted = new Set(names.filter(canBeMapped).map(normaliseName))
  return entries.map(entry => {
    if (entry.kind !== kind) return withoutNames(entry, wanted)
    const missing = [...wanted].filter(name => !takesByItself(entry, name))
    return withMatch(entry, [...entry.match, ...missing])
  })
}

/** Takes names out of their kinds, as far as they are synonyms there. */
export function unmapNames(entries: Entries, names: readonly string[]): Entries {
  const wanted = new Set(names.map(normaliseName))
  return entries.map(entry => withoutNames(entry, wanted))
}

/** The first entry that takes a name; null where none does. */
export function takerOf(entries: Entries, name: string): Entry | null {
  const normal = normaliseName(name)
  return entries.find(entry => entry.kind === name || (normal !== '' && takesByItself(entry, normal))) ?? null
}

export function addPattern(entries: Entries, kind: string, pattern: string): Entries {
  const normal = normalisePattern(pattern)
  if (normal === '') return entries
  return change(entries, kind, entry =>
    entry.match.some(known => normalisePattern(known) === normal)
      ? entry
      : { ...entry, match: [...entry.match, normal] },
  )
}

export function dropPattern(entries: Entries, kind: string, pattern: string): Entries {
  return change(entries, kind, entry => ({ ...entry, match: entry.match.filter(known => known !== pattern) }))
}

export function changeEntry(entries: Entries, kind: string, to: Partial<Omit<Entry, 'kind' | 'match'>>): Entries {
  return change(entries, kind, entry => ({ ...entry, ...to }))
}

export function addKind(entries: Entries, entry: Entry): Entries {
  return [...entries, entry]
}

export function dropKind(entries: Entries, kind: string): Entries {
  return entries.filter(entry => entry.kind !== kind)
}

/** Moves an entry to another place; the rest keep their order. */
export function moveKind(entries: Entries, kind: string, to: number): Entries {
  const from = entries.findIndex(entry => entry.kind === kind)
  const moved = entries[from]
  if (moved === undefined) return entries
  const rest = entries.filter((_, place) => place !== from)
  const place = Math.max(0, Math.min(rest.length, to))
  return [...rest.slice(0, place), moved, ...rest.slice(place)]
}

/** Why a new kind cannot have this name; null where it can. */
export function kindFault(entries: Entries, kind: string): string | null {
  const normal = normaliseName(kind)
  if (kind.trim() === '') return 'A kind needs a name.'
  const same = entries.find(entry => entry.kind === kind || (normal !== '' && normaliseName(entry.kind) === normal))
  if (same !== undefined) return `There is a kind ${same.kind} already.`
  return kind === 'event_loop' || kind === 'new_active_user' ? 'This kind is made by the program itself.' : null
}

/** A pattern that takes all of the names: their common beginning or end, in whole words; null where they share neither. */
export function commonPattern(names: readonly string[]): string | null {
  const all = names.map(name => normaliseName(name).split('_'))
  const [first, ...rest] = all
  if (first === undefined) return null
  if (rest.length === 0) return first.length > 1 ? `${first.slice(0, -1).join('_')}_*` : `${first[0] ?? ''}*`
  const start = shared(first, rest, (words, i) => words[i])
  const isWhole = (length: number): boolean => all.some(words => words.length === length)
  if (start > 0) return `${first.slice(0, start).join('_')}${isWhole(start) ? '*' : '_*'}`
  const end = shared(first, rest, (words, i) => words.at(-1 - i))
  return end > 0 ? `${isWhole(end) ? '*' : '*_'}${first.slice(-end).join('_')}` : null
}

function shared(
  first: readonly string[],
  rest: readonly (readonly string[])[],
  at: (words: readonly string[], i: number) => string | undefined,
): number {
  let length = 0
  while (length < first.length && rest.every(words => at(words, length) === at(first, length))) length++
  return length
}

export const areSame = (one: Entries, other: Entries): boolean => JSON.stringify(one) === JSON.stringify(other)

function change(entries: Entries, kind: string, how: (entry: Entry) => Entry): Entries {
  return entries.map(entry => (entry.kind === kind ? how(entry) : entry))
}

/** An entry without these names among its synonyms; its own name stays, since it takes that in any case. */
function withoutNames(entry: Entry, names: ReadonlySet<string>): Entry {
  const own = normaliseName(entry.kind)
  const isKept = (pattern: string): boolean => {
    const normal = normalisePattern(pattern)
    return pattern.includes('*') || normal === own || !names.has(normal)
  }
  return withMatch(entry, entry.match.filter(isKept))
}

function withMatch(entry: Entry, match: readonly string[]): Entry {
  return match.length === entry.match.length ? entry : { ...entry, match }
}

function takesByItself({ kind, match }: Entry, normal: string): boolean {
  return normaliseName(kind) === normal || match.some(pattern => takesName(pattern, normal))
}
