import { createHash } from 'node:crypto'
import { unmangledText } from '#identity'
import { createRecordSource, planFile, type RecordConsumer } from '#import'
import { AppError } from '#lib/errors'
import type { Job } from './jobs.ts'
import { readChunks, readHead, type SourceFile } from './source-file.ts'

/** Wanted columns of a file as cells, one per record; records that cannot be taken apart are counted. */
export type RecordCells = Readonly<{ columns: ReadonlyMap<string, readonly string[]>; broken: number }>

/**
 * Reads columns of any table into memory: CSV with any delimiter, JSON or JSON lines, packed or not. A file that is not UTF-8
 * throughout is read as windows-1252 where it is not, name by name and cell by cell.
 *
 * @param wanted names of columns, as in the header
 * @param optional names of columns that may be missing; their cells are empty then
 * @throws AppError usage/bad-argument where a column is not there; import/not-readable where the file is no table
 */
export async function readRecordCells(
  file: SourceFile,
  wanted: readonly string[],
  job: Job,
  optional: readonly string[] = [],
): Promise<RecordCells> {
  const named = { wanted, optional }
  const found = await readCells(file, { named, job, options: {} })
  if (found !== null) return found
  return (await readCells(file, { named, job, options: { encoding: 'windows-1252' } })) ?? NOTHING
}

const NOTHING: RecordCells = { columns: new Map(), broken: 0 }

type Wish = Readonly<{ named: Columns; job: Job; options: Readonly<{ encoding?: string }> }>

/** Null where records are not in the encoding that the file begins in, and none is named. */
async function readCells(file: SourceFile, { named, job, options }: Wish): Promise<RecordCells | null> {
  const { head, isWhole, ...facts } = await readHead(file)
  const size = facts.compression === 'none' ? facts.bytes : null
  const plan = planIn({ file: file.name, head, isWhole, size, options })
  if (plan === null) return null
  if (plan.format === 'unknown')
    throw new AppError('import/not-readable', `${file.name} is no table: ${plan.reason}`, { file: file.name })
  const collector = createCollector(file, named, {
    hasHeader: plan.format === 'csv',
    // Text of UTF-8 is read as another encoding where one is named: what it was is known for sure.
    meant: options.encoding === undefined ? asRead : unmangledText,
  })
  const source = createRecordSource(plan, collector.consumer)
  for await (const { chunk, diskBytes } of readChunks(file, facts, createHash('sha256'))) {
    source.push(chunk)
    if (options.encoding === undefined && collector.isMisread()) return null
    job.report({ phase: 'Reading', done: diskBytes, total: facts.bytes, unit: 'bytes', subject: file.name })
    await job.breathe()
  }
  source.end()
  return options.encoding === undefined && collector.isMisread() ? null : collector.cells()
}

function planIn(head: Parameters<typeof planFile>[0]): ReturnType<typeof planFile> | null {
  try {
    return planFile(head)
  } catch (error) {
    if (error instanceof AppError && error.code === 'import/ambiguous' && head.options.encoding === undefined)
      return null
    throw error
  }
}

type Collector = Readonly<{
  consumer: RecordConsumer
  /** Are there records that are not in the encoding? */
  isMisread(): boolean
  cells(): RecordCells
}>

type Columns = Readonly<{ wanted: readonly string[]; optional: readonly string[] }>

const asRead = (text: string): string => text

type Reading = Readonly<{ hasHeader: boolean; meant: (text: string) => string }>

function createCollector(file: SourceFile, named: Columns, { hasHeader, meant }: Reading): Collector {
  const wanted = [...named.wanted, ...named.optional]
  const columns = wanted.map((): string[] => [])
  let places: readonly number[] | null = null
  let broken = 0
  let isMisread = false
  let rows = 0
  const take = (cellOf: (column: number) => string): void => {
    columns.forEach((column, i) => void column.push(meant(cellOf(i))))
    rows++
  }
  return {
    consumer: {
      fields: cells => {
        if (places === null) places = placesOf(file, named, cells.map(meant))
        else {
          const at = places
          take(i => cells[at[i] ?? -1] ?? '')
        }
      },
      object: value => {
        const cells = meant === asRead ? value : renamed(value, meant)
        take(i => cellText(cells[wanted[i] ?? '']))
      },
      broken: ({ code }) => {
        broken++
        isMisread ||= code === 'row/bad-encoding'
      },
      blank: () => undefined,
      encoding: () => undefined,
    },
    isMisread: () => isMisread,
    cells: () => {
      if (hasHeader && places === null) placesOf(file, named, [])
      if (!hasHeader && rows === 0)
        throw new AppError('import/not-readable', `${file.name} has no records`, { file: file.name })
      return { columns: new Map(wanted.map((name, i) => [name, columns[i] ?? []])), broken }
    },
  }
}

function placesOf(file: SourceFile, { wanted, optional }: Columns, header: readonly string[]): readonly number[] {
  const names = header.map(name => name.trim())
  const places = [...wanted, ...optional].map(name => names.indexOf(name))
  const missing = wanted.filter((_, i) => places[i] === -1)
  if (missing.length === 0) return places
  const found = names.length === 0 ? 'none' : names.join(', ')
  throw new AppError(
    'usage/bad-argument',
    `${file.name} has no column ${missing.join(', ')}; its columns are ${found}`,
    { file: file.name, column: missing[0] ?? '' },
  )
}

function renamed(value: Readonly<Record<string, unknown>>, meant: Reading['meant']): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([name, cell]) => [meant(name), cell]))
}

/** A JSON value as a cell: texts as they are, lists parted by `;`, everything else as JSON. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(cellText).join(';')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
