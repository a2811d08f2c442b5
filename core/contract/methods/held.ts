import * as z from 'zod'
import { HELD_READINGS, heldFix } from '#schema/held'
import type { Method } from '../method.ts'
import { count, csvName, instant, pageLimit, tableName, token } from './shared.ts'

/** Held rows of one import that share rule and column: of those that are held, were left out, or are in a newer import again. */
const heldGroup = z.strictObject({
  importId: count,
  state: z.enum(['held', 'left-out', 'superseded']),
  code: z.string(),
  /** Canonical column, empty where the record as a whole is at fault. */
  column: z.string(),
  count,
  example: z.string(),
  message: z.string(),
  /** Kinds of fixes that suit the rule, likelier ones first. */
  fixes: z.array(z.string()),
  /** Ways to read the column, for the fix `read`. */
  readings: z.array(z.enum(HELD_READINGS)),
  /** Imports that have superseded rows again, oldest first. */
  supersededBy: z.array(count),
})

/** What the rows that an import held have come to: held + leftOut + fixed + superseded is what it held when it was published. */
const heldImport = z.strictObject({
  importId: count,
  file: z.string(),
  table: tableName,
  importedAt: instant,
  held: count,
  leftOut: count,
  fixed: count,
  superseded: count,
})

/** `isSecret`: it was not read, and its cells are empty. */
const heldColumn = z.strictObject({ header: z.string(), column: z.string().nullable(), isSecret: z.boolean() })

const heldEntry = z.strictObject({
  heldId: count,
  line: count,
  column: z.string(),
  value: z.string(),
  code: z.string(),
  message: z.string(),
  /** Texts in the order of the columns, with what was said about the row since laid over them. */
  cells: z.array(z.string()),
  /** Can the record be taken apart? Else it is edited as a text. */
  isSound: z.boolean(),
  text: z.string(),
  /** Positions of cells that an earlier fix or edit wrote. */
  edited: z.array(count),
})

const heldEdit = z.strictObject({
  heldId: count,
  /** Texts by position of the column. */
  cells: z.record(z.string().regex(/^\d+$/), z.string()).optional(),
  /** Texts by canonical column: of a field that is not simply a column of the file. */
  fields: z.record(z.string(), z.string()).optional(),
  /** The whole record written anew. */
  record: z.string().optional(),
})

/** What is to be done about held rows of one import. */
const heldChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rule'), importId: count, code: z.string(), column: z.string(), fix: heldFix }),
  z.strictObject({
    kind: z.literal('rows'),
    importId: count,
    heldIds: z.array(count).min(1).max(10_000),
    fix: heldFix,
  }),
  /** What was done about the same before: one of `held.known`. */
  z.strictObject({
    kind: z.literal('known'),
    importId: count,
    code: z.string(),
    column: z.string(),
    effect: z.enum(['judge', 'leave-out']),
  }),
  z.strictObject({ kind: z.literal('edits'), importId: count, edits: z.array(heldEdit).min(1).max(10_000) }),
])

/** What a change comes to: rows = loads + skips + holds + unaffected + leftOut + takenBack. */
const heldOutcome = z.strictObject({
  rows: count,
  loads: count,
  /** Blank now, of another table, or saying nothing that is not known. */
  skips: count,
  /** The same by why. */
  skipsBy: z.strictObject({ blank: count, otherTable: count, known: count }),
  /** Still held. */
  holds: count,
  /** Another value than the one that is replaced. */
  unaffected: count,
  leftOut: count,
  takenBack: count,
  /** What the rows break that are still held. */
  rules: z.array(z.strictObject({ code: z.string(), column: z.string(), count, message: z.string() })),
  /** The first rows: their value before and as it is read; null and the reason where the row is still held. */
  samples: z.array(
    z.strictObject({ line: count, before: z.string(), after: z.string().nullable(), message: z.string().nullable() }),
  ),
  /** Of edits: what each row comes to; a message where it is still held. */
  verdicts: z.array(z.strictObject({ heldId: count, column: z.string(), message: z.string().nullable() })),
})

/** What was done, per import whose rows were held. */
const heldDone = z.strictObject({
  /** Taken back by `import.undo` where it made an import, else by `held.undo`. */
  fixId: count,
  importId: count.nullable(),
  originId: count,
  file: z.string(),
  loaded: count,
  /** Of the rows loaded: those that were there already. */
  same: count,
  skipped: count,
})

/**
 * Held rows of one import that share rule and column, of which the same was fixed or left out in an older import of the same source: offered,
 * never done unasked. `judge`: fixed; the rows are judged with the same fix.
 */
