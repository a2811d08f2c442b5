import { performance } from 'node:perf_hooks'
import type { Prepare, PreparedStep, StepAnswer, StepArgs, StepOrder } from './step.ts'

/** Loaded one at a time, so that no step carries the memory of another's modules. */
const STEPS: Readonly<Record<string, () => Promise<Prepare>>> = {
  import: async () => (await import('./steps/engine-import.ts')).importFiles,
  'import again': async () => (await import('./steps/engine-import.ts')).importAgain,
  'import other file': async () => (await import('./steps/engine-import.ts')).importOtherFile,
  score: async () => (await import('./steps/engine-score.ts')).score,
  'ensure cells': async () => (await import('./steps/engine-score.ts')).ensureCells,
  're-score': async () => (await import('./steps/engine-score.ts')).rescore,
  export: async () => (await import('./steps/engine-score.ts')).exportAll,
  deliver: async () => (await import('./steps/deliver.ts')).deliverAll,
  'write cells': async () => (await import('./steps/write-cells.ts')).writeCells,
  kernel: async () => (await import('./steps/kernel.ts')).kernel,
  'papaparse import': async () => (await import('./steps/papaparse-import.ts')).papaparseImport,
  'file hash': async () => (await import('./steps/file-hash.ts')).fileHash,
  'duckdb import': async () => (await import('./steps/duckdb-import.ts')).duckdbImport,
  'duckdb score': async () => (await import('./steps/duckdb-score.ts')).duckdbScore,
  'sqlite score': async () => (await import('./steps/sqlite-score.ts')).sqliteScore,
}

/** One step in a process of its own, so that its peak of memory is its own: prepares, then runs what it is told to. */
async function serveStep(name: string, args: StepArgs): Promise<void> {
  const load = STEPS[name]
  if (load === undefined) throw new Error(`no step is called ${name}`)
  const prepare = await load()
  const step = await prepare(args)
  process.on('disconnect', () => {
    step.close?.()
    process.exit(0)
  })
  process.on('message', order => {
    // The parent is bench/contender.ts, which sends nothing else.
    runOnce(step, (order as StepOrder).run).then(answer, fail)
  })
  answer({ kind: 'ready', setup: step.setup ?? {} })
}

async function runOnce({ runs }: PreparedStep, name: string): Promise<StepAnswer> {
  const run = runs[name]
  if (run === undefined) throw new Error(`the step has no run called ${name}`)
  const before = process.cpuUsage()
  const start = performance.now()
  const figures = await run()
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  const peakMb = process.resourceUsage().maxRSS / 1024
  return { kind: 'done', ms, cpuMs: (user + system) / 1000, peakMb, figures }
}

function answer(message: StepAnswer): void {
  process.send?.(message)
}

function fail(error: unknown): void {
  answer({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}

const [, , name = '', args = '{}'] = process.argv
serveStep(name, JSON.parse(args) as StepArgs).catch(fail) // written by bench/contender.ts
