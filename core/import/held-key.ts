import { TABLES, type TableName, type Value } from '#schema/tables'

/**
 * Where the natural key of a table stands among the values of a row.
 *
 * @returns reads the key of a record; null where a part of it is missing or cannot be read
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function keyReader(table: TableName): (values: readonly Value[]) => readonly string[] | null {
  const names = Object.keys(TABLES[table].columns)
  const places = TABLES[table].key.map(name => names.indexOf(name))
  return values => {
    const key = places.map(at => values[at])
    return key.every(part => typeof part === 'string') ? key : null
  }
}
