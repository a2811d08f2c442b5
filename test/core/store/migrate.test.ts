import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { ENTITY_TABLES, TABLES } from '#schema/tables'
import type { Writable } from '../../../core/store/connection.ts'
import { MIGRATIONS, migrate } from '../../../core/store/migrate.ts'
import { schemaText } from '../../../core/store/schema-text.ts'

const inMemory = (): Writable => new Database(':memory:') as unknown as Writable
const migrated = (): Writable => {
  const db = inMemory()
  migrate(db)
  return db
}
type ColumnInfo = { name: string; type: string; notnull: number }
const columnsOf = (db: Writable, table: string): ColumnInfo[] =>
  (db.pragma(`table_info(${table})`) as ColumnInfo[]).map(({ name, type, notnull }) => ({ name, type, notnull }))

const SQL_TYPES = {
  number: 'REAL',
  money: 'REAL',
  integer: 'INTEGER',
  boolean: 'INTEGER',
} as Readonly<Record<string, string>>

describe('migrate', () => {
  test('stepping equals jumping, whatever the starting version', () => {
    const jumped = migrated()
    for (let from = 0; from <= MIGRATIONS.length; from++) {
      const stepped = inMemory()
      expect(migrate(stepped, from)).toBe(from)
      expect(migrate(stepped)).toBe(MIGRATIONS.length - from)
      expect(schemaText(stepped)).toBe(schemaText(jumped))
      expect(stepped.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    }
  })

  test('a step that fails leaves the version before it', () => {
    const db = inMemory()
    const broken = [
      'CREATE TABLE a (x INTEGER) STRICT',
      'CREATE TABLE b (x INTEGER) STRICT; CREATE TABLE a (x INTEGER)',
    ]
    expect(() => migrate(db, 2, broken)).toThrow('table a already exists')
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    expect(db.pragma('table_list')).not.toContainEqual(expect.objectContaining({ name: 'b' }))
  })

  test('refuses a file from a newer build', () => {
    const db = inMemory()
    db.pragma('user_version = 999')
    expect(() => migrate(db)).toThrow(
      expect.objectContaining({ code: 'store/too-new', context: { found: 999, known: MIGRATIONS.length } }),
    )
  })

  test('every table is STRICT', () => {
    const tables = migrated().pragma('table_list') as { name: string; strict: number; schema: string }[]
    const lax = tables.filter(({ name, strict }) => strict === 0 && !name.startsWith('sqlite_'))
    expect(tables.length).toBeGreaterThan(25)
    expect(lax).toEqual([])
  })
})

describe.each(ENTITY_TABLES)('table %s', table => {
  test('has the canonical columns of the schema, in their order and of their types', () => {
    const wanted = Object.entries(TABLES[table].columns).map(([name, column]) => ({
      name,
      type: SQL_TYPES[column.type] ?? 'TEXT',
      notnull: 'required' in column ? 1 : 0,
    }))
    const provenance = [
      { name: 'custom', type: 'TEXT', notnull: 0 },
      { name: 'import_id', type: 'INTEGER', notnull: 1 },
      { name: 'source_line', type: 'INTEGER', notnull: 1 },
    ]
    const db = migrated()
    expect(columnsOf(db, table).slice(1)).toEqual([...wanted, ...provenance])
    expect(columnsOf(db, `${table}_staged`).slice(1)).toEqual(columnsOf(db, table).slice(1))
  })
})
