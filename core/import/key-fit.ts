import { compareCodePoints } from '#lib/text'
import type { ColumnPlan, FilePlan, ImportOptions, ImportSink, KeyDoubt } from '#schema/import'
import { REFERENCES, type Reference } from '#schema/references'
import { type EntityTable, TABLES, type TableName, type Value } from '#schema/tables'
import { createEventSource } from './event-source.ts'
import { pathOf } from './mapping-plan.ts'
import { createRecordSource, MAX_RECORD_BYTES } from './records/record-source.ts'
import { RowReader } from './row-reader.ts'

/** Different ids that a file, or a table of the project, names of one table. */
export type ReferredIds = Readonly<{
  /** The file, or what else names them, in words. */
  file: string
  column: string
  to: EntityTable
  ids: ReadonlySet<string>
  /** Are these all that it names? */
  isAll: boolean
}>

/** Ids looked at per referring column. */
export const MOST_REFERRED = 10_000
/** Fewer ids are found in any column of small numbers. */
export const LEAST_REFERRED = 3

/** The tables whose records a table names. */
export function referencesOf(table: TableName): readonly Reference[] {
  const all: Partial<Record<TableName, readonly Reference[]>> = REFERENCES
  return all[table] ?? []
}

/** Could another column of the file be meant as the key of its table? */
export function hasKeyRivals({ table, columns, dropsOthers }: FilePlan): boolean {
  const isNamed = Object.values(REFERENCES).some(list => list.some(({ to }) => to === table))
  const [key] = table === null ? [] : TABLES[table].key
  const others = columns.filter(({ column, match }) => column !== key && match !== 'secret' && match !== 'dropped')
  return isNamed && dropsOthers !== true && others.length > 0
}

/** Collects from a file, or its beginning, which records of other tables it names. */
export type ReferenceReader = Readonly<{
  push(chunk: Uint8Array): void
  /** Records so far, whatever became of them. */
  records(): number
  /** Are there as many ids as are looked at? */
  isFull(): boolean
  /** @param isWhole was the whole file pushed? */
  end(isWhole: boolean): readonly ReferredIds[]
}>

/**
 * A reader of the ids by which a file names records of other tables; the first 10,000 different ones of each column.
 *
 * @param plan a plan with a table
 * @param pace `steady`: records are read as they come; the fast reader of events takes a MiB at a time
 *
 * Source: docs/methods/import.md, "Which column is the key".
 */
export function createReferenceReader(
  plan: FilePlan,
  options: ImportOptions,
  pace: 'fast' | 'steady' = 'fast',
): ReferenceReader {
  const { table, file } = plan
  const places = table === null ? [] : Object.keys(TABLES[table].columns)
  const found = referencesOf(table ?? 'accounts').map(({ column, to }) => ({
    column,
    to,
    at: places.indexOf(column),
    ids: new Set<string>(),
    /** Texts of the dictionary that were taken: it keeps all while a file is read. */
    taken: 0,
  }))
  const add = (ids: Set<string>, value: Value | undefined): void => {
    if (typeof value === 'string' && value !== '' && ids.size < MOST_REFERRED) ids.add(value)
  }
  const rows = looseReader(
    plan,
    options,
    {
      entities: run => {
        for (const { values } of run) for (const { ids, at } of found) add(ids, values[at])
      },
      events: ({ dictionaries: { user, workspace } }) => {
        for (const each of found) {
          const texts = each.column === 'user_id' ? user : workspace
          while (each.taken < texts.size && each.ids.size < MOST_REFERRED) add(each.ids, texts.text(++each.taken))
        }
      },
      held() {},
    },
    pace,
  )
  return {
    push: rows.push,
    records: rows.records,
    isFull: () => found.every(({ ids }) => ids.size >= MOST_REFERRED),
    end(isWhole) {
      rows.end(isWhole)
      const filled = found.filter(({ ids }) => ids.size > 0)
      return filled.map(({ column, to, ids }) => ({
        file,
        column,
        to,
        ids,
        isAll: isWhole && ids.size < MOST_REFERRED,
      }))
    },
  }
}

