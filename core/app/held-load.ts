import { createHash } from 'node:crypto'
import type { Output } from '#contract/contract'
import {
  createHeldRecordReader,
  createRecordSource,
  type HeldEdit,
  type HeldRecordReader,
  planFile,
  positionOf,
  type RecordConsumer,
} from '#import'
import { AppError } from '#lib/errors'
import type { ImportOptions } from '#schema/import'
import { type HeldEntry, heldEntry, heldPlaces, type ImportRecord, listImports, type Readable } from '#store'
import type { Context, OpenProject } from './context.ts'
import { applyHeld, sumOf } from './held-apply.ts'
import { demandImport, editsTask, type HeldTask } from './held-change.ts'
import { cellsOf, ERROR_COLUMNS, harmless, headersOf, meant } from './held-file.ts'
import { judgeHeld } from './held-judge.ts'
import type { Job } from './jobs.ts'
import { readChunks, readHead, type SourceFile } from './source-file.ts'
import { isRewritten } from './spreadsheet-cells.ts'

type Loaded = Output<'held.load'>
/** A row of a corrected file: its cells by header, and its line there. */
type CorrectedRow = Readonly<{ cells: ReadonlyMap<string, string>; line: number }>

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
 * Takes a corrected file of held rows. Each row is matched by file and line, of several by rule and column; the cells that
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
    const suggestion = error instanceof AppError ? error.context['suggestion'] : undefined
    if (typeof suggestion !== 'string') throw error
    const found = await matchIn({ encoding: suggestion })
    if (found.matcher.sameBeyondAscii === 0) throw error
    return found
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
  const plan = planFile({ file: file.name, head, isWhole, size, options })
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
  for await (const { chunk, diskBytes } of readChunks(file, facts, createHash('sha256'))) {
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

type Known = Readonly<{ origin: ImportRecord; reader: HeldRecordReader; headers: readonly string[] }>

/** Finds the held rows that the rows of a corrected file are, and what was changed in them. */
class HeldMatcher {
  rows = 0
  untouched = 0
  notHeld = 0
  repeated = 0
  /** Rows without a line. */
  unplaced = 0
  /** Cells that a spreadsheet wrote in its own way and that stay as they were. */
  mended = 0
  /** Cells that are as they were written and have letters beyond ASCII. */
  sameBeyondAscii = 0
  readonly lines: number[] = []
  private readonly db: Readable
  private readonly places = new Map<string, ReadonlyMap<number, readonly number[]>>()
  private readonly known = new Map<number, Known>()
  private readonly edits = new Map<number, Map<number, HeldEdit>>()
  private readonly seen = new Set<number>()
  private readonly headers = new Set<string>()

  constructor(db: Readable) {
    this.db = db
  }

  get corrected(): number {
    return [...this.edits.values()].reduce((sum, edits) => sum + edits.size, 0)
  }

  /** Headers of the file that no import has. A file of some of the held rows has the columns of all that hold a row. */
  ignoredColumns(): string[] {
    const known = new Set<string>([
      ...ERROR_COLUMNS,
      '',
      ...listImports(this.db).flatMap(({ plan }) => headersOf(plan)),
    ])
    return [...this.headers].filter(name => !known.has(name))
  }

  take(row: CorrectedRow): void {
    if (this.rows === 0) for (const name of row.cells.keys()) this.headers.add(name)
    this.rows++
    const file = meant(row.cells.get('_error_file') ?? '')
    const lineText = (row.cells.get('_error_line') ?? '').trim()
    if (!/^\d+$/.test(lineText)) {
      this.unplaced++
      this.lines.push(row.line)
      return
    }
    const entry = this.entryOf(row, file, Number(lineText))
    if (entry === null) {
      this.notHeld++
      this.lines.push(row.line)
    } else this.compare(row, entry)
  }

  tasks(): readonly HeldTask[] {
    return [...this.edits]
      .filter(([, edits]) => edits.size > 0)
      .toSorted(([a], [b]) => a - b)
      .map(([importId, edits]) => editsTask(this.db, this.knownOf(importId).origin, edits))
  }

  private compare(row: CorrectedRow, entry: HeldEntry): void {
    const { origin, reader, headers } = this.knownOf(entry.importId)
    const { cells, isSound } = cellsOf(origin.plan, reader, entry)
    const texts = headers.map((name, at) => row.cells.get(name) ?? harmless(cells[at] ?? ''))
    const faultAt = positionOf(origin.plan, entry.column)
    const changed = headers.flatMap((_, at) => {
      const was = cells[at] ?? ''
      const isSame = isSameText(texts[at], harmless(was))
      if (isSame && BEYOND_ASCII.test(was)) this.sameBeyondAscii++
      if (isSame || !isSound || at === faultAt || !isRewritten(was, texts[at] ?? '')) return isSame ? [] : [at]
      this.mended++
      return []
    })
    const edits = this.edits.get(entry.importId) ?? new Map<number, HeldEdit>()
    this.edits.set(entry.importId, edits)
    if (this.seen.has(entry.heldId)) {
      this.repeated++
      if (!edits.delete(entry.heldId)) this.untouched--
    }
    this.seen.add(entry.heldId)
    if (changed.length === 0) {
      this.untouched++
      return
    }
    // Of a record that could not be taken apart, the cells are all there is.
    const told = isSound ? changed : headers.map((_, at) => at)
    edits.set(entry.heldId, { cells: Object.fromEntries(told.map(at => [at, meant(texts[at] ?? '')])) })
  }

  /** The held row at a file and line; where there are several, the one of the rule that the row names, newest first. */
  private entryOf({ cells }: CorrectedRow, file: string, line: number): HeldEntry | null {
    const ids = this.placesOf(file).get(line) ?? []
    const found = ids.flatMap(id => heldEntry(this.db, id) ?? []).toReversed()
    const code = cells.get('_error_code')
    const column = cells.get('_error_column')
    return found.find(entry => entry.code === code && entry.column === column) ?? found[0] ?? null
  }

  private placesOf(file: string): ReadonlyMap<number, readonly number[]> {
    const known = this.places.get(file)
    if (known !== undefined) return known
    const byLine = new Map<number, number[]>()
    for (const { line, heldId } of heldPlaces(this.db, file)) {
      const ids = byLine.get(line)
      if (ids === undefined) byLine.set(line, [heldId])
      else ids.push(heldId)
    }
    this.places.set(file, byLine)
    return byLine
  }

  private knownOf(importId: number): Known {
    const found = this.known.get(importId)
    if (found !== undefined) return found
    const origin = demandImport(this.db, importId)
    const known = { origin, reader: createHeldRecordReader(origin.plan), headers: headersOf(origin.plan) }
    this.known.set(importId, known)
    return known
  }
}

const BEYOND_ASCII = /[^\0-\x7f]/

/** Blanks around a cell mean nothing, and spreadsheets write line breaks in their own way. */
function isSameText(a: string | undefined, b: string): boolean {
  const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim()
  return plain(a ?? '') === plain(b)
}
