import { setTimeout as pause } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { Job } from './jobs.ts'
import { isWholeFile, type SourceFacts, type SourceFile, sizeOf } from './source-file.ts'
import { hashFile } from './source-hash.ts'
import { startThread } from './thread.ts'

/** What the thread says: that it begins, then something of a file; `none`: it could not be hashed. */
export type FromHasher =
  | Readonly<{ kind: 'begun' }>
  | Readonly<{ kind: 'progress'; path: string; done: number }>
  | Readonly<{ kind: 'hash'; path: string; stamp: string; sha256: string }>
  | Readonly<{ kind: 'none'; path: string }>

/** Smaller files are hashed in less time than it takes to start a thread. */
const THREAD_BYTES = 8 << 20
/** How long a cancel may wait, and a thread may take to start. */
const PAUSE_MS = 40
const YOUNG_MB = 3
const ENTRY = new URL(`./hash-thread-entry.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)

type Hashed = Readonly<{ stamp: string; sha256: string }>
type Entry = Readonly<{ hashed: Promise<Hashed | null>; settle(hashed: Hashed | null): void }>

/**
 * SHA-256 of large files, made one after the other by a thread of its own, while the files are looked at and read. Where no
 * thread can be started, or a file is another by the time it is asked for, files are hashed where they are asked for.
 */
export class HashThread {
  private readonly entries: Map<string, Entry>
  private readonly progress = new Map<string, number>()
  private readonly worker: Worker | null
  private readonly start = Promise.withResolvers<void>()

  /** @param files in the order in which they will be asked for */
  constructor(files: readonly SourceFile[], threadBytes = THREAD_BYTES, entry = ENTRY) {
    const paths = files.filter(file => isWholeFile(file) && sizeOf(file) >= threadBytes).map(({ path }) => path)
    this.entries = new Map([...new Set(paths)].map(path => [path, entryOf()]))
    this.worker = paths.length === 0 ? null : startWorker(entry, [...this.entries.keys()])
    this.worker?.on('message', (message: FromHasher) => this.take(message)) // sent by hash-thread-entry.ts
    this.worker?.on('error', () => this.giveUp())
    this.worker?.on('exit', () => this.giveUp())
    if (this.worker === null) this.giveUp()
  }

  /**
   * Waits until the thread is at work, or will never be: it starts in half the time while this one is idle. Not for long: where
   * the processor is not its own, both have to go on side by side.
   */
  async begun(): Promise<void> {
    await Promise.race([this.start.promise, pause(PAUSE_MS, undefined, { ref: false })])
  }

  /**
   * SHA-256 of the bytes on disk, 64 hex digits. Asked again, a file is hashed again: who reads it a second time wants to know
   * whether it is the same still.
   *
   * @throws AppError import/not-readable, run/cancelled
   */
  async hashOf(file: SourceFile, { stamp }: Pick<SourceFacts, 'stamp'>, job: Job): Promise<string> {
    const entry = isWholeFile(file) ? this.entries.get(file.path) : undefined
    const hashed = entry === undefined ? null : await this.waitFor(file, entry, job)
    this.entries.delete(file.path)
    return hashed?.stamp === stamp ? hashed.sha256 : await hashFile(file, job)
  }

  async close(): Promise<void> {
    this.giveUp()
    await this.worker?.terminate()
  }

  private async waitFor(file: SourceFile, { hashed }: Entry, job: Job): Promise<Hashed | null> {
    const total = sizeOf(file)
    for (;;) {
      const stop = new AbortController()
      const late = pause(PAUSE_MS, 'late' as const, { signal: stop.signal }).catch(() => 'late' as const)
      const found = await Promise.race([hashed, late])
      stop.abort()
      if (found !== 'late') return found
      const done = Math.min(total, this.progress.get(file.path) ?? 0)
      job.report({ phase: 'Checking', done, total, unit: 'bytes', subject: file.name })
      await job.turn()
    }
  }

  private take(message: FromHasher): void {
    if (message.kind === 'begun') this.start.resolve()
    else if (message.kind === 'progress') this.progress.set(message.path, message.done)
    else this.entries.get(message.path)?.settle(message.kind === 'hash' ? message : null)
  }

  private giveUp(): void {
    this.start.resolve()
    for (const { settle } of this.entries.values()) settle(null)
  }
}

function entryOf(): Entry {
  const { promise, resolve } = Promise.withResolvers<Hashed | null>()
  return { hashed: promise, settle: resolve }
}

function startWorker(entry: URL, paths: readonly string[]): Worker | null {
  try {
    return startThread(entry, { youngMb: YOUNG_MB, data: paths })
  } catch {
    return null
  }
}
