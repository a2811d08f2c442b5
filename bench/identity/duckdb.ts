import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DEFAULT_FURTHER } from '../../core/identity/weigh/further-records.ts'
import { priorBits } from '../../core/identity/weigh/pair-scorer.ts'
import { PERSON_WEIGHTS } from '../../core/identity/weigh/person-weights.ts'
import { openDuckDb } from '../peers/duckdb.ts'
import { normaliseInDuckDb } from './duckdb-normalise.ts'
import type { Measured } from './ours.ts'

/**
 * Loading and normalising as SQL does them, then the same blocks and the same levels as SQL, on two threads: pairs that share a block, each once; email, phone and name by
 * level; edges from -3 bits on. Nicknames, tags and slips in addresses are left out, to its advantage.
 */
export async function runDuckDb(count: number, folder: string): Promise<Measured> {
  const { connection, close } = await openDuckDb(':memory:')
  const people =
    "{'r': 'INTEGER', 'mailbox': 'INTEGER', 'handle': 'INTEGER', 'domain': 'INTEGER', 'phone': 'INTEGER', 'core': 'INTEGER', 'given': 'VARCHAR', 'family': 'VARCHAR', 'cores': 'DOUBLE', 'givens': 'DOUBLE', 'families': 'DOUBLE'}"
  const blocks = "{'kind': 'INTEGER', 'k': 'UINTEGER', 'r': 'INTEGER'}"
  const load = performance.now()
  const begun = process.cpuUsage()
  const normalise = await normaliseInDuckDb(connection, folder)
  const loaded = performance.now()
  const afterLoad = process.cpuUsage(begun)
  await normalise()
  const normalised = performance.now()
  const afterNormalise = process.cpuUsage(begun)
  for (const table of ['raw', 'read', 'counted', 'sounds', 'own_blocks']) await connection.run(`DROP TABLE ${table}`)
  // From here on what our engine made of the same records: the same work for both.
  await connection.run(
    `CREATE TABLE people AS SELECT * FROM read_csv('${join(folder, 'people.csv')}', header = false, nullstr = '\\N', columns = ${people})`,
  )
  await connection.run(
    `CREATE TABLE blocks AS SELECT * FROM read_csv('${join(folder, 'block-*.csv')}', header = false, columns = ${blocks}) WHERE k > 0`,
  )
  await connection.run(
    `CREATE TABLE domains AS SELECT domain, count(*) AS n FROM people WHERE domain > 0 GROUP BY domain`,
  )
  await connection.run(
    `CREATE TABLE handles AS SELECT handle, count(*) AS n FROM people WHERE handle > 0 GROUP BY handle`,
  )
  const cpu = process.cpuUsage()
  const start = performance.now()
  await connection.run(
    'CREATE TABLE pairs AS SELECT DISTINCT x.r AS a, y.r AS b FROM blocks x JOIN blocks y USING (kind, k) WHERE x.r < y.r',
  )
  const middle = performance.now()
  const blocked = process.cpuUsage(cpu)
  await connection.run(`CREATE TABLE edges AS SELECT a, b, bits FROM (${scored(count)}) WHERE bits >= -3`)
  const end = performance.now()
  const all = process.cpuUsage(cpu)
  const read = async (sql: string): Promise<number> => Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0])
  const [pairs, edges] = [await read('SELECT count(*) FROM pairs'), await read('SELECT count(*) FROM edges')]
  close()
  return {
    ms: { load: loaded - load, normalise: normalised - loaded, block: middle - start, score: end - middle },
    cpuMs: {
      load: cpuOf(afterLoad),
      normalise: cpuOf(afterNormalise) - cpuOf(afterLoad),
      block: cpuOf(blocked),
      score: cpuOf(all) - cpuOf(blocked),
    },
    figures: { records: count, pairs, edges },
  }
}

const cpuOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000

/** Levels of a pair as our comparisons have them. */
function scored(count: number): string {
  const { email, name, given, family, phone } = PERSON_WEIGHTS
  const frequency = (m: number, column: string): string =>
    `least(16, log2(${m} * ${count} / (greatest(${column}, 2) - 1.5)))`
  const identifier = (precision: number): string => `${Math.log2(precision / (1 - precision))}`
  const part = (column: 'given' | 'family', weights: typeof given | typeof family): string => `CASE
      WHEN x.${column} = y.${column} THEN ${frequency(weights.same.m, column === 'given' ? 'x.givens' : 'x.families')}
      WHEN starts_with(x.${column}, y.${column}) OR starts_with(y.${column}, x.${column}) THEN ${weights.similar.bits}
      WHEN jaro_winkler_similarity(x.${column}, y.${column}) >= 0.92 THEN ${weights.similar.bits}
      WHEN jaro_winkler_similarity(x.${column}, y.${column}) >= 0.85 THEN ${weights.alike.bits}
      ELSE NULL END`
  const rarest = Math.log2((name['same name'].m * count) / 0.5)
  const byParts = 'greatest(0, x.givens - x.cores) * greatest(0, x.families - x.cores)'
  return `SELECT a, b, coalesce(identifier, ${priorBits(count, DEFAULT_FURTHER)}) + attribute + full_name AS bits FROM (
    SELECT a, b,
      CASE WHEN x.mailbox > 0 AND x.mailbox = y.mailbox THEN ${identifier(email['one mailbox'].precision)}
           WHEN x.phone > 0 AND x.phone = y.phone THEN ${identifier(phone['same number'].precision)} END AS identifier,
      CASE WHEN x.mailbox > 0 AND x.mailbox = y.mailbox THEN 0
           WHEN x.handle > 0 AND x.handle = y.handle THEN ${frequency(email['same handle'].m, 'h.n')}
           WHEN x.domain > 0 AND x.domain = y.domain THEN ${frequency(email['same company'].m, 'd.n')}
           ELSE 0 END AS attribute,
      CASE WHEN x.given = '' OR y.given = '' THEN 0
           WHEN x.core = y.core THEN least(16, log2(${name['same name'].m} * ${count} / (greatest(${byParts} / ${count}, least(x.cores - 2, 5.0 * ${byParts} / ${count})) + 0.5)))
           ELSE (SELECT CASE WHEN g IS NULL AND f IS NULL THEN ${name.different.bits} WHEN g IS NULL THEN ${name['only the family name'].bits}
                             WHEN f IS NULL THEN ${name['only the given name'].bits} ELSE least(g + f, ${rarest - 4}) END
                 FROM (SELECT ${part('given', given)} AS g, ${part('family', family)} AS f)) END AS full_name
    FROM pairs JOIN people x ON x.r = a JOIN people y ON y.r = b
      LEFT JOIN domains d ON d.domain = x.domain LEFT JOIN handles h ON h.handle = x.handle)`
}
