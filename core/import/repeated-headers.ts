import type { ColumnPlan } from '#schema/import'

/** Records that say the header of their file once more, as where files of equal columns were put together. */
export class RepeatedHeaders {
  /** Lines on which they start. */
  readonly lines: number[] = []

  /** Is every cell the header of its column? Its line is kept then. */
  takes(cells: readonly string[], columns: readonly ColumnPlan[], line: number): boolean {
    if (cells.length < columns.length || !isHeader(cells[0], columns[0])) return false
    if (!cells.every((cell, at) => isHeader(cell, columns[at]))) return false
    this.lines.push(line)
    return true
  }
}

/** Behind the last column there is none, and its header is empty. */
function isHeader(cell = '', column: ColumnPlan | undefined): boolean {
  return cell.trim() === (column?.header ?? '').trim()
}
