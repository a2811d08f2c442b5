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

/**
 * Does a model ask for more than was found beside the cells: other milestones, other rollups, other tiers of fit? Rules test
 * what comes of them.
 *
 * @param held  model that units were judged by
 * @param asked the model to judge by
 *
 * Source: docs/methods/simulate.md, "What a scenario can change".
 */
export function asksOtherFindings(held: ScoringModel, asked: ScoringModel): boolean {
  const isSame =
    isSameValue(held.milestones, asked.milestones) &&
    isSameValue(held.activation, asked.activation) &&
    isSameValue(held.rollups, asked.rollups) &&
    isSameValue(held.fit, asked.fit)
  return !isSame
}
