import { invariant } from '#lib/errors'
import type { FilePlan } from '#schema/import'
import type { EntityTable } from '#schema/tables'
import { statement, type Writable } from './connection.ts'
import { columnBit, entitySql } from './entity-sql.ts'
import { nameOutcomes } from './outcome-id.ts'

/** What the records of one file came to. superseded + added + changed + same = records emitted. */
export type EntityCounts = Readonly<{ superseded: number; added: number; changed: number; same: number }>

const PLAN = 'SELECT plan FROM import WHERE id = ?'

/**
 * Moves the staged rows of one import into their table, within the caller's transaction.
 *
 * The last record of a key counts. A row that is new is added; one that differs in a column that the file has is
 * changed, and kept as it was in `row_version`; one that does not differ keeps the import and line it came from first.
 */
export function publishEntities(db: Writable, importId: number, table: EntityTable): EntityCounts {
  const sql = entitySql(table)
  if (table === 'outcomes') nameOutcomes(db, importId)
  const present = columnsOf(db, importId, table)
  const superseded = statement(db, sql.dropSuperseded).run({ import: importId }).changes
  const changed = statement(db, sql.keepVersions).run({ import: importId, present }).changes
  const same = statement(db, sql.dropSame).run({ import: importId, present }).changes
  const upserted = statement(db, sql.publish).run({ import: importId, present }).changes
  statement(db, sql.discard).run(importId)
  return { superseded, added: upserted - changed, changed, same }
}

/** Takes back what has been staged. */
export function discardEntities(db: Writable, importId: number, table: EntityTable): void {
  statement(db, entitySql(table).discard).run(importId)
}

/** Mask of the columns that the file has: those its plan names, and those that any of its rows fills. */
function columnsOf(db: Writable, importId: number, table: EntityTable): number {
  const { columns, presentMask } = entitySql(table)
  const plan = statement<string>(db, PLAN, 'values').get(importId)
  const filled = statement<number>(db, presentMask, 'values').get(importId)
  invariant(plan !== undefined && filled !== undefined, 'the import is there')
  const planned = new Set((JSON.parse(plan) as FilePlan).columns.map(({ column }) => column)) // written by finishStaging
  return columns.reduce((mask, [name], i) => (planned.has(name) ? mask | columnBit(i) : mask), filled)
}
