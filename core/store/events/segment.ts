import { encodeColumns } from '../columns/index.ts'
import type { EventRun } from './event-run.ts'
import { PartWriter, type PlacedColumn } from './part-writer.ts'
import { type ColumnName, DETAIL_CODES, type DetailCode, SEGMENT_ROWS, WIDTHS } from './run-columns.ts'

/** Position = order in which the parts of a segment are written. */
export const PARTS = ['index', 'core', 'detail', 'key', 'id', 'properties', 'custom'] as const
export type Part = (typeof PARTS)[number]

/** One segment, its parts aside. */
export type SegmentFacts = Readonly<{
  rowCount: number
  firstWorkspace: number
  lastWorkspace: number
  firstTime: number
  lastTime: number
}>

/** Lays rows of a run down as segments. */
export class SegmentEncoder {
  private readonly run: EventRun
  private readonly writer: PartWriter
  /** Where the numbers of the rows are, and room for one value of each. */
  private rows = 0
  private readonly values: number
  private count = 0

  constructor(run: EventRun) {
    const { calls } = run.kernel
    this.run = run
    this.writer = new PartWriter(run.kernel)
    this.values = calls.allocate(16 * SEGMENT_ROWS)
  }

  /**
   * @param rows where the numbers of its rows are, sorted by workspace code, then time; one at least, SEGMENT_ROWS at most
   * @param write called with each part in the order of PARTS; its bytes are valid until it returns
   */
  encode(
    rows: Readonly<{ place: number; count: number }>,
    write: (facts: SegmentFacts, part: Part, bytes: Uint8Array) => void,
  ): void {
    const { kernel } = this.run
    this.count = rows.count
    this.rows = rows.place
    this.gather('workspace')
    const index = runsOf(kernel.words.subarray(this.values / 4, this.values / 4 + this.count))
    this.gather('timestamp')
    const times = kernel.numbers.subarray(this.values / 8, this.values / 8 + this.count)
    const facts: SegmentFacts = {
      rowCount: this.count,
      // A segment has a row.
      firstWorkspace: index.code[0] as number,
      lastWorkspace: index.code.at(-1) as number,
      ...rangeOf(times),
    }
    write(facts, 'index', encodeColumns(index))
    write(facts, 'core', this.core())
    write(facts, 'detail', this.detail())
    write(facts, 'key', this.raw('key', 4))
    write(facts, 'id', this.run.areUuids ? this.raw('uuid', 16) : this.texts('id'))
    write(facts, 'properties', this.texts('properties'))
    write(facts, 'custom', this.texts('custom'))
  }

  private core(): Uint8Array {
    const { writer } = this
    const hasDates = this.run.hasDates && this.hasDate()
    writer.begin(['time', 'name', 'user', ...(hasDates ? ['isDate'] : [])])
    writer.add(this.column('time', 'f64', this.gather('timestamp')))
    writer.add(this.column('name', 'u32', this.gather('name')))
    writer.add(this.column('user', 'u32', this.gather('user')))
    if (hasDates) writer.add(this.column('isDate', 'u8', this.gather('isDate')))
    return writer.end()
  }

  private hasDate(): boolean {
    const place = this.gather('isDate')
    return this.run.kernel.bytes.subarray(place, place + this.count).includes(1)
  }

  private detail(): Uint8Array {
    const { writer } = this
    const names = DETAIL_CODES.flatMap(kind => [kind, `${kind}Offsets`, `${kind}Bytes`])
    const weights = this.areFewWeighted() ? ['weight', 'weightRows'] : ['weight']
    writer.begin([...names, 'isKeyEvent', ...weights, 'line'])
    for (const kind of DETAIL_CODES) this.addOwnTexts(kind)
    writer.add(this.column('isKeyEvent', 'u8', this.gather('isKeyEvent')))
    this.addWeights(weights.length > 1)
    writer.add(this.column('line', 'u32', this.gather('line')))
    return writer.end()
  }

