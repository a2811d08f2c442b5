import type { ChecklistRow } from '#schema/model'
import type { Rollups } from '#schema/rollups'
import { scoreOfTotal } from '#score'

/** Rollups of all units by name, true as 1; NaN is unknown. What is a text is not among them. */
export type RollupColumns = ReadonlyMap<string, Float64Array>

/** Puts rollups of units, one after another, into columns. */
export class RollupCollector {
  private readonly units: number
  private readonly columns = new Map<string, Float64Array>()

  constructor(units: number) {
    this.units = units
  }

  /** @param u position of the unit */
  add(u: number, rollups: Rollups): void {
    for (const [name, value] of Object.entries(rollups)) {
      if (value === null || typeof value === 'string') continue
      const known = this.columns.get(name) ?? new Float64Array(this.units).fill(Number.NaN)
      this.columns.set(name, known)
      known[u] = Number(value)
    }
  }

  taken(): RollupColumns {
    return this.columns
  }
}

/**
 * Scores of all units by a checklist, equal to `scoreChecklist` of each.
 *
 *   total = sum of the weights of the rows whose rollup is known and >= threshold, in the order of the rows
 *
 * @param score takes the rounded scores, in the order of units
 *
 * Source: docs/methods/score.md, "Checklist models".
 */
export function fillChecklist(columns: RollupColumns, rows: readonly ChecklistRow[], score: Float64Array): void {
  const total = new Float64Array(score.length)
  for (const { signal, weight, threshold } of rows) {
    const values = columns.get(signal)
    if (values === undefined) continue
    for (let u = 0; u < total.length; u++) {
      // One value per unit.
      if ((values[u] as number) >= threshold) total[u] = (total[u] as number) + weight
    }
  }
  for (let u = 0; u < total.length; u++) score[u] = scoreOfTotal(total[u] as number) // one value per unit
}
