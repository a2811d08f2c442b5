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
 * @returns rounded values in the order of `values`, each less than one step from its own; zero is never negative
 */
export function roundToSum(values: readonly number[], decimals: number, total: number): readonly number[] {
  const scale = 10 ** decimals
  const steps = values.map(value => stepsOf(value, decimals, scale))
  const lack = Math.round(total * scale) - sum(steps)
  if (lack === 0) return steps.map(whole => whole / scale + 0)
  const step = Math.sign(lack)
  const error = (i: number): number => Math.abs((steps[i] as number) + step - (values[i] as number) * scale) // i is a place
  const giving = steps
    .map((_, i) => ({ i, isFar: error(i) > 0.75, size: Math.abs(values[i] as number) }))
    .filter(({ i }) => error(i) < 1)
    .sort((a, b) => Number(a.isFar) - Number(b.isFar) || a.size - b.size || a.i - b.i)
  for (const { i } of giving.slice(0, Math.abs(lack))) steps[i] = (steps[i] as number) + step
  return steps.map(whole => whole / scale + 0)
}

/** Rounding in text, which is exact, is slow and matters only close to a half. */
function stepsOf(value: number, decimals: number, scale: number): number {
  const size = Math.abs(value) * scale
  const whole = Math.floor(size + 0.5)
  const isClear = Math.abs(size - Math.floor(size) - 0.5) > 1e-6
  return Math.sign(value) * (isClear ? whole : Math.round(roundTo(Math.abs(value), decimals) * scale))
}

/**
 * Lines of evidence as they are printed beside each other: to a hundredth of a bit, so that they add up to their total as printed.
 *
 *   each = as `roundToSum`, the total rounded half away from zero, as `bitsText` prints it
 *
 * @param lines log2 odds in steps of 1/16, which add up to the total; empty gives empty
 * @returns bits in the order of `lines`, each less than a hundredth from its own
 *
 * Source: docs/methods/identity.md, "Bits".
 */
export function printedBits(lines: readonly number[]): readonly number[] {
  const total = sum(lines)
  return roundToSum(lines, 2, Math.sign(total) * roundTo(Math.abs(total), 2))
}
