import { REFERENCES, type Reference } from '#schema/references'
import { ENTITY_TABLES, type EntityTable, TABLES, type TableName } from '#schema/tables'
import { type Readable, statement } from './connection.ts'
import { firstTexts } from './events/index.ts'

/** Different ids by which the rows of a published table name records of another. */
export type ReferredInProject = Readonly<{ table: TableName; ids: readonly string[]; isAll: boolean }> & Reference

/**
 * Ids by which what is published names records of a table.
 *
 * @param most how many ids per column, and in how many rows of each table, in the order of its key; of events, the ids met first
 */
export function referredInProject(
  db: Readable,
  to: EntityTable,
  most: Readonly<{ ids: number; rows: number }>,
): readonly ReferredInProject[] {
  const all: Partial<Record<TableName, readonly Reference[]>> = REFERENCES
  const ofTables = ENTITY_TABLES.flatMap(table =>
    (all[table] ?? [])
      .filter(reference => reference.to === to)
      .map(({ column }) => {
        const ids = statement<string>(db, idsSql(table, column), 'values').all(most.rows, most.ids + 1)
        return { table, column, to, ids: ids.slice(0, most.ids), isAll: ids.length <= most.ids }
      }),
  )
  const ofEvents = REFERENCES.events
    .filter(reference => reference.to === to)
    .map(({ column }) => {
      const texts = firstTexts(db, column === 'user_id' ? 'user' : 'workspace')
      return {
        table: 'events' as const,
        column,
        to,
        ids: texts.ids.slice(0, most.ids),
        isAll: texts.isAll && texts.ids.length <= most.ids,
      }
    })
  return [...ofTables, ...ofEvents].filter(({ ids }) => ids.length > 0)
}

const SQL = new Map<string, string>()

function idsSql(table: EntityTable, column: string): string {
  const name = `${table} ${column}`
  const known = SQL.get(name)
  if (known !== undefined) return known
  const key = TABLES[table].key.join(', ')
  const rows = `SELECT ${column} AS id FROM ${table} ORDER BY ${key} LIMIT ?`
  const sql = `SELECT DISTINCT id FROM (${rows}) WHERE id IS NOT NULL ORDER BY id LIMIT ?`
  SQL.set(name, sql)
  return sql
}

export function countWorkspaces(db: Readable): number {
  return statement<number>(db, 'SELECT count(*) FROM workspaces', 'values').get() ?? 0
}

export function hasWorkspace(db: Readable, id: string): boolean {
  return statement<number>(db, 'SELECT 1 FROM workspaces WHERE workspace_id = ?', 'values').get(id) !== undefined
}
