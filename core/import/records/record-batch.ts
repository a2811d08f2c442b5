import type { HeldCode } from '#schema/import'

/** What the splitter found wrong with a record; `none` where nothing is. */
export type RecordFault = Extract<HeldCode, 'row/stray-quote' | 'row/unterminated-quote' | 'row/too-long'> | 'none'

/**
 * A run of whole records, in file order. Record i is bytes[starts[i] .. ends[i]), its line break cut off, and begins on
 * physical line lines[i]. Valid only while it is handed on: the bytes are written over afterwards.
 */
export type RecordBatch = Readonly<{
  count: number
  bytes: Uint8Array
  starts: readonly number[]
  ends: readonly number[]
  lines: readonly number[]
  faults: readonly RecordFault[]
  /** Is every record sound? */
  isClean: boolean
  /** End of the last record with its line break. */
  end: number
  /** The line break after every record, null where they differ or the last has none. */
  newline: '\n' | '\r\n' | '\r' | null
}>

/** The line breaks seen in a batch, as bits. */
export const BREAK = { lf: 1, crlf: 2, cr: 4, none: 8 } as const

/** @param breaks sum of `BREAK` bits */
export function newlineOf(breaks: number): RecordBatch['newline'] {
  if (breaks === BREAK.lf) return '\n'
  if (breaks === BREAK.crlf) return '\r\n'
  return breaks === BREAK.cr ? '\r' : null
}
