import { cutEscaped } from '#import'
import type { FilePlan, HeldCode } from '#schema/import'
import { type EntityTable, TABLES } from '#schema/tables'
import { type Readable, statement } from './connection.ts'
import { entitySql } from './entity-sql.ts'

/** The files of a batch that feed one table. */
export type TableOfBatch = Readonly<{ batchId: string; table: EntityTable }>

/**
 * First parts of keys that held rows of a batch may be about: rows of these keys are not missing, they only could not be read.
 * Null: it cannot be told which, so none may be taken for missing; as where a file of the batch was imported before and is not read.
 */
export type SparedKeys = readonly string[] | null

type HeldText = Readonly<{ id: number; raw: string; code: HeldCode }>

const FILES = `
  SELECT id, plan FROM import WHERE batch_id = :batch AND table_name = :table AND status = 'staging' AND held > 0`
const IS_KNOWN = `SELECT 1 FROM batch_file WHERE batch_id = :batch AND table_name = :table AND state = 'known' LIMIT 1`
/** A text of JSON, or what stands bare. */
const JSON_SCALAR = /"((?:[^"\\]|\\.)*)"|[^\s",:[\]{}]+/g
const CSV_QUOTED = /"((?:[^"]|"")*)"/g
/** Stands in a text for bytes that are none. */
const UNREADABLE = '\uFFFD'
const HELD =
  'SELECT held_id AS id, raw, code FROM held_row WHERE import_id = ? AND held_id > ? ORDER BY held_id LIMIT 1000'

/**
 * Looks for keys of the table among the fields of the held rows of a batch.
 *
 * Where the key of a file is not simply its columns as written (mapped, composed of others), or the text of a held row cannot
 * be read, nothing can be told.
 */
export function sparedKeys(db: Readable, of: TableOfBatch): SparedKeys {
  const { batchId: batch, table } = of
  const isUnread = statement<number>(db, IS_KNOWN, 'values').get({ batch, table }) !== undefined
  return isUnread ? null : keysOfHeld(db, of)
}

function keysOfHeld(db: Readable, { batchId, table }: TableOfBatch): SparedKeys {
  const files = statement<{ id: number; plan: string }>(db, FILES).all({ batch: batchId, table })
  const isKey = statement<number>(db, entitySql(table).isFirstKey, 'values')
  const found = new Set<string>()
  for (const { id, plan } of files) {
    const parsed = JSON.parse(plan) as FilePlan // written by finishStaging
    if (!hasPlainKey(parsed)) return null
    for (const page of heldPages(db, id)) {
      if (page.some(isUnreadable)) return null
      const fields = new Set(page.flatMap(({ raw }) => [...fieldsOf(raw, parsed)]))
      for (const field of fields) if (isKey.get(field) !== undefined) found.add(field)
    }
  }
  return [...found]
}

/** Is something of the record missing in its text? */
function isUnreadable({ raw, code }: HeldText): boolean {
  return raw.trim() === '' || raw.includes(UNREADABLE) || code === 'row/too-long'
}

function hasPlainKey({ table, columns }: FilePlan): boolean {
  if (table === null || table === 'events') return false
  return TABLES[table].key.every(name =>
    columns.some(({ column, settings }) => column === name && settings === undefined),
  )
}

/** Held rows page by page: they may be many. */
function* heldPages(db: Readable, importId: number): Generator<readonly HeldText[]> {
  const page = statement<HeldText>(db, HELD)
  for (let after = 0; ; ) {
    const rows = page.all(importId, after)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = last.id
  }
}

/** Everything in the text of a record that could be the value of one of its fields. */
function fieldsOf(raw: string, plan: FilePlan): Iterable<string> {
  const { format, delimiter } = plan
  if (format !== 'csv') return Array.from(raw.matchAll(JSON_SCALAR), ([whole, text]) => unescaped(text ?? whole))
  const cut = raw.split(delimiter === null ? /[\r\n]/ : new RegExp(`[\\r\\n]|${escaped(delimiter)}`))
  // A record that cannot be read need not have its quotes where they belong: fields are looked for with and without them.
  const quoted = Array.from(raw.matchAll(CSV_QUOTED), ([, text = '']) => text.replaceAll('""', '"').trim())
  const isEscaped = plan.escape === 'backslash'
  const meant = isEscaped ? cutEscaped(raw, { delimiter: delimiter ?? ',', skipsBlanks: plan.skipsBlanks }).cells : []
  return [
    ...quoted,
    ...meant.map(field => field.trim()),
    ...cut.map(field => field.trim().replace(/^"|"$/g, '').trim()),
    ...(plan.quoting === undefined ? [] : cut.map(field => field.replace(OTHER_QUOTES, ''))),
  ]
}

const OTHER_QUOTES = /^[\s"'“„«‘‚]+|[\s"'”“»’‘]+$/gu

function escaped(delimiter: string): string {
  return delimiter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}