/** Looks in all columns of a file for the ids by which others name its records. */
export type KeyReader = Readonly<{
  push(chunk: Uint8Array): void
  /** Are at least half of the ids of each referring column in the key as it is read? Then nothing is asked. */
  isSettled(): boolean
  /** After the whole file. */
  end(): KeyDoubt | null
}>

/**
 * A reader that compares the key of a file with its other columns.
 *
 *   asked where another column has at least half of the ids that a file refers to, and the key less than half of them and
 *   at most half as many as that column; or where the key has none of them, and different ones stand in at least half of the
 *   filled cells of that column, which are at least half as many as those of the key
 *
 * @param plan a plan with a table that others refer to
 * @param referred what other files, and the project, name; of other tables nothing is looked at
 * @returns `end`: null where nothing speaks against the key; nothing is decided by it
 *
 * Source: docs/methods/import.md, "Which column is the key".
 */
export function createKeyReader(plan: FilePlan, options: ImportOptions, referred: readonly ReferredIds[]): KeyReader {
  const sets = referred.filter(({ to, ids }) => to === plan.table && ids.size >= LEAST_REFERRED)
  const wanted = new Set(sets.flatMap(({ ids }) => [...ids]))
  const hits = new Map<string, Set<string>>()
  const filled = new Map<string, number>()
  const hit = (column: string, value: unknown): void => {
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text !== 'string' || text === '') return
    filled.set(column, (filled.get(column) ?? 0) + 1)
    if (!wanted.has(text)) return
    const known = hits.get(column) ?? new Set()
    hits.set(column, known.add(text))
  }
  const table = TABLES[plan.table ?? 'accounts']
  const [key] = table.key
  const keyAt = Object.keys(table.columns).indexOf(key)
  const rows = looseReader(bareOf(plan, key), options, {
    entities(run) {
      for (const { values, custom } of run) {
        hit(key, values[keyAt])
        if (custom !== null) for (const [name, value] of customOf(custom)) hit(`${CUSTOM}${name}`, value)
      }
    },
    events() {},
    held() {},
  })
  const countIn = (column: string, ids: ReadonlySet<string>): number => {
    const known = hits.get(column)
    return known === undefined ? 0 : [...ids].filter(id => known.has(id)).length
  }
  return {
    push: rows.push,
    isSettled: () => sets.every(({ ids }) => 2 * countIn(key, ids) >= ids.size),
    end() {
      rows.end(true)
      const candidates = candidatesOf(plan, key, hits).map(each => ({ ...each, filled: filled.get(each.place) ?? 0 }))
      return doubtOf({ plan, key, sets, candidates, records: filled.get(key) ?? 0, countIn })
    },
  }
}

/** Nothing but the key is read: a value of another column that cannot be would hold its row, and its ids with it. */
export function bareOf(plan: FilePlan, key: string): FilePlan {
  const columns = plan.columns.map(({ header, column, match, ...rest }): ColumnPlan => {
    const isKept = column === key || match === 'secret' || match === 'dropped'
    return isKept ? { header, column, match, ...rest } : { header, column: null, match: 'custom' }
  })
  // What names the file's source keeps keys of later records out of the fields.
  const source = plan.source ?? plan.file
  return { ...plan, source, columns, derived: plan.derived?.filter(({ column }) => column === key), readings: {} }
}

/** Stands before the names of custom fields, which may be those of columns. */
const CUSTOM = ' '

/** The fields that no column of the table holds. */
export function customOf(custom: string): readonly (readonly [string, unknown])[] {
  return Object.entries(JSON.parse(custom) as Readonly<Record<string, unknown>>) // written as an object
}

type Candidate = Readonly<{ header: string; place: string }>

/** Columns of the file that have any of the ids, beside those that the key is read from, in the order of the file. */
function candidatesOf(
  { columns, derived = [] }: FilePlan,
  key: string,
  hits: ReadonlyMap<string, unknown>,
): readonly Candidate[] {
  const own = new Set(derived.flatMap(({ column, from }) => (column === key ? from.map(pathOf) : [])))
  return columns.flatMap(({ header, column }): Candidate[] => {
    const place = `${CUSTOM}${header.trim()}`
    return column === key || own.has(header) || !hits.has(place) ? [] : [{ header, place }]
  })
}

