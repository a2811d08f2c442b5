import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, instant, nothing, pageLimit, tableName, token } from './shared.ts'

const columnPlan = z.strictObject({
  /** Header as written in the file. */
  header: z.string(),
  /** Canonical column it fills; null: kept as a custom field. */
  column: z.string().nullable(),
  /** `exact`: it is the canonical name but for case, blanks, `-` and `_`. */
  match: z.enum(['exact', 'synonym', 'custom', 'secret']),
  type: z.string(),
  samples: z.array(z.string()),
})

/** What an import of one file would do and why: made from the whole file, and committed as it is. */
export const filePlan = z.strictObject({
  source: token,
  file: z.string(),
  bytes: count,
  format: z.enum(['csv', 'json', 'jsonl', 'unknown']),
  delimiter: z.string().nullable(),
  encoding: z.string(),
  compression: z.enum(['none', 'gzip', 'zip']),
  table: tableName.nullable(),
  /** Why this table, or why none. */
  reason: z.string(),
  columns: z.array(columnPlan),
  sample: z.array(z.array(z.string())),
})

const heldRule = z.strictObject({
  code: z.string(),
  column: z.string(),
  count,
  example: z.string(),
  message: z.string(),
})

/** Row accounting of one imported file: read = loaded + held + skipped. */
export const importReport = z.strictObject({
  importId: count,
  file: z.string(),
  table: tableName,
  bytes: count,
  sha256: z.string(),
  read: count,
  loaded: count,
  held: count,
  skipped: count,
  /** Of the rows loaded. */
  added: count,
  changed: count,
  same: count,
  /** Events that share an id with another and differ. */
  differingCopies: count,
  alreadyImported: z.boolean(),
  heldRules: z.array(heldRule),
  warnings: z.array(z.string()),
  importedAt: instant,
})

const heldRow = z.strictObject({
  heldId: count,
  file: z.string(),
  line: count,
  column: z.string(),
  value: z.string(),
  code: z.string(),
  message: z.string(),
  raw: z.string(),
})

export const importMethods = {
  /** Reads the heads of the files and says what an import would do with each. */
  'import.inspect': {
    kind: 'job',
    input: z.strictObject({ sources: z.array(token).min(1).max(1000) }),
    output: z.strictObject({ files: z.array(filePlan) }),
  },
  /** Imports the files and publishes them in one transaction; all or none. Files of no table are refused. */
  'import.run': {
    kind: 'job',
    input: z.strictObject({
      sources: z.array(token).min(1).max(1000),
      /** Skip files that fit no table instead of refusing them. */
      skipUnknown: z.boolean().default(false),
      options: z
        .strictObject({
          dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
          decimal: z.enum(['.', ',']).optional(),
          timeZone: z.string().optional(),
          encoding: z.string().optional(),
        })
        .default({}),
    }),
    output: z.strictObject({
      files: z.array(importReport),
      skipped: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
    }),
  },
  /** Every import of the project, newest first. */
  'import.list': { kind: 'query', input: nothing, output: z.strictObject({ imports: z.array(importReport) }) },
  /** One page of held rows in the order they were read. `after` is the last heldId seen, 0 at first. */
  'import.held': {
    kind: 'query',
    input: z.strictObject({ after: count, limit: pageLimit, importId: count.optional() }),
    output: z.strictObject({ rows: z.array(heldRow), total: count }),
  },
} as const satisfies Record<string, Method>
