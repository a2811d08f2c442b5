import { roundTo, sum } from './num.ts'

/**
 * Values rounded so that they add up to a given sum, as a ledger that is printed has to.
 *
 *   each = rounded half away from zero, then as many as are needed one step further, each to its own floor or ceiling;
 *   small values give way before large ones, those that would be off by more than three quarters of a step last
 *
 * @param values   any numbers; empty gives empty
 * @param decimals places that are printed
 * @param total    what is printed as their sum; where no floors and ceilings come to it, they come as close as they can
 * @returns rounded values in the order of `values`, each less than one step from its own
 */
export function roundToSum(values: readonly number[], decimals: number, total: number): readonly number[] {
  const scale = 10 ** decimals
  const steps = values.map(value => Math.round(Math.sign(value) * roundTo(Math.abs(value), decimals) * scale))
  const lack = Math.round(total * scale) - sum(steps)
  const step = Math.sign(lack)
  const error = (i: number): number => Math.abs((steps[i] as number) + step - (values[i] as number) * scale) // i is a place
  const giving = steps
    .map((_, i) => ({ i, isFar: error(i) > 0.75, size: Math.abs(values[i] as number) }))
    .filter(({ i }) => error(i) < 1)
    .sort((a, b) => Number(a.isFar) - Number(b.isFar) || a.size - b.size || a.i - b.i)
  for (const { i } of giving.slice(0, Math.abs(lack))) steps[i] = (steps[i] as number) + step
  return steps.map(whole => whole / scale)
}
