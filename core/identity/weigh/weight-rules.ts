import { type LevelWeight, PERSON_WEIGHTS } from './person-weights.ts'
import { USER_WEIGHTS } from './user-weights.ts'

/** A weight that may be set: what it is of, what it is by default, and why. */
export type WeightRule = Readonly<{
  /** Comparison and level. */
  id: string
  comparison: string
  level: string
  unit: 'precision' | 'm' | 'bits'
  byDefault: number
  because: string
}>

/** Weights of comparisons between users. */
export type Weights = Readonly<{ person: typeof PERSON_WEIGHTS; user: typeof USER_WEIGHTS }>

/** Comparisons that user records have. */
const COMPARED = ['email', 'name', 'given', 'family', 'phone'] as const
const UNITS = ['precision', 'm', 'bits'] as const

/**
 * Every weight of comparisons between users, in the order in which they are shown.
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function weightRules(): readonly WeightRule[] {
  const levels = COMPARED.flatMap(comparison => levelRules(comparison, PERSON_WEIGHTS[comparison]))
  const others = Object.entries(USER_WEIGHTS).flatMap(([comparison, weight]) => {
    if (!('because' in weight)) return levelRules(comparison, weight)
    const { because } = weight
    if ('precision' in weight) return [ruleOf(comparison, 'same', weight)]
    return [
      ruleOf(comparison, 'same', { m: weight.m, because }),
      ruleOf(comparison, 'different', { bits: weight.different, because }),
    ]
  })
  return [...levels, ...others]
}

function levelRules(comparison: string, levels: Readonly<Record<string, LevelWeight>>): readonly WeightRule[] {
  return Object.entries(levels).map(([level, weight]) => ruleOf(comparison, level, weight))
}

function ruleOf(comparison: string, level: string, weight: LevelWeight): WeightRule {
  const unit = UNITS.find(one => one in weight) ?? 'bits'
  const byDefault = (weight as Readonly<Record<string, unknown>>)[unit] as number // one of the three is there
  return { id: `${comparison}: ${level}`, comparison, level, unit, byDefault, because: weight.because }
}

/**
 * Weights with some of them set.
 *
 * @param changes value by id; ids that are none are not read
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function weightsWith(changes: ReadonlyMap<string, number>): Weights {
  if (changes.size === 0) return { person: PERSON_WEIGHTS, user: USER_WEIGHTS }
  const set = (table: Readonly<Record<string, Readonly<Record<string, unknown>>>>, of: typeof changed) =>
    Object.fromEntries(Object.entries(table).map(([comparison, own]) => [comparison, of(comparison, own)]))
  const changed = (comparison: string, levels: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(levels).map(([level, weight]) => {
        const value = changes.get(`${comparison}: ${level}`)
        const unit = UNITS.find(one => one in (weight as object)) ?? 'bits' // levels are objects
        return [level, value === undefined ? weight : { ...(weight as object), [unit]: value }]
      }),
    )
  const flat = (comparison: string, own: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    if (!('because' in own)) return changed(comparison, own)
    const [same, different] = [changes.get(`${comparison}: same`), changes.get(`${comparison}: different`)]
    const unit = 'precision' in own ? 'precision' : 'm'
    return {
      ...own,
      ...(same === undefined ? {} : { [unit]: same }),
      ...(different === undefined || unit === 'precision' ? {} : { different }),
    }
  }
  // The same shape with other numbers; the types name the default ones.
  return {
    person: set(PERSON_WEIGHTS, changed) as unknown as typeof PERSON_WEIGHTS,
    user: set(USER_WEIGHTS, flat) as unknown as typeof USER_WEIGHTS,
  }
}
