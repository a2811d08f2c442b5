import type { CheckCode, HealthRow, RowColumn } from '#schema/data-health'
import type { Dataset } from '#schema/dataset'
import { REFERENCES, type Reference } from '#schema/references'
import { type EntityTable, type Row, TABLES } from '#schema/tables'
import type { Found } from './health-input.ts'

type ReferencesOf = Readonly<{ code: CheckCode; table: EntityTable; references: readonly Reference[] }>

/** Events are looked at by checks of their own. */
const REFERRING: readonly ReferencesOf[] = [
  { code: 'membership_orphan', table: 'memberships', references: REFERENCES.memberships },
  { code: 'user_orphan', table: 'users', references: REFERENCES.users },
  { code: 'workspace_orphan', table: 'workspaces', references: REFERENCES.workspaces },
  { code: 'subscription_orphan', table: 'subscriptions', references: REFERENCES.subscriptions },
  { code: 'contact_orphan', table: 'contacts', references: REFERENCES.contacts },
  { code: 'deal_orphan', table: 'deals', references: REFERENCES.deals },
  { code: 'outcome_orphan', table: 'outcomes', references: REFERENCES.outcomes },
]

const COLUMNS: readonly RowColumn[] = [
  { id: 'record', label: 'Record', kind: 'id' },
  { id: 'column', label: 'Column', kind: 'text' },
  { id: 'names', label: 'Names', kind: 'id' },
]

/**
 * References to records that are not in the data, per table.
 *
 *   orphan = a value of a referring column that is no key of the table it refers to; of = values of those columns
 *
 * A table without any row is missing as a whole, which is a finding of its own: references into it are not counted.
 *
 * @param dataset rows sorted by key
 * @returns one finding per table, with one row per reference in the order of the rows
 *
 * Source: docs/methods/data-health.md, "Orphans".
 */
export function findOrphans(dataset: Omit<Dataset, 'events'>): Found[] {
  const keys = keysOf(dataset)
  return REFERRING.map(({ code, table, references }) => {
    const rows: HealthRow[] = []
    let of = 0
    for (const row of dataset[table] as readonly Row<EntityTable>[]) {
      for (const { column, to } of references) {
        const known = keys.get(to)
        const value = text(row, column)
        if (value === null || known === undefined) continue
        of++
        if (!known.has(value)) rows.push(orphan(table, row, column, value))
      }
    }
    return { code, count: rows.length, of, rows: { columns: COLUMNS, rows } }
  })
}

function orphan(table: EntityTable, row: Row<EntityTable>, column: string, value: string): HealthRow {
  const key = keyOf(table, row)
  return { values: [key.join(' / '), column, value], place: { kind: 'record', table, key } }
}

/** The key of a row, part by part. */
export function keyOf(table: EntityTable, row: Row<EntityTable>): readonly string[] {
  return TABLES[table].key.map(name => text(row, name) ?? '')
}

/** Keys of the tables that are referred to; a table without rows is not among them. */
function keysOf(dataset: Omit<Dataset, 'events'>): ReadonlyMap<EntityTable, ReadonlySet<string>> {
  const keys = new Map<EntityTable, ReadonlySet<string>>()
  for (const table of new Set(REFERRING.flatMap(({ references }) => references.map(({ to }) => to)))) {
    const [name = ''] = TABLES[table].key
    const ids = (dataset[table] as readonly Row<EntityTable>[]).map(row => text(row, name) ?? '')
    if (ids.length > 0) keys.set(table, new Set(ids))
  }
  return keys
}

function text(row: Row<EntityTable>, column: string): string | null {
  const value = (row as Readonly<Record<string, unknown>>)[column] // names are those of the table's columns
  return typeof value === 'string' && value !== '' ? value : null
}
