import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { DEFAULT_MODEL, type ScoreGround, type UnitTotals } from '#score'
import { type KernelColumns, kernelColumns, ScoreKernel, scenarioModel } from '#simulate'
import { defaultScoreQuery, signalQuery } from '../score-query.ts'
import { TOLERANCE } from '../score-tables.ts'
import { openScoreTables } from '../steps/sqlite-score.ts'
import { DRAGS, type Drag } from './drags.ts'
import { askedOf, FOLLOWED } from './duckdb-drags.ts'
import { type Measured, measured } from './measured.ts'

/** Steps of a drag that SQLite takes: seconds each. */
const PEER_STEPS = 3

/** The same drags in SQLite, every page in memory: the whole query at each step, and by hand as in DuckDB. */
export function dragSqlite(folder: string, ground: ScoreGround): readonly Measured[] {
  const db = openScoreTables(folder, join(folder, 'drags.sqlite'))
  const columns = kernelColumns(ground.index.cells, ground.units)
  const results = DRAGS.filter(({ name }) => FOLLOWED.includes(name)).flatMap(drag =>
    both(db, { ground, columns, drag }),
  )
  db.close()
  return results
}

type Followed = Readonly<{ ground: ScoreGround; columns: KernelColumns; drag: Drag }>

function both(db: Database.Database, { ground, columns, drag }: Followed): readonly Measured[] {
  const kernel = new ScoreKernel(columns, DEFAULT_MODEL, ground.today)
  const kept = new Map(ground.rules.map(({ signal }, i) => [signal.id, `value_${i}`]))
  const make = (table: string, query: string): string =>
    `DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} AS ${query};`
  const tableOf = (id: string): string => kept.get(id) ?? ''
  for (const rule of ground.rules) db.exec(make(tableOf(rule.signal.id), signalQuery(ground, rule, 'sqlite')))
  const full: number[] = []
  const incremental: number[] = []
  for (let step = 0; step < PEER_STEPS; step++) {
    const model = scenarioModel(DEFAULT_MODEL, drag.at(step * 5))
    const { signals } = kernel.apply(model)
    const asked = { ...askedOf(ground, columns, model), index: ground.index }
    full.push(timed(db, make('score', defaultScoreQuery(asked, 'sqlite'))))
    compare(db, kernel.totals, drag.name)
    const anew = asked.rules.filter(({ signal }) => signals.includes(signal.id))
    const statements = anew.map(rule => make(tableOf(rule.signal.id), signalQuery(asked, rule, 'sqlite')))
    incremental.push(timed(db, [...statements, make('score', defaultScoreQuery(asked, 'sqlite', { kept }))].join('\n')))
    compare(db, kernel.totals, drag.name)
  }
  return [measured(`${drag.name}, SQLite in full`, full), measured(`${drag.name}, SQLite by hand`, incremental)]
}

function timed(db: Database.Database, statements: string): number {
  const start = performance.now()
  db.exec(statements)
  return performance.now() - start
}

function compare(db: Database.Database, { total }: UnitTotals, name: string): void {
  const rows = db.prepare<[], [number]>('SELECT total FROM score ORDER BY unit').raw().all()
  for (const [u, [points]] of rows.entries()) {
    if (!(Math.abs(points - (total[u] ?? Number.NaN)) <= TOLERANCE))
      throw new Error(`${name}: unit ${u} is ${points} there and ${total[u]} here`)
  }
}
