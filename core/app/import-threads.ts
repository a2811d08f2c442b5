import { HashThread } from './hash-thread.ts'
import { READER_BYTES } from './read-source.ts'
import { openReaderThread, type ReaderThread } from './reader-thread.ts'
import { type SourceFile, sizeOf } from './source-file.ts'

/** The threads of one import: both start before the files are looked at, and take that long to begin their work. */
export class ImportThreads {
  readonly hashes: HashThread
  private first: Promise<ReaderThread | null> | null
  private readonly isHashDue: boolean

  /**
   * @param files that may be read, archives as such
   * @param known sizes of files that were imported: one of these is probably not read again
   */
  constructor(files: readonly SourceFile[], known: ReadonlySet<number>) {
    const sizes = files.map(sizeOf)
    const large = sizes.filter(bytes => bytes >= READER_BYTES)
    const isRead = large.some(bytes => !known.has(bytes))
    // Looking at one file takes as long as a thread to start: it is hashed here where nothing else is to be done.
    const isHashedHere = !isRead && large.length === 1
    this.hashes = new HashThread(isHashedHere ? [] : files)
    this.isHashDue = !isRead && !isHashedHere && large.length > 0
    this.first = isRead ? openReaderThread() : null
  }

  /** Where nothing but the hash of a file will be waited for, its thread gets the processor first. */
  async ready(): Promise<void> {
    if (this.isHashDue) await this.hashes.begun()
  }

  /** A thread for one file. @returns null where none can be started */
  async openReader(): Promise<ReaderThread | null> {
    const { first } = this
    this.first = null
    return await (first ?? openReaderThread())
  }

  async close(): Promise<void> {
    const unused = await this.first
    await Promise.all([this.hashes.close(), unused?.close()])
  }
}
