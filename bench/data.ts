import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Scale } from './options.ts'
import { type Places, ROOT } from './places.ts'

/** How the data came to be; kept beside it, so that a second run does not make it again. */
export type Generated = Readonly<{ source: string; ms: number; rows: number; bytes: number }>
export type DataMade = Generated & Readonly<{ isFresh: boolean }>

const EVENTS: Readonly<Record<Scale, number>> = { S: 200_000, M: 2_000_000, L: 10_000_000 }

/** Makes the tables of a scale, unless those of the same generator are there already. */
export function ensureData(scale: Scale, places: Places): DataMade {
  const stampFile = join(places.folder, 'generated.json')
  const source = generatorHash()
  const known = existsSync(stampFile) ? (JSON.parse(readFileSync(stampFile, 'utf8')) as Generated) : null // written below
  if (known !== null && known.source === source) return { ...known, isFresh: false }
  rmSync(places.folder, { recursive: true, force: true })
  mkdirSync(places.tables, { recursive: true })
  const start = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'fixtures/generate.ts'), '--out', places.tables, '--scale', scale, '--plain'],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`fixtures/generate.ts ended with ${status}: ${stderr}`)
  const made = { source, ms: performance.now() - start, rows: EVENTS[scale], bytes: statSync(places.events).size }
  repeatEvents(places)
  writeFileSync(stampFile, JSON.stringify(made))
  return { ...made, isFresh: true }
}

/** The tables an import takes; the manifest of planted facts is not one. */
export function tableFiles(places: Places): readonly string[] {
  return globSync('*.csv', { cwd: places.tables })
    .sort()
    .map(name => join(places.tables, name))
}

/** Reads a file once, so that no contender pays for the disk. */
export function warm(path: string): void {
  const room = Buffer.allocUnsafe(1 << 20)
  const descriptor = openSync(path, 'r')
  while (readSync(descriptor, room) > 0);
  closeSync(descriptor)
}

/** Other bytes, same events: the first one is there a second time at the end. */
function repeatEvents({ events, otherEvents }: Places): void {
  copyFileSync(events, otherEvents)
  const head = Buffer.alloc(65_536)
  const descriptor = openSync(events, 'r')
  readSync(descriptor, head)
  closeSync(descriptor)
  const [, first = ''] = head.toString('utf8').split('\n')
  writeFileSync(otherEvents, `${first}\n`, { flag: 'a' })
}

function generatorHash(): string {
  const hash = createHash('sha256')
  for (const name of globSync('fixtures/generate{.ts,/**/*.ts}', { cwd: ROOT }).sort())
    hash.update(name).update(readFileSync(join(ROOT, name)))
  return hash.digest('hex').slice(0, 16)
}
