import type { Result } from './rounds.ts'
import { OURS, SHELL_IMPORT } from './suites/import.ts'
import { DUCKDB_FROM_FILE, DUCKDB_IN_MEMORY, OURS_FROM_FILE, OURS_IN_MEMORY } from './suites/score.ts'

/** One target of the product with what this run says of it, by the clock. They are meant for scale M. */
export type Verdict = Readonly<{
  target: string
  value: number
  unit: 'x' | 'MB'
  isMet: boolean
  /** The same ratio of processor times, for a machine that others use; NaN for memory. */
  byProcessor: number
}>

/** Highest memory of a step, MB. */
const MOST_MEMORY = 500

/** @param results of all suites; a target whose contenders were not measured has no verdict */
export function judge(
  results: Readonly<{ steps: readonly Result[]; imports: readonly Result[]; scores: readonly Result[] }>,
): readonly Verdict[] {
  const { steps, imports, scores } = results
  return [
    ...ratio('events import: 3 x sqlite3 .import', 3, imports, [SHELL_IMPORT, OURS]),
    ...ratio('re-score, cells in memory: 5 x DuckDB', 5, scores, [DUCKDB_IN_MEMORY, OURS_IN_MEMORY]),
    ...ratio('re-score, cells from the file: 5 x DuckDB', 5, scores, [DUCKDB_FROM_FILE, OURS_FROM_FILE]),
    ...steps.map(({ name, peakMb }) => ({
      target: `${name}: under ${MOST_MEMORY} MB`,
      value: peakMb,
      unit: 'MB' as const,
      isMet: peakMb < MOST_MEMORY,
      byProcessor: Number.NaN,
    })),
  ]
}

function ratio(
  target: string,
  least: number,
  results: readonly Result[],
  [peer, own]: readonly [string, string],
): Verdict[] {
  const [theirs, ours] = [peer, own].map(wanted => results.find(({ name }) => name === wanted))
  if (theirs === undefined || ours === undefined) return []
  const value = theirs.wallMs.median / ours.wallMs.median
  const byProcessor = theirs.cpuMs.median / ours.cpuMs.median
  return [{ target, value, unit: 'x', isMet: value >= least, byProcessor }]
}
