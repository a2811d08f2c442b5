import { positionOf } from '#import'
import { canonicalJson } from '#lib/hash'
import { append } from '#lib/lists-by-key'
import { TABLES } from '#schema/tables'
import { type HeldEntry, type HeldPlace, heldEntry, heldPlaces, listImports, type Readable } from '#store'
import { type CorrectedRow, isSameText } from './corrected-row.ts'
import { harmless, meant } from './held-file.ts'
import type { HeldOrigins } from './held-origins.ts'
import { HeldRecords } from './held-records.ts'
import { HeldSuccessors, type Successor } from './held-successors.ts'
import { isRewritten } from './spreadsheet-cells.ts'

/** A row that a corrected one was written from, and the row of the same record that waits now: mostly the same. */
export type MeantRow = Readonly<{ from: HeldEntry; to: HeldEntry }>
/** What a corrected row is about. Nothing waits: no rows; then it may be that a newer import has the record. */
export type Meant = Readonly<{ rows: readonly MeantRow[]; successor: Successor | null }>

type Likeness = Readonly<{ isSameText: boolean; key: readonly boolean[]; others: readonly boolean[] }>

const NOTHING: Meant = { rows: [], successor: null }

/** Numbers of held rows by what is looked up, for each file. */
type IdsByFile<K> = Map<string, ReadonlyMap<K, readonly number[]>>

