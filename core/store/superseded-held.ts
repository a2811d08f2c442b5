import { isSameSource } from '#import'
import { finish, type Steps } from '#lib/steps'
import type { FilePlan, ImportMode } from '#schema/import'
import type { EntityTable, TableName } from '#schema/tables'
import { type Readable, statement, type Writable } from './connection.ts'
import { entitySql, keyJson } from './entity-sql.ts'
import { stagedEventIds } from './events/index.ts'
import { presentColumns } from './publish-entities.ts'

type File = Readonly<{ importId: number; batchId: string; table: TableName }>
type Staged = File & Readonly<{ mode: ImportMode; eventKeys: readonly string[] | undefined }>
/** Keys of held rows that staged files of events have, by import. */
export type StagedEventKeys = readonly (readonly [importId: number, keys: readonly string[]])[]
type Older = Readonly<{ id: number; plan: string }>

const EVENT_FILES = `
  SELECT id FROM import WHERE batch_id = ? AND status = 'staging' AND table_name = 'events' ORDER BY id`
const PLAN = 'SELECT plan FROM import WHERE id = ?'
const IS_FIX = 'SELECT 1 FROM held_fix WHERE import_id = ?'
const OLDER = `
  SELECT id, plan FROM import WHERE table_name = :table AND status = 'published' AND held > 0 AND batch_id <> :batch AND EXISTS
    (SELECT 1 FROM held_row WHERE import_id = import.id AND superseded_by IS NULL) ORDER BY id`
const WAITING = `import_id IN (SELECT value FROM json_each(:older)) AND superseded_by IS NULL`
const WAITING_KEYS = `SELECT DISTINCT row_key FROM held_row WHERE ${WAITING} AND row_key IS NOT NULL`
/** Of records whose key cannot be read, the bytes say whether they are there again. */
const HELD_AGAIN = `
  UPDATE held_row SET superseded_by = :id WHERE ${WAITING} AND iif(row_key IS NULL,
    raw <> '' AND raw IN (SELECT raw FROM held_row WHERE import_id = :id),
    row_key IN (SELECT row_key FROM held_row WHERE import_id = :id AND row_key IS NOT NULL))`
const LOADED = `UPDATE held_row SET superseded_by = :id WHERE ${WAITING} AND row_key IN (SELECT value FROM json_each(:keys))`
const BRING_BACK = 'UPDATE held_row SET superseded_by = NULL WHERE superseded_by = ?'

/**
 * Lets a staged import settle what older imports of the same source hold: records that it has again, loaded or held, by their natural key
 * or, where that cannot be read, by their bytes. `eventKeys`: those of `stagedEventKeys`; missing, they are looked up. To be called before its rows are moved into their table, within the caller's transaction.
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function supersedeHeld(db: Writable, staged: Staged): void {
  const { importId: id, table, mode, eventKeys } = staged
  const older = JSON.stringify(olderOf(db, staged))
  if (older === '[]') return
  statement(db, HELD_AGAIN).run({ id, older })
  const keys =
    table === 'events'
      ? (eventKeys ?? finish(waitingEvents(db, id, older)))
      : loadedKeys(db, { id, table, mode, older })
  if (keys.length > 0) statement(db, LOADED).run({ id, older, keys: JSON.stringify(keys) })
}

/**
 * Which events that older imports of the same source hold the staged files of a batch have. Their ids are read through, which takes long and
 * need not wait for the transaction that publishes them. Halts after each segment; nothing is read where no such row waits.
 */
export function* stagedEventKeys(db: Readable, batchId: string): Steps<StagedEventKeys> {
  const found: (readonly [number, readonly string[]])[] = []
  for (const importId of statement<number>(db, EVENT_FILES, 'values').all(batchId)) {
    const older = JSON.stringify(olderOf(db, { importId, batchId, table: 'events' }))
    found.push([importId, yield* waitingEvents(db, importId, older)])
  }
  return found
}

/** Lets held rows wait again that an import superseded, which is taken back. */
export function bringHeldBack(db: Writable, importId: number): void {
  statement(db, BRING_BACK).run(importId)
}

/** Published imports of the same source that hold rows which nothing has superseded. Rows of a fix are those of the file that held them. */
function olderOf(db: Readable, { importId, batchId, table }: File): readonly number[] {
  if (statement(db, IS_FIX).get(importId) !== undefined) return []
  const found = statement<Older>(db, OLDER).all({ table, batch: batchId })
  if (found.length === 0) return []
  const own = planOf(statement<string>(db, PLAN, 'values').get(importId) ?? '')
  return found.filter(({ plan }) => isSameSource(planOf(plan), own)).map(({ id }) => id)
}

function planOf(text: string): FilePlan {
  return JSON.parse(text) as FilePlan // written by beginImport and finishStaging
}

function* waitingEvents(db: Readable, importId: number, older: string): Steps<readonly string[]> {
  const ids = statement<string>(db, WAITING_KEYS, 'values')
    .all({ older })
    .flatMap(key => JSON.parse(key) as string[]) // of one part
  return (yield* stagedEventIds(db, importId, ids)).map(eventId => JSON.stringify([eventId]))
}

type Keys = Readonly<{ id: number; table: EntityTable; mode: ImportMode; older: string }>

/** Keys of rows that wait, as far as the import loads a record of them: `append` leaves rows alone that are there and differ. */
function loadedKeys(db: Writable, { id, table, mode, older }: Keys): readonly string[] {
  const { key, leavesAlone } = entitySql(table)
  const [isTaken, present] =
    mode === 'append' ? [`NOT ${leavesAlone}`, { present: presentColumns(db, id) }] : ['TRUE', {}]
  const loaded = `
    SELECT DISTINCT row_key FROM (SELECT ${keyJson('new', key)} AS row_key FROM ${table}_staged AS new
      WHERE import_id = :id AND ${isTaken}) WHERE row_key IN (${WAITING_KEYS})`
  return statement<string>(db, loaded, 'values').all({ id, older, ...present })
}
