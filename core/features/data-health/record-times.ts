import { type Calendar, DAY_MS, formatDay, formatInstant, type Instant, instantOfMoment, type Moment } from '#lib/time'
import type { FileFacts, HealthRow, RowColumn, TableFreshness } from '#schema/data-health'
import type { Dataset } from '#schema/dataset'
import { ENTITY_TABLES, type EntityTable, type Row, TABLE_NAMES } from '#schema/tables'
import type { Found, HealthInput } from './health-input.ts'
import { keyOf } from './references.ts'

/** Columns with times that have passed when the row is written; ends, renewals and cancellations may lie ahead. */
const PAST_TIMES: Readonly<Record<EntityTable, readonly string[]>> = {
  users: ['created_at', 'last_active_at'],
  workspaces: ['created_at'],
  memberships: ['joined_at', 'last_active_at'],
  subscriptions: ['started_at', 'trial_start'],
  accounts: [],
  contacts: ['last_contacted_at', 'disqualified_at'],
  deals: ['created_at'],
  crm_users: [],
  outcomes: ['occurred_at'],
}

/** Days behind as-of from which a table is said to be behind. */
const EVENTS_BEHIND_DAYS = 2
const ROWS_BEHIND_DAYS = 30

const FUTURE: readonly RowColumn[] = [
  { id: 'table', label: 'Table', kind: 'text' },
  { id: 'record', label: 'Record', kind: 'id' },
  { id: 'column', label: 'Column', kind: 'text' },
  { id: 'value', label: 'Value', kind: 'moment' },
]
const BEHIND: readonly RowColumn[] = [
  { id: 'table', label: 'Table', kind: 'text' },
  { id: 'newest', label: 'Newest time', kind: 'instant' },
  { id: 'days', label: 'Days behind', kind: 'count' },
  { id: 'file', label: 'Newest file', kind: 'text' },
]

/**
 * Canonical moments against an instant without reading each: canonical texts of the years 0 to 9999 order as their times do.
 *
 * @returns whether a moment is later than the instant; a date is later where its day is
 */
function laterThan(limit: Instant, calendar: Calendar): (moment: Moment) => boolean {
  const instant = formatInstant(limit)
  const day = formatDay(calendar.dayOf(limit))
  return moment => {
    if (moment.startsWith('-')) return false
    return moment.startsWith('+') || moment > (moment.length === 10 ? day : instant)
  }
}

/**
 * Values of past times that lie after the newest plausible instant.
 *
 * @returns one finding, a row per value in the order of tables and keys
 *
 * Source: docs/methods/data-health.md, "Times".
 */
export function findFutureRows({ dataset, latest, calendar }: HealthInput): Found {
  const isLater = laterThan(latest, calendar)
  const rows: HealthRow[] = []
  let of = 0
  for (const table of ENTITY_TABLES) {
    for (const row of dataset[table] as readonly Row<EntityTable>[]) {
      for (const column of PAST_TIMES[table]) {
        const value = momentOf(row, column)
        if (value === null) continue
        of++
        if (!isLater(value)) continue
        const key = keyOf(table, row)
        rows.push({ values: [table, key.join(' / '), column, value], place: { kind: 'record', table, key } })
      }
    }
  }
  return { code: 'row_in_future', count: rows.length, of, rows: { columns: FUTURE, rows } }
}

/**
 * Newest time per table that is not after as-of, and how far behind it lies.
 *
 * @param newestEvent newest event at or before asOf; null where there is none
 * @returns one entry per table, in the order of tables; a table without such a column or value has no time
 *
 * Source: docs/methods/data-health.md, "Freshness".
 */
export function freshnessOf(
  { dataset, asOf, calendar, files }: Pick<HealthInput, 'dataset' | 'asOf' | 'calendar' | 'files'>,
  newestEvent: Instant | null,
): TableFreshness[] {
  const isLater = laterThan(asOf, calendar)
  return TABLE_NAMES.map(table => {
    const file = newestFile(files, table)
    const place = { file: file?.file ?? null, importedAt: file?.importedAt ?? null }
    if (table === 'events') {
      const column = newestEvent === null ? null : 'timestamp'
      return {
        table,
        rows: dataset.events.count,
        newestAt: newestEvent,
        column,
        ...behind(newestEvent, asOf),
        ...place,
      }
    }
    const newest = newestOf(dataset, table, isLater)
    const newestAt = newest === null ? null : Math.min(asOf, instantOfMoment(newest.value, calendar))
    const column = newest?.column ?? null
    return { table, rows: dataset[table].length, newestAt, column, ...behind(newestAt, asOf), ...place }
  })
}

function behind(newestAt: Instant | null, asOf: Instant): Pick<TableFreshness, 'daysBehind'> {
  return { daysBehind: newestAt === null ? null : Math.floor((asOf - newestAt) / DAY_MS) }
}

function newestOf(
  dataset: Omit<Dataset, 'events'>,
  table: EntityTable,
  isLater: (moment: Moment) => boolean,
): Readonly<{ value: Moment; column: string }> | null {
  let newest: { value: Moment; column: string } | null = null
  for (const row of dataset[table] as readonly Row<EntityTable>[]) {
    for (const column of PAST_TIMES[table]) {
      const value = momentOf(row, column)
      if (value === null || value.startsWith('-') || isLater(value)) continue
      if (newest === null || value > newest.value) newest = { value, column }
    }
  }
  return newest
}

function newestFile(files: readonly FileFacts[], table: string): FileFacts | undefined {
  return files.findLast(file => file.table === table)
}

/**
 * Tables whose newest time lies well before as-of: events by more than 2 days, others by more than 30.
 *
 * @returns one finding; a warning where the events are behind
 *
 * Source: docs/methods/data-health.md, "Freshness".
 */
export function findTablesBehind(freshness: readonly TableFreshness[]): Found {
  const late = freshness.filter(
    ({ table, daysBehind }) => (daysBehind ?? 0) > (table === 'events' ? EVENTS_BEHIND_DAYS : ROWS_BEHIND_DAYS),
  )
  const rows = late.map(
    ({ table, newestAt, daysBehind, file }): HealthRow => ({
      values: [table, newestAt, daysBehind, file],
      place: null,
    }),
  )
  return {
    code: 'table_behind',
    count: late.length,
    of: freshness.filter(({ newestAt }) => newestAt !== null).length,
    severity: late.some(({ table }) => table === 'events') ? 'warning' : 'note',
    rows: { columns: BEHIND, rows },
  }
}

function momentOf(row: Row<EntityTable>, column: string): Moment | null {
  const value = (row as Readonly<Record<string, unknown>>)[column] // a moment column of its table
  return typeof value === 'string' ? value : null
}
