/** Members of an object, or entries of a list, by name. */
export type Members = ReadonlyMap<string, unknown>

/** What names an entry of a list, the first that it has. */
const NAMES = ['id', 'kind', 'signal', 'field'] as const

/** Entries of a list by what names them; null where it is no list of named entries, or two have one name. */
export function namedEntries(list: unknown): Members | null {
  if (!Array.isArray(list)) return null
  const named = list.map(entry => [nameOf(entry), entry] as const)
  const names = new Set(named.map(([name]) => name))
  if (names.has(null) || names.size < list.length) return null
  return new Map(named as readonly (readonly [string, unknown])[]) // all have names
}

function nameOf(entry: unknown): string | null {
  if (!isRecord(entry)) return null
  const name = NAMES.map(key => entry[key]).find(value => typeof value === 'string')
  return typeof name === 'string' ? name : null
}

export function membersOf(record: Readonly<Record<string, unknown>>): Members {
  return new Map(Object.entries(record))
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
