/** RFC 4180 asks for CRLF. */
const RECORD_END = '\r\n'

const NEEDS_QUOTES = /[",\r\n]/

/**
 * One record of a CSV file.
 *
 *   a field with a quote, comma, CR or LF is put in quotes, quotes within it are doubled
 *
 * @param fields texts of the cells, in order
 * @returns the record with its CRLF
 *
 * Source: RFC 4180, section 2; docs/methods/export.md, "Files".
 */
export function csvRecord(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}${RECORD_END}`
}

function csvField(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
