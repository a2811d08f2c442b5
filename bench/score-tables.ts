import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Column = readonly [name: string, type: 'INTEGER' | 'DOUBLE' | 'TEXT']

/** What a score peer is loaded with, one CSV file each; no value needs a quote. */
export const SCORE_TABLES: Readonly<Record<string, readonly Column[]>> = {
  kinds: [
    ['kind', 'INTEGER'],
    ['name', 'TEXT'],
    ['is_derived', 'INTEGER'],
  ],
  cells: [
    ['unit', 'INTEGER'],
    ['person', 'INTEGER'],
    ['kind', 'INTEGER'],
    ['day', 'INTEGER'],
    ['n', 'INTEGER'],
  ],
  people: [
    ['unit', 'INTEGER'],
    ['person', 'INTEGER'],
    ['factor', 'DOUBLE'],
    ['is_buyer', 'INTEGER'],
  ],
  units: [
    ['unit', 'INTEGER'],
    ['fit', 'DOUBLE'],
    ['is_on_trial', 'INTEGER'],
    ['trial_end_day', 'INTEGER'],
    ['created_day', 'INTEGER'],
    ['last_active_day', 'INTEGER'],
  ],
}

/** Columns of a score, ours and a peer's: unit, buckets, total, score, representative. */
export const SCORE_COLUMNS = 'unit, activation, depth, expansion, intent, fit, negative, total, score, representative'

/** Largest difference that still counts as the same score. */
export const TOLERANCE = 1e-6

/**
 * Compares a peer's scores with ours, unit by unit and column by column. A bench that compares different results is void.
 *
 * @param rows a peer's, in the order of units, with the columns of SCORE_COLUMNS
 * @returns the largest difference
 * @throws Error where a unit is missing, or a value is further off than TOLERANCE
 */
export function compareScores(folder: string, rows: readonly (readonly unknown[])[]): number {
  const [, ...lines] = readFileSync(join(folder, 'expected.csv'), 'utf8').trimEnd().split('\n')
  if (lines.length !== rows.length) throw new Error(`the peer scored ${rows.length} units of ${lines.length}`)
  let worst = 0
  for (const [i, line] of lines.entries()) {
    const row = rows[i] ?? []
    for (const [column, text] of line.split(',').entries()) {
      const difference = Math.abs(Number(row[column]) - Number(text))
      if (!(difference <= TOLERANCE))
        throw new Error(`unit ${i}: the peer says ${row.join(' ')}, where ours is ${line} (${SCORE_COLUMNS})`)
      worst = Math.max(worst, difference)
    }
  }
  return worst
}
