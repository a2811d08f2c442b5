import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { currentLoad, describeMachine } from '../machine.ts'
import { findPeers } from '../peers/install.ts'
import { RESULTS_FILE } from '../places.ts'
import type { Measured } from './ours.ts'

const USAGE = `node bench/identity/run.ts [--records 100000,1000000] [--rounds N] [--without-peers] [--keep]
  Blocks, scores and clusters made-up users, beside the same blocks and levels as SQL in DuckDB on two threads, in
  interleaved rounds. --keep appends one line of JSON to bench/results.jsonl.
`

/** Steps that are compared together. */
const SUMS = [
  ['blocking and scoring', ['block', 'score']],
  ['with loading and normalising', ['load', 'normalise', 'block', 'score']],
] as const

type Run = Measured & Readonly<{ peakMb: number }>
type Totals = Readonly<{ records: number; ours: readonly Run[]; duckdb: readonly Run[] }>

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '100000,1000000' },
    rounds: { type: 'string', default: '3' },
    'without-peers': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) process.stdout.write(USAGE)
else bench()

function bench(): void {
  const machine = describeMachine()
  const hasDuckDb = !values['without-peers'] && findPeers().duckdb !== null
  const totals = values.records.split(',').map(count => measure(Number(count), Number(values.rounds), hasDuckDb))
  for (const one of totals) print(one)
  process.stdout.write(`load ${machine.load} at the start, ${currentLoad()} at the end\n`)
  if (values.keep)
    appendFileSync(
      RESULTS_FILE,
      `${JSON.stringify({ ...machine, bench: 'identity', loadAtEnd: currentLoad(), totals })}\n`,
    )
}

function measure(records: number, rounds: number, hasDuckDb: boolean): Totals {
  const folder = mkdtempSync(join(tmpdir(), 'bench-identity-'))
  mkdirSync(folder, { recursive: true })
  try {
    const [ours, duckdb]: [Run[], Run[]] = [[], []]
    step('ours', records, [folder, 'first'])
    for (let round = 0; round < rounds; round++) {
      ours.push(step('ours', records, [folder]))
      if (hasDuckDb) duckdb.push(step('duckdb', records, [folder]))
    }
    return { records, ours, duckdb }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function step(name: string, records: number, more: readonly string[]): Run {
  const args = [join(import.meta.dirname, 'step.ts'), name, String(records), ...more]
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${name} with ${records} records ended with ${status}`)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Run // printed by step.ts
}

function print({ records, ours, duckdb }: Totals): void {
  process.stdout.write(`\n${records} records, medians of ${ours.length}\n`)
  for (const [name, runs] of [
    ['ours', ours],
    ['DuckDB, 2 threads', duckdb],
  ] as const) {
    const [first] = runs
    if (first === undefined) continue
    const steps = Object.keys(first.ms).map(key => {
      const own = first.firstMs === undefined ? '' : `, first thread ${medianOf(runs, run => run.firstMs?.[key])}`
      return `${key} ${medianOf(runs, run => run.ms[key])} ms (cpu ${medianOf(runs, run => run.cpuMs[key])}${own})`
    })
    const { pairs, edges } = first.figures
    const memory = `${medianOf(runs, run => run.peakMb)} MB`
    process.stdout.write(`  ${name}: ${steps.join(', ')}\n    ${pairs} pairs, ${edges} edges; ${memory}\n`)
  }
  if (duckdb.length === 0) return
  for (const [name, steps] of SUMS) {
    const sumOf = (ms: Run['ms']): number => steps.reduce((sum, step) => sum + (ms[step] ?? 0), 0)
    const byClock = medianOf(duckdb, run => sumOf(run.ms)) / medianOf(ours, run => sumOf(run.ms))
    const byProcessor = medianOf(duckdb, run => sumOf(run.cpuMs)) / medianOf(ours, run => sumOf(run.cpuMs))
    process.stdout.write(
      `  ${name}: ${byClock.toFixed(1)} x by the clock, ${byProcessor.toFixed(1)} x by processor time\n`,
    )
  }
}

function medianOf(runs: readonly Run[], read: (run: Run) => number | undefined): number {
  const sorted = runs.map(run => read(run) ?? Number.NaN).sort((a, b) => a - b)
  return Math.round(sorted[sorted.length >> 1] ?? Number.NaN)
}
