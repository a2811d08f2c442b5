import type { Progress } from '#contract/method'
import type { ImportSink } from '#schema/import'
import type { Job } from './jobs.ts'
import type { SourceFacts, SourceFile } from './source-file.ts'

type Planned = Readonly<{ file: SourceFile; facts: SourceFacts }>

/** How far the reading of a batch is: one bar in bytes over all its files, and beside it the file at hand and the rows. */
export type StageProgress = Readonly<{
  /** The bytes of the file at hand that are read. @param isAgain were they all read before? */
  reading(bytes: number, isAgain: boolean): void
  /** The same sink, its rows counted. */
  counting(sink: ImportSink): ImportSink
  /** The rows of the file at hand are dropped and read again. */
  restart(): void
  /** The file at hand is done with; the next one follows. */
  finish(): void
}>

/** @param planned in the order in which they are read */
export function stageProgress(planned: readonly Planned[], job: Job): StageProgress {
  const all = planned.reduce((sum, { facts }) => sum + facts.bytes, 0)
  // A file that feeds several tables is read for each, and is one file.
  const keyOf = ({ file: { path, entry } }: Planned): string => JSON.stringify([path, entry?.name])
  const files = [...new Set(planned.map(keyOf))]
  let at = 0
  let before = 0
  let rowsBefore = 0
  let rows = 0
  const tell = (bytes: number, isAgain: boolean): void => {
    const entry = planned[at]
    if (entry === undefined) return
    const total = entry.facts.bytes
    const common = { unit: 'bytes', subject: entry.file.name, rows: rowsBefore + rows } as const
    const part: Progress['part'] = {
      at: files.indexOf(keyOf(entry)) + 1,
      of: files.length,
      done: bytes,
      total,
    }
    if (isAgain) job.report({ phase: 'Reading again', done: bytes, total, ...common, part })
    else job.report({ phase: 'Reading', done: before + bytes, total: all, ...common, part })
  }
  return {
    reading: tell,
    counting: sink => ({
      ...sink,
      entities(entities) {
        rows += entities.length
        sink.entities(entities)
      },
      events(batch) {
        rows += batch.count
        sink.events(batch)
      },
      held(held) {
        rows += held.length
        sink.held(held)
      },
    }),
    restart() {
      rows = 0
    },
    finish() {
      tell(planned[at]?.facts.bytes ?? 0, false)
      before += planned[at]?.facts.bytes ?? 0
      rowsBefore += rows
      rows = 0
      at++
    },
  }
}
