import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runStep } from '../contender.ts'
import { warm } from '../data.ts'
import type { Options, Scale } from '../options.ts'
import type { Peers } from '../peers/install.ts'
import { importByShell } from '../peers/sqlite-shell.ts'
import type { Places } from '../places.ts'
import { type Contender, interleave, type Result } from '../rounds.ts'

type Rounds = Readonly<Record<Scale, number>>
const FAST: Rounds = { S: 7, M: 5, L: 5 }
const SHELL: Rounds = { S: 7, M: 5, L: 1 }
const SLOW: Rounds = { S: 5, M: 3, L: 1 }

export const OURS = 'ours'
export const SHELL_IMPORT = 'sqlite3 .import, text key'
export const PAPAPARSE_IMPORT = 'papaparse + better-sqlite3 inserts, text key'
export const DUCKDB_IMPORT = 'DuckDB, deduplicated by a query'
export const OURS_AGAIN = 'ours, the same file again'
export const FILE_HASH = 'SHA-256 of the file'

/**
 * events.csv to a durable file with each id once: ours and the peers, from the start of a process to its end. Our project stays for
 * `compareRepeat`.
 */
export async function compareImports(options: Options, places: Places, peers: Peers): Promise<readonly Result[]> {
  const { events, scratch } = places
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  warm(events)
  const duckdb = async (key: string) =>
    await runStep('duckdb import', { events, database: join(scratch, 'events.duckdb'), key })
  const entries: readonly (readonly [name: string, rounds: Rounds, has: boolean, run: Contender['run']])[] = [
    [OURS, FAST, true, async () => await importOurs(places)],
    [SHELL_IMPORT, SHELL, has(peers.sqliteShell), async () => await importByShell(events, join(scratch, 'shell.db'))],
    [
      PAPAPARSE_IMPORT,
      SLOW,
      options.withPeers,
      async () => await runStep('papaparse import', { events, database: join(scratch, 'papaparse.db') }),
    ],
    [DUCKDB_IMPORT, FAST, has(peers.duckdb), async () => await duckdb('none')],
    ['DuckDB, PRIMARY KEY', FAST, has(peers.duckdb), async () => await duckdb('primary')],
  ]
  const contenders = entries
    .filter(([, , canRun]) => canRun)
    .map(([name, rounds, , run]) => ({ name, rounds: options.rounds ?? rounds[options.scale], run }))
  const results = await interleave(contenders)
  checkRows(results)
  return results
}

const has = (version: string | null): boolean => version !== null

/** The file that is there already, into the project that the last import left, beside the time of its hash alone. */
export async function compareRepeat(
  { scale, rounds }: Options,
  { events, scratch }: Places,
): Promise<readonly Result[]> {
  const repeat: Readonly<Record<string, Contender['run']>> = {
    [OURS_AGAIN]: async () =>
      await runStep('import again', { project: projectIn(scratch), sources: JSON.stringify([events]) }),
    [FILE_HASH]: async () => await runStep('file hash', { file: events }),
  }
  const results = await interleave(
    Object.entries(repeat).map(([name, run]) => ({ name, rounds: rounds ?? FAST[scale], run })),
  )
  rmSync(scratch, { recursive: true, force: true })
  return results
}

const projectIn = (scratch: string): string => join(scratch, 'events.pql')

async function importOurs({ events, scratch }: Places): ReturnType<Contender['run']> {
  const project = projectIn(scratch)
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${project}${suffix}`, { force: true })
  return await runStep('import', { project, sources: JSON.stringify([events]) })
}

/** Every contender keeps each id once. Rows that we hold, a peer may keep: it judges no values. */
function checkRows(results: readonly Result[]): void {
  const ours = results.find(({ name }) => name === OURS)?.figures
  const distinct = Number(ours?.['distinct'])
  const most = distinct + Number(ours?.['held'])
  for (const { name, figures } of results.filter(result => result.name !== OURS)) {
    const rows = Number(figures['rows'])
    if (!(rows >= distinct && rows <= most))
      throw new Error(`${name} keeps ${rows} events, ours ${distinct} and ${most - distinct} held: the bench is void`)
  }
}
