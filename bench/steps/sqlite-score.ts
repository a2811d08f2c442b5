import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Column, compareScores, SCORE_COLUMNS, SCORE_TABLES } from '../score-tables.ts'
import type { Prepare } from '../step.ts'

/** Pages kept in memory: all of them, at every scale. */
const CACHE_KIB = 2_000_000

/** The same score as one SQLite query, over tables with the indexes that it asks for. */
export const sqliteScore: Prepare = ({ folder = '', database = '' }) => {
  const db = openScoreTables(folder, database)
  const query = readFileSync(join(folder, 'sqlite.sql'), 'utf8')
  const score = (): void => {
    db.exec('DROP TABLE IF EXISTS temp.score')
    db.exec(`CREATE TEMP TABLE score AS ${query}`)
  }
  score()
  const rows = db.prepare<[], unknown[]>(`SELECT ${SCORE_COLUMNS} FROM score ORDER BY unit`).raw().all()
  const difference = compareScores(folder, rows)
  return {
    setup: { difference },
    runs: {
      memory: () => {
        score()
        return {}
      },
    },
    close: () => db.close(),
  }
}

/** The tables of the score comparison with the indexes that its query asks for. */
export function openScoreTables(folder: string, database: string): Database.Database {
  rmSync(database, { force: true })
  const db = new Database(database)
  db.pragma('journal_mode = OFF')
  db.pragma(`cache_size = -${CACHE_KIB}`)
  db.pragma('temp_store = MEMORY')
  for (const [table, columns] of Object.entries(SCORE_TABLES)) fill(db, join(folder, `${table}.csv`), table, columns)
  db.exec('CREATE INDEX cells_by_kind ON cells (kind, unit, person, day, n)')
  db.exec('CREATE INDEX people_by_unit ON people (unit, person, factor, is_buyer)')
  db.exec('ANALYZE')
  return db
}

function fill(db: Database.Database, file: string, table: string, columns: readonly Column[]): void {
  const definition = columns.map(([name, type]) => `${name} ${type === 'DOUBLE' ? 'REAL' : type}`).join(', ')
  db.exec(`CREATE TABLE ${table} (${definition})`)
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`)
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  db.transaction(() => {
    for (const line of lines) {
      // Columns turn texts into their own type; empty is unknown.
      insert.run(line.split(',').map((text, i) => (text === '' && columns[i]?.[1] !== 'TEXT' ? null : text)))
    }
  })()
}
