/** `Deal - ID` or `Deal: ID`: what the record is, then the field. A dot is the joint of a path and taken out elsewhere. */
const PARTS = /^\s*(.+?)\s*(?: [-\u2013] |: |\/)\s*(\S.*)$/

/** `users.email`, as Hive writes the names of all columns. */
const OF_TABLE = /^\s*([\p{L}_][\p{L}\p{N}_]*)\.(\S.*)$/u

/**
 * What is left of headers that all say first what they are of, as `Deal - Value` beside `Person - ID` do: the most frequent of
 * these beginnings is left off.
 *
 * @param headers as written in the file
 * @returns one per header, null where it begins otherwise; all null where not every header has a beginning, or none begins half
 *   of them
 *
 * Source: docs/methods/import.md, "Headers".
 */
export function headerRests(headers: readonly string[]): readonly (string | null)[] {
  const none = headers.map(() => null)
  if (headers.length < 2) return none
  const named = headers.map(header => OF_TABLE.exec(header))
  // A column of row numbers has no name.
  const table = named.find(found => found !== null)?.[1]
  if (named.every((found, at) => (found === null ? headers[at] === '' : found[1] === table)) && table !== undefined)
    return named.map(found => found?.[2] ?? null)
  const counts = new Map<string, number>()
  const parts: (readonly [start: string, rest: string])[] = []
  for (const header of headers) {
    const found = PARTS.exec(header)
    if (found === null) return none
    const start = (found[1] ?? '').toLowerCase()
    parts.push([start, found[2] ?? ''])
    counts.set(start, (counts.get(start) ?? 0) + 1)
  }
  const [main, count] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? ['', 0]
  if (2 * count < headers.length) return none
  return parts.map(([start, rest]) => (start === main ? rest : null))
}
