import { rmSync } from 'node:fs'
import { EVENT_COLUMNS } from '../events-table.ts'
import { type Connection, openDuckDb } from '../peers/duckdb.ts'
import type { Figures, Prepare } from '../step.ts'

const TYPES: Readonly<Record<string, string>> = {
  timestamp: 'TIMESTAMP',
  is_key_event: 'BOOLEAN',
  event_weight: 'DOUBLE',
}
const COLUMNS = EVENT_COLUMNS.map(name => ({ name, type: TYPES[name] ?? 'VARCHAR' }))
const SCHEMA = COLUMNS.map(({ name, type }) => `'${name}': '${type}'`).join(', ')
const KEYED = COLUMNS.map(({ name, type }) => `${name} ${type}${name === 'event_id' ? ' PRIMARY KEY' : ''}`).join(', ')

/** Events into a database file, each id once: by a query, or by a key that later imports can rely on. */
export const duckdbImport: Prepare = ({ events = '', database = '', key = '' }) => {
  for (const suffix of ['', '.wal']) rmSync(`${database}${suffix}`, { force: true })
  // Rows that do not fit the types are left out, as our import holds them.
  const source = `read_csv('${events}', header = true, ignore_errors = true, columns = {${SCHEMA}})`
  const statements =
    key === 'primary'
      ? [`CREATE TABLE events (${KEYED})`, `INSERT OR IGNORE INTO events SELECT * FROM ${source}`]
      : [`CREATE TABLE events AS SELECT DISTINCT ON (event_id) * FROM ${source}`]
  return { runs: { run: async () => await execute(database, [...statements, 'CHECKPOINT']) } }
}

async function execute(database: string, statements: readonly string[]): Promise<Figures> {
  const { connection, close } = await openDuckDb(database)
  for (const sql of statements) await connection.run(sql)
  const rows = await countRows(connection)
  close()
  return { rows }
}

async function countRows(connection: Connection): Promise<number> {
  const reader = await connection.runAndReadAll('SELECT count(*)::INTEGER FROM events')
  return Number(reader.getRows()[0]?.[0])
}
