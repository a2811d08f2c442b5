/** How the weight of an occurrence falls with its age. */
export type DecayCurve = 'time_constant' | 'half_life' | 'linear' | 'none'

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
 * @returns the weight, 0..1
 *
 * Source: docs/methods/score.md, "Decay".
 */
export function decayAt(curve: DecayCurve, age: number, days: number): number {
  if (curve === 'time_constant') return Math.exp(-age / days)
  if (curve === 'half_life') return 2 ** (-age / days)
  return curve === 'linear' ? Math.max(0, 1 - age / days) : 1
}
