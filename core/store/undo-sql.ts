import { type EntityTable, TABLES } from '#schema/tables'
import { keyJson } from './entity-sql.ts'

/** Statements that take an import of one entity table back; each is bound to `:import`. */
type UndoSql = Readonly<{ takeOut: string; changeBack: string; bringBack: string }>

const made = new Map<EntityTable, UndoSql>()

export function undoSql(table: EntityTable): UndoSql {
  const found = made.get(table) ?? make(table)
  made.set(table, found)
  return found
}

function make(table: EntityTable): UndoSql {
  const { columns } = TABLES[table]
  const key: readonly string[] = TABLES[table].key
  const names = [...Object.keys(columns), 'custom']
  const versions = `import_id = :import AND table_name = '${table}'`
  const ofVersion = (name: string): string => `json_extract(v.previous, '$.${name}')`
  const restored = names
    .filter(name => !key.includes(name))
    .map(name => `${name} = iif(json_type(v.previous, '$.${name}') IS NULL, old.${name}, ${ofVersion(name)})`)
  return {
    takeOut: `DELETE FROM ${table} AS old WHERE import_id = :import AND NOT EXISTS
      (SELECT 1 FROM row_version WHERE ${versions} AND row_key = ${keyJson('old', key)})`,
    changeBack: `UPDATE ${table} AS old SET ${restored.join(', ')}, import_id = v.previous_import_id, source_line = v.previous_line
      FROM row_version AS v
      WHERE old.import_id = :import AND v.import_id = :import AND v.table_name = '${table}' AND NOT v.is_removed
        AND v.row_key = ${keyJson('old', key)}`,
    bringBack: `INSERT INTO ${table} (${names.join(', ')}, import_id, source_line)
      SELECT ${names.map(ofVersion).join(', ')}, previous_import_id, previous_line
      FROM row_version AS v WHERE ${versions} AND is_removed ORDER BY row_key`,
  }
}
