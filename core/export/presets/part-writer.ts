/** A file that begins with something and whose records stand between separators. */
export type Frame = Readonly<{ open: string; between: string; close: string }>

/** A file that may go on in further ones. */
export type Source = Readonly<{
  /** Without ending. */
  name: string
  ending: string
  /** First line of each part. */
  header: string
  frame: Frame
  /** Records of one part, the header aside, and its bytes. */
  maxRows: number
  maxBytes: number
}>

/** Frame of a file of lines. */
export const LINES: Frame = { open: '', between: '', close: '' }

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
  private readonly frames: Frame[] = []

  /** A file to add records to. */
  file(source: Source): GrowingFile {
    return new GrowingFile(source, {
      begin: (name, text) => {
        const index = this.names.push(name) - 1
        this.pending[index] = text
        this.counts[index] = 0
        this.frames[index] = source.frame
        return index
      },
      add: (index, text) => {
        this.pending[index] += text
        this.counts[index] = (this.counts[index] ?? 0) + 1
      },
    })
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
}

type Files = Readonly<{ begin(name: string, text: string): number; add(index: number, text: string): void }>

/** One file with its further parts. */
export class GrowingFile {
  private readonly source: Source
  private readonly files: Files
  private parts = 0
  private index = 0
  private rows = 0
  private bytes = 0

  constructor(source: Source, files: Files) {
    this.source = source
    this.files = files
  }

  /**
   * Adds one record.
   *
   * @param isAscii each of its characters is one byte
   */
  add(record: string, isAscii: boolean): void {
    const { maxRows, maxBytes, frame } = this.source
    // Where no size is too large, none is counted.
    const bytes =
      maxBytes === Number.POSITIVE_INFINITY ? 0 : (isAscii ? record.length : utf8Length(record)) + frame.between.length
    if (this.parts === 0 || this.rows >= maxRows || this.bytes + bytes > maxBytes) this.begin()
    this.files.add(this.index, this.rows === 0 ? record : frame.between + record)
    this.rows++
    this.bytes += bytes
  }

  private begin(): void {
    const { name, ending, header, frame } = this.source
    this.parts++
    this.index = this.files.begin(
      this.parts === 1 ? `${name}.${ending}` : `${name}_${this.parts}.${ending}`,
      header + frame.open,
    )
    this.rows = 0
    this.bytes = utf8Length(header) + frame.open.length + frame.close.length
  }
}

function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    // Each half of a pair makes two of its four bytes.
    length += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2
  }
  return length
}
