import { textOfUtf8, utf8Of } from '#lib/utf8'
import type { EventBatch } from '#schema/import'
import { CodeTable, TextPool } from './code-table.ts'
import { type EventDictionaries, SHARED_CODES, type SharedCode } from './dictionary-pages.ts'
import { COLUMN_NAMES, type ColumnName, DETAIL_CODES, type DetailCode, WIDTHS } from './run-columns.ts'
import { openRunKernel, type RunKernel, RunTexts } from './run-kernel.ts'
import { uuidText } from './uuid-column.ts'

/** Rows that are sorted together: enough that a workspace's events of one import lie in few places. */
export const RUN_ROWS = 196_608
const FIRST_ROWS = 1024
const SMALL_ROWS = 32_768

/**
 * Events of one import in file order, with the project's codes, until there are enough to be sorted; in the memory of a
 * kernel. Codes of kinds that lie in the segments are places in the run's pools.
 */
export class EventRun {
  count = 0
  areUuids = true
  hasDates = false
  readonly kernel: RunKernel = openRunKernel()
  readonly id = new RunTexts(this.kernel)
  readonly properties = new RunTexts(this.kernel)
  readonly custom = new RunTexts(this.kernel)
  readonly pools: Readonly<Record<DetailCode, TextPool>>
  private capacity = 0
  private places: Readonly<Record<ColumnName, number>> = placesOf(() => 0)
  private readonly tables: Readonly<Record<SharedCode, CodeTable>>

  constructor(dictionaries: EventDictionaries) {
    // All kinds are in the lists.
    const pools = DETAIL_CODES.map(kind => [kind, new TextPool(this.kernel)])
    this.pools = Object.fromEntries(pools) as Record<DetailCode, TextPool>
    const tables = SHARED_CODES.map(kind => [kind, new CodeTable(dictionaries[kind])])
    this.tables = Object.fromEntries(tables) as Record<SharedCode, CodeTable>
    this.reserve(FIRST_ROWS)
  }

  /** Where a column lies. */
  at(column: ColumnName): number {
    return this.places[column]
  }

  line(row: number): number {
    // Within range: a row of the run.
    return this.kernel.words[this.at('line') / 4 + row] as number
  }

  /** Numbers of rows, for who picks some: as many as there are rows. */
  picked(): Uint32Array<ArrayBuffer> {
    return this.kernel.words.subarray(this.at('picked') / 4, this.at('picked') / 4 + this.count)
  }

  /** Sorts the first `count` picked rows by workspace code, then time. */
  sort(count: number): void {
    const { calls } = this.kernel
    calls.sortRows(this.at('picked'), count, this.at('workspace'), this.at('timestamp'), this.at('sorted'))
  }

  /** Where the numbers of the sorted rows [from .. to) are. */
  sorted(from: number, to: number): Readonly<{ place: number; count: number }> {
    return { place: this.at('sorted') + 4 * from, count: to - from }
  }

  keys(): Int32Array {
    return this.kernel.integers.subarray(this.at('key') / 4, this.at('key') / 4 + 4 * this.count)
  }

  idText(row: number): string {
    if (!this.areUuids) return textOfUtf8(this.id.bytes(row))
    return uuidText(this.kernel.bytes.subarray(this.at('uuid')), row)
  }

