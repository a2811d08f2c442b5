import { type EntityTable, TABLES } from '#schema/tables'
import { differs, emptiedCounts, isMissing, laidCustom } from './entity-sql.ts'

/**
 * Statements that compare the staged rows of one entity table with the published ones. Those of pages give a place to go on
 * from, the line in the file, file and line of the present row, its values and the values that there would be.
 */
type DiffSql = Readonly<{
  staged: string
  added: string
  changed: string
  missing: string
  newPage: string
  changedPage: string
  missingPage: string
}>

const made = new Map<EntityTable, DiffSql>()

export function diffSql(table: EntityTable): DiffSql {
  const found = made.get(table) ?? make(table)
  made.set(table, found)
  return found
}

function make(table: EntityTable): DiffSql {
  const { key, columns } = TABLES[table]
  const names = Object.keys(columns)
  const staged = `${table}_staged`
  const isSameKey = key.map(name => `old.${name} = new.${name}`).join(' AND ')
  const isNew = `NOT EXISTS (SELECT 1 FROM ${table} AS old WHERE ${isSameKey})`
  const rowBefore = [...names, 'custom'].map(name => `old.${name}`).join(', ')
  const nothing = [...names, 'custom'].map(() => 'NULL').join(', ')
  const file = '(SELECT file FROM import WHERE id = old.import_id)'
  const onward = 'AND staged_no > :after'
  return {
    staged: `SELECT count(*) FROM ${staged} WHERE import_id = :import`,
    added: `SELECT count(*) FROM ${staged} AS new WHERE import_id = :import AND ${isNew}`,
    changed: `SELECT count(*), ${emptiedCounts(names)} FROM ${staged} AS new CROSS JOIN ${table} AS old ON ${isSameKey}
      WHERE new.import_id = :import AND (${differs(names)})`,
    missing: `SELECT count(*) FROM ${table} AS old WHERE ${isMissing(table, key)}`,
    newPage: `SELECT staged_no, source_line, NULL, NULL, ${nothing}, ${[...names, 'custom'].map(name => `new.${name}`).join(', ')}
      FROM ${staged} AS new WHERE import_id = :import ${onward} AND ${isNew} ORDER BY staged_no LIMIT :limit`,
    changedPage: `SELECT new.staged_no, new.source_line, ${file}, old.source_line, ${rowBefore},
        ${names.map(name => `new.${name}`).join(', ')}, ${laidCustom('new.custom')}
      FROM ${staged} AS new CROSS JOIN ${table} AS old ON ${isSameKey}
      WHERE new.import_id = :import ${onward} AND (${differs(names)}) ORDER BY new.staged_no LIMIT :limit`,
    missingPage: `SELECT old.row_id, NULL, ${file}, old.source_line, ${rowBefore}, ${nothing}
      FROM ${table} AS old WHERE row_id > :after AND ${isMissing(table, key)} ORDER BY row_id LIMIT :limit`,
  }
}