type Compared = Readonly<{
  plan: FilePlan
  key: string
  sets: readonly ReferredIds[]
  /** `filled`: cells of the column that say anything. */
  candidates: readonly (Candidate & Readonly<{ filled: number }>)[]
  /** Rows that have a key. */
  records: number
  countIn(column: string, ids: ReadonlySet<string>): number
}>

function doubtOf({ plan, key, sets, candidates, records, countIn }: Compared): KeyDoubt | null {
  const counted = candidates.map(candidate => {
    const files = sets.map(({ file, column, ids, isAll }) => ({
      file,
      column,
      ids: ids.size,
      isAll,
      inKey: countIn(key, ids),
      inOther: countIn(candidate.place, ids),
    }))
    return {
      other: candidate.header,
      files,
      filled: candidate.filled,
      gain: files.reduce((sum, file) => sum + (isBetter(file, candidate.filled, records) ? file.inOther : 0), 0),
    }
  })
  const [best] = counted.filter(({ gain }) => gain > 0).toSorted((a, b) => b.gain - a.gain)
  if (best === undefined || plan.table === null || plan.table === 'events') return null
  const { other, filled } = best
  const better = best.files.filter(file => isBetter(file, filled, records))
  const split = best.files.filter(file => !better.includes(file) && 2 * file.inKey >= file.ids)
  const files = [...better.toSorted(byFile), ...split.toSorted(byFile)]
  const doubt = {
    table: plan.table,
    field: key,
    headers: headersOf(plan, key),
    other,
    files,
    isSplit: split.length > 0,
  }
  return { ...doubt, message: doubtWords(doubt) }
}

type Fit = KeyDoubt['files'][number]

/** A file of some of the records, as a help desk has them, holds few of the ids that others name; then its own cells tell. */
function isBetter({ ids, inKey, inOther }: Fit, filled: number, records: number): boolean {
  const hasMost = 2 * inOther >= ids && 2 * inKey < ids && inOther >= 2 * inKey
  const isOfAll = 2 * filled >= records
  return hasMost || (inKey === 0 && inOther >= LEAST_REFERRED && 2 * inOther >= filled && isOfAll)
}

const byFile = (a: Fit, b: Fit): number => compareCodePoints(a.file, b.file)

function headersOf({ columns, derived = [] }: FilePlan, key: string): readonly string[] {
  const worked = derived.find(({ column }) => column === key)
  if (worked !== undefined) return worked.from.map(pathOf)
  return columns.flatMap(({ header, column }) => (column === key ? [header] : []))
}

function doubtWords({
  field,
  headers,
  other,
  files,
  isSplit,
}: Omit<KeyDoubt, 'message' | 'other'> & Readonly<{ other: string }>): string {
  const named = headers.map(header => `"${header}"`).join(', ')
  const now = named === '' ? 'the constant' : named
  const told = files.map(
    ({ file, column, ids, isAll, inKey, inOther }) =>
      `${inOther} of ${isAll ? '' : 'the first '}${ids} different ${column} in ${file} are in "${other}", ${inKey} in ${now}`,
  )
  const advice = isSplit
    ? `Some files refer to the one, some to the other: only one of them can be ${field}.`
    : `If "${other}" is what they refer to, let it be ${field}: on the board, or by a mapping with "from": ["${other}"] for it (pql inspect --write-map, then --map).`
  return `${now} is read as ${field}, but ${told.join('; ')}. ${advice}`
}

/** Reads rows as they come, whatever is wrong with others. */
export function looseReader(
  plan: FilePlan,
  options: ImportOptions,
  sink: ImportSink,
  pace: 'fast' | 'steady' = 'fast',
): Readonly<{ push(chunk: Uint8Array): void; records(): number; end(isWhole: boolean): void }> {
  const { table } = plan
  if (table === null) throw new Error('only a file of a table is compared')
  const rows = new RowReader({ plan, table, options, sink, onHeld() {} })
  const fast = pace === 'fast' ? createEventSource(plan, options, rows, MAX_RECORD_BYTES) : null
  const source = fast ?? createRecordSource(plan, rows)
  return {
    push: chunk => source.push(chunk),
    records: () => rows.counts.read,
    end(isWhole) {
      // What was cut off is no record.
      if (isWhole) source.end()
      rows.flush()
    },
  }
}
