import fc from 'fast-check'
import { createEventSource } from '../../../../core/import/event-source.ts'
import { planTables } from '../../../../core/import/index.ts'
import { createRecordSource, type RecordSource } from '../../../../core/import/records/record-source.ts'
import { RowReader } from '../../../../core/import/row-reader.ts'
import { AppError } from '../../../../core/lib/errors.ts'
import type { EntityRow, EventBatch, FilePlan, HeldRow } from '../../../../core/schema/import.ts'
import { bytesOf } from '../read-file.ts'
import { recordsOf } from './reading.ts'

export const MOST_BYTES = 32_768

/** The plans of a file, that for events first, from its beginning alone. */
export function plansOf(head: string, format: 'json' | 'jsonl'): readonly FilePlan[] {
  const mappings = { assigned: undefined, offered: [], remembered: [] }
  const ground = { file: `events.${format}`, isWhole: format === 'json', size: null, options: {}, mappings }
  try {
    const plans = planTables({ ...ground, head: bytesOf(head) })
    return plans.filter(plan => plan.table !== null && plan.format === format)
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

export type Way = (plan: FilePlan, rows: RowReader) => RecordSource | null
export const FAST: Way = (plan, rows) => createEventSource(plan, {}, rows, MOST_BYTES)
export const REFERENCE: Way = (plan, rows) => createRecordSource(plan, rows, MOST_BYTES)

/** How a file is cut into chunks. */
export const sizes = fc.oneof(
  fc.constant([1]),
  fc.constant([1 << 20]),
  fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
)

/** All that reading a file comes to; null where it cannot be read this way. */
export function outcome(plan: FilePlan, chunks: readonly Uint8Array[], way: Way) {
  const entities: EntityRow[] = []
  const heldRows: HeldRow[] = []
  const batches: EventBatch[] = []
  const rows = new RowReader({
    plan,
    table: plan.table ?? 'events',
    options: {},
    sink: {
      entities: list => void entities.push(...list),
      events: batch => void batches.push(batch),
      held: list => void heldRows.push(...list),
    },
    onHeld: () => {},
  })
  const fast = { rows: 0, others: 0 }
  const added = rows.added.bind(rows)
  // No spy: it would keep the memory of every kernel.
  rows.added = (count, wideBytes, others) => {
    fast.rows += count
    fast.others += others
    added(count, wideBytes, others)
  }
  const source = way(plan, rows)
  if (source === null) return null
  const refused = readAll(source, chunks)
  rows.flush()
  const hashes = batches.flatMap(({ idHash, contentHash }) => [...idHash, ...contentHash])
  const counts = [...rows.readers.values()].map(reader => ({ ...reader.counts(), zoneless: reader.zoneless() }))
  const { wideBytes, unreadable } = rows.encodingEvidence
  return {
    found: {
      rows: batches.flatMap(recordsOf),
      entities,
      hashes,
      heldRows,
      counts,
      wideBytes,
      unreadable,
      ...rows.counts,
      others: rows.ofOtherTables(),
      columns: rows.columns,
      secrets: rows.lateSecrets(),
      unread: rows.unreadLists,
      refused,
    },
    /** Rows that the reference has not seen, and records that were ruled out without it. */
    fastRows: fast.rows,
    fastOthers: fast.others,
  }
}

/** @returns why the file was refused, null where it was not */
function readAll(source: RecordSource, chunks: readonly Uint8Array[]): unknown {
  try {
    for (const chunk of chunks) source.push(chunk)
    source.end()
    return null
  } catch (error) {
    if (error instanceof AppError) return { message: error.message, context: error.context }
    throw error
  }
}
