import type { ColumnPlan, FilePlan } from '#schema/import'
import { type Column, TABLES } from '#schema/tables'
import { readHead } from './head-records.ts'

/** A plan as it is shown: its columns with their types and a few values, and the first records. */
export type PlanDescription = Readonly<{
  file: string
  format: FilePlan['format']
  delimiter: string | null
  encoding: string
  table: FilePlan['table']
  reason: string
  columns: readonly (ColumnPlan & Readonly<{ type: string; samples: readonly string[] }>)[]
  /** First records, one text per column. */
  sample: readonly (readonly string[])[]
}>

const SAMPLE_RECORDS = 20
const LOOKED_AT = 200
const SAMPLES = 3
const SHOWN = 200

/**
 * Describes a plan for the analyst.
 *
 * @param head the bytes the plan was made from
 * @returns up to 20 records, and up to 3 different values per column from the first 200; long ones are cut, secrets are
 *   left out, a custom column has type `text` and a secret one `secret`
 */
export function describePlan(plan: FilePlan, head: Uint8Array): PlanDescription {
  const { file, format, delimiter, encoding, table, reason } = plan
  const { records } = format === 'unknown' ? { records: [] } : readHead(plan, head, false, LOOKED_AT)
  const columns = plan.columns.map((column, at) => ({
    ...column,
    type: typeOf(plan, column),
    samples: column.match === 'secret' ? [] : samplesOf(records, at),
  }))
  const shown = (cell: string, at: number): string => (plan.columns[at]?.match === 'secret' ? '' : cut(cell))
  const sample = records.slice(0, SAMPLE_RECORDS).map(cells => plan.columns.map((_, at) => shown(cells[at] ?? '', at)))
  return { file, format, delimiter, encoding, table, reason, columns, sample }
}

function typeOf({ table }: FilePlan, { column, match }: ColumnPlan): string {
  if (match === 'secret') return 'secret'
  if (table === null || column === null) return 'text'
  const columns: Readonly<Record<string, Column>> = TABLES[table].columns
  return columns[column]?.type ?? 'text'
}

function samplesOf(records: readonly (readonly string[])[], at: number): readonly string[] {
  const samples = new Set<string>()
  for (const cells of records) {
    const cell = (cells[at] ?? '').trim()
    if (cell !== '') samples.add(cut(cell))
    if (samples.size === SAMPLES) break
  }
  return [...samples]
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text
}
