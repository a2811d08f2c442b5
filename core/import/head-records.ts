import type { HeldCode } from '#schema/import'
import type { JsonMember } from './json/json-cells.ts'
import { cellText, membersOf } from './json/json-cells.ts'
import { createRecordSource, type Layout } from './records/record-source.ts'

/** The headers of a file and its first records as texts, one per header; of JSON also the records themselves. */
export type HeadRecords = Readonly<{
  headers: readonly string[]
  records: readonly (readonly string[])[]
  objects: readonly Readonly<Record<string, unknown>>[]
  /** Why the first record of all cannot be read, where it cannot. */
  fault: HeldCode | null
}>

/** Headers of JSON records taken into the plan; a later one is read all the same. */
const MOST_JSON_HEADERS = 500

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
  let fault: HeldCode | null = null
  const source = createRecordSource(layout, {
    fields(cells) {
      if (rows.length <= most) rows.push([...cells])
    },
    object(value) {
      if (objects.length < most) objects.push(value)
    },
    broken({ code }) {
      if (rows.length + objects.length === 0) fault ??= code
    },
    blank() {},
    encoding() {},
  })
  source.push(head)
  // The end of a cut document is no fault of the file.
  if (isWhole || layout.format !== 'json') source.end()
  if (layout.format !== 'csv') return { ...tableOf(objects.map(membersOf)), objects, fault }
  // The next record is no header just because the first one cannot be read.
  const [headers = [], ...records] = fault === null ? rows : []
  return { headers, records, objects: [], fault }
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
