import type { Result } from './rounds.ts'
import { DUCKDB_IMPORT, FILE_HASH, OURS, OURS_AGAIN, PAPAPARSE_IMPORT, SHELL_IMPORT } from './suites/import.ts'
import { DUCKDB_FROM_FILE, DUCKDB_IN_MEMORY, OURS_FROM_FILE, OURS_IN_MEMORY } from './suites/score.ts'

/** One target of the product with what this run says of it, by the clock. They are meant for scale M. */
export type Verdict = Readonly<{
  target: string
  value: number
  unit: 'x' | 'MB' | 's'
  isMet: boolean
  /** The same of processor times, for a machine that others use; NaN for memory. */
  byProcessor: number
}>

/** Longest time of the files of every CRM, s. */
const LONGEST_DELIVERY = 10
/** Highest memory of a step, MB. */
const MOST_MEMORY = 500

/** @param results of all suites; a target whose contenders were not measured has no verdict */
export function judge(
  results: Readonly<{
    steps: readonly Result[]
    imports: readonly Result[]
    scores: readonly Result[]
    deliveries: readonly Result[]
  }>,
): readonly Verdict[] {
  const { steps, imports, scores, deliveries } = results
  return [
    ...ratio('events import: 5 x sqlite3 .import (aim 15)', 5, imports, [SHELL_IMPORT, OURS]),
    ...ratio('events import: 5 x papaparse (aim 15)', 5, imports, [PAPAPARSE_IMPORT, OURS]),
    ...ratio('events import: 1.5 x DuckDB', 1.5, imports, [DUCKDB_IMPORT, OURS]),
    ...atMost('the same file again: 1.5 x its SHA-256', 1.5, imports, { of: work, names: [OURS_AGAIN, FILE_HASH] }),
    ...atMost('memory of the import: half of DuckDB', 0.5, imports, { of: memory, names: [OURS, DUCKDB_IMPORT] }),
    ...ratio('re-score, cells in memory: 5 x DuckDB', 5, scores, [DUCKDB_IN_MEMORY, OURS_IN_MEMORY]),
    ...ratio('re-score, cells from the file: 5 x DuckDB', 5, scores, [DUCKDB_FROM_FILE, OURS_FROM_FILE]),
    ...steps.map(({ name, peakMb }) => ({
      target: `${name}: under ${MOST_MEMORY} MB`,
      value: peakMb,
      unit: 'MB' as const,
      isMet: peakMb < MOST_MEMORY,
      byProcessor: Number.NaN,
    })),
    ...deliveries.map(({ name, ms, cpuMs }) => ({
      target: `${name}: under ${LONGEST_DELIVERY} s`,
      value: ms.median / 1000,
      unit: 's' as const,
      isMet: ms.median < 1000 * LONGEST_DELIVERY,
      byProcessor: cpuMs.median / 1000,
    })),
  ]
}

type Share = Readonly<{ of(result: Result): number; names: readonly [own: string, measure: string] }>

const work = ({ ms }: Result): number => ms.median
const memory = ({ peakMb }: Result): number => peakMb

/** How much of something ours takes of what another takes. */
function atMost(target: string, most: number, results: readonly Result[], { of, names }: Share): Verdict[] {
  const [own, measure] = names.map(wanted => results.find(({ name }) => name === wanted))
  if (own === undefined || measure === undefined) return []
  const value = of(own) / of(measure)
  const byProcessor = of === memory ? Number.NaN : own.cpuMs.median / measure.cpuMs.median
  return [{ target, value, unit: 'x', isMet: value <= most, byProcessor }]
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
