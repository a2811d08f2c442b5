import type { Output } from '#contract/contract'

/** Held rows of one import that share rule and column. */
export type HeldGroup = Output<'held.groups'>['groups'][number]

export function keyOf({ importId, state, code, column }: HeldGroup): string {
  return `${importId} ${state} ${code} ${column}`
}
