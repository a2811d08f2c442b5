import { withoutNumber } from '../columns/handle-lists.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { othersByName } from './name-comparison.ts'

/** What a handle spells of a name: both names, or one of them with an initial; and how many other people it would fit. */
export type SpelledName = Readonly<{ isWhole: boolean; others: number }>

/**
 * How much of a name a handle spells, and how many others are thought to have a name that spells it too.
 *
 *   both names: others by the whole name, as in `nameComparison`
 *   one with an initial: (records with the name it spells - records with the whole name) * share of the initial
 *   the family name alone: records with it - records with the whole name
 *
 * @param columns records
 * @returns of the code of a handle and the code of a full name that spells it
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function spelledNames(columns: PersonColumns): (handle: number, name: number) => SpelledName {
  const { names, emails, size } = columns
  const { given, family, core, tokens } = names
  const othersOf = othersByName(columns)
  const initials = { given: countsByInitial(names.givenCount), family: countsByInitial(names.familyCount) }
  function countsByInitial(counts: Uint32Array): ReadonlyMap<string, number> {
    const found = new Map<string, number>()
    tokens.texts.forEach((text, token) => {
      const initial = text.slice(0, 1)
      found.set(initial, (found.get(initial) ?? 0) + (counts[token] ?? 0))
    })
    return found
  }
  // Codes lie within their tables.
  return (handle, name) => {
    const [first, last] = [given[name] as number, family[name] as number]
    const [x, y] = [tokens.texts[first] ?? '', tokens.texts[last] ?? '']
    const stem = withoutNumber(emails.handles.text(handle))
    if (x.length > 1 && y.length > 1 && stem.length === x.length + y.length)
      return { isWhole: true, others: othersOf(name) }
    const same = names.coreCount[core[name] as number] as number
    if (stem === y)
      return { isWhole: false, others: Math.max(othersOf(name), (names.familyCount[last] as number) - same) }
    const byFamily = stem.includes(y) || isCut(stem, x, y)
    const carrying = byFamily ? (names.familyCount[last] as number) : (names.givenCount[first] as number)
    const ofInitial = byFamily ? initials.given.get(x.slice(0, 1)) : initials.family.get(y.slice(0, 1))
    const byParts = (Math.max(0, carrying - same) * (ofInitial ?? 0)) / size
    return { isWhole: false, others: Math.max(othersOf(name), byParts) }
  }
}

/** An initial and the beginning of the family name, as systems cut a login: `zquarkst`. */
function isCut(handle: string, given: string, family: string): boolean {
  return handle.slice(0, 1) === given.slice(0, 1) && family.startsWith(handle.slice(1)) && !handle.startsWith(given)
}
