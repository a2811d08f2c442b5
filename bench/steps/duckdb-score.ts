import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, openDuckDb } from '../peers/duckdb.ts'
import { compareScores, SCORE_COLUMNS, SCORE_TABLES } from '../score-tables.ts'
import type { Prepare } from '../step.ts'

/** Runs before any is measured. */
const WARM_UPS = 2

/** The same score as one DuckDB query: over tables in memory, and from its database file, opened anew. */
export const duckdbScore: Prepare = async ({ folder = '', database = '' }) => {
  for (const suffix of ['', '.wal']) rmSync(`${database}${suffix}`, { force: true })
  const query = `CREATE OR REPLACE TEMP TABLE score AS ${readFileSync(join(folder, 'duckdb.sql'), 'utf8')}`
  await loadTables(database, folder)

  const open = await openDuckDb(':memory:')
  await open.connection.run(`ATTACH '${database}' AS stored (READ_ONLY)`)
  for (const table of Object.keys(SCORE_TABLES))
    await open.connection.run(`CREATE TABLE ${table} AS SELECT * FROM stored.${table}`)
  await open.connection.run('DETACH stored')
  for (let i = 0; i < WARM_UPS; i++) await open.connection.run(query)
  const difference = await checkScores(open.connection, folder)

  return {
    setup: { difference },
    runs: {
      memory: async () => {
        await open.connection.run(query)
        return {}
      },
      file: async () => {
        const { connection, close } = await openDuckDb(database)
        await connection.run(query)
        close()
        return {}
      },
    },
    close: open.close,
  }
}

async function loadTables(database: string, folder: string): Promise<void> {
  const { connection, close } = await openDuckDb(database)
  for (const [table, columns] of Object.entries(SCORE_TABLES)) {
    const schema = columns.map(([name, type]) => `'${name}': '${type === 'TEXT' ? 'VARCHAR' : type}'`).join(', ')
    const file = join(folder, `${table}.csv`)
    await connection.run(
      `CREATE TABLE ${table} AS SELECT * FROM read_csv('${file}', header = true, columns = {${schema}})`,
    )
  }
  await connection.run('CHECKPOINT')
  close()
}

async function checkScores(connection: Connection, folder: string): Promise<number> {
  const reader = await connection.runAndReadAll(`SELECT ${SCORE_COLUMNS} FROM score ORDER BY unit`)
  return compareScores(folder, reader.getRows())
}
