import { canonicalJson } from '#lib/hash'
import type { ScoringModel } from '#schema/model'

/** Are two plain values equal? Free where they are one. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b)
}

/**
 * Does a model ask for more than the columns of another one hold: other cells, other rows of the role table, other scores
 * of fit?
 *
 * @param held  model that the columns were made by
 * @param asked the model to judge by
 * @param kinds those that the cells know
 * @returns true where taxonomy, loop rule, zone, titles, departments or fit rules differ, or a signal names another kind
 *
 * Source: docs/methods/simulate.md, "The kernel".
 */
export function asksOtherCells(held: ScoringModel, asked: ScoringModel, kinds: readonly string[]): boolean {
  const isSame =
    held.timeZone === asked.timeZone &&
    isSameValue(held.loop, asked.loop) &&
    isSameValue(held.taxonomy, asked.taxonomy) &&
    isSameValue(held.fit.rules, asked.fit.rules) &&
    isSameValue(held.roles.titles, asked.roles.titles) &&
    isSameValue(held.roles.targetDepartments, asked.roles.targetDepartments)
  return !isSame || asked.signals.some(({ kind }) => !kinds.includes(kind))
}
