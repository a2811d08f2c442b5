import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { WeighedPairs } from '#identity'
import { AppError } from '#lib/errors'
import { decodeColumns, encodeColumns } from './columns/index.ts'
import { type Readable, statement, transaction, type Writable } from './connection.ts'

/** Sets that are kept: the present one, and those that taking back a setting or an import returns to. */
const KEPT = 3

type Notes = Pick<WeighedPairs, 'blocks' | 'compared'>
type Row = Readonly<{ pairs: Uint8Array; notes: string }>

/** Weighed pairs as the project file holds them. */
export type PackedPairs = Row

const FIND = 'SELECT pairs, notes FROM weighed_pairs WHERE cache_key = ?'
const SAVE = 'INSERT OR REPLACE INTO weighed_pairs (cache_key, pairs, notes) VALUES (:key, :pairs, :notes)'
const PRUNE = `
  DELETE FROM weighed_pairs WHERE set_no NOT IN (SELECT set_no FROM weighed_pairs ORDER BY set_no DESC LIMIT ?)`

/** Makes pairs ready to be kept: a hundredth of the memory of what they were weighed by. */
export function packPairs({ edges, limits, blocks, compared }: WeighedPairs): PackedPairs {
  const { subjects, mailbox, device } = limits
  const columns = encodeColumns({
    edgeA: edges.a,
    edgeB: edges.b,
    edgeSteps: edges.steps,
    subjectScope: subjects.scopes,
    subject: subjects.codes,
    mailbox,
    device,
  })
  const notes: Notes = { blocks, compared }
  return { pairs: deflateRawSync(columns, { level: 1 }), notes: JSON.stringify(notes) }
}

/**
 * Keeps the pairs that were weighed for a key, in place of those that were kept for it, and forgets the oldest ones.
 *
 * @param key hash of all that they depend on
 */
export function savePairs(db: Writable, key: string, { pairs, notes }: PackedPairs): void {
  transaction(db, () => {
    statement(db, SAVE).run({ key, pairs, notes })
    statement(db, PRUNE).run(KEPT)
  })
}

/**
 * The pairs of a key, or null where they have to be weighed.
 *
 * @param rows of the users table
 * @throws AppError `store/corrupt` where what was kept is not what it was
 */
export function readPairs(db: Readable, key: string, rows: number): WeighedPairs | null {
  const found = statement<Row>(db, FIND).get(key)
  if (found === undefined) return null
  const columns = decodeColumns(inflated(found.pairs))
  const steps = columns.column('edgeSteps', 'i32')
  const edges = {
    a: columns.column('edgeA', 'u32', steps.length),
    b: columns.column('edgeB', 'u32', steps.length),
    steps,
  }
  if (edges.a.some(row => row >= rows) || edges.b.some(row => row >= rows)) throw damaged()
  const limits = {
    subjects: { scopes: columns.column('subjectScope', 'u32', rows), codes: columns.column('subject', 'u32', rows) },
    mailbox: columns.column('mailbox', 'u32', rows),
    device: columns.column('device', 'u32', rows),
  }
  return { edges, limits, ...(JSON.parse(found.notes) as Notes) } // written by packPairs
}

function inflated(pairs: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(pairs)
  } catch (cause) {
    throw damaged(cause)
  }
}

function damaged(cause?: unknown): AppError {
  const options = cause === undefined ? undefined : { cause }
  return new AppError('store/corrupt', 'the weighed pairs in the project file are damaged', {}, options)
}
