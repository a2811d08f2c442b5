import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { calendarOf } from '#lib/time'
import { DEFAULT_POLICY, factsOf } from '#route'
import { BUCKETS } from '#schema/model'
import { DEFAULT_MODEL, fitPointsOf, peopleOf, scoreUnits, sumGround, type UnitTotals } from '#score'
import {
  FigureReader,
  factKinds,
  type KernelColumns,
  kernelColumns,
  ScoreKernel,
  ScoreLadder,
  Simulator,
  scenarioModel,
} from '#simulate'
import { runStep } from '../contender.ts'
import { ensureData, tableFiles } from '../data.ts'
import { currentLoad, describeMachine } from '../machine.ts'
import { readOptions } from '../options.ts'
import { isDuckDbInstalled } from '../peers/duckdb.ts'
import { placesOf } from '../places.ts'
import { openScored, type ScoredProject } from '../scored-project.ts'
import { DRAGS, type Drag, STEPS } from './drags.ts'
import { dragDuckDb } from './duckdb-drags.ts'
import { lineOf, type Measured, measured } from './measured.ts'
import { dragSqlite } from './sqlite-drags.ts'

const USAGE = `node bench/kernel/run.ts [--scale S|M|L] [--project file.pql] [--no-peers]
  Drags each kind of handle over ${STEPS} steps; every step is the way from the changed figure to all scores. Beside it the same
  change in DuckDB, where npm run bench has installed it, and in SQLite.
`

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: 'S' },
    project: { type: 'string' },
    'no-peers': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) process.stdout.write(USAGE)
else await bench(values.project ?? (await projectOf(values.scale)), !values['no-peers'] && isDuckDbInstalled())

async function bench(path: string, withPeers: boolean): Promise<void> {
  const folder = join(tmpdir(), `pql-kernel-${process.pid}`)
  if (withPeers) await runStep('write cells', { project: path, folder })
  const scored = openScored(path)
  const { ground, units, project } = scored
  const { cells } = ground.index
  const load = currentLoad()
  const results = [...dragKernel(kernelColumns(cells, units), ground.today)]
  results.push(...dragSimulator(scored))
  if (withPeers) results.push(...(await dragDuckDb(folder, ground)), ...dragSqlite(folder, ground))
  project.close()
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(`${cells.count} cells, ${units.length} workspaces, ${STEPS} steps, load ${load}\n`)
  process.stdout.write('median, p95, highest; processor, mean\n')
  for (const one of results) process.stdout.write(lineOf(one))
  const record = { bench: 'kernel', ...describeMachine(), cells: cells.count, results }
  process.stdout.write(`${JSON.stringify(record)}\n`)
}

function dragKernel(columns: KernelColumns, today: number): readonly Measured[] {
  const kernel = new ScoreKernel(columns, DEFAULT_MODEL, today)
  const results = [measure('full re-score', () => void fullScore(columns, kernel, today))]
  for (const drag of DRAGS) {
    results.push(measure(drag.name, step => void kernel.apply(scenarioModel(DEFAULT_MODEL, drag.at(step)))))
    verify(columns, kernel, { drag, today })
  }
  const ladder = new ScoreLadder(kernel.score)
  return [...results, measure('units above a threshold', step => void ladder.countFrom(70 + step / 2))]
}

/** The same drags as the app answers them: scores, stages and destinations of this week and of the week before, and all counts. */
function dragSimulator({ ground, units, judged, asOf }: ScoredProject): readonly Measured[] {
  const context = {
    asOf,
    calendar: calendarOf(DEFAULT_MODEL.timeZone),
    anomalyDays: DEFAULT_POLICY.anomalyDays,
    dismissedAnomalies: new Set<string>(),
    account: undefined,
  }
  const facts = judged.map(one => factsOf(one, context))
  const base = { model: DEFAULT_MODEL, policy: DEFAULT_POLICY }
  const simulator = new Simulator({
    columns: kernelColumns(ground.index.cells, units),
    facts: factKinds(facts, DEFAULT_POLICY),
    rollups: new Map(),
    base,
    today: ground.today,
  })
  const figures = new FigureReader(simulator, simulator.judge(base), null)
  return DRAGS.map(drag =>
    measure(`simulator: ${drag.name}`, step => {
      const { ladder } = figures.of({ ...base, model: scenarioModel(DEFAULT_MODEL, drag.at(step)) })
      ladder.histogram()
      ladder.counts()
    }),
  )
}

async function projectOf(scale: string): Promise<string> {
  const options = readOptions(['--scale', scale])
  const places = placesOf(options.scale)
  ensureData(options.scale, places)
  const { project } = places
  if (!existsSync(project)) await runStep('import', { project, sources: JSON.stringify(tableFiles(places)) })
  await runStep('ensure cells', { project })
  return project
}

/** Every step once unmeasured, so that the engine has compiled what it will; then every step against the clock. */
function measure(name: string, run: (step: number) => void): Measured {
  for (let step = 0; step < STEPS; step++) run(step)
  const times: number[] = []
  const before = process.cpuUsage()
  for (let step = 0; step < STEPS; step++) {
    const start = performance.now()
    run(step)
    times.push(performance.now() - start)
  }
  const { user, system } = process.cpuUsage(before)
  return measured(name, times, (user + system) / 1000 / STEPS)
}

/** All scores of the kernel's model, from its columns, by the way of the product. */
function fullScore({ cells, roles, fit, units }: KernelColumns, { model }: ScoreKernel, today: number): UnitTotals {
  const people = peopleOf(roles, cells.slots.start, model.roles)
  const given = { cells, people, units: { ...units, fitPoints: fitPointsOf(fit, model) } }
  return scoreUnits(sumGround(given, model, today))
}

type Verified = Readonly<{ drag: Drag; today: number }>

/** A drag that does not end where a full re-score of its last model does, to the bit, is void. */
function verify(columns: KernelColumns, kernel: ScoreKernel, { drag, today }: Verified): void {
  const columnsOf = ({ buckets, total, score, stage, representative }: UnitTotals): ArrayLike<number>[] => [
    ...BUCKETS.map(id => buckets[id]),
    total,
    score,
    stage,
    representative,
  ]
  const wanted = columnsOf(fullScore(columns, kernel, today))
  const { totals } = kernel
  for (const [i, column] of columnsOf(totals).entries()) {
    for (let u = 0; u < totals.count; u++) {
      if (column[u] !== wanted[i]?.[u]) throw new Error(`${drag.name}: unit ${u} is not what a full re-score says`)
    }
  }
}
