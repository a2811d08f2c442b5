/** `npm run demo`: the main job on the sample exports, with a summary that needs no reading up. */

import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ENGINE_ENVIRONMENT, ENGINE_FLAGS } from '#lib/engine-flags'

type Row = Readonly<{
  unitId: string
  unitName: string | null
  score: number
  stage: string
  destination: string
  reason: string | null
  nextBestAction: string | null
}>

const SHOWN = 5
const root = fileURLToPath(new URL('..', import.meta.url))
const say = (line = ''): void => void process.stdout.write(`${line}\n`)

function pql(stdout: 'inherit' | 'pipe', ...args: readonly string[]): string {
  const child = spawnSync(process.execPath, [...ENGINE_FLAGS, 'cli/bin.js', ...args], {
    cwd: root,
    env: { ...ENGINE_ENVIRONMENT, ...process.env },
    stdio: ['ignore', stdout, 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (child.status !== 0) process.exit(child.status ?? 1)
  return child.stdout ?? ''
}

rmSync(`${root}out/sample.pql`, { force: true })
say('Sample exports: import, identities, scores, routing lists.')
say()
pql('inherit', 'run', 'fixtures/sample', '--project', 'out/sample.pql', '--out', 'out')

const rows = JSON.parse(pql('pipe', 'route', '--project', 'out/sample.pql', '--json')) as readonly Row[]
const best = [...rows].sort((a, b) => b.score - a.score || (a.unitId < b.unitId ? -1 : 1)).slice(0, SHOWN)
say()
say(`The ${best.length} workspaces with the highest scores:`)
for (const row of best) {
  say()
  say(
    `  ${row.unitName ?? row.unitId} (${row.unitId}): ${row.score.toFixed(1)}, ${row.stage}, goes to ${row.destination}`,
  )
  if (row.reason !== null) say(`    first reason: ${row.reason}`)
  if (row.nextBestAction !== null) say(`    next best action: ${row.nextBestAction}`)
}
say()
say('out/routing holds a list for each team, out/score_lines.csv takes every score apart line by line.')
say('npm start -- out/sample.pql opens the same project in the app.')
