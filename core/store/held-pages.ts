import { type Readable, statement } from './connection.ts'

/** Rows of one import between two of their numbers, as a query takes them. */
export type PageBounds = Readonly<{ import: number; after: number; last: number }>

/** Rows that are looked at for one page, whatever their state. */
const PAGE = 500

const LAST = `
  SELECT max(held_id) FROM
    (SELECT held_id FROM held_row WHERE import_id = :import AND held_id > :after ORDER BY held_id LIMIT ${PAGE})`

/** The rows of a page, in a query of held rows as they are now. */
export const OF_PAGE = 'now.import_id = :import AND held_id > :after AND held_id <= :last'

/** Held rows of one import page by page, in the order they were read. @param take reads a page */
export function* heldPages<T>(db: Readable, importId: number, take: (bounds: PageBounds) => T): Generator<T> {
  for (let after = 0; ; ) {
    const last = statement<number | null>(db, LAST, 'values').get({ import: importId, after })
    if (last == null) return
    yield take({ import: importId, after, last })
    after = last
  }
}
