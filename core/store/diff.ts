import { invariant } from '#lib/errors'
import { finish, type Steps } from '#lib/steps'
import type { EntityTable } from '#schema/tables'
import { type Readable, type SqlValue, statement, transaction, type Writable } from './connection.ts'
import { cellOf, customCells, type DiffCell, type DiffPage, type DiffRow, type TableDiffKind } from './diff-row.ts'
import { diffSql } from './diff-sql.ts'
import { entitySql, hasBit, onlyFills } from './entity-sql.ts'
import { type ImportRecord, stagedImports } from './imports.ts'
import { missingBinding, presentColumns, publishEntities } from './publish-entities.ts'
import { sparedKeys } from './spared-keys.ts'

/** What publishing one staged file would do to its table, in rows. */
export type DiffCounts = Readonly<{
  added: number
  changed: number
  same: number
  /** Columns in which changed rows lose what they have, with how many do; in the order of the columns. */
  emptied: readonly Readonly<{ column: string; rows: number }>[]
  /** Rows of the table that no file of the batch has. */
  missing: number
  /** The same, but held rows may be about them. */
  spared: number
}>

type EntityImport = ImportRecord & Readonly<{ table: EntityTable }>

/** Counts of a staged file of an entity table, as a publish now would find them. */
export function diffCounts(db: Writable, record: EntityImport): DiffCounts {
  return finish(diffCountSteps(db, record))
}

/** The same with a halt before each walk over a table. */
export function* diffCountSteps(db: Writable, record: EntityImport): Steps<DiffCounts> {
  const { importId, table, batchId } = record
  const sql = diffSql(table)
  const of = { batchId, table }
  const spared = sparedKeys(db, of)
  yield
  const all = count(db, sql.missing, missingBinding(of, []))
  yield
  const hasSpared = spared === null || spared.length > 0
  const missing = spared === null ? 0 : hasSpared ? count(db, sql.missing, missingBinding(of, spared)) : all
  const staged = count(db, sql.staged, { import: importId })
  yield
  const present = presentColumns(db, importId)
  const { added, changed, emptied } = asPublished(db, record, () => ({
    added: count(db, sql.added, { import: importId }),
    ...changedCounts(db, record, present),
  }))
  return { added, changed, same: staged - added - changed, emptied, missing, spared: all - missing }
}

function changedCounts(
  db: Readable,
  { table, importId }: EntityImport,
  present: number,
): Pick<DiffCounts, 'changed' | 'emptied'> {
  const found = statement<readonly number[]>(db, diffSql(table).changed, 'arrays').get({ import: importId, present })
  const [changed = 0, ...counts] = found ?? []
  const columns = entitySql(table).columns.map(([column], i) => ({ column, rows: counts[i] ?? 0 }))
  return { changed, emptied: columns.filter(({ rows }) => rows > 0) }
}

/** One page of the rows of a kind. `after`: 0, then `next`. */
export function diffPage(
  db: Writable,
  record: EntityImport,
  { kind, after, limit }: Readonly<{ kind: TableDiffKind; after: number; limit: number }>,
): DiffPage {
  const { table, importId, batchId } = record
  const page = { after, limit: limit + 1 }
  const sql = diffSql(table)
  if (kind === 'missing') {
    // Against the table as it is: rows leave it before anything of the batch is laid over it.
    const of = { batchId, table }
    const spared = sparedKeys(db, of)
    const rows = spared === null ? [] : read(db, sql.missingPage, { ...page, ...missingBinding(of, spared) })
    return pageOf(table, rows, limit)
  }
  return asPublished(db, record, () => {
    if (kind === 'new') return pageOf(table, read(db, sql.newPage, { ...page, import: importId }), limit)
    const present = presentColumns(db, importId)
    const rows = read(db, sql.changedPage, { ...page, import: importId, present })
    return pageOf(table, rows, limit, present)
  })
}

type Binding = Readonly<Record<string, SqlValue>>
type Stored = readonly SqlValue[]

function count(db: Readable, sql: string, binding: Binding): number {
  return statement<number>(db, sql, 'values').get(binding) ?? 0
}

function read(db: Readable, sql: string, binding: Binding): readonly Stored[] {
  return statement<Stored>(db, sql, 'arrays').all(binding)
}

class TakenBack<T> extends Error {
  readonly result: T

  constructor(result: T) {
    super('what was tried is taken back')
    this.result = result
  }
}

/**
 * Looks at the tables as they will be when it is this file's turn: where files of the batch before it feed the same table, they
 * are published, looked past and taken back again.
 */
function asPublished<T>(db: Writable, record: EntityImport, look: () => T): T {
  const before = stagedImports(db, record.batchId).filter(
    ({ table, importId }) => table === record.table && importId < record.importId,
  )
  if (before.length === 0) return look()
  try {
    return transaction(db, () => {
      for (const { importId } of before) publishEntities(db, importId, { table: record.table, mode: 'upsert' })
      throw new TakenBack(look())
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.result as T // thrown above, with what look gave
    throw error
  }
}

function pageOf(table: EntityTable, stored: readonly Stored[], limit: number, present = ALL_COLUMNS): DiffPage {
  const shown = stored.slice(0, limit)
  const last = shown.at(-1)
  const next = stored.length > limit && last !== undefined ? Number(last[0]) : null
  return { rows: shown.map(row => rowOf(table, row, present)), next }
}

const ALL_COLUMNS = 2 ** 27 - 1

/** Columns of a page: place, line, file and line of the present row, then all values before, all values after. */
function rowOf(table: EntityTable, stored: Stored, present: number): DiffRow {
  const { columns, key } = entitySql(table)
  const [, line, file, presentLine] = stored
  const before = stored.slice(4, 4 + columns.length + 1)
  const after = stored.slice(4 + columns.length + 1)
  const isPresent = typeof file === 'string' && typeof presentLine === 'number'
  const keySource = isPresent ? before : after
  const keyValues = key.map(name => keySource[columns.findIndex(([column]) => column === name)])
  invariant(
    keyValues.every(value => typeof value === 'string'),
    'a row has its key',
  )
  const cells = columns.flatMap(([column, type], i): DiffCell[] => {
    const [old, now] = [before[i] ?? null, after[i] ?? null]
    if (old === now || (now === null && !hasBit(present, i)) || (old !== null && onlyFills(present, i))) return []
    return [cellOf(column, type, [old, now])]
  })
  return {
    key: keyValues,
    line: typeof line === 'number' ? line : null,
    present: isPresent ? { file, line: presentLine } : null,
    cells: [...cells, ...customCells(before[columns.length] ?? null, after[columns.length] ?? null)],
  }
}
