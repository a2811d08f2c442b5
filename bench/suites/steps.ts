import { mkdirSync, rmSync } from 'node:fs'
import { runStep } from '../contender.ts'
import { tableFiles, warm } from '../data.ts'
import type { Options, Scale } from '../options.ts'
import type { Places } from '../places.ts'
import { type Contender, interleave, type Result } from '../rounds.ts'

const ROUNDS: Readonly<Record<Scale, number>> = { S: 5, M: 3, L: 1 }

/**
 * The whole way, each step in a process of its own on what the step before left. The project of the last round stays, for
 * the score suite.
 */
export async function measureSteps({ scale, rounds }: Options, places: Places): Promise<readonly Result[]> {
  const files = tableFiles(places)
  for (const file of [...files, places.otherEvents]) warm(file)
  const sources = JSON.stringify(files)
  const { project, out } = places
  const steps: readonly (readonly [name: string, run: Contender['run']])[] = [
    [
      'import all tables',
      async () => {
        for (const suffix of ['', '-wal', '-shm']) rmSync(`${project}${suffix}`, { force: true })
        return await runStep('import', { project, sources })
      },
    ],
    ['import the same files', async () => await runStep('import again', { project, sources })],
    [
      'import the same events in another file',
      async () => await runStep('import other file', { project, sources: JSON.stringify([places.otherEvents]) }),
    ],
    ['score from scratch', async () => await runStep('score', { project })],
    ['re-score from stored cells', async () => await runStep('re-score', { project })],
    [
      'export',
      async () => {
        rmSync(out, { recursive: true, force: true })
        mkdirSync(out, { recursive: true })
        return await runStep('export', { project, out })
      },
    ],
  ]
  return await interleave(steps.map(([name, run]) => ({ name, rounds: rounds ?? ROUNDS[scale], run })))
}
