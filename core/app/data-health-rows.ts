import type { Output } from '#contract/contract'
import { csvFile } from '#export'
import { eventRows, hasEventRows } from '#features'
import { formatInstant } from '#lib/time'
import type { CheckCode, HealthRow, RowColumn, RowValue } from '#schema/data-health'
import type { EntityTable } from '#schema/tables'
import { listImports, type Readable, recordPlaces } from '#store'
import type { CheckedData } from './data-health.ts'
import type { SeenEvent, SeenEvents } from './stitched-events.ts'

type Page = Output<'health.rows'>
type RowView = Page['rows'][number]
type Span = Readonly<{ offset: number; limit: number }>

const EVENT_COLUMNS: readonly RowColumn[] = [
  { id: 'time', label: 'Time', kind: 'instant' },
  { id: 'event', label: 'Event', kind: 'text' },
  { id: 'workspace', label: 'Workspace', kind: 'id' },
  { id: 'user', label: 'User', kind: 'id' },
]

/** What else tells of the events of a check, before the column of the check itself. */
const MORE_COLUMNS: Partial<Record<CheckCode, readonly (readonly [RowColumn, (event: SeenEvent) => string])[]>> = {
  event_without_user: [
    [{ id: 'anonymous_id', label: 'Anonymous id', kind: 'id' }, ({ anonymous }) => anonymous],
    [{ id: 'device_id', label: 'Device', kind: 'id' }, ({ device }) => device],
  ],
}

/** Positions behind the check that was looked at last: finding them takes a walk over the events. */
const LAST = new WeakMap<CheckedData, Readonly<{ code: CheckCode; rows: ReturnType<typeof eventRows> }>>()

/** One page of the rows behind a check, each with the file and line it was read from. */
export function rowsPage(db: Readable, checked: CheckedData, code: CheckCode, span: Span): Page {
  if (hasEventRows(code)) return eventPage(db, checked, code, span)
  const { columns = [], rows = [] } = checked.rows.get(code) ?? {}
  const page = rows.slice(span.offset, span.offset + span.limit)
  return { columns: [...columns], rows: [...placed(db, checked.events, page)], total: rows.length }
}

function eventPage(
  db: Readable,
  checked: CheckedData,
  code: Parameters<typeof eventRows>[0],
  { offset, limit }: Span,
): Page {
  const last = LAST.get(checked)
  const found = last?.code === code ? last.rows : eventRows(code, checked.ground, checked.walk, checked.tally)
  LAST.set(checked, { code, rows: found })
  const { positions, extra } = found
  const fileOf = fileNames(db)
  const more = MORE_COLUMNS[code] ?? []
  const rows = checked.events.rows([...positions.subarray(offset, offset + limit)]).map((event, i): RowView => {
    const own = [event.timestamp, event.name, orNull(event.workspace), orNull(event.user)]
    const values = [...own, ...more.map(([, read]) => orNull(read(event)))]
    return {
      ...eventView(event, fileOf),
      values: extra === null ? values : [...values, extra.values[offset + i] ?? null],
    }
  })
  return {
    columns: [...EVENT_COLUMNS, ...more.map(([column]) => column), ...(extra === null ? [] : [extra.column])],
    rows,
    total: positions.length,
  }
}

function eventView(event: SeenEvent, fileOf: ReadonlyMap<number, string>): Omit<RowView, 'values'> {
  return {
    record: null,
    event: detailsOf(event),
    file: fileOf.get(event.importId) ?? null,
    line: event.line,
  }
}

