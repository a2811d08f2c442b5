import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PEERS_FOLDER } from '../places.ts'
import { SCORE_TABLES } from '../score-tables.ts'

/** The part of @duckdb/node-api that is used here; its types are not installed where the bench was never run. */
export type Connection = Readonly<{
  run(sql: string): Promise<unknown>
  runAndReadAll(sql: string): Promise<Readonly<{ getRows(): (number | string | bigint | null)[][] }>>
  closeSync(): void
}>
type Instance = Readonly<{ connect(): Promise<Connection>; closeSync(): void }>
type DuckDb = Readonly<{
  DuckDBInstance: { create(path: string, options: Readonly<Record<string, string>>): Promise<Instance> }
  version(): string
}>

const ENTRY = join(PEERS_FOLDER, 'node_modules/@duckdb/node-api/lib/index.js')

export const isDuckDbInstalled = (): boolean => existsSync(ENTRY)

/** A database file with two threads, as this bench gives everybody two cores. */
export async function openDuckDb(path: string): Promise<Readonly<{ connection: Connection; close(): void }>> {
  const { DuckDBInstance } = (await import(pathToFileURL(ENTRY).href)) as DuckDb // installed by bench/peers/install.ts
  const instance = await DuckDBInstance.create(path, { threads: '2' })
  const connection = await instance.connect()
  return {
    connection,
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Makes the tables of the score comparison from its CSV files. */
export async function readScoreTables(connection: Connection, folder: string): Promise<void> {
  for (const [table, columns] of Object.entries(SCORE_TABLES)) {
    const schema = columns.map(([name, type]) => `'${name}': '${type === 'TEXT' ? 'VARCHAR' : type}'`).join(', ')
    const file = join(folder, `${table}.csv`)
    await connection.run(
      `CREATE TABLE ${table} AS SELECT * FROM read_csv('${file}', header = true, columns = {${schema}})`,
    )
  }
}

/** Cells of units, all persons together, as our kernel keeps them. */
export const UNIT_CELLS = `CREATE TABLE unit_cells AS
  SELECT unit, kind, day, CAST(sum(n) AS INTEGER) AS n FROM cells GROUP BY unit, kind, day`
