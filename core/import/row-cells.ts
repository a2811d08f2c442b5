import type { ColumnPlan, FilePlan } from '#schema/import'
import type { CustomField } from './custom-fields.ts'

/** The cells of one record, one per column of the file. */
export type RowCells = Readonly<{
  cells: readonly string[]
  line: number
  /** Positions of the cells that were JSON numbers. */
  numbers: ReadonlySet<number>
  /** Custom fields that are not among the columns. */
  extra: readonly CustomField[]
  /** The record itself where it is JSON. */
  record: Readonly<Record<string, unknown>> | null
  rawText: () => string
}>

/**
 * A delimited record written anew, its secret cells empty.
 *
 * @param cells one per column
 * @param columns of the plan
 * @param layout how the file was read
 *
 * Source: docs/methods/import.md, "Secrets".
 */
export function withoutSecretCells(
  cells: readonly string[],
  columns: readonly ColumnPlan[],
  layout: Pick<FilePlan, 'delimiter' | 'escape'>,
): string {
  const isSecret = (at: number): boolean => columns[at]?.match === 'secret'
  const between = layout.delimiter ?? ','
  const written = (cell: string): string => (layout.escape === 'backslash' ? cell.replaceAll('\\', '\\\\') : cell)
  return cells.map((cell, at) => (isSecret(at) ? '' : requoted(written(cell), between))).join(between)
}

function requoted(cell: string, delimiter: string): string {
  return /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell
}