/** All that an event holds, by the names of its columns. */
function detailsOf(event: SeenEvent): NonNullable<RowView['event']> {
  const values: readonly (readonly [string, string])[] = [
    ['event_id', event.eventId],
    ['event_name', event.name],
    ['timestamp', formatInstant(event.timestamp)],
    ['workspace_id', event.workspace],
    ['user_id', event.stitched === null ? event.user : ''],
    ['user by the next login', event.stitched === null ? '' : event.user],
    ['anonymous_id', event.anonymous],
    ['device_id', event.device],
    ['session_id', event.session],
    ['source', event.source],
    ['ip', event.ip],
    ['is_key_event', event.isKeyEvent === null ? '' : String(event.isKeyEvent)],
    ['event_weight', event.weight === null ? '' : String(event.weight)],
    ['event_properties', event.properties],
    ['other columns', event.custom],
  ]
  return values.filter(([, value]) => value !== '').map(([name, value]) => ({ name, value }))
}

/** Rows with the place of each: records are looked up table by table, events by position. */
function placed(db: Readable, events: SeenEvents, rows: readonly HealthRow[]): readonly RowView[] {
  const places = recordPlacesOf(db, rows)
  const fileOf = fileNames(db)
  return rows.map(row => {
    const { values, place } = row
    const view: RowView = { values: [...values], record: null, event: null, file: null, line: null }
    if (place?.kind === 'record') {
      const { table, key } = place
      const { file = null, line = null } = places.get(row) ?? {}
      return { ...view, record: { table, key: [...key] }, file, line }
    }
    if (place?.kind === 'line') return { ...view, file: fileOf.get(place.importId) ?? null, line: place.line }
    const [event] = place?.kind === 'event' ? events.rows([place.position]) : []
    return event === undefined ? view : { ...view, ...eventView(event, fileOf) }
  })
}

function recordPlacesOf(
  db: Readable,
  rows: readonly HealthRow[],
): ReadonlyMap<HealthRow, Readonly<{ file: string; line: number }>> {
  const byTable = new Map<EntityTable, { row: HealthRow; key: readonly string[] }[]>()
  for (const row of rows) {
    if (row.place?.kind !== 'record') continue
    const { table, key } = row.place
    byTable.set(table, [...(byTable.get(table) ?? []), { row, key }])
  }
  const places = new Map<HealthRow, Readonly<{ file: string; line: number }>>()
  for (const [table, entries] of byTable) {
    const keys = entries.map(({ key }) => key)
    for (const [i, place] of recordPlaces(db, table, keys).entries()) {
      const entry = entries[i]
      if (place !== null && entry !== undefined) places.set(entry.row, place)
    }
  }
  return places
}

function fileNames(db: Readable): ReadonlyMap<number, string> {
  return new Map(listImports(db).map(({ importId, file }) => [importId, file]))
}

const orNull = (text: string): string | null => (text === '' ? null : text)

/** The same page as CSV text; what a spreadsheet would run is made harmless, as in the files of an export. */
export function rowsCsv(
  db: Readable,
  checked: CheckedData,
  code: CheckCode,
  span: Span,
): Readonly<{ text: string; rows: number; total: number }> {
  const { columns, rows, total } = rowsPage(db, checked, code, span)
  const file = csvFile<RowView>({
    name: `${code}.csv`,
    keyOf: ({ values }) => String(values[0] ?? ''),
    rows,
    columns: [
      ...columns.map(({ id, kind }, i) => ({
        name: id,
        kind: kind === 'text' ? ('text' as const) : kind === 'id' ? ('id' as const) : ('plain' as const),
        read: ({ values }: RowView) => cellText(values[i] ?? null, kind),
      })),
      { name: 'file', kind: 'text', read: ({ file: name }) => name ?? '' },
      { name: 'line', kind: 'plain', read: ({ line }) => (line === null ? '' : String(line)) },
    ],
  })
  const text = [...file.chunks()].join('')
  return { text: span.offset === 0 ? text : withoutHeader(text), rows: rows.length, total }
}

/** The header is one record without quotes: ids of columns are words. */
function withoutHeader(text: string): string {
  return text.slice(text.indexOf('\r\n') + 2)
}

function cellText(value: RowValue, kind: RowColumn['kind']): string {
  if (value === null) return ''
  return kind === 'instant' && typeof value === 'number' ? formatInstant(value) : String(value)
}