  private areFewWeighted(): boolean {
    return 2 * this.run.kernel.calls.countNumbers(this.gather('weight'), this.count) <= this.count
  }

  /** Weights: of all rows, or, where most have none, of those that have one, and which these are. */
  private addWeights(areFew: boolean): void {
    const { writer, count, run } = this
    const place = this.gather('weight')
    if (!areFew) {
      writer.add(this.column('weight', 'f64', place))
      return
    }
    const rows = place + 8 * SEGMENT_ROWS
    const length = run.kernel.calls.keepNumbers(place, count, rows)
    writer.add({ name: 'weight', kind: 'f64', length, place })
    writer.add({ name: 'weightRows', kind: 'u32', length, place: rows })
  }

  /** Codes of one kind with the texts behind them: those of the segment only, in the order in which its rows name them. */
  private addOwnTexts(kind: DetailCode): void {
    const { writer, count, run } = this
    const { calls } = run.kernel
    calls.ownTexts(run.pools[kind].texts.at, run.at(kind), this.rows, count)
    writer.add({ name: kind, kind: 'u32', length: count, place: calls.gatheredCodes() })
    this.addGathered(kind, target => void calls.layOwnTexts(run.pools[kind].texts.at, target))
  }

  private addGathered(name: string, lay: (target: number) => void): void {
    const { calls } = this.run.kernel
    const offsets = calls.gatheredOffsets()
    this.writer.add({ name: `${name}Offsets`, kind: 'u32', length: calls.gatheredTexts() + 1, place: offsets })
    this.writer.addLaid({ name: `${name}Bytes`, kind: 'u8', length: calls.gatheredLength() }, lay)
  }

  private texts(column: 'id' | 'properties' | 'custom'): Uint8Array {
    const { writer, run, count, rows } = this
    const { calls } = run.kernel
    calls.gatherTexts(run[column].at, rows, count)
    writer.begin([`${column}Offsets`, `${column}Bytes`])
    this.addGathered(column, target => void calls.layTexts(run[column].at, rows, count, target))
    return writer.end()
  }

  private raw(column: 'key' | 'uuid', perRow: number): Uint8Array {
    const { writer, count, run, rows } = this
    writer.begin([column])
    const kind = column === 'key' ? 'i32' : 'u8'
    const lay = (target: number): number => run.kernel.calls.gatherFours(run.at(column), rows, count, target)
    writer.addLaid({ name: column, kind, length: perRow * count }, lay)
    return writer.end()
  }

  private column(name: string, kind: PlacedColumn['kind'], place: number): PlacedColumn {
    return { name, kind, length: this.count, place }
  }

  /** Brings the values of the segment's rows together. @returns where they are until the next ones */
  private gather(column: Exclude<ColumnName, 'key' | 'uuid'>): number {
    const { calls } = this.run.kernel
    const width = WIDTHS[column]
    const words = width === 4 ? calls.gatherWords : calls.gatherNumbers
    const gather = width === 1 ? calls.gatherBytes : words
    gather(this.run.at(column), this.rows, this.count, this.values)
    return this.values
  }
}

/** The workspaces of sorted rows: events of code[i] are rows start[i] .. start[i + 1]. */
function runsOf(workspace: Uint32Array): Readonly<{ code: Uint32Array; start: Uint32Array }> {
  const code: number[] = []
  const start: number[] = []
  let before = -1
  for (let i = 0; i < workspace.length; i++) {
    const now = workspace[i] as number
    if (now === before) continue
    code.push(now)
    start.push(i)
    before = now
  }
  return { code: Uint32Array.from(code), start: Uint32Array.from([...start, workspace.length]) }
}

function rangeOf(time: Float64Array): Readonly<{ firstTime: number; lastTime: number }> {
  let firstTime = Number.POSITIVE_INFINITY
  let lastTime = Number.NEGATIVE_INFINITY
  for (const at of time) {
    if (at < firstTime) firstTime = at
    if (at > lastTime) lastTime = at
  }
  return { firstTime, lastTime }
}
