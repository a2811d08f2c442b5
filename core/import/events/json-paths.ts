import { textOfUtf8 } from '#lib/utf8'
import type { EventColumns } from './event-columns.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'

/** What the kernel says of the value at a path. */
export const ABSENT = 0
export const NULL = 1
export const PLAIN = 2

/** A wanted key, and those below it. `slot`: of the value itself, -1 where only its inside is wanted. */
type Wanted = { slot: number; below: Map<string, Wanted> }

/**
 * The keys by which a dotted path may lead through objects, the one that is tried first at the beginning: a key may hold dots.
 */
export function waysOf(path: string): readonly (readonly string[])[] {
  const ways: (readonly string[])[] = [[path]]
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const outer = path.slice(0, dot)
    for (const way of waysOf(path.slice(dot + 1))) ways.push([outer, ...way])
  }
  return ways
}

/** The values that are wanted of the JSON objects in one column, found by the kernel for a block of records at a time. */
export class JsonPaths {
  private readonly columns: EventColumns
  private readonly block: RecordBlock
  private readonly column: number
  /** Where the objects are: a field of their own, or the column where it is checked already. */
  private readonly field: number
  private readonly root: Wanted = { slot: -1, below: new Map() }
  private readonly kinds: number
  private readonly copies: number
  private wanted = 0
  private tree = 0
  private slots = 0

  /** @param field another than `column`: the column keeps its bytes */
  constructor(columns: EventColumns, block: RecordBlock, column: number, field: number) {
    const { calls } = columns.kernel
    this.columns = columns
    this.block = block
    this.column = column
    this.field = field
    this.kinds = calls.allocate(BLOCK_ROWS)
    this.copies = field === column ? 0 : calls.openObjects()
  }

  /** Asks for what a path leads to. @returns the slots of its ways; the first that is not absent counts */
  want(path: string): readonly number[] {
    return waysOf(path).map(way => {
      let node = this.root
      for (const key of way) {
        const next = node.below.get(key) ?? { slot: -1, below: new Map() }
        node.below.set(key, next)
        node = next
      }
      if (node.slot < 0) node.slot = this.wanted++
      return node.slot
    })
  }

  /** To be called when all paths are known. */
  build(): void {
    this.slots = this.columns.kernel.calls.openPathSlots(this.wanted)
    this.tree = this.nodeOf(this.root)
  }

  look(): void {
    if (this.field !== this.column) this.check()
    this.columns.kernel.calls.lookPaths(this.field, this.tree, this.slots, this.wanted)
  }

  /** What there is at the end of one way. */
  kindOf(slot: number, row: number): number {
    return this.columns.kernel.bytes[this.placeOf(slot) + 8 * BLOCK_ROWS + row] as number // a row of the block
  }

  startOf(slot: number, row: number): number {
    return this.columns.kernel.words[this.placeOf(slot) / 4 + row] as number // a row of the block
  }

  endOf(slot: number, row: number): number {
    return this.columns.kernel.words[this.placeOf(slot) / 4 + BLOCK_ROWS + row] as number // a row of the block
  }

  private placeOf(slot: number): number {
    return this.slots + slot * SLOT_ROW_BYTES * BLOCK_ROWS
  }

  private nodeOf({ slot, below }: Wanted): number {
    const { calls } = this.columns.kernel
    const node = calls.openPathNode(below.size, slot)
    for (const [key, wanted] of below) {
      const child = this.nodeOf(wanted)
      this.columns.handOver(key, (start, end) => {
        calls.addPathKey(node, start, end, child)
        return 0
      })
    }
    return node
  }

  /** Lets the field be the objects of the column: what is no object says nothing, what may be a broken one is the reference's. */
  private check(): void {
    const { block, column, copies, field, kinds } = this
    const { calls, words } = this.columns.kernel
    for (const place of [calls.startsOf, calls.endsOf]) {
      const from = place(column) / 4
      words.copyWithin(place(field) / 4, from, from + block.count)
    }
    if (calls.lookObjects(field, kinds, copies) === 0) return
    for (let row = 0; row < block.count; row++) {
      if (!block.isBad(row) && this.columns.kernel.bytes[kinds + row] !== 0) this.checkTrimmed(row)
    }
  }

  private checkTrimmed(row: number): void {
    const { block, copies, field } = this
    const { bytes, calls } = this.columns.kernel
    const isTrimmed = block.trim(field, row)
    const { start, end } = block.cell(field, row)
    const head = textOfUtf8(bytes, start, Math.min(end, start + 1))
    if (!isTrimmed) block.markBad(row)
    else if (head !== '{') block.setCell(field, row, start, start)
    else if (calls.lookObject(field, row, copies) === 0) block.markBad(row)
  }
}

/** Of a row in a slot: two words and a byte. */
const SLOT_ROW_BYTES = 9
