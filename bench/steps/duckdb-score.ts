import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, openDuckDb, readScoreTables, UNIT_CELLS } from '../peers/duckdb.ts'
import { compareScores, SCORE_COLUMNS, SCORE_TABLES } from '../score-tables.ts'
import type { Prepare } from '../step.ts'

/** Runs before any is measured. */
const WARM_UPS = 2

/**
 * The same score as one DuckDB query: over tables in memory, and over cells of a database file that is attached anew each
 * time. People and units lie in memory in both, and cells of units in the first, as they do for our kernel.
 */
export const duckdbScore: Prepare = async ({ folder = '', database = '' }) => {
  for (const suffix of ['', '.wal']) rmSync(`${database}${suffix}`, { force: true })
  const queryOf = (file: string): string =>
    `CREATE OR REPLACE TEMP TABLE score AS ${readFileSync(join(folder, file), 'utf8')}`
  await loadTables(database, folder)

  const open = await openDuckDb(':memory:')
  await open.connection.run(`ATTACH '${database}' AS stored (READ_ONLY)`)
  for (const table of Object.keys(SCORE_TABLES))
    await open.connection.run(`CREATE TABLE ${table} AS SELECT * FROM stored.${table}`)
  await open.connection.run('DETACH stored')
  await open.connection.run(UNIT_CELLS)
  const query = queryOf('duckdb-units.sql')
  const overFile = queryOf('duckdb.sql').replaceAll('FROM cells', 'FROM stored.cells')
  const runs = {
    memory: async () => {
      await open.connection.run(query)
      return {}
    },
    file: async () => {
      await open.connection.run(`ATTACH '${database}' AS stored (READ_ONLY)`)
      await open.connection.run(overFile)
      await open.connection.run('DETACH stored')
      return {}
    },
  }
  for (let i = 0; i < WARM_UPS; i++) await runs.memory()
  const inMemory = await checkScores(open.connection, folder)
  for (let i = 0; i < WARM_UPS; i++) await runs.file()
  const difference = Math.max(inMemory, await checkScores(open.connection, folder))

  return {
    setup: { difference },
    runs,
    close: open.close,
  }
}

async function loadTables(database: string, folder: string): Promise<void> {
  const { connection, close } = await openDuckDb(database)
  await readScoreTables(connection, folder)
  await connection.run('CHECKPOINT')
  close()
}

async function checkScores(connection: Connection, folder: string): Promise<number> {
  const reader = await connection.runAndReadAll(`SELECT ${SCORE_COLUMNS} FROM score ORDER BY unit`)
  return compareScores(folder, reader.getRows())
}
