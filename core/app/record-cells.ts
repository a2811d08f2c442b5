import { unmangledText } from '#identity'
import { createRecordSource, likelyReadings, planFile, type RecordConsumer } from '#import'
import { AppError } from '#lib/errors'
import { readingsOf } from '#schema/encodings'
import type { Job } from './jobs.ts'
import { readChunks, readHead, type SourceFile } from './source-file.ts'

/** Wanted columns of a file as cells, one per record; records that cannot be taken apart are counted. */
export type RecordCells = Readonly<{ columns: ReadonlyMap<string, readonly string[]>; broken: number }>

/**
 * Reads columns of any table into memory: CSV with any delimiter, JSON or JSON lines, packed or not. A file that is not UTF-8
 * throughout is read in the encoding that it is likeliest in where it cannot well be windows-1252; else as that where it is not
 * UTF-8, name by name and cell by cell.
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
  if (!('encodings' in found)) return found
  const { encodings } = found
  const encoding = encodings.includes(MIXED) ? MIXED : (encodings[0] ?? MIXED)
  const read = await readCells(file, { named, job, options: { encoding } })
  return 'encodings' in read ? NOTHING : read
}

/** Text of UTF-8 among this is found again, cell by cell. */
const MIXED = 'windows-1252'
const NOTHING: RecordCells = { columns: new Map(), broken: 0 }

type Wish = Readonly<{ named: Columns; job: Job; options: Readonly<{ encoding?: string }> }>
/** What a file may be in that is not in the encoding it begins in, the likeliest first. */
type Misread = Readonly<{ encodings: readonly string[] }>

async function readCells(file: SourceFile, { named, job, options }: Wish): Promise<RecordCells | Misread> {
  const { head, isWhole, ...facts } = await readHead(file)
  const size = facts.compression === 'none' ? facts.bytes : null
  const plan = planIn({ file: file.name, head, isWhole, size, options })
  if ('encodings' in plan) return plan
  if (plan.format === 'unknown')
    throw new AppError('import/not-readable', `${file.name} is no table: ${plan.reason}`, { file: file.name })
  const collector = createCollector(file, named, {
    hasHeader: plan.format === 'csv',
    // Text of UTF-8 is read as another encoding where one is named: what it was is known for sure.
    meant: options.encoding === MIXED ? unmangledText : asRead,
  })
  const source = createRecordSource(plan, collector.consumer)
  for await (const { chunk, diskBytes } of readChunks(file, facts)) {
    source.push(chunk)
    job.report({ phase: 'Reading', done: diskBytes, total: facts.bytes, unit: 'bytes', subject: file.name })
    await job.breathe()
  }
  source.end()
  const { samples, isOther } = collector.misread()
  if (options.encoding !== undefined || samples.length === 0) return collector.cells()
  return { encodings: isOther ? likelyReadings(samples).map(({ encoding }) => encoding) : [] }
}

function planIn(head: Parameters<typeof planFile>[0]): ReturnType<typeof planFile> | Misread {
  try {
    return planFile(head)
  } catch (error) {
    if (error instanceof AppError && error.code === 'import/ambiguous' && head.options.encoding === undefined)
      return { encodings: readingsOf(error.context).map(({ encoding }) => encoding) }
    throw error
  }
}

const MOST_SAMPLES = 32
const SAMPLE_BYTES = 512

type Collector = Readonly<{
  consumer: RecordConsumer
  /** The first records that are not in the encoding; are there more of them than characters beyond ASCII in the others? */
  misread(): Readonly<{ samples: readonly Uint8Array[]; isOther: boolean }>
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
  const samples: Uint8Array[] = []
  let otherwise = 0
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
      broken: () => void broken++,
      blank: () => undefined,
      encoding: (wideBytes, unreadable, sample) => {
        otherwise += unreadable - wideBytes
        if (sample !== null && samples.length < MOST_SAMPLES) samples.push(sample.slice(0, SAMPLE_BYTES))
      },
    },
    misread: () => ({ samples, isOther: otherwise > 0 }),
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
