import * as z from 'zod'
import type { Method } from '../method.ts'
import { answered, heldNow, heldRule, importMode, importRequest, importResult } from './import.ts'
import { count, instant, nothing, pageLimit, tableName, token } from './shared.ts'

/** One value of a row, as it is and as it would be; null: nothing. */
const diffCell = z.strictObject({ column: z.string(), before: z.string().nullable(), after: z.string().nullable() })

/** A row that would change or that is passed over. Of a changed one the cells that differ, of a new or missing one those that hold something. */
const diffRow = z.strictObject({
  key: z.array(z.string()),
  /** Of the file that is staged; null where it does not have the row. */
  line: count.nullable(),
  /** Where the row as it is was read; null where there is none. */
  present: z.strictObject({ file: z.string(), line: count }).nullable(),
  /** The import before that has an event of the same id and content; missing where it came further up in the same import. */
  earlier: z.strictObject({ importId: count, importedAt: instant }).optional(),
  cells: z.array(diffCell),
})

/** What publishing one staged file would do: read = new + changed + same + held + skipped. */
const stagedFile = z.strictObject({
  /** Of a file that was imported before: that import. */
  importId: count,
  file: z.string(),
  table: tableName,
  bytes: count,
  sha256: z.string(),
  read: count,
  held: count,
  skipped: count,
  /** Rows that are not there yet, also of events. */
  new: count,
  /** Rows that are there with other values: `append` leaves them alone. */
  changed: count,
  same: count,
  /** Columns in which changed rows would lose what they have, with the number of these rows. */
  emptied: z.array(z.strictObject({ column: z.string(), rows: count })),
  /** Rows of the table that no file of the batch has: they leave it with `replace`, and only then. */
  missing: count,
  /** Rows no file has that stay all the same with `replace`, because held rows may be theirs. */
  spared: count,
  /** Events whose id is there with other content: both are kept. */
  differingCopies: count,
  /** Records whose key comes again: of events those with the same content, in an import before (`same`) or further up (`skipped`); else those before the last one. */
  repeated: count,
  /** Of them, in the first 10,000, those that say something else than the one that counts. */
  overruled: count,
  /** Read before with the same bytes and mapping: there is nothing to publish. */
  alreadyImported: z.boolean(),
  /** What may be chosen for it; events and rows that come along with another table leave no choice. */
  modes: z.array(importMode),
  /** Of a file that was imported before: what its held rows have come to since, where that is not what it held. */
  heldNow,
  /** What is held now: of a file that was imported before, without what was fixed, left out or superseded since. */
  heldRules: z.array(heldRule),
  warnings: z.array(z.string()),
  answered,
  /** The first rows of each kind; the others by `import.diff`. */
  samples: z.strictObject({
    new: z.array(diffRow),
    changed: z.array(diffRow),
    missing: z.array(diffRow),
    repeated: z.array(diffRow),
    differingCopies: z.array(diffRow),
  }),
})

const stagedBatch = z.strictObject({
  batchId: z.string(),
  mode: importMode,
  begunAt: instant,
  files: z.array(stagedFile),
  skipped: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
})

const pendingFile = z.strictObject({
  file: z.string(),
  table: tableName,
  bytes: count,
  /** `complete`: read whole and kept; `again`: it was broken off, or not begun, and has to be read. */
  state: z.enum(['complete', 'again']),
  /** Why it cannot be read again from where it was; null: it can, or need not. */
  problem: z.string().nullable(),
})

const pendingBatch = z.strictObject({
  batchId: z.string(),
  mode: importMode,
  begunAt: instant,
  /** All files are read: nothing is left but to publish or to discard. */
  isReady: z.boolean(),
  files: z.array(pendingFile),
})

export const importBatchMethods = {
  /**
   * Reads the files as an import would and says what publishing them would change; nothing of it is seen before. One batch
   * waits at a time: what was staged before is discarded.
   */
  'import.stage': {
    kind: 'job',
    input: importRequest,
    output: stagedBatch,
  },
  /**
   * One page of the rows that a staged file would add, change or (with `replace`) take away; of its records whose key comes again, the
   * first 10,000, each with what it says (`before`) and what the one says that counts (`after`), which is `present`; or of its events
   * with the id of another one (`present`) and other content. `after`: 0, then `next`.
   */
  'import.diff': {
    kind: 'query',
    input: z.strictObject({
      importId: count,
      kind: z.enum(['new', 'changed', 'missing', 'repeated', 'differingCopies']),
      after: count,
      limit: pageLimit,
    }),
    output: z.strictObject({ rows: z.array(diffRow), next: count.nullable() }),
  },
  /** Publishes all files of a staged batch in one transaction; remembers the mappings they were read with. */
  'import.publish': {
    kind: 'job',
    input: z.strictObject({
      batchId: z.string(),
      /** Files that are not named are published as the batch was staged. */
      modes: z.array(z.strictObject({ importId: count, mode: importMode })).default([]),
    }),
    output: importResult,
  },
  /** Forgets a staged batch; the project is as if it had not been read. */
  'import.discard': {
    kind: 'command',
    input: z.strictObject({ batchId: z.string() }),
    output: z.strictObject({ wasThere: z.boolean() }),
  },
  /** The batch that waits: staged and not decided on, or broken off by a crash. */
  'import.pending': { kind: 'query', input: nothing, output: z.strictObject({ batch: pendingBatch.nullable() }) },
  /** Reads what is left of a batch that was broken off; files read whole are kept. What it would change is as of now. */
  'import.resume': {
    kind: 'job',
    input: z.strictObject({
      batchId: z.string(),
      /** Files that are no longer where they were: found again by name and content. */
      sources: z.array(token).max(1000).default([]),
    }),
    output: stagedBatch,
  },
  /** Takes a whole import back, last in first out per table. */
  'import.undo': {
    kind: 'job',
    input: z.strictObject({
      importId: count,
      /** Say what would be taken back, and leave it. */
      dryRun: z.boolean().default(false),
    }),
    output: z.strictObject({
      importId: count,
      file: z.string(),
      table: tableName,
      /** Rows that it added and that go. */
      takenOut: count,
      /** Rows that it changed and that are as they were before. */
      changedBack: count,
      /** Rows that it took away and that are there again. */
      broughtBack: count,
      events: count,
      /** Held rows that go with it. */
      held: count,
      /** Rows of other imports that are held again: it loaded them, fixed, or had their records again. */
      heldAgain: count,
    }),
  },
} as const satisfies Record<string, Method>
