import * as z from 'zod'
import { ANSWER_NAMES } from '#schema/import'
import { fileMapping, tableMapping } from '#schema/mapping'
import type { Method } from '../method.ts'
import { tableProof } from './import-proof.ts'
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
  /** Left out because a mapping says so; `match` is then `custom`. */
  isDropped: z.boolean().optional(),
})

/** Why a file is taken for what it is. */
const recognition = z.strictObject({
  by: z.enum(['mapping', 'preset', 'headers', 'none']),
  score: z.number().min(0).max(1),
  matched: z.array(z.string()),
  missing: z.array(z.string()),
  /** Headers that fit a field whose values do not. */
  doubts: z.array(z.string()),
  runnerUp: z.strictObject({ name: z.string(), score: z.number(), missing: z.array(z.string()) }).nullable(),
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
  /** Does a backslash escape the character behind it? Missing: as it stands, unless the whole file cannot be read so. */
  escape: z.enum(['backslash', 'none']).optional(),
  /** Path to the list of records that is read in a JSON document, where that is not `data`. */
  recordsAt: z.string().optional(),
  /** Lists of records in a JSON document where another one may be read than the one that is. */
  lists: z.array(z.strictObject({ path: z.string(), records: count, line: count })).optional(),
  /** Path of the file in its .zip archive; missing where it is a file of its own. One archive gives several plans. */
  entry: z.string().optional(),
  /** What it was recognised as: `Stripe subscriptions`, or the name of a mapping. */
  origin: z.string().optional(),
  recognition: recognition.optional(),
  /** Stands for the headers: files of equal signature are read by the same mapping. */
  signature: z.string().optional(),
  /** Every table that it feeds, `table` first. */
  tables: z.array(tableName).optional(),
  /** How it would be read, as a mapping that can be changed and given back; missing where it feeds no table. */
  mapping: fileMapping.optional(),
  /** How it would be read as each table that it has a field of; only where it is inspected, and could be read. */
  proposals: z.array(tableMapping).optional(),
})

/** Answers to what files cannot prove by themselves. */
const readingOptions = z.strictObject({
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  dateFormat: z.string().optional(),
  decimal: z.enum(['.', ',']).optional(),
  timeZone: z.string().optional(),
  encoding: z.string().optional(),
  recordsAt: z.string().min(1).optional(),
  escape: z.enum(['backslash', 'none']).optional(),
})

/** A mapping, and the file it is for; without one it is offered to all files, and used where it fits. */
const givenMapping = z.strictObject({
  source: token.optional(),
  entry: z.string().optional(),
  mapping: fileMapping,
})

/** A file of an archive that is not imported with the others. */
const leftOut = z.strictObject({ source: token, entry: z.string() })

/** Another column of a file has the ids by which others name its records. */
const keyDoubt = z.strictObject({
  source: token,
  entry: z.string().optional(),
  table: tableName,
  field: z.string(),
  /** Headers that fill the field now. */
  headers: z.array(z.string()),
  /** null: there is no other column, and none of the ids is known where they are looked for. */
  other: z.string().nullable(),
  /** Different ids that each refers to, how many of them are in the field as it is read and in the other column. */
  files: z.array(
    z.strictObject({
      file: z.string(),
      column: z.string(),
      ids: count,
      /** Are these all that it has? */
      isAll: z.boolean(),
      inKey: count,
      inOther: count,
    }),
  ),
  /** Do some of them refer to the field as it is read? */
  isSplit: z.boolean(),
  message: z.string(),
})

const storedMapping = z.strictObject({ signature: z.string(), savedAt: instant, mapping: fileMapping })

export const heldRule = z.strictObject({
  code: z.string(),
  column: z.string(),
  count,
  example: z.string(),
  message: z.string(),
})

/**
 * How a file is laid over its table. `upsert`: new rows are added, known ones changed. `append`: only new rows are added.
 * `replace`: as upsert, and rows that the file does not have leave the table. Events are only ever added.
 */
export const importMode = z.enum(['upsert', 'append', 'replace'])

/** Which files are read, and how. */
export const importRequest = z.strictObject({
  sources: z.array(token).min(1).max(1000),
  /** Skip files that fit no table instead of refusing them. */
  skipUnknown: z.boolean().default(false),
  leaveOut: z.array(leftOut).max(10_000).default([]),
  options: readingOptions.default({}),
  /** Those that are used are remembered, once published, for later files of the same headers. */
  mappings: z.array(givenMapping).default([]),
  /**
   * Of the tables that the files are first of all; rows that come along with them are always upserted. A batch keeps it, and
   * uses it where `import.publish` names no other.
   */
  mode: importMode.default('upsert'),
})

