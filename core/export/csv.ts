/** RFC 4180 asks for CRLF. */
export const RECORD_END = '\r\n'

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
  let record = ''
  let separator = ''
  for (const field of fields) {
    record += separator + (NEEDS_QUOTES.test(field) ? quoted(field) : field)
    separator = ','
  }
  return record + RECORD_END
}

/**
 * A field in quotes, those within it doubled.
 *
 * Source: RFC 4180, section 2; docs/methods/export.md, "Files".
 */
export function quoted(field: string): string {
  return `"${field.includes('"') ? field.replaceAll('"', '""') : field}"`
}
