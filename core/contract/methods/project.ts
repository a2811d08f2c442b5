import * as z from 'zod'
import { ENTITY_TABLES, type EntityTable } from '#schema/tables'
import type { Method } from '../method.ts'
import { count, eventsAside, instant, nothing, staleBecause, token, withoutKind } from './shared.ts'

const projectName = z.strictObject({ name: z.string(), folder: z.string() })

/** What the pipeline strip shows: one figure per station, and whether it is older than what it is made of. */
export const projectSummary = z.strictObject({
  project: projectName,
  files: count,
  rowsPerTable: z.record(z.string(), count),
  events: count,
  held: count,
  persons: count.nullable(),
  linkedWorkspaces: count.nullable(),
  scoreRun: z
    .strictObject({
      runId: count,
      asOf: instant,
      units: count,
      modelName: z.string(),
      modelHash: z.string(),
      isStale: z.boolean(),
      /** What has changed since. */
      staleBecause: staleBecause.optional(),
      withoutKind: withoutKind.optional(),
      eventsAside: eventsAside.optional(),
    })
    .nullable(),
  stages: z.record(z.string(), count).nullable(),
  destinations: z.record(z.string(), count).nullable(),
})

export const projectMethods = {
  /** The program, its host, and the project that is open. */
  'app.info': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      host: z.enum(['electron', 'browser', 'cli', 'test']),
      project: projectName.nullable(),
    }),
  },
  /** Makes a new, empty project at a place the host handed out, and opens it. */
  'project.create': { kind: 'command', input: z.strictObject({ target: token }), output: projectSummary },
  /** Opens an existing project file. */
  'project.open': { kind: 'command', input: z.strictObject({ source: token }), output: projectSummary },
  /** Closes the open project down to its one file. */
  'project.close': { kind: 'command', input: nothing, output: nothing },
  /** Counts of every station of the pipeline, and whether the scores are older than what they are made of. */
  'project.summary': { kind: 'query', input: nothing, output: projectSummary },
  /** One source row of a table with its file and line, by key. Nothing found: null. */
  'project.record': {
    kind: 'query',
    input: z.strictObject({
      table: z.enum(ENTITY_TABLES as [EntityTable, ...EntityTable[]]),
      key: z.array(z.string()).min(1).max(2),
    }),
    output: z
      .strictObject({
        fields: z.array(z.strictObject({ name: z.string(), value: z.string().nullable() })),
        file: z.string(),
        line: count,
      })
      .nullable(),
  },
} as const satisfies Record<string, Method>
