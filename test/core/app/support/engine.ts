import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { serveEngine } from '#app'
import { memoryChannels } from '#contract/channel.memory'
import { createClient } from '#contract/client'
import type { CallOptions, Client } from '#contract/contract'
import type { Progress } from '#contract/method'
import { openProject, type Project } from '#store'

export type TestEngine = Readonly<{
  client: Client
  folder: string
  /** A path in the folder; tokens are paths, and only those in the folder are known. */
  path(name: string): string
  /** Writes a file and gives its token. */
  write(name: string, content: string | Uint8Array): string
  /** What the engine reported as bugs. */
  reports: unknown[]
  /** Closes engine and project, for a look at the file itself. */
  close(): Promise<void>
}>

export type EngineOptions = Readonly<{
  folder?: string
  known?: (token: string) => boolean
  isQuick?: boolean
  /** Changes of more rows than this are made by another thread. */
  rowsInOneGo?: number
  /** Takes what ends the engine, where it outlives one test. */
  onEnd?: (end: () => Promise<void>) => void
}>

/**
 * An engine over memory channels that checks its outputs. Its clock stands still for data; for jobs it runs so fast that
 * they give others a turn whenever they may (`isQuick: false`: as in earnest).
 */
export function startEngine(options: EngineOptions = {}): TestEngine {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'pql-app-'))
  const isKnown = options.known ?? (token => token.startsWith(folder))
  const reports: unknown[] = []
  const [near, far] = memoryChannels()
  let ids = 0
  let steadyMs = 0
  const engine = serveEngine(far, {
    kind: 'test',
    resolveSource: token => (isKnown(token) ? { path: token, name: basename(token) } : null),
    resolveTarget: token => (isKnown(token) ? token : null),
    report: error => void reports.push(error),
    now: () => 1_780_000_000_000,
    newId: () => `id-${++ids}`,
    ...(options.rowsInOneGo === undefined ? {} : { rowsInOneGo: options.rowsInOneGo }),
    ...(options.isQuick === false ? {} : { steadyMs: () => (steadyMs += 1000) }),
  })
  const onEnd = options.onEnd ?? onTestFinished
  onEnd(async () => {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const path = (name: string): string => join(folder, name)
  return {
    client: createClient(near),
    folder,
    path,
    write: (name, content) => {
      mkdirSync(dirname(path(name)), { recursive: true })
      writeFileSync(path(name), content)
      return path(name)
    },
    reports,
    close: engine.close,
  }
}

/** An engine with a new project. */
export async function startProject(options: EngineOptions = {}): Promise<TestEngine> {
  const engine = startEngine(options)
  await engine.client['project.create']({ target: engine.path('p.pql') })
  return engine
}

/** Everything that people can see of the data of a project. */
export async function stateOf(client: Client) {
  return {
    summary: await client['project.summary']({}),
    ...(await client['import.list']({})),
    held: await client['import.held']({ after: 0, limit: 500 }),
  }
}

/** Opens the file of an engine that was closed. */
export function withFile<T>(engine: TestEngine, work: (project: Project) => T): T {
  const project = openProject(engine.path('p.pql'))
  try {
    return work(project)
  } finally {
    project.close()
  }
}

/** Rows of tables that belong to no published import: after a failure or a cancel there are none. */
export function leftovers(engine: TestEngine): readonly (readonly [table: string, rows: number])[] {
  return withFile(engine, ({ db }) => {
    const tables = db.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%\\_staged' ESCAPE '\\'",
    )
    const published = "(SELECT id FROM import WHERE status = 'published')"
    const queries = [
      ['import', "SELECT count(*) FROM import WHERE status = 'staging'"],
      ['skipped_record', 'SELECT count(*) FROM skipped_record'],
      ...(tables.pluck().all() as string[]).map(name => [name, `SELECT count(*) FROM ${name}`]),
      ...['event_segment', 'event_dictionary', 'event_copy', 'held_row'].map(name => [
        name,
        `SELECT count(*) FROM ${name} WHERE import_id NOT IN ${published}`,
      ]),
    ] as [string, string][]
    const counts = queries.map(([table, sql]) => [table, db.prepare(sql).pluck().get() as number] as const)
    return counts.filter(([, rows]) => rows > 0)
  })
}

export type Watched = Readonly<{ options: CallOptions; seen: Progress[] }>

/** Options of a call that keep its progress, and hand each to `act` with a way to cancel. */
export function watch(act: (progress: Progress, cancel: () => void) => void = () => undefined): Watched {
  const abort = new AbortController()
  const seen: Progress[] = []
  const onProgress = (progress: Progress): void => {
    seen.push(progress)
    act(progress, () => abort.abort())
  }
  return { options: { signal: abort.signal, onProgress }, seen }
}

/** Options of a call that is cancelled when it reports this phase for the n-th time. */
export function cancelAt(phase: string, time = 1): Watched {
  let times = 0
  return watch((progress, cancel) => {
    if (progress.phase === phase && ++times === time) cancel()
  })
}
