/** One row of an export as text: column name to cell, empty where nothing is known. */
export type TextRow = Readonly<Record<string, string>>
export const TABLE_NAMES = ['users', 'workspaces', 'memberships', 'subscriptions', 'events', 'accounts'] as const
export type TableName = (typeof TABLE_NAMES)[number]
export type Exports = Readonly<Record<TableName, readonly TextRow[]>>

export const cell = (row: TextRow | undefined, column: string): string => (row?.[column] ?? '').trim()

/** A number cell; null where it is empty. */
export function numberCell(row: TextRow | undefined, column: string): number | null {
  const text = cell(row, column)
  return text === '' ? null : Number(text)
}

export const isTrue = (text: string): boolean => ['true', 'yes', '1', 't', 'y'].includes(text.toLowerCase())

/** Lower case, everything but letters and digits as one `_`. */
export const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')

/** By code point, which is the order of the UTF-8 bytes. */
export const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** Values collected under a key. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

export const total = (numbers: Iterable<number>): number => {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}
