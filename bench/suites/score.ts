import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openStep, type Resident, runStep } from '../contender.ts'
import { tableFiles } from '../data.ts'
import type { Options, Scale } from '../options.ts'
import type { Peers } from '../peers/install.ts'
import type { Places } from '../places.ts'
import { type Contender, interleave, type Result } from '../rounds.ts'
import type { Figures } from '../step.ts'

type Rounds = Readonly<Record<Scale, number>>
const FAST: Rounds = { S: 15, M: 15, L: 9 }
const SLOW: Rounds = { S: 5, M: 5, L: 1 }

export const OURS_IN_MEMORY = 'ours, cells in memory'
export const OURS_FROM_FILE = 'ours, cells read from the project file'
export const DUCKDB_IN_MEMORY = 'DuckDB, tables in memory'
export const DUCKDB_FROM_FILE = 'DuckDB, cells read from its file'

export type ScoreComparison = Readonly<{
  results: readonly Result[]
  /** Cells, units and persons that were scored. */
  size: Figures
  /** Largest difference of any value of any unit to ours, by peer. */
  differences: Readonly<Record<string, number>>
}>

/** Every unit of the project scored by the default model: our kernel, and each peer's one query. */
export async function compareScoring(options: Options, places: Places, peers: Peers): Promise<ScoreComparison> {
  const { project, cells: folder } = places
  await ensureScored(places)
  const { figures: size } = await runStep('write cells', { project, folder })
  const kernel = await openStep('kernel', { project })
  const duckdb = peers.duckdb === null ? null : await openStep('duckdb score', pathsOf(folder, 'score.duckdb'))
  const sqlite = options.withPeers ? await openStep('sqlite score', pathsOf(folder, 'score.db')) : null
  const entries: readonly (readonly [name: string, rounds: Rounds, step: Resident | null, run: string])[] = [
    [OURS_IN_MEMORY, FAST, kernel, 'memory'],
    [OURS_FROM_FILE, FAST, kernel, 'file'],
    [DUCKDB_IN_MEMORY, FAST, duckdb, 'memory'],
    [DUCKDB_FROM_FILE, FAST, duckdb, 'file'],
    ['SQLite, pages in memory', SLOW, sqlite, 'memory'],
  ]
  const contenders = entries.flatMap(([name, rounds, step, run]): Contender[] =>
    step === null
      ? []
      : [{ name, rounds: options.rounds ?? rounds[options.scale], run: async () => await step.run(run) }],
  )
  const results = await interleave(contenders)
  for (const step of [kernel, duckdb, sqlite]) await step?.close()
  rmSync(folder, { recursive: true, force: true })
  const differences = Object.entries({ DuckDB: duckdb, SQLite: sqlite }).flatMap(([name, step]) =>
    step === null ? [] : [[name, Number(step.setup['difference'])]],
  )
  return { results, size, differences: Object.fromEntries(differences) }
}

const pathsOf = (folder: string, name: string) => ({ folder, database: join(folder, name) })

/** The project of the steps, or one made for the purpose where they were not asked for; one that holds cells. */
async function ensureScored(places: Places): Promise<void> {
  const { project } = places
  if (!existsSync(project)) await runStep('import', { project, sources: JSON.stringify(tableFiles(places)) })
  await runStep('ensure cells', { project })
}
