/** What Salesforce writes below the rows of a report; the line of rights is there in every language. */
const MARKS: readonly RegExp[] = [
  /^[^\n]{0,20}(?:\(c\)|©) ?\d{4}[^\n]{0,12}\bsalesforce(?:\.com)?, inc\b/i,
  /^confidential information - do not distribute$/i,
]
const MOST_LENGTH = 200
/** Texts of a report's end on either side of its first mark: its name and its count above, rights and who made it below. */
export const MOST_TEXTS_OF_END = 6
/** A row of which only the id is filled is no text. */
const ID = /^(?=\S*\d)\S+$/

/** Is a record a text by itself: one filled cell, the first, where rows have more, and that no id? */
export function isLoneText(cells: readonly string[], width: number): boolean {
  const text = (cells[0] ?? '').trim()
  return width > 1 && text !== '' && !ID.test(text) && cells.every((cell, at) => at === 0 || cell.trim() === '')
}

/** Does a record say that a report is over? */
export function endsReport(cells: readonly string[], width: number): boolean {
  if (!isLoneText(cells, width)) return false
  const text = (cells[0] ?? '').trim()
  return text.length <= MOST_LENGTH && MARKS.some(mark => mark.test(text))
}

/**
 * The first records of a file without the end of a report: from the texts by themselves above its first mark on, to the end.
 *
 * @param width columns of the header
 */
export function withoutReportEnd<Cells extends readonly string[]>(
  records: readonly Cells[],
  width: number,
): readonly Cells[] {
  const mark = records.findIndex(cells => endsReport(cells, width))
  if (mark < 0) return records
  const rows = records.slice(0, mark).findLastIndex(isRow(width)) + 1
  return records.slice(0, Math.max(rows, mark - MOST_TEXTS_OF_END))
}

const isRow =
  (width: number) =>
  (cells: readonly string[]): boolean =>
    !isLoneText(cells, width)
