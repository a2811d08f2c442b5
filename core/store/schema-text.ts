import Database from 'better-sqlite3'
import { AppError } from '#lib/errors'
import { guarded, type Readable, statement, type Writable } from './connection.ts'
import { migrate, versionOf } from './migrate.ts'

/** Everything that can carry code: tables with their checks, indexes, triggers, views. Statistics are left out. */
const SCHEMA = `
  SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat*' ORDER BY type, name`

const known = new WeakMap<readonly string[], Map<number, string>>()

/**
 * Refuses a file whose schema is not, to the letter, the one its version has. A project may come from anywhere: a
 * trigger or a view slipped into it would otherwise run on the first statement.
 */
export function verifySchema(db: Readable, migrations: readonly string[]): void {
  const version = versionOf(db)
  if (schemaText(db) === expectedText(version, migrations)) return
  throw new AppError('store/corrupt', 'the tables of the project file are not those of its version', { version })
}

export function schemaText(db: Readable): string {
  return JSON.stringify(statement(db, SCHEMA, 'arrays').all())
}

function expectedText(version: number, migrations: readonly string[]): string {
  const texts = known.get(migrations) ?? new Map<number, string>()
  known.set(migrations, texts)
  const found = texts.get(version)
  if (found !== undefined) return found
  const model = guarded(() => new Database(':memory:')) as Writable // made here, nobody else has it
  try {
    migrate(model, version, migrations)
    const text = schemaText(model)
    texts.set(version, text)
    return text
  } finally {
    model.close()
  }
}