  /** Appends rows of a batch from `from` on, as many as fit. @returns the first row that did not */
  append(batch: EventBatch, from: number): number {
    const { count } = this
    const to = Math.min(batch.count, from + RUN_ROWS - count)
    this.reserve(count + to - from)
    const { kernel } = this
    this.appendKeys(batch, from, to)
    kernel.numbers.set(batch.timestamp.subarray(from, to), this.at('timestamp') / 8 + count)
    kernel.numbers.set(batch.weight.subarray(from, to), this.at('weight') / 8 + count)
    kernel.words.set(batch.line.subarray(from, to), this.at('line') / 4 + count)
    kernel.bytes.set(batch.isKeyEvent.subarray(from, to), this.at('isKeyEvent') + count)
    kernel.bytes.set(batch.isDate.subarray(from, to), this.at('isDate') + count)
    this.hasDates ||= batch.isDate.includes(1)
    for (const kind of SHARED_CODES) {
      const target = kernel.words.subarray(this.at(kind) / 4 + count)
      this.tables[kind].translate(batch.codes[kind].subarray(from, to), target, batch.dictionaries[kind])
    }
    for (const kind of DETAIL_CODES) {
      const base = this.pools[kind].follow(batch.dictionaries[kind])
      kernel.words.set(batch.codes[kind].subarray(from, to), this.at(kind) / 4 + count)
      if (base > 0) kernel.calls.shiftWords(this.at(kind) + 4 * count, to - from, base)
    }
    this.appendIds(batch, from, to)
    this.properties.append(batch.properties, from, to)
    this.custom.append(batch.custom, from, to)
    this.count += to - from
    return to
  }

  clear(): void {
    this.count = 0
    this.areUuids = true
    this.hasDates = false
    this.id.clear()
    this.properties.clear()
    this.custom.clear()
    for (const kind of DETAIL_CODES) this.pools[kind].clear()
  }

  private appendKeys({ idHash, contentHash }: EventBatch, from: number, to: number): void {
    const { words } = this.kernel
    let at = this.at('key') / 4 + 4 * this.count
    for (let word = 2 * from; word < 2 * to; word += 2) {
      // Within range: a batch has two words of both per row.
      words[at++] = idHash[word] as number
      words[at++] = idHash[word + 1] as number
      words[at++] = contentHash[word] as number
      words[at++] = contentHash[word + 1] as number
    }
  }

  private appendIds({ uuids, id }: EventBatch, from: number, to: number): void {
    const own = this.kernel.bytes.subarray(this.at('uuid'), this.at('uuid') + 16 * this.count)
    if (uuids !== null && this.areUuids)
      this.kernel.bytes.set(uuids.subarray(16 * from, 16 * to), own.byteOffset + own.length)
    else {
      if (this.areUuids) this.spellIds(own.slice())
      this.areUuids = false
      if (uuids === null) this.id.append(id, from, to)
      else this.spellIds(uuids.subarray(16 * from, 16 * to))
    }
  }

  private spellIds(uuids: Uint8Array): void {
    const texts = Array.from({ length: uuids.length / 16 }, (_, row) => uuidText(uuids, row))
    const offsets = Uint32Array.from({ length: texts.length + 1 }, (_, i) => 36 * i)
    this.id.append({ offsets, bytes: utf8Of(texts.join('')) }, 0, texts.length)
  }

  private reserve(rows: number): void {
    if (rows <= this.capacity) return
    const { calls } = this.kernel
    const before = this.capacity
    // At once where there are many: what is given back on the way would stay unused.
    this.capacity = rows > SMALL_ROWS ? RUN_ROWS : Math.min(SMALL_ROWS, Math.max(rows, 2 * before))
    const old = this.places
    this.places = placesOf(name => calls.allocate(WIDTHS[name] * this.capacity))
    for (const name of COLUMN_NAMES) {
      this.kernel.bytes.copyWithin(this.at(name), old[name], old[name] + WIDTHS[name] * this.count)
      if (before > 0) calls.release(old[name], WIDTHS[name] * before)
    }
    if (this.capacity === RUN_ROWS && this.count > 0) {
      const pools = DETAIL_CODES.map(kind => this.pools[kind].texts)
      for (const texts of [this.id, this.properties, this.custom, ...pools])
        texts.expect(Math.ceil((1.25 * RUN_ROWS) / this.count))
    }
  }
}

function placesOf(place: (name: ColumnName) => number): Record<ColumnName, number> {
  return Object.fromEntries(COLUMN_NAMES.map(name => [name, place(name)])) as Record<ColumnName, number> // all of them
}
