import type { Output } from '#contract/contract'
import { createRecordSource, planFile, type RecordConsumer } from '#import'
import { AppError } from '#lib/errors'
import { readingsOf } from '#schema/encodings'
import type { ImportOptions } from '#schema/import'
import type { Readable } from '#store'
import type { Context, OpenProject } from './context.ts'
import type { CorrectedRow } from './corrected-row.ts'
import { applyHeld, sumOf } from './held-apply.ts'
import { ERROR_COLUMNS } from './held-file.ts'
import { judgeHeld } from './held-judge.ts'
import { HeldMatcher } from './held-matcher.ts'
import type { Job } from './jobs.ts'
import { readChunks, readHead, type SourceFile } from './source-file.ts'

type Loaded = Output<'held.load'>

const SHOWN_LINES = 20

/** Is the file one of held rows, by its header? One that cannot be read is none: the board says why. */
export async function isHeldFile(file: SourceFile): Promise<boolean> {
  if (file.entry !== undefined) return false
  const head = await headOrNull(file)
  if (head === null) return false
  const line = new TextDecoder('latin1')
    .decode(head.subarray(0, 1 << 16))
    .replaceAll('\0', '')
    .split(/\r\n|\r|\n/, 2)
  return line.some(text => text.includes(ERROR_COLUMNS[0]) && text.includes(ERROR_COLUMNS[1]))
}

async function headOrNull(file: SourceFile): Promise<Uint8Array | null> {
  try {
    return (await readHead(file)).head
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

/**
 * Takes a corrected file of held rows. Each row is matched by the held row it names, else by file, line and content; the cells that
 * are not as they were written count as edits of the row.
 *
 * @throws AppError import/not-readable where it is no such file; as `applyHeld`
 */
export async function loadHeldFile(
  ctx: Context,
  open: OpenProject,
  file: SourceFile,
  { dryRun, encoding, job }: Readonly<{ dryRun: boolean; encoding?: string | undefined; job: Job }>,
): Promise<Loaded> {
  const { matcher, broken } = await matchRows(open.project.db, file, encoding, job)
  const tasks = matcher.tasks()
  const { rows, untouched, notHeld, repeated, unplaced } = matcher
  const counts = {
    file: file.name,
    rows: rows + broken.length,
    corrected: matcher.corrected,
    untouched,
    notHeld,
    ...(matcher.superseded.length === 0 ? {} : { superseded: matcher.superseded }),
    repeated,
    broken: unplaced + broken.length,
    lines: [...matcher.lines, ...broken].toSorted((a, b) => a - b).slice(0, SHOWN_LINES),
    ignoredColumns: matcher.ignoredColumns(),
    ...(matcher.mended === 0 ? {} : { mended: matcher.mended }),
  }
  if (!dryRun) return { ...counts, ...(await applyHeld(ctx, open, tasks, job)) }
  const outcomes = []
  for (const task of tasks) outcomes.push(await judgeHeld(task, SILENT, job))
  return { ...counts, outcome: sumOf(outcomes), done: [] }
}

export const SILENT: Parameters<typeof judgeHeld>[1] = {
  entities: () => undefined,
  events: () => undefined,
  judged: () => undefined,
  moved: () => undefined,
  pageDone: () => undefined,
}

type Matched = Readonly<{ matcher: HeldMatcher; broken: readonly number[] }>

/** A file in an encoding that has to be asked for is read in it where cells that were not changed prove it. */
async function matchRows(db: Readable, file: SourceFile, encoding: string | undefined, job: Job): Promise<Matched> {
  const matchIn = async (options: ImportOptions): Promise<Matched> => {
    const matcher = new HeldMatcher(db)
    return { matcher, broken: await readCorrected(file, options, row => matcher.take(row), job) }
  }
  try {
    return await matchIn(encoding === undefined ? {} : { encoding })
  } catch (error) {
    for (const { encoding: likely } of error instanceof AppError ? readingsOf(error.context) : []) {
      const found = await matchIn({ encoding: likely })
      if (found.matcher.sameBeyondAscii > 0) return found
    }
    throw error
  }
}

/** @returns lines of the records that cannot be taken apart */
async function readCorrected(
  file: SourceFile,
  options: ImportOptions,
  take: (row: CorrectedRow) => void,
  job: Job,
): Promise<readonly number[]> {
  const { head, isWhole, ...facts } = await readHead(file)
  const size = facts.compression === 'none' ? facts.bytes : null
  const plan = planFile({ file: file.name, head, isWhole, size, options, isGivenBack: true })
  if (plan.format !== 'csv') throw noHeldFile(file, 'it is no table with a header')
  const broken: number[] = []
  let header: readonly string[] | null = null
  const consumer: RecordConsumer = {
    fields(cells, line) {
      if (header === null) header = headerOf(file, cells)
      else take({ line, cells: new Map(header.map((name, at) => [name, cells[at] ?? ''])) })
    },
    object: () => undefined,
    broken: ({ line }) => void broken.push(line),
    blank: () => undefined,
    encoding: () => undefined,
  }
  const source = createRecordSource(plan, consumer)
  for await (const { chunk, diskBytes } of readChunks(file, facts)) {
    source.push(chunk)
    job.report({ phase: 'Reading', done: diskBytes, total: facts.bytes, unit: 'bytes', subject: file.name })
    await job.breathe()
  }
  source.end()
  if (header === null) throw noHeldFile(file, 'it is empty')
  return broken
}

function headerOf(file: SourceFile, cells: readonly string[]): readonly string[] {
  const names = cells.map(cell => cell.trim())
  const missing = [ERROR_COLUMNS[0], ERROR_COLUMNS[1]].filter(name => !names.includes(name))
  if (missing.length > 0) throw noHeldFile(file, `it has no column ${missing.join(' and ')}`)
  return names
}

function noHeldFile({ name }: SourceFile, why: string): AppError {
  const message = `${name} is no file of held rows: ${why}. Download the held rows, correct them, and keep the _error_ columns.`
  return new AppError('import/not-readable', message, { file: name })
}
