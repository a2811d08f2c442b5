import type { ImportMode } from '#schema/import'
import {
  forgetBatch,
  publishInSteps,
  type StagedEventKeys,
  type StoredMapping,
  saveMapping,
  undoInSteps,
  type Writable,
  type WriteListener,
} from '#store'

/** A change of the data that is all or nothing; plain values, so that it can be handed to another thread. */
export type WriteOrder =
  | Readonly<{
      kind: 'publish'
      batchId: string
      modes: readonly (readonly [importId: number, mode: ImportMode])[]
      mappings: readonly StoredMapping[]
      eventKeys: StagedEventKeys
      /** ms since epoch */
      now: number
    }>
  | Readonly<{ kind: 'undo'; importId: number; now: number }>

/** Does what an order says, within the caller's transaction. @throws what `tell` throws, and as the store does */
export function writeInSteps(db: Writable, order: WriteOrder, tell: WriteListener): void {
  if (order.kind === 'undo') {
    undoInSteps(db, { importId: order.importId, undoneAt: order.now, tell })
    return
  }
  const { batchId, mappings, eventKeys, now } = order
  const modes = new Map(order.modes)
  publishInSteps(db, {
    batchId,
    importedAt: now,
    modeOf: importId => modes.get(importId) ?? 'upsert',
    eventKeys,
    tell,
  })
  for (const mapping of mappings) saveMapping(db, mapping)
  forgetBatch(db, batchId)
}