/** What held rows of an import have come to. */
export const heldNow = z.strictObject({ held: count, leftOut: count, fixed: count, superseded: count }).optional()

/** Answers for all files that decided how one was read; missing where none was given, or it was imported before it was kept. */
export const answered = z.array(z.enum(ANSWER_NAMES)).optional()

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
  mode: importMode,
  /** Of the rows skipped: those that would have changed a row, which `append` leaves as it is. */
  leftAlone: count,
  /** Rows that left the table with `replace`. */
  removed: count,
  alreadyImported: z.boolean(),
  /**
   * What the rows that it held when it was imported have come to since, where anything was done: held + leftOut + fixed + superseded is `held`
   * above.
   */
  heldNow,
  heldRules: z.array(heldRule),
  warnings: z.array(z.string()),
  answered,
  /** By the clock of the machine: the one member in which imports of equal files differ. */
  importedAt: instant,
})

/** What was published, and which files fed no table. */
export const importResult = z.strictObject({
  files: z.array(importReport),
  skipped: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
})

const listedImport = importReport.extend({
  /** The same for files that were imported together. */
  batchId: z.string(),
  /** When it was taken back; null: it counts. */
  undoneAt: instant.nullable(),
  /** Why it cannot be taken back now; null: it can. */
  undoRefusal: z.string().nullable(),
  /** The import whose held rows it was made of; missing where it was read from a file. */
  madeOf: count.optional(),
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
  /** Reads the heads of the files and says what an import would do with each, and why. Of an archive, each file in it. */
  'import.inspect': {
    kind: 'job',
    input: z.strictObject({
      sources: z.array(token).min(1).max(1000),
      options: readingOptions.default({}),
      mappings: z.array(givenMapping).default([]),
    }),
    output: z.strictObject({ files: z.array(filePlan) }),
  },
  /** Reads a whole file and counts what every column of it proves, by the mapping given or as an import would; loads nothing. */
  'import.prove': {
    kind: 'job',
    input: z.strictObject({
      source: token,
      entry: z.string().optional(),
      mapping: fileMapping.optional(),
      options: readingOptions.default({}),
    }),
    output: z.strictObject({
      plan: filePlan,
      tables: z.array(tableProof),
      /** How the file is read with what was proven, to be changed, given to an import or kept in a file. */
      mapping: fileMapping.nullable(),
    }),
  },
  /**
   * Compares the keys of files with the ids by which the others, and the project, name their records; decides nothing. Files read by
   * a mapping that is remembered or offered are not asked about, those with a mapping of their own are.
   */
  'import.compareKeys': {
    kind: 'job',
    input: z.strictObject({
      sources: z.array(token).min(1).max(1000),
      options: readingOptions.default({}),
      mappings: z.array(givenMapping).default([]),
      leaveOut: z.array(leftOut).default([]),
    }),
    output: z.strictObject({ doubts: z.array(keyDoubt) }),
  },
  /** Reads a file of mappings, as `pql inspect --write-map` writes it: docs/mapping.schema.json. */
  'import.readMappings': {
    kind: 'query',
    input: z.strictObject({ json: z.string() }),
    output: z.strictObject({ mappings: z.array(fileMapping) }),
  },
  /** Remembers a mapping for a file and all later ones with its headers; says what an import would do with it then. */
  'import.setMapping': {
    kind: 'command',
    input: z.strictObject({ source: token, entry: z.string().optional(), mapping: fileMapping }),
    output: z.strictObject({ signature: z.string(), plan: filePlan }),
  },
  /** Mappings that the project remembers, by source. */
  'import.mappings': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({ mappings: z.array(storedMapping) }),
  },
  /** Forgets a mapping; what was imported with it stays. */
  'import.forgetMapping': {
    kind: 'command',
    input: z.strictObject({ signature: z.string() }),
    output: z.strictObject({ wasKnown: z.boolean() }),
  },
  /** Imports the files and publishes them in one transaction; all or none. Files of no table are refused, in archives skipped. */
  'import.run': {
    kind: 'job',
    input: importRequest,
    output: importResult,
  },
  /** Every import of the project, newest first, those that were undone among them. */
  'import.list': { kind: 'query', input: nothing, output: z.strictObject({ imports: z.array(listedImport) }) },
  /** One page of held rows in the order they were read; of an import that is named also while it is staged. `after` is the last heldId seen, 0 at first. */
  'import.held': {
    kind: 'query',
    input: z.strictObject({ after: count, limit: pageLimit, importId: count.optional() }),
    output: z.strictObject({ rows: z.array(heldRow), total: count }),
  },
} as const satisfies Record<string, Method>
