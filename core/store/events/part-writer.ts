import { align, type Entry, headBytes, type Kind, PACKINGS, writeHead } from '../columns/layout.ts'
import type { RunKernel } from './run-kernel.ts'

/** Pieces of a kernel's memory are powers of two: all of one is used. */
const roomOf = (bytes: number): number => 2 ** Math.ceil(Math.log2(Math.max(64, bytes)))

/** A column of a part: its values in the kernel's memory, `length` of them. */
export type PlacedColumn = Readonly<{ name: string; kind: 'u8' | 'u32' | 'f64' | 'i32'; length: number; place: number }>

/** Copying a text writes up to so much beyond it. */
const SPARE_BYTES = 16
const WIDTHS: Readonly<Record<PlacedColumn['kind'], number>> = { u8: 1, u32: 4, i32: 4, f64: 8 }

/**
 * Lays a part of a segment down in the kernel's memory, in the form of `encodeColumns`: column after column, each gathered
 * when the one before has been laid down, so that one place serves them all.
 */
export class PartWriter {
  private readonly kernel: RunKernel
  private place = 0
  private room = 0
  private at = 0
  private entries: Entry[] = []

  constructor(kernel: RunKernel) {
    this.kernel = kernel
  }

  /** Begins a part. @param names of its columns, in their order */
  begin(names: readonly string[]): void {
    this.entries = []
    this.at = 0
    const head = headBytes(names)
    this.reserve(head)
    this.at = head
    // Between the names of columns are bytes that nobody writes.
    this.kernel.bytes.fill(0, this.place, this.place + head)
  }

  /** Lays the next column down, as short as it can be. */
  add({ name, kind, length, place }: PlacedColumn): void {
    const { calls } = this.kernel
    if (kind === 'i32') this.addRaw({ name, kind, length, place })
    else {
      this.reserve(length * WIDTHS[kind])
      const target = this.place + this.at
      const pack = kind === 'u8' ? calls.packBytes : kind === 'u32' ? calls.packWords : calls.packNumbers
      const form = pack(place, length, target)
      this.keep(name, kind, length, {
        form,
        base: calls.packedBase(),
        step: calls.packedStep(),
        bytes: calls.packedBytes(),
      })
    }
  }

  /** Lays the next column down as it is. */
  addRaw({ place, ...column }: PlacedColumn): void {
    const bytes = column.length * WIDTHS[column.kind]
    this.addLaid(column, target => void this.kernel.bytes.copyWithin(target, place, place + bytes))
  }

  /** The same for a column that is gathered where it is to lie. @param lay may write SPARE_BYTES beyond it */
  addLaid({ name, kind, length }: Omit<PlacedColumn, 'place'>, lay: (target: number) => void): void {
    const bytes = length * WIDTHS[kind]
    this.reserve(bytes + SPARE_BYTES)
    lay(this.place + this.at)
    this.keep(name, kind, length, { form: 0, base: 0, step: 1, bytes })
  }

  /** Ends the part. @returns its bytes, valid until the next one is begun */
  end(): Uint8Array {
    const { bytes } = this.kernel
    writeHead(new DataView(bytes.buffer, this.place, this.at), this.entries, this.at)
    return bytes.subarray(this.place, this.place + this.at)
  }

  /** Makes room for so many more bytes, and those that fill a column up. */
  private reserve(more: number): void {
    const needed = this.at + more + 8
    if (needed <= this.room) return
    const { calls } = this.kernel
    const place = calls.allocate(needed)
    this.kernel.bytes.copyWithin(place, this.place, this.place + this.at)
    if (this.room > 0) calls.release(this.place, this.room)
    this.place = place
    this.room = roomOf(needed)
  }

  private keep(
    name: string,
    kind: Kind,
    length: number,
    laid: Readonly<{ form: number; base: number; step: number; bytes: number }>,
  ): void {
    const { form, base, step, bytes } = laid
    // The kernel numbers the forms as the layout does.
    const packing = PACKINGS[form] ?? 'raw'
    this.entries.push({ name, kind, packing, length, at: this.at, bytes, base, step })
    const end = this.at + bytes
    this.at = align(end)
    this.kernel.bytes.fill(0, this.place + end, this.place + this.at)
  }
}