/**
 * Finds the held rows that a row of a corrected file is about: never those of another record, whatever stands at its line by now.
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export class HeldFinder {
  private readonly db: Readable
  private readonly origins: HeldOrigins
  private readonly successors: HeldSuccessors
  private readonly byLine: IdsByFile<number> = new Map()
  private readonly byRecord: IdsByFile<string> = new Map()
  private records: HeldRecords | null = null

  constructor(db: Readable, origins: HeldOrigins) {
    this.db = db
    this.origins = origins
    this.successors = new HeldSuccessors(db)
  }

  find(row: CorrectedRow, line: number): Meant {
    const file = meant(row.cells.get('_error_file') ?? '')
    const named = this.namedBy(row, file, line)
    if (named === null) return this.byContent(row, file, line)
    return named.state === 'held' ? this.waiting(named) : this.settled(named)
  }

  /** The row of `_error_row`, whatever has become of it; null where its number is that of another row by now, or of another project. */
  private namedBy(row: CorrectedRow, file: string, line: number): HeldEntry | null {
    const said = row.cells.get('_error_row')?.trim() ?? ''
    const entry = /^\d{1,15}$/.test(said) ? heldEntry(this.db, Number(said)) : null
    return entry?.file === file && entry.line === line && this.mayBeRecord(row, entry) ? entry : null
  }

  /** All rows that are one record with this one. */
  private waiting(entry: HeldEntry): Meant {
    this.records ??= new HeldRecords(
      this.db,
      listImports(this.db).filter(({ status, held }) => status === 'published' && held > 0),
    )
    const ids = this.records.membersOf(entry.heldId)
    const entries = ids.length === 1 ? [entry] : ids.flatMap(id => heldEntry(this.db, id) ?? [])
    return { rows: entries.map(one => ({ from: one, to: one })), successor: null }
  }

  /** What waits of the record of a row that does not: for another table of its file, or in a newer import. */
  private settled(named: HeldEntry): Meant {
    const ids = this.idsBy(this.byRecord, named.file, place => this.recordName(place)).get(this.recordName(named)) ?? []
    const members = ids.flatMap(id => heldEntry(this.db, id) ?? [])
    const perImport = Map.groupBy(members, ({ importId }) => importId)
    const isClear = [...perImport.values()].every(({ length }) => length === 1)
    let successor: Successor | null = null
    const rows = (isClear ? members : members.filter(({ heldId }) => heldId === named.heldId)).flatMap(
      (from): MeantRow[] => {
        if (from.state === 'held') return [{ from, to: from }]
        // One that was edited for its table is a row of its own in the file.
        if (from.heldId !== named.heldId && canonicalJson(from.overlay) !== canonicalJson(named.overlay)) return []
        const next = this.successors.of(from.heldId)
        successor ??= next
        const to = next === null || next.heldId === null ? null : heldEntry(this.db, next.heldId)
        return to === null ? [] : [{ from, to }]
      },
    )
    return { rows, successor }
  }

  /** The row that waits at a file and line and is the same record; of several one of the same rule, newest first. */
  private byContent(row: CorrectedRow, file: string, line: number): Meant {
    const ids = this.idsBy(this.byLine, file, place => place.line).get(line) ?? []
    const found = ids
      .flatMap(id => heldEntry(this.db, id) ?? [])
      .filter(({ state }) => state === 'held')
      .toReversed()
    const code = row.cells.get('_error_code')
    const column = row.cells.get('_error_column')
    const isOfRule = (entry: HeldEntry): boolean => entry.code === code && entry.column === column
    const same =
      found.find(entry => isOfRule(entry) && this.isRecord(row, entry)) ??
      found.find(entry => !isOfRule(entry) && this.isRecord(row, entry))
    return same === undefined ? NOTHING : this.waiting(same)
  }

  /** Is a corrected row that record, by its key, else by all that is not at fault? Of one that cannot be taken apart, by its text. */
  private isRecord(row: CorrectedRow, entry: HeldEntry): boolean {
    const { isSameText: isText, key, others } = this.likeness(row, entry)
    const telling = key.length > 0 ? key : others
    return isText || (telling.length > 0 && !telling.includes(false))
  }

  /** The same of a row that is named, of which more may have been corrected: the key alone, or, where that cannot be told, all but one cell. */
  private mayBeRecord(row: CorrectedRow, entry: HeldEntry): boolean {
    const { isSameText: isText, key, others } = this.likeness(row, entry)
    if (isText || (key.length > 0 && !key.includes(false))) return true
    if (key.length === 0) return others.length === 0 || others.includes(true)
    const value = row.cells.get('_error_value')
    return others.length > 0 ? !others.includes(false) : isSameText(value, harmless(entry.value))
  }

  /** What of a record that is not at fault stands in a corrected row as it was: of its key, and of the other cells. */
  private likeness({ cells: said }: CorrectedRow, entry: HeldEntry): Likeness {
    const { origin, headers } = this.origins.of(entry.importId)
    const { cells, isSound, text } = this.origins.cellsOf(entry)
    const fault = positionOf(origin.plan, entry.column)
    const isTold = (at: number): boolean => at !== fault && (cells[at] ?? '') !== '' && said.has(headers[at] ?? '')
    const key = TABLES[origin.table].key.map(column => positionOf(origin.plan, column) ?? -1)
    const keys = isSound && key.every(isTold) ? key : []
    const others = headers.map((_, at) => at).filter(at => isTold(at) && !keys.includes(at))
    const isSame = (at: number): boolean => isSameCell(cells[at] ?? '', said.get(headers[at] ?? '') ?? '')
    return {
      isSameText: !isSound && isSameText(said.get('_error_value'), harmless(text)),
      key: keys.map(isSame),
      others: others.map(isSame),
    }
  }

  private idsBy<K>(
    files: IdsByFile<K>,
    file: string,
    keyOf: (place: HeldPlace) => K,
  ): ReadonlyMap<K, readonly number[]> {
    const known = files.get(file)
    if (known !== undefined) return known
    const ids = new Map<K, number[]>()
    for (const place of heldPlaces(this.db, file)) append(ids, keyOf(place), place.heldId)
    files.set(file, ids)
    return ids
  }

  /** What rows of one record have in common: the file as one batch read it, and the record there. */
  private recordName({ importId, line, raw }: Readonly<{ importId: number; line: number; raw: string }>): string {
    const { batchId, sha256 } = this.origins.of(importId).origin
    return `${batchId} ${sha256} ${line} ${raw}`
  }
}

function isSameCell(was: string, said: string): boolean {
  return isSameText(said, harmless(was)) || isRewritten(was, said)
}
