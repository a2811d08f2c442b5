import { DEFAULT_MODEL, type ScoreGround, sumGround, type UnitTotals } from '#score'
import { type KernelColumns, kernelColumns, ScoreKernel, scenarioModel } from '#simulate'
import { type Connection, openDuckDb, readScoreTables, UNIT_CELLS } from '../peers/duckdb.ts'
import { defaultScoreQuery, signalQuery } from '../score-query.ts'
import { TOLERANCE } from '../score-tables.ts'
import { DRAGS, type Drag } from './drags.ts'
import { type Measured, measured } from './measured.ts'

/** Steps of a drag that a peer takes; it is slower by far. */
const PEER_STEPS = 7
/** Drags that its tables can follow: factors of people are given there as they are. */
export const FOLLOWED: readonly string[] = ['one weight', 'one cap', 'one curve (half-life)']

type Asked = ReturnType<typeof sumGround> & Readonly<{ index: ScoreGround['index'] }>

/**
 * The same drags in DuckDB, tables in memory: the whole query at each step, and by hand, with the values of every signal kept as
 * a table and those of the changed signals made anew.
 */
export async function dragDuckDb(folder: string, ground: ScoreGround): Promise<readonly Measured[]> {
  const { connection, close } = await openDuckDb(':memory:')
  await readScoreTables(connection, folder)
  await connection.run(UNIT_CELLS)
  const columns = kernelColumns(ground.index.cells, ground.units)
  const results: Measured[] = []
  for (const drag of DRAGS.filter(({ name }) => FOLLOWED.includes(name)))
    results.push(...(await both(connection, { ground, columns, drag })))
  close()
  return results
}

type Followed = Readonly<{ ground: ScoreGround; columns: KernelColumns; drag: Drag }>

async function both(connection: Connection, followed: Followed): Promise<readonly Measured[]> {
  const { ground, columns, drag } = followed
  const kernel = new ScoreKernel(columns, DEFAULT_MODEL, ground.today)
  const kept = await keepValues(connection, ground)
  const full: number[] = []
  const incremental: number[] = []
  for (let step = 0; step < PEER_STEPS; step++) {
    const model = scenarioModel(DEFAULT_MODEL, drag.at(step * 5))
    const { signals } = kernel.apply(model)
    const asked: Asked = { ...askedOf(ground, columns, model), index: ground.index }
    full.push(await timed(connection, [scoreTable(defaultScoreQuery(asked, 'duckdb', { hasUnitCells: true }))]))
    await compare(connection, kernel.totals, drag.name)
    const anew = asked.rules.filter(({ signal }) => signals.includes(signal.id))
    const statements = anew.map(rule => valueTable(kept.get(rule.signal.id) ?? '', asked, rule))
    statements.push(scoreTable(defaultScoreQuery(asked, 'duckdb', { kept })))
    incremental.push(await timed(connection, statements))
    await compare(connection, kernel.totals, drag.name)
  }
  return [measured(`${drag.name}, DuckDB in full`, full), measured(`${drag.name}, DuckDB by hand`, incremental)]
}

export function askedOf(ground: ScoreGround, { cells }: KernelColumns, model: typeof DEFAULT_MODEL) {
  return sumGround({ cells, people: ground.people, units: ground.unitColumns }, model, ground.today)
}

/** One table per signal with the values of the base model. */
async function keepValues(connection: Connection, ground: ScoreGround): Promise<ReadonlyMap<string, string>> {
  const kept = new Map(ground.rules.map(({ signal }, i) => [signal.id, `value_${i}`]))
  for (const rule of ground.rules) await connection.run(valueTable(kept.get(rule.signal.id) ?? '', ground, rule))
  return kept
}

const valueTable = (table: string, asked: Asked, rule: Asked['rules'][number]): string =>
  `CREATE OR REPLACE TABLE ${table} AS ${signalQuery(asked, rule, 'duckdb', { hasUnitCells: true })}`
const scoreTable = (query: string): string => `CREATE OR REPLACE TEMP TABLE score AS ${query}`

async function timed(connection: Connection, statements: readonly string[]): Promise<number> {
  const start = performance.now()
  for (const statement of statements) await connection.run(statement)
  return performance.now() - start
}

async function compare(connection: Connection, { total }: UnitTotals, name: string): Promise<void> {
  const rows = (await connection.runAndReadAll('SELECT total FROM score ORDER BY unit')).getRows()
  for (const [u, [points]] of rows.entries()) {
    if (!(Math.abs(Number(points) - (total[u] ?? Number.NaN)) <= TOLERANCE))
      throw new Error(`${name}: unit ${u} is ${points} there and ${total[u]} here`)
  }
}
