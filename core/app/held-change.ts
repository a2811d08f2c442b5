import type { Parsed } from '#contract/contract'
import { type HeldEdit, type HeldRecordReader, heldCells, isSoleKey, overlayWith, overlayWithEdit } from '#import'
import { AppError } from '#lib/errors'
import type { HeldFix, HeldOverlay } from '#schema/held'
import { type HeldEntry, heldEntries, heldEntry, type ImportRecord, type Readable, readImport } from '#store'

export type HeldChange = Parsed<'held.fix'>['change']
/** What was done about the same before, once more. */
export type KnownChange = Extract<HeldChange, { kind: 'known' }>

/** Something to be done about rows that one import held. */
export type HeldTask = Readonly<{
  origin: ImportRecord
  /** `judge`: the rows are judged again; else they change their state and nothing is read. */
  effect: 'judge' | 'leave-out' | 'take-back'
  /** What is kept of it, as JSON. */
  note: unknown
  /** What was done, as the end of a sentence. */
  words: string
  total: number
  /** Is told of each row what it comes to? */
  isByRow: boolean
  /** The rows, in the order they were read, in pages. */
  pages(): Iterable<readonly HeldEntry[]>
  /** What is said about a row then; null: the row is not meant. */
  overlayOf(entry: HeldEntry, records: HeldRecordReader): HeldOverlay | null
}>

const PAGE = 500

/**
 * @throws AppError usage/bad-argument where there is no such import or row, or the fix does not suit the rule
 */
export function taskOf(db: Readable, change: Exclude<HeldChange, KnownChange>): HeldTask {
  const origin = demandImport(db, change.importId)
  if (change.kind === 'edits') return editsTask(db, origin, new Map(change.edits.map(edit => [edit.heldId, edit])))
  const { fix } = change
  const effect = fix.kind === 'leave-out' || fix.kind === 'take-back' ? fix.kind : 'judge'
  const common = {
    origin,
    effect,
    isByRow: false,
    overlayOf: (entry: HeldEntry) => overlayWith(origin.plan, entry.overlay, fix, entry),
  } as const
  if (change.kind === 'rows') {
    const { heldIds } = change
    const entries = rowsOf(db, origin, heldIds, effect === 'take-back' ? 'left-out' : 'held')
    const [first] = entries
    const words = `${wordsOf(fix)}, chosen row by row${entries.length > 1 ? oneOfAll(origin, fix, first?.column ?? '') : ''}`
    return { ...common, note: { fix, rows: heldIds.length }, words, total: entries.length, pages: () => [entries] }
  }
  const { code, column } = change
  const filter = {
    importId: origin.importId,
    state: effect === 'take-back' ? ('left-out' as const) : ('held' as const),
    code,
    column,
  }
  const where = column === '' ? code : `${code} in ${column}`
  return {
    ...common,
    note: { code, column, fix },
    words: `${wordsOf(fix)}, for ${where}${oneOfAll(origin, fix, column)}`,
    total: Number.POSITIVE_INFINITY,
    pages: () => pagesOf(after => heldEntries(db, filter, after, PAGE)),
  }
}

/** Edits of single rows of one import, by heldId. */
export function editsTask(db: Readable, origin: ImportRecord, edits: ReadonlyMap<number, HeldEdit>): HeldTask {
  const heldIds = [...edits.keys()].toSorted((a, b) => a - b)
  return {
    origin,
    effect: 'judge',
    isByRow: true,
    note: { edits: edits.size },
    words: 'edited row by row',
    total: heldIds.length,
    pages: () => chunked(heldIds, ids => rowsOf(db, origin, ids, 'held')),
    overlayOf: (entry, records) => {
      const edit = edits.get(entry.heldId)
      if (edit === undefined) return null
      const { isSound } = heldCells(origin.plan, records, { ...entry, code: entry.firstCode })
      return overlayWithEdit(entry.overlay, edit, isSound)
    },
  }
}

/** @throws AppError usage/bad-argument */
export function demandImport(db: Readable, importId: number): ImportRecord {
  const origin = readImport(db, importId)
  if (origin?.status === 'published') return origin
  throw new AppError('usage/bad-argument', `there is no import ${importId} in the project`, { importId })
}

function rowsOf(
  db: Readable,
  { importId, file }: ImportRecord,
  heldIds: readonly number[],
  state: HeldEntry['state'],
): readonly HeldEntry[] {
  return heldIds
    .toSorted((a, b) => a - b)
    .map(heldId => {
      const entry = heldEntry(db, heldId)
      if (entry?.importId === importId && entry.state === state) return entry
      const found = entry === null || entry.importId !== importId ? 'is not a held row of' : `is ${entry.state} now in`
      throw new AppError('usage/bad-argument', `row ${heldId} ${found} ${file}; look at the held rows again`, {
        heldId,
      })
    })
}

function* chunked<T>(ids: readonly number[], take: (ids: readonly number[]) => T): Generator<T> {
  for (let from = 0; from < ids.length; from += PAGE) yield take(ids.slice(from, from + PAGE))
}

function* pagesOf(next: (after: number) => readonly HeldEntry[]): Generator<readonly HeldEntry[]> {
  for (let after = 0; ; ) {
    const page = next(after)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    if (page.length < PAGE) return
    after = last.heldId
  }
}

/** What becomes of rows whose whole key is written anew with one value. */
function oneOfAll({ plan, table }: ImportRecord, { kind }: HeldFix, column: string): string {
  return kind === 'set' && isSoleKey(plan, column) ? `: all of them become one row of ${table}, the last one` : ''
}

function wordsOf(fix: HeldFix): string {
  switch (fix.kind) {
    case 'read':
      return `read as ${READING_WORDS[fix.as]}`
    case 'pattern':
      return `read as ${fix.pattern}`
    case 'replace':
      return `"${fix.value}" replaced by "${fix.to}"`
    case 'set':
      return `set to "${fix.to}"`
    default:
      return FIX_WORDS[fix.kind]
  }
}

const READING_WORDS = {
  dmy: 'day-month-year',
  mdy: 'month-day-year',
  excel: 'day numbers of a spreadsheet',
  epoch_s: 'seconds since 1970',
  epoch_ms: 'milliseconds since 1970',
  epoch_us: 'microseconds since 1970',
  epoch_ns: 'nanoseconds since 1970',
  'decimal-point': 'numbers with a decimal point',
  'decimal-comma': 'numbers with a decimal comma',
} as const

const FIX_WORDS = {
  empty: 'left empty',
  pad: 'missing fields taken as empty',
  cut: 'fields beyond the header left out',
  'plain-quotes': 'quotes taken as plain characters',
  'as-record': 'taken as a record',
  'leave-out': 'left out',
  'take-back': 'taken back',
} as const
