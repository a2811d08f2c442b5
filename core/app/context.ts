import { randomUUID } from 'node:crypto'
import { basename, dirname, extname } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Call, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { Level } from '#schema/unit'
import { type EventKeys, openEventKeys, type Project } from '#store'
import { createJobGate, type JobGate } from './job-gate.ts'
import { createJob, type Job } from './jobs.ts'
import type { Simulation } from './simulation/simulation.ts'
import type { SourceFile } from './source-file.ts'

/** What an engine needs of the program it runs in. The clocks and the ids may be set, for tests. */
export type EngineHost = Readonly<{
  kind: 'electron' | 'browser' | 'cli' | 'test'
  /** The file that a token stands for; null where the host has handed out no such token. */
  resolveSource(token: string): SourceFile | null
  /** The file or folder to write that a token stands for. */
  resolveTarget(token: string): string | null
  report(error: unknown): void
  /** ms since epoch */
  now?(): number
  /** ms of a clock that is never set back: how long a job has kept others waiting */
  steadyMs?(): number
  newId?(): string
  /** Changes of more rows than this are made by another thread; set for tests. */
  rowsInOneGo?: number
}>

/** What the handlers of one engine share. `open` is the project, and what is kept in memory of it. */
export type Context = {
  readonly host: EngineHost
  readonly jobs: JobGate
  now(): number
  newId(): string
  /** The job that a call is. */
  jobOf(call: Call): Job
  open: OpenProject | null
  /** While another thread writes the project, the end of that: no command can write then. */
  writing: Promise<void> | null
}

export type OpenProject = Readonly<{
  project: Project
  name: string
  folder: string
  /** Which events the project has; read when an import needs it first. */
  eventKeys: EventKeys
  /** What the last preview showed, by run and data: small, and dear to make again. */
  previews: Map<string, Output<'export.preview'>>
  /** Simulators that are open, by level: the cells of a run in memory. */
  simulations: Map<Level, Simulation>
}>

export function createContext(host: EngineHost): Context {
  const steadyMs = host.steadyMs ?? (() => performance.now())
  return {
    host,
    jobs: createJobGate(),
    now: host.now ?? (() => Math.floor(performance.timeOrigin + performance.now())),
    newId: host.newId ?? randomUUID,
    jobOf: call => createJob(call, steadyMs),
    open: null,
    writing: null,
  }
}

/** The project that is open. @throws AppError project/not-open */
export function demandProject(ctx: Context): OpenProject {
  if (ctx.open === null) throw new AppError('project/not-open', 'no project is open; open or create one first')
  return ctx.open
}

/** @throws AppError import/unknown-source */
export function sourceOf(ctx: Context, token: string): SourceFile {
  const source = ctx.host.resolveSource(token)
  if (source === null)
    throw new AppError('import/unknown-source', 'this file was not handed over, or not in this session; drop it again')
  return source
}

/** @throws AppError import/unknown-source */
export function targetOf(ctx: Context, token: string): string {
  const target = ctx.host.resolveTarget(token)
  if (target === null)
    throw new AppError(
      'import/unknown-source',
      'this place was not handed over, or not in this session; choose it again',
    )
  return target
}

export function nameProject(project: Project): OpenProject {
  return {
    project,
    name: basename(project.path, extname(project.path)),
    folder: dirname(project.path),
    eventKeys: openEventKeys(project.db),
    previews: new Map(),
    simulations: new Map(),
  }
}
