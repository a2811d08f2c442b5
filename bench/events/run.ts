import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CONTENDERS } from './contenders.ts'

const USAGE = `node bench/events/run.ts [--scale S|M|L | --file events.csv] [--rounds N] [--only name,name]
  Measures how events are read and written, beside Papa Parse and the sqlite3 shell, in interleaved rounds.
`

type Measured = { name: string; rows: number; ms: number[]; cpuMs: number[] }

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: 'S' },
    file: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) process.stdout.write(USAGE)
else
  report(values.file === undefined ? generated(values.scale) : resolve(values.file), Number(values.rounds), values.only)

function report(file: string, rounds: number, only: string | undefined): void {
  const bytes = statSync(file).size
  const contenders = CONTENDERS.filter(({ name }) => only === undefined || only.split(',').includes(name))
  const measured = contenders.map(({ name }): Measured => ({ name, rows: 0, ms: [], cpuMs: [] }))
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run }] of contenders.entries()) {
      const cpu = process.cpuUsage()
      const start = performance.now()
      const rows = run(file)
      const ms = performance.now() - start
      const { user, system } = process.cpuUsage(cpu)
      const one = measured[i]
      if (one === undefined) continue
      one.rows = rows
      one.ms.push(ms)
      one.cpuMs.push((user + system) / 1000)
    }
  }
  const longest = Math.max(...measured.map(({ ms }) => median(ms)))
  process.stdout.write(`${file}: ${(bytes / 1e6).toFixed(1)} MB, medians of ${rounds}\n`)
  for (const one of measured) process.stdout.write(lineOf(one, bytes, longest))
  const figures = measured.map(({ name, rows, ms, cpuMs }) => ({ name, rows, ms: median(ms), cpuMs: median(cpuMs) }))
  process.stdout.write(`${JSON.stringify({ bench: 'events', bytes, rounds, figures })}\n`)
}

function lineOf({ name, rows, ms, cpuMs }: Measured, bytes: number, longest: number): string {
  const time = median(ms)
  const cells = [
    `${time.toFixed(0)} ms`,
    `${median(cpuMs).toFixed(0)} ms cpu`,
    `${(bytes / 1000 / time).toFixed(0)} MB/s`,
    `${(rows / time).toFixed(0)} rows/ms`,
    `${(longest / time).toFixed(1)} x`,
  ]
  return `${name.padEnd(24)}${cells.map(cell => cell.padStart(14)).join('')}\n`
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function generated(scale: string): string {
  const root = resolve(import.meta.dirname, '../..')
  const folder = join(root, 'bench/.data', `events-${scale}`)
  const file = join(folder, 'events.csv')
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const made = spawnSync(process.execPath, [
    join(root, 'fixtures/generate.ts'),
    '--out',
    folder,
    '--scale',
    scale,
    '--plain',
  ])
  if (made.status !== 0) throw new Error(`fixtures/generate.ts ended with ${made.status}`)
  return file
}
