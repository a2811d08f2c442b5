import { csvRecord } from '../csv.ts'

type Source = Readonly<{ name: string; ending: string; header: () => string; maxRows: number; maxBytes: number }>

type Part = { index: number; rows: number; bytes: number; parts: number }

/** A file that begins with something and whose records stand between separators. */
export type Frame = Readonly<{ open: string; between: string; close: string }>
const CSV: Frame = { open: '', between: '', close: '' }

/**
 * Files that grow side by side; where one is full, it goes on in a file of the same name with `_2`, `_3` ... Files without records are
 * not made.
 *
 * Source: docs/methods/export.md, "Splitting".
 */
export class PartWriter {
  /** Names of the files so far; it grows. */
  readonly names: string[] = []
  private readonly pending: string[] = []
  private readonly counts: number[] = []
  private readonly open = new Map<string, Part>()
  private readonly frames: Frame[] = []

  /** Adds one record to a file of rows. */
  addRow(source: Source, cells: readonly string[]): void {
    this.add(source, csvRecord(cells), CSV)
  }

  /** Adds one record to a file of any text. */
  add(source: Source, record: string, frame: Frame = CSV): void {
    const bytes = utf8Length(record) + frame.between.length
    let part = this.open.get(source.name)
    if (part === undefined || part.rows >= source.maxRows || part.bytes + bytes > source.maxBytes) {
      part = this.begin(source, frame, part?.parts ?? 0)
      this.open.set(source.name, part)
    }
    const { index } = part
    this.pending[index] += part.rows === 0 ? record : frame.between + record
    this.counts[index] = (this.counts[index] ?? 0) + 1
    part.rows++
    part.bytes += bytes
  }

  /** What was added since it was asked last, per file. */
  take(): readonly string[] {
    const texts = [...this.pending]
    this.pending.fill('')
    return texts
  }

  /** What files end with. */
  close(): readonly string[] {
    return this.frames.map(({ close }) => close)
  }

  /** Records per file. */
  rows(): readonly number[] {
    return this.counts
  }

  private begin({ name, ending, header }: Source, frame: Frame, before: number): Part {
    const index = this.names.push(before === 0 ? `${name}.${ending}` : `${name}_${before + 1}.${ending}`) - 1
    const head = header()
    this.pending[index] = head + frame.open
    this.counts[index] = 0
    this.frames[index] = frame
    return { index, rows: 0, bytes: utf8Length(head), parts: before + 1 }
  }
}

const BEYOND_ASCII = /[\u0080-\uffff]/

function utf8Length(text: string): number {
  if (!BEYOND_ASCII.test(text)) return text.length
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    // Each half of a pair makes two of its four bytes.
    length += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2
  }
  return length
}
