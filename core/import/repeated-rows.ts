import { TABLES, type TableName, type Value } from '#schema/tables'

/** Keys remembered; of a file with more, the others are handed on each time. */
const MOST_KEYS = 200_000

/**
 * Knows the rows of a table that say again what the last row of their key said: users that are taken from their events come
 * with every event.
 */
export class RepeatedRows {
  readonly keyAt: readonly number[]
  private readonly last = new Map<string, string>()
  count = 0

  constructor(table: TableName) {
    const names = Object.keys(TABLES[table].columns)
    this.keyAt = TABLES[table].key.map(name => names.indexOf(name))
  }

  /** Is the row the same as the last one of its key? Then it is counted. */
  isRepeated(values: readonly Value[]): boolean {
    const key = JSON.stringify(this.keyAt.map(at => values[at]))
    const row = JSON.stringify(values)
    if (this.last.get(key) === row) {
      this.count++
      return true
    }
    if (this.last.has(key) || this.last.size < MOST_KEYS) this.last.set(key, row)
    return false
  }
}
