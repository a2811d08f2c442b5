import { appendFileSync } from 'node:fs'
import { ensureData } from './data.ts'
import { currentLoad, describeMachine } from './machine.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { findPeers, NO_PEERS, type Peers } from './peers/install.ts'
import { type Places, placesOf, RESULTS_FILE } from './places.ts'
import {
  heading,
  line,
  printComparison,
  printData,
  printDelivery,
  printMachine,
  printScoring,
  printSteps,
  printVerdicts,
} from './report.ts'
import type { Result } from './rounds.ts'
import type { Figures } from './step.ts'
import { measureDelivery } from './suites/deliver.ts'
import { compareImports, compareRepeat } from './suites/import.ts'
import { compareScoring, OURS_IN_MEMORY, type ScoreComparison } from './suites/score.ts'
import { measureSteps } from './suites/steps.ts'
import { judge } from './targets.ts'

/** Measures what was asked for, prints it, and appends it as one line of JSON. */
async function bench(options: Options): Promise<void> {
  const machine = describeMachine()
  const places = placesOf(options.scale)
  printMachine(machine, options.scale)
  const peers = options.withPeers ? findPeers() : NO_PEERS
  for (const note of peers.notes) line(`Not compared: ${note}`)
  const data = ensureData(options.scale, places)
  printData(data)

  const steps = options.suites.includes('steps') ? await stepsSuite(options, places) : []
  const imports = options.suites.includes('import') ? await importSuite(options, places, { peers, data }) : []
  const scoring = options.suites.includes('score') ? await scoreSuite(options, places, peers) : null
  const deliveries = options.suites.includes('deliver') ? await deliverSuite(options, places) : []
  const verdicts = judge({ steps, imports, scores: scoring?.results ?? [], deliveries })
  heading(`Targets (load ${machine.load} at the start, ${currentLoad()} at the end)`)
  printVerdicts(verdicts, options.scale)
  if (!options.isKept) return
  const { scale } = options
  const { duckdb, sqliteShell } = peers
  const record = {
    ...machine,
    loadAtEnd: currentLoad(),
    scale,
    peers: { duckdb, sqliteShell },
    data,
    steps: rounded(steps),
    imports: rounded(imports),
    deliveries: rounded(deliveries),
    scoring: scoring === null ? null : { ...scoring, results: rounded(scoring.results) },
    verdicts: verdicts.map(({ target, value, unit, isMet }) => ({ target, value: tenth(value), unit, isMet })),
  }
  appendFileSync(RESULTS_FILE, `${JSON.stringify(record)}\n`)
  line('\nAppended to bench/results.jsonl')
}

async function stepsSuite(options: Options, places: Places): Promise<readonly Result[]> {
  heading('Steps, each in a process of its own')
  const results = await measureSteps(options, places)
  printSteps(results)
  return results
}

async function deliverSuite(options: Options, places: Places): Promise<readonly Result[]> {
  heading('Files of every CRM for routed units in memory, texts of hand-offs included')
  const results = await measureDelivery(options, places)
  printDelivery(results)
  return results
}

type ImportGround = Readonly<{ peers: Peers; data: Readonly<{ rows: number; bytes: number }> }>

async function importSuite(
  options: Options,
  places: Places,
  { peers, data }: ImportGround,
): Promise<readonly Result[]> {
  heading('events.csv to a durable file, each id once; time of the whole process')
  const results = await compareImports(options, places, peers)
  printComparison(results, data)
  heading('The same file once more; time of the work alone counts')
  const repeats = await compareRepeat(options, places)
  printSteps(repeats)
  return [...results, ...repeats]
}

async function scoreSuite(options: Options, places: Places, peers: Peers): Promise<ScoreComparison> {
  heading('Full re-score of every workspace by the default model')
  const comparison = await compareScoring(options, places, peers)
  const { results, size, differences } = comparison
  printScoring(results, OURS_IN_MEMORY)
  line(sizeText(size))
  for (const [name, difference] of Object.entries(differences))
    line(`${name} gives the same scores: largest difference ${difference.toExponential(1)}`)
  line('Units and people lie in memory on both sides; see docs/benchmarks.md for what each state means.')
  return comparison
}

const sizeText = ({ cells, units, persons }: Figures): string =>
  `${cells} cells, ${units} workspaces, ${persons} places of persons`

/** Figures to a tenth: what is below is noise. */
function rounded(results: readonly Result[]): unknown {
  return JSON.parse(JSON.stringify(results, (_key, value) => (typeof value === 'number' ? tenth(value) : value)))
}

const tenth = (x: number): number => Math.round(x * 10) / 10

function optionsOf(args: readonly string[]): Options | null {
  try {
    return readOptions(args)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
    process.exitCode = 2
    return null
  }
}

const options = optionsOf(process.argv.slice(2))
if (options !== null) await bench(options)
