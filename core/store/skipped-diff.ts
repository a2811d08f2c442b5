import type { Steps } from '#lib/steps'
import { TABLES } from '#schema/tables'
import { type Readable, type SqlValue, statement } from './connection.ts'
import { cellOf, customCells, type DiffCell, type DiffPage, type DiffRow } from './diff-row.ts'
import { type EventCells, type StagedEvents, stagedEvents } from './events/index.ts'
import type { ImportRecord } from './imports.ts'
import { type SkippedRecord, skippedPage } from './skipped-records.ts'

type Page = Readonly<{ after: number; limit: number }>
type Earlier = NonNullable<DiffRow['earlier']>

const FILE = 'SELECT file FROM import WHERE id = ?'
/** None of a file that is published with the one at hand. */
const PUBLISHED = `SELECT id AS importId, imported_at AS importedAt FROM import WHERE id = ? AND status = 'published'`
const COPIES = `
  SELECT ordinal, event_id AS eventId, line FROM event_copy WHERE import_id = ? AND ordinal >= ? ORDER BY ordinal LIMIT ?`

/** One page of the records of a staged file whose key comes again, each with the one that counts. `after`: 0, then `next`. */
export function* repeatedPage(db: Readable, record: ImportRecord, { after, limit }: Page): Steps<DiffPage> {
  const found = skippedPage(db, record.importId, after, limit + 1)
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const next = found.length > limit && last !== undefined ? last.skippedNo : null
  const isEvents = record.table === 'events'
  const rows = isEvents ? yield* repeatedEvents(db, record, shown) : shown.map(each => rowOf(record, each))
  return { rows, next }
}

function rowOf({ file, table }: ImportRecord, { line, key, countedLine, differs }: SkippedRecord): DiffRow {
  const types = new Map(Object.entries(TABLES[table].columns).map(([name, { type }]) => [name, type]))
  const cells = Object.entries(differs).flatMap(([column, [said, counts]]): readonly DiffCell[] => {
    const type = types.get(column)
    return type === undefined ? customCells(said, counts) : [cellOf(column, type, [said, counts])]
  })
  return { key, line, present: countedLine === null ? null : { file, line: countedLine }, cells }
}

function* repeatedEvents(
  db: Readable,
  record: ImportRecord,
  shown: readonly SkippedRecord[],
): Steps<readonly DiffRow[]> {
  const events = eventsFor(db, record)
  const found = yield* events.ofIds(shown.flatMap(({ key: [id = ''] }) => (id === '' ? [] : [id])))
  return shown.map(({ line, key }) => {
    const [first] = found.get(key[0] ?? '') ?? []
    const row: DiffRow = { key, line, present: first === undefined ? null : placeOf(db, first), cells: [] }
    const isOwn = first === undefined || first.importId === record.importId
    const earlier = isOwn ? undefined : statement<Earlier>(db, PUBLISHED).get(first.importId)
    return earlier === undefined ? row : { ...row, earlier }
  })
}

/** One page of the events of a staged file whose id was there with other content, each with the first one of that id. */
export function* copiesPage(db: Readable, record: ImportRecord, { after, limit }: Page): Steps<DiffPage> {
  type Copy = Readonly<{ ordinal: number; eventId: string; line: number }>
  const copies = statement<Copy>(db, COPIES).all(record.importId, after, limit + 1)
  const shown = copies.slice(0, limit)
  const events = eventsFor(db, record)
  const found = yield* events.ofIds(shown.map(({ eventId }) => eventId))
  const pairs = shown.map(({ eventId, line }) => {
    const all = found.get(eventId) ?? []
    const own = all.find(event => event.importId === record.importId && event.line === line)
    return { eventId, line, own, first: all.find(event => event !== own) }
  })
  const read = yield* events.cells(pairs.flatMap(({ own, first }) => [own, first].flatMap(one => one?.position ?? [])))
  const rows = pairs.map(({ eventId, line, own, first }): DiffRow => {
    const cells =
      own === undefined || first === undefined ? [] : differences(read.get(first.position), read.get(own.position))
    return { key: [eventId], line, present: first === undefined ? null : placeOf(db, first), cells }
  })
  return { rows, next: copies[limit]?.ordinal ?? null }
}

function eventsFor(db: Readable, { batchId, importId }: ImportRecord): StagedEvents {
  return stagedEvents(db, { batchId, importId })
}

/** What the first says, and the copy. */
function differences(first: EventCells = [], copy: EventCells = []): readonly DiffCell[] {
  const [before, after] = [new Map(first), new Map(copy)]
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return names.flatMap((column): DiffCell[] => {
    const [was, is] = [before.get(column) ?? null, after.get(column) ?? null]
    return was === is ? [] : [{ column, before: was, after: is }]
  })
}

function placeOf(db: Readable, { importId, line }: Readonly<{ importId: number; line: number }>): DiffRow['present'] {
  const file: SqlValue | undefined = statement<string>(db, FILE, 'values').get(importId)
  return typeof file === 'string' ? { file, line } : null
}
