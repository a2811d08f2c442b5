import type { JsonMember } from './json/json-cells.ts'
import { cellText, membersOf } from './json/json-cells.ts'
import { type BrokenRecord, createRecordSource, type Layout } from './records/record-source.ts'
import { withoutReportEnd } from './report-end.ts'

/** The headers of a file and its first records as texts, one per header; of JSON also the records themselves. */
export type HeadRecords = Readonly<{
  headers: readonly string[]
  records: readonly (readonly string[])[]
  objects: readonly Readonly<Record<string, unknown>>[]
  /** Why the first record of all cannot be read, where it cannot. */
  fault: HeadFault | null
}>

/** What is wrong with the first record of a file. */
export type HeadFault = Pick<BrokenRecord, 'code' | 'line' | 'detail'>

/** Headers of JSON records taken into the plan; a later one is read all the same. */
const MOST_JSON_HEADERS = 500

/** Bytes taken at a time of a head of which only the first records are wanted. */
const PIECE_BYTES = 1 << 16

/**
 * Reads the first records of a file without looking at what they mean.
 *
 * @param head the beginning of the file as in the file, cut at a line break where more follows
 * @param most records wanted
 * @returns no headers where there is no readable record, or the first one of a delimited file is not readable; then its fault
 */
export function readHead(layout: Layout, head: Uint8Array, isWhole: boolean, most: number): HeadRecords {
  const rows: (readonly string[])[] = []
  const objects: Readonly<Record<string, unknown>>[] = []
  let fault: HeadFault | null = null
  const source = createRecordSource(layout, {
    fields(cells) {
      if (rows.length <= most) rows.push([...cells])
    },
    object(value) {
      if (objects.length < most) objects.push(value)
    },
    broken({ code, line, detail }) {
      if (rows.length + objects.length === 0) fault ??= { code, line, detail }
    },
    blank() {},
    encoding() {},
  })
  // What is broken between the records of a document is told at once, however many are wanted.
  const step = layout.format === 'csv' ? PIECE_BYTES : head.length
  for (let at = 0; at < head.length && rows.length <= most; at += step) source.push(head.subarray(at, at + step))
  // The end of a cut document is no fault of the file.
  if (isWhole || layout.format !== 'json') source.end()
  if (layout.format !== 'csv') return { ...tableOf(objects.map(membersOf)), objects, fault }
  // The next record is no header just because the first one cannot be read.
  const [headers = [], ...records] = fault === null ? rows : []
  return { headers: named(headers, records), records: withoutReportEnd(records, headers.length), objects: [], fault }
}

/** The header without delimiters at its end behind which no record has a value, where records are shorter than it. */
function named(headers: readonly string[], records: readonly (readonly string[])[]): readonly string[] {
  const width = headers.findLastIndex(header => header.trim() !== '') + 1
  if (width === 0 || width === headers.length) return headers
  const isShort = records.some(cells => cells.length >= width && cells.length < headers.length)
  const isEmpty = records.every(cells => cells.slice(width).every(cell => cell.trim() === ''))
  return isShort && isEmpty ? headers.slice(0, width) : headers
}

function tableOf(objects: readonly (readonly JsonMember[])[]): Pick<HeadRecords, 'headers' | 'records'> {
  const headers = new Map<string, number>()
  for (const { header } of objects.flat()) {
    if (!headers.has(header) && headers.size < MOST_JSON_HEADERS) headers.set(header, headers.size)
  }
  const records = objects.map(members => {
    const cells: string[] = new Array(headers.size).fill('')
    for (const { header, value } of members) {
      const at = headers.get(header)
      if (at !== undefined) cells[at] = cellText(value)
    }
    return cells
  })
  return { headers: [...headers.keys()], records }
}
