import { compareCodePoints } from '../../../core/lib/text.ts'
import type { Dataset } from '../../../core/schema/dataset.ts'
import { ENTITY_TABLES, type EntityTable, type Row, TABLES } from '../../../core/schema/tables.ts'

export type Tables = Omit<Dataset, 'events'>

/** A whole row: what is not said is null. */
export function row<T extends EntityTable>(table: T, values: Partial<Row<T>>): Row<T> {
  const empty = Object.fromEntries(Object.keys(TABLES[table].columns).map(column => [column, null]))
  return { ...empty, ...values } as Row<T>
}

/** All tables, sorted by key as a project holds them; what is not said is empty. */
export function tables(given: { [T in EntityTable]?: readonly Partial<Row<T>>[] }): Tables {
  const entries = ENTITY_TABLES.map(table => {
    const keys: readonly string[] = TABLES[table].key
    const keyOf = (values: object): string => keys.map(key => (values as Record<string, string>)[key]).join('\u0000')
    const rows = (given[table] ?? []).map(values => row(table, values as never))
    return [table, rows.sort((a, b) => compareCodePoints(keyOf(a), keyOf(b)))]
  })
  return Object.fromEntries(entries) as Tables
}
