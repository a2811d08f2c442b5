import type { Readable } from '../connection.ts'
import { partOf, type StoredSegment } from './segments.ts'
import { textAt } from './stored-texts.ts'
import { uuidText } from './uuid-column.ts'

/** Reads the ids of a segment by row, in whichever of the two forms they lie. */
export function idReader(db: Readable, segment: StoredSegment): (row: number) => string {
  const columns = partOf(db, segment, 'id')
  if (columns.names.includes('uuid')) {
    const uuids = columns.column('uuid', 'u8', 16 * segment.count)
    return row => uuidText(uuids, row)
  }
  const texts = columns.texts('id', segment.count)
  return row => textAt(texts, row)
}