const knownFix = z.strictObject({
  importId: count,
  code: z.string(),
  column: z.string(),
  effect: z.enum(['judge', 'leave-out']),
  rows: count,
  /** What was done, most rows first: at most twenty. */
  answers: z.array(
    z.strictObject({
      /** At fault; of a record that is at fault as a whole, and was left out or written anew, how it begins. */
      value: z.string(),
      /** Null: the text of the record is the same, and so is all that was said of it. */
      fix: heldFix.nullable(),
      /** The import whose row it was done for. */
      from: count,
      rows: count,
    }),
  ),
})

export const heldMethods = {
  /** Rows that were held and not fixed by import and rule, newest import first. */
  'held.groups': {
    kind: 'query',
    input: z.strictObject({ importId: count.optional() }),
    output: z.strictObject({
      groups: z.array(heldGroup),
      imports: z.array(heldImport),
      /** Records that are held: one that is held for several tables of its file counts once. */
      records: count,
    }),
  },
  /** What was done before about rows that are held now, newest import first. */
  'held.known': {
    kind: 'query',
    input: z.strictObject({ importId: count.optional() }),
    output: z.strictObject({ fixes: z.array(knownFix) }),
  },
  /** One page of rows of an import, with their cells. `after` is the last heldId seen, 0 at first. */
  'held.rows': {
    kind: 'query',
    input: z.strictObject({
      importId: count,
      state: z.enum(['held', 'left-out', 'superseded']).default('held'),
      code: z.string().optional(),
      column: z.string().optional(),
      after: count,
      limit: pageLimit,
    }),
    output: z.strictObject({
      columns: z.array(heldColumn),
      /** Position of the column at fault; null where none was asked for, or the field is worked out from others. */
      faultAt: count.nullable(),
      rows: z.array(heldEntry),
      total: count,
    }),
  },
  /** The faulty values of a rule with how often they occur, most frequent first. */
  'held.values': {
    kind: 'query',
    input: z.strictObject({ importId: count, code: z.string(), column: z.string(), limit: pageLimit }),
    output: z.strictObject({ values: z.array(z.strictObject({ value: z.string(), count })), distinct: count }),
  },
  /** Says what a change would come to; nothing is changed. */
  'held.preview': { kind: 'job', input: z.strictObject({ change: heldChange }), output: heldOutcome },
  /**
   * Makes a change: rows that can be loaded now are published as an import of their own, which names file and line of the
   * rows; the others stay held with what is wrong with them now. All or nothing.
   */
  'held.fix': {
    kind: 'job',
    input: z.strictObject({ change: heldChange }),
    output: z.strictObject({ outcome: heldOutcome, done: z.array(heldDone) }),
  },
  /** Takes a change back that made no import. */
  'held.undo': {
    kind: 'command',
    input: z.strictObject({ fixId: count }),
    output: z.strictObject({ wasInForce: z.boolean() }),
  },
  /** Writes held rows as CSV: their columns, then `_error_file` to `_error_row`. A record that is held for several tables is one row. */
  'held.export': {
    kind: 'job',
    input: z.strictObject({
      importId: count.optional(),
      code: z.string().optional(),
      column: z.string().optional(),
      /** A file; or a folder, where there is a name. */
      target: token,
      name: csvName.optional(),
      overwrite: z.boolean().default(false),
    }),
    output: z.strictObject({ rows: count, bytes: count, cellsMadeHarmless: count }),
  },
  /** Which of the files are held rows that come back, by their `_error_*` columns. */
  'held.recognise': {
    kind: 'query',
    input: z.strictObject({ sources: z.array(token).max(1000) }),
    output: z.strictObject({ sources: z.array(token) }),
  },
  /** Takes a corrected file of held rows: rows that were changed are judged again, the others stay as they are. */
  'held.load': {
    kind: 'job',
    input: z.strictObject({
      source: token,
      dryRun: z.boolean().default(false),
      /** Of the file, where it is not UTF-8 and its rows do not prove it. */
      encoding: z.string().optional(),
    }),
    output: z.strictObject({
      file: z.string(),
      /** Rows of the file = corrected + untouched + notHeld + repeated + broken. */
      rows: count,
      corrected: count,
      untouched: count,
      /** Nothing of their records is held at their file and line now. */
      notHeld: count,
      /**
       * Of those: rows whose record a newer import has, by import; `held`: the newer one holds it and says something else of it, or holds
       * several of its key. Missing where there are none.
       */
      superseded: z.array(z.strictObject({ importId: count, rows: count, held: count })).optional(),
      /** The same row comes again further down, where it counts. */
      repeated: count,
      /** Rows that cannot be taken apart, or name no line. */
      broken: count,
      /** Lines of the corrected file of rows that are not held or broken, the first ones. */
      lines: z.array(count),
      /** Headers that the rows never had. */
      ignoredColumns: z.array(z.string()),
      /** Cells beside the one at fault that a spreadsheet wrote in its own way (digits, days): they stay as they were. Missing where there are none. */
      mended: count.optional(),
      outcome: heldOutcome,
      done: z.array(heldDone),
    }),
  },
} as const satisfies Record<string, Method>
