import { statement, transaction, type Writable } from '../connection.ts'
import type { EventKeys } from './event-keys.ts'

const HEIR = `
  SELECT min(import_id) FROM event_segment
  WHERE import_id <> :id AND id > (SELECT min(id) FROM event_segment WHERE import_id = :id)`
const HAND_ON = 'UPDATE event_dictionary SET import_id = ? WHERE import_id = ?'
const DELETE_PAGES = 'DELETE FROM event_dictionary WHERE import_id = ?'
const DELETE_COPIES = 'DELETE FROM event_copy WHERE import_id = ?'
/** Parts go with their segments. */
export const DELETE_SEGMENTS = 'DELETE FROM event_segment WHERE import_id = ?'

/**
 * Deletes all events of an import, staged or published, and the texts that it brought. Where a later import has used
 * these texts, they stay and become that import's.
 *
 * @param keys forgotten, as ids and texts have gone
 */
export function deleteEvents(db: Writable, importId: number, keys?: EventKeys): void {
  transaction(db, () => {
    const heir = statement<number | null>(db, HEIR, 'values').get({ id: importId }) ?? null
    if (heir === null) statement(db, DELETE_PAGES).run(importId)
    else statement(db, HAND_ON).run(heir, importId)
    statement(db, DELETE_COPIES).run(importId)
    statement(db, DELETE_SEGMENTS).run(importId)
  })
  keys?.forget()
}
