import { compareCodePoints, matchesPattern, normaliseName, normalisePattern } from '#lib/text'
import type { TaxonomyEntry } from '#schema/model'
import { takersOfNames } from '../taxonomy.ts'
import type { NameCounts } from './name-counts.ts'

/**
 * What becomes of a name that a pattern matches:
 * `new` it had no kind; `own` the entry takes it already; `taken` a later entry has it now; `kept` an earlier entry has it
 * and keeps it.
 */
export type Fate = 'new' | 'own' | 'taken' | 'kept'

export type ReachedName = Readonly<{ name: string; events: number; fate: Fate; kind: string }>

export type PatternReach = Readonly<{
  /** The pattern in the normal form in which it is compared; empty: it matches nothing. */
  pattern: string
  /** Names with events that it matches, most events first. */
  names: readonly ReachedName[]
}>

/**
 * Which names a pattern would take, were it added to an entry.
 *
 * @param taxonomy entries in their order, as they are without the pattern
 * @param at       position of the entry; `taxonomy.length` for a new one at the end
 * @param pattern  as somebody types it
 *
 * Source: docs/methods/taxonomy.md, "Order".
 */
export function reachOfPattern(
  counts: NameCounts,
  taxonomy: readonly TaxonomyEntry[],
  at: number,
  pattern: string,
): PatternReach {
  const normal = normalisePattern(pattern)
  if (normal === '') return { pattern: normal, names: [] }
  const takersOf = takersOfNames([...taxonomy])
  const names = counts.names.flatMap((name, code) => {
    const events = counts.events[code] ?? 0
    if (name === '' || events === 0 || !matchesPattern(normaliseName(name), normal)) return []
    const [winner] = takersOf(name)
    return [{ name, events, fate: fateOf(winner, at), kind: taxonomy[winner ?? -1]?.kind ?? '' }]
  })
  return { pattern: normal, names: names.sort((a, b) => b.events - a.events || compareCodePoints(a.name, b.name)) }
}

function fateOf(winner: number | undefined, at: number): Fate {
  if (winner === undefined) return 'new'
  if (winner === at) return 'own'
  return winner < at ? 'kept' : 'taken'
}
