import * as z from 'zod'
import { CHECK_CODES, CHECK_GROUPS, SEVERITIES } from '#schema/data-health'
import { holdsWhen } from '#schema/milestone'
import type { Method } from '../method.ts'
import { anomaly } from './anomalies.ts'
import { count, instant, nothing, pageLimit, tableName } from './shared.ts'

const code = z.enum(CHECK_CODES)

/** One check with what it found, why that matters to scores and what to do. */
const healthCheck = z.strictObject({
  code,
  group: z.enum(CHECK_GROUPS),
  severity: z.enum(SEVERITIES),
  title: z.string(),
  count,
  of: count,
  noun: z.tuple([z.string(), z.string()]),
  effect: z.string(),
  why: z.string(),
  fix: z.string(),
  action: z.enum(['add_files', 'held_rows', 'taxonomy']).nullable(),
  evidence: z.array(z.string()),
  rows: count,
})

const healthReport = z.strictObject({
  asOf: instant,
  /** ms since epoch */
  checkedAt: instant,
  /** The data, or what they are read by, has changed since. */
  isStale: z.boolean(),
  checks: z.array(healthCheck),
  coverage: z.array(
    z.strictObject({ id: z.string(), from: tableName, to: tableName, means: z.string(), found: count, of: count }),
  ),
  freshness: z.array(
    z.strictObject({
      table: tableName,
      rows: count,
      newestAt: instant.nullable(),
      column: z.string().nullable(),
      daysBehind: z.number().nullable(),
      file: z.string().nullable(),
      importedAt: instant.nullable(),
    }),
  ),
  fill: z.array(
    z.strictObject({ table: tableName, column: z.string(), filled: count, of: count, isDelivered: z.boolean() }),
  ),
  /** The newest ones, to be decided about; `of`: how many there are. */
  anomalies: z.strictObject({ newest: z.array(anomaly), of: count }),
})

const rowColumn = z.strictObject({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'id', 'instant', 'moment', 'count', 'share']),
})

const healthRow = z.strictObject({
  values: z.array(z.union([z.string(), z.number(), z.null()])),
  /** The record it is about, to be opened by `project.record`; null where it is an event or a file. */
  record: z.strictObject({ table: tableName, key: z.array(z.string()) }).nullable(),
  /** Everything that an event holds. */
  event: z.array(z.strictObject({ name: z.string(), value: z.string() })).nullable(),
  file: z.string().nullable(),
  line: count.nullable(),
})

const figures = z.strictObject({
  workspaces: count,
  activated: count,
  timed: count,
  medianDays: z.number().nullable(),
  within: z.array(z.number()),
  secondary: z.array(z.strictObject({ id: z.string(), holds: count })),
})

const asOf = z.string().max(40).optional()
const activation = z.strictObject({
  primary: holdsWhen,
  secondary: z.array(z.strictObject({ id: z.string().min(1).max(120), holdsWhen })).max(2),
})

export const healthMethods = {
  /** Checks the data as of an instant: what is missing, repeated, out of time or belongs nowhere. Kept until the next one. */
  'health.run': { kind: 'job', input: z.strictObject({ asOf }), output: healthReport },
  /** The last check of the data, and whether it is older than the data. Null before the first. */
  'health.report': { kind: 'query', input: nothing, output: z.strictObject({ report: healthReport.nullable() }) },
  /** The rows behind one check from a place on, with file and line. Reads the data again where they are no longer at hand. */
  'health.rows': {
    kind: 'job',
    input: z.strictObject({ code, offset: count, limit: pageLimit }),
    output: z.strictObject({ columns: z.array(rowColumn), rows: z.array(healthRow), total: count }),
  },
  /** The same rows as CSV text that a spreadsheet does not run; the header comes with the first ones. */
  'health.csv': {
    kind: 'job',
    input: z.strictObject({ code, offset: count, limit: z.int().min(1).max(5000) }),
    output: z.strictObject({ text: z.string(), rows: count, total: count }),
  },
  /** Workspaces whose id or name holds a text, as of an instant; the first ones by name. */
  'health.workspaces': {
    kind: 'job',
    input: z.strictObject({ search: z.string().max(200), asOf, limit: pageLimit }),
    output: z.strictObject({
      workspaces: z.array(z.strictObject({ workspaceId: z.string(), name: z.string().nullable() })),
      matching: count,
    }),
  },
  /** Rollups, milestones, activation and health of one workspace as of an instant. Null: it was not there then. */
  'health.workspace': {
    kind: 'job',
    input: z.strictObject({ workspaceId: z.string(), asOf }),
    output: z.strictObject({
      asOf: instant,
      workspace: z
        .strictObject({
          unitId: z.string(),
          name: z.string().nullable(),
          workspaceIds: z.array(z.string()),
          createdAt: instant.nullable(),
          people: count,
          isPaid: z.boolean(),
          isOnTrial: z.boolean(),
          state: z.string(),
          hasRenewalRisk: z.boolean(),
          isExpansion: z.boolean(),
          evidence: z.array(z.string()),
          rollups: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
          milestones: z.array(
            z.strictObject({ id: z.string(), prompt: z.string(), channel: z.string(), holds: z.boolean() }),
          ),
          primary: z.strictObject({ holds: z.boolean(), at: instant.nullable() }),
          secondary: z.array(z.strictObject({ id: z.string(), holds: z.boolean(), at: instant.nullable() })),
          anomalies: z.array(z.string()),
          /** Events per day of the 90 days up to as-of, oldest first. */
          perDay: z.array(count),
          firstDay: z.int(),
        })
        .nullable(),
    }),
  },
  /** What another activation rule would do, beside the one in force: how many are activated, how fast, how many change. */
  'health.activation': {
    kind: 'job',
    input: z.strictObject({ activation, asOf }),
    output: z.strictObject({
      asOf: instant,
      now: figures,
      draft: figures,
      gained: count,
      lost: count,
      moved: count,
    }),
  },
} as const satisfies Record<string, Method>
