import { sum } from '#lib/num'
import { compareCodePoints } from '#lib/text'
import type { ChangedRow, ColumnFill, FileFacts, HealthRow, RowColumn } from '#schema/data-health'
import { KNOWN_WORDS } from '#schema/known-words'
import { type EntityTable, type Row, TABLE_NAMES, type TableName } from '#schema/tables'
import type { Found, HealthInput } from './health-input.ts'

/** Tables without which nothing can be scored. */
const NEEDED: ReadonlySet<TableName> = new Set(['users', 'workspaces', 'events'])
/** What nobody misses in an export of the product: results of sales come later. */
const OPTIONAL: ReadonlySet<TableName> = new Set(['outcomes'])

/** Columns that the default judgement rests on. */
const NEEDED_COLUMNS: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  users: ['primary_email', 'job_title', 'created_at'],
  workspaces: ['created_at', 'plan_tier', 'account_id'],
  memberships: ['role', 'joined_at'],
  subscriptions: ['status', 'mrr', 'seats_purchased', 'renewal_date'],
  events: ['workspace_id', 'user_id', 'event_id'],
  accounts: ['primary_domain', 'icp_fit_score', 'current_owner'],
  contacts: ['email', 'account_id'],
}
/** Share of filled cells below which a needed column is mostly empty. */
const SPARSE = 0.5

const column = (id: string, label: string, kind: RowColumn['kind']): RowColumn => ({ id, label, kind })
const OF_FILE = [column('file', 'File', 'text'), column('table', 'Table', 'text')] as const

/**
 * What files and tables as a whole tell: tables that are missing, held rows, secrets, repeated keys, rows that a later file
 * changed, needed columns that are mostly empty, and words that nothing acts on.
 *
 * @returns one finding each
 *
 * Source: docs/methods/data-health.md, "Files".
 */
export function checkFiles(input: HealthInput): Found[] {
  const { files, changedRows, fill } = input
  return [
    missingTables(input),
    heldRows(files),
    secretColumns(files),
    repeatedKeys(files),
    changed(changedRows, files),
    sparseColumns(fill),
    unreadWords(input.dataset),
  ]
}

function missingTables({ dataset }: HealthInput): Found {
  const missing = TABLE_NAMES.filter(
    table => !OPTIONAL.has(table) && (table === 'events' ? dataset.events.count : dataset[table].length) === 0,
  )
  return {
    code: 'missing_table',
    count: missing.length,
    of: TABLE_NAMES.length - OPTIONAL.size,
    severity: missing.some(table => NEEDED.has(table)) ? 'critical' : 'note',
    rows: {
      columns: [column('table', 'Table', 'text'), column('needed', 'Needed', 'text')],
      rows: missing.map(table => ({ values: [table, NEEDED.has(table) ? 'to score' : 'no'], place: null })),
    },
  }
}

function heldRows(files: readonly FileFacts[]): Found {
  const holding = files.filter(({ held }) => held > 0)
  return {
    code: 'held_row',
    count: sum(files.map(({ held }) => held)),
    of: sum(files.map(({ read }) => read)),
    rows: {
      columns: [...OF_FILE, column('held', 'Held', 'count'), column('read', 'Read', 'count')],
      rows: holding.map(({ file, table, held, read }) => ({ values: [file, table, held, read], place: null })),
    },
  }
}

function secretColumns(files: readonly FileFacts[]): Found {
  const rows = files.flatMap(({ file, table, secretHeaders }) =>
    secretHeaders.map((header): HealthRow => ({ values: [file, table, header], place: null })),
  )
  return {
    code: 'secret_column',
    count: rows.length,
    of: 0,
    rows: { columns: [...OF_FILE, column('header', 'Column', 'text')], rows },
  }
}

function repeatedKeys(files: readonly FileFacts[]): Found {
  const repeating = files.filter(({ repeated }) => repeated > 0)
  return {
    code: 'repeated_key',
    count: sum(files.map(({ repeated }) => repeated)),
    of: sum(files.map(({ read }) => read)),
    rows: {
      columns: [...OF_FILE, column('repeated', 'Rows', 'count'), column('read', 'Read', 'count')],
      rows: repeating.map(({ file, table, repeated, read }) => ({
        values: [file, table, repeated, read],
        place: null,
      })),
    },
  }
}

function changed(changedRows: readonly ChangedRow[], files: readonly FileFacts[]): Found {
  const nameOf = new Map(files.map(({ importId, file }) => [importId, file]))
  const rows = changedRows.map(
    ({ table, key, columns, importId, line }): HealthRow => ({
      values: [table, key.join(' / '), columns.join(', '), nameOf.get(importId) ?? null, line],
      place: { kind: 'record', table, key },
    }),
  )
  return {
    code: 'changed_row',
    count: rows.length,
    of: 0,
    rows: {
      columns: [
        column('table', 'Table', 'text'),
        column('record', 'Record', 'id'),
        column('columns', 'Changed', 'text'),
        column('before', 'Before in', 'text'),
        column('line_before', 'Line before', 'count'),
      ],
      rows,
    },
  }
}

function sparseColumns(fill: readonly ColumnFill[]): Found {
  const needed = fill.filter(({ table, column: name, of }) => of > 0 && NEEDED_COLUMNS[table]?.includes(name) === true)
  const sparse = needed.filter(({ filled, of }) => filled / of < SPARSE)
  return {
    code: 'sparse_column',
    count: sparse.length,
    of: needed.length,
    rows: {
      columns: [
        column('table', 'Table', 'text'),
        column('column', 'Column', 'text'),
        column('filled', 'Filled', 'count'),
        column('share', 'Share', 'share'),
        column('delivered', 'In a file', 'text'),
      ],
      rows: sparse.map(({ table, column: name, filled, of, isDelivered }) => ({
        values: [table, name, filled, filled / of, isDelivered ? 'yes' : 'no'],
        place: null,
      })),
    },
  }
}

/** Words of status, payment, type and team that nothing acts on, the most frequent of each column first. */
function unreadWords(dataset: HealthInput['dataset']): Found {
  let of = 0
  const rows = KNOWN_WORDS.flatMap(({ table, column: name, meaningOf }) => {
    const counts = new Map<string, number>()
    for (const row of dataset[table] as readonly Row<EntityTable>[]) {
      const text = (row as Readonly<Record<string, unknown>>)[name] // a column of the table
      if (typeof text === 'string') counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    of += sum([...counts.values()])
    const unread = [...counts].filter(([text]) => meaningOf(text) === null)
    const sorted = unread.sort(([a, x], [b, y]) => y - x || compareCodePoints(a, b))
    return sorted.map(([text, count]): HealthRow => ({ values: [table, name, text, count], place: null }))
  })
  return {
    code: 'unread_word',
    count: sum(rows.map(({ values }) => Number(values[3]))),
    of,
    rows: {
      columns: [
        column('table', 'Table', 'text'),
        column('column', 'Column', 'text'),
        column('value', 'Value', 'text'),
        column('rows', 'Rows', 'count'),
      ],
      rows,
    },
  }
}
