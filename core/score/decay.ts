import type { Curve } from '#schema/model'

/** Ages up to which weights are worked out once per curve. */
const TABLE_DAYS = 1024

/** Weight of an occurrence by its age in days. */
export type Decay = Readonly<{ at: (age: number) => number }>

/**
 * Weight of an occurrence of a given age.
 *
 *   time_constant  exp(-age / D): 36.8 % is left at D
 *   half_life      2^(-age / D): half is left at D
 *   linear         max(0, 1 - age / D)
 *   none           1
 *
 * @param age  whole days, 0 or more
 * @param days D, above 0; not read where the curve is none
 *
 * Source: docs/methods/score.md, "Decay".
 */
export function decayAt(curve: Curve, age: number, days: number): number {
  if (curve === 'time_constant') return Math.exp(-age / days)
  if (curve === 'half_life') return 2 ** (-age / days)
  return curve === 'linear' ? Math.max(0, 1 - age / days) : 1
}

/** The curve with its first weights worked out in advance; beyond the table the same formula is used. */
export function decayTable(curve: Curve, days: number): Decay {
  const weights = Float64Array.from({ length: TABLE_DAYS }, (_, age) => decayAt(curve, age, days))
  // Within range: ages below the table's length are 0 or more.
  return { at: age => (age < TABLE_DAYS ? (weights[age] as number) : decayAt(curve, age, days)) }
}
