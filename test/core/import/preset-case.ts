import type { ImportOptions } from '#schema/import'
import type { TableName } from '#schema/tables'
import type { Record } from './read-plans.ts'

/** What one export of a known source must become. */
export type Case = Readonly<{
  file: string
  origin: string
  options?: ImportOptions
  /** Per table: the rows that are loaded, by some of their columns, and how many are skipped. */
  want: Readonly<Partial<{ [T in TableName]: readonly Record[] }>>
  skipped?: readonly number[]
  notes?: readonly string[]
}>
