import type { Output } from '#contract/contract'
import { type CrmRun, type Preset, type PresetId, presetOf, rowFingerprint } from '#export'
import { AppError } from '#lib/errors'
import { type DeliveredRecord, deliveredRecords, markFailed, type Writable } from '#store'
import type { Job } from './jobs.ts'
import { readRecordCells } from './record-cells.ts'
import type { SourceFile } from './source-file.ts'

type Returned = Output<'export.errors'>

/** Columns in which CRMs say what is wrong with a row. */
const MESSAGES = ['ERROR', 'Error', 'Errors', 'Error message', 'Error type', 'Message', 'sf__Error', 'Reason'] as const
/** Columns of files that list what a CRM took: Data Loader's success file, successful records of the Bulk API. */
const TAKEN = [
  { column: 'STATUS', says: /^item (created|updated)/i },
  { column: 'sf__Created', says: /^(true|false)$/i },
] as const
const MOST_SHOWN = 500
/** Of one row in one file of a preset. */
const FINGERPRINT = 16

/**
 * Marks the records of a file that a CRM sent back: they count as not handed over. Rows are known by their cells, so that they must have the
 * columns of one of the preset's files, in any order, and the cells as they were written.
 *
 * @throws AppError usage/bad-argument where it is none of the preset's files, or lists what was taken
 */
export async function markReturned(db: Writable, file: SourceFile, preset: PresetId, job: Job): Promise<Returned> {
  const { columns, fingerprints } = await readReturned(file, preset, job)
  refuseTaken(file, columns)
  const known = byFingerprint(deliveredRecords(db, preset))
  const messages = MESSAGES.map(name => columns.get(name) ?? [])
  const failed: Returned['failed'] = []
  const failures = new Map<string, Readonly<{ object: string; key: string; failure: string }>>()
  let matched = 0
  for (const [i, fingerprint] of fingerprints.entries()) {
    const found = known.get(fingerprint)
    if (found === undefined) continue
    matched++
    const failure = messages.map(cells => cells[i] ?? '').find(cell => cell !== '') ?? 'sent back'
    failures.set(`${found.object} ${found.key}`, { object: found.object, key: found.key, failure })
    if (failed.length < MOST_SHOWN)
      failed.push({ object: found.object, key: found.key, unitId: found.unitId, message: failure })
  }
  markFailed(db, preset, [...failures.values()])
  return { rows: fingerprints.length, matched, unmatched: fingerprints.length - matched, failed }
}

/** Marking what went well as failed would double it. */
function refuseTaken(file: SourceFile, columns: Read['columns']): void {
  const taken = TAKEN.find(({ column, says }) => columns.get(column)?.some(cell => says.test(cell)))
  if (taken === undefined) return
  throw new AppError(
    'usage/bad-argument',
    `${file.name} lists records that were taken, by its column ${taken.column}; drop the file of errors`,
    { file: file.name, column: taken.column },
  )
}

type Read = Readonly<{ columns: ReadonlyMap<string, readonly string[]>; fingerprints: readonly string[] }>

/** The rows of a file as one of the files of a preset has them: of those that fit, the one with the most columns. */
async function readReturned(file: SourceFile, preset: PresetId, job: Job): Promise<Read> {
  const runs = [true, false].map(hasSequences => ({ asOf: '', model: '', sequenceOf: () => null, hasSequences }))
  const variants = runs.flatMap(run => variantsOf(preset, run))
  const candidates = variants.map(({ columns }) => columns.map(({ name, isVolatile }) => ({ name, isVolatile })))
  const distinct = new Map(candidates.map(own => [JSON.stringify(own), own]))
  for (const own of [...distinct.values()].toSorted((a, b) => b.length - a.length)) {
    const names = own.map(({ name }) => name)
    const read = await readColumns(file, names, job)
    if (read === null) continue
    const stable = own.filter(({ isVolatile }) => isVolatile !== true).map(({ name }) => read.get(name) ?? [])
    const rows = stable[0]?.length ?? 0
    const fingerprints = Array.from({ length: rows }, (_, i) => rowFingerprint(stable.map(cells => cells[i] ?? '')))
    return { columns: read, fingerprints }
  }
  throw new AppError('usage/bad-argument', `${file.name} has the columns of none of the files that ${preset} gets`, {
    file: file.name,
    preset,
  })
}

function variantsOf(preset: PresetId, run: CrmRun): Preset['files'] {
  return (['company', 'contact', 'object'] as const).flatMap(workspaceAs =>
    (['lead', 'contact'] as const).flatMap(
      leadsAs =>
        presetOf(preset, run, {
          workspaceAs,
          leadsAs,
          pipeline: '',
          dealStage: '',
          leadStatus: '',
          dealStages: new Set(),
        }).files,
    ),
  )
}

/** Null where a column is missing. */
async function readColumns(
  file: SourceFile,
  names: readonly string[],
  job: Job,
): Promise<ReadonlyMap<string, readonly string[]> | null> {
  const optional = [...MESSAGES, ...TAKEN.map(({ column }) => column)].filter(name => !names.includes(name))
  try {
    return (await readRecordCells(file, names, job, optional)).columns
  } catch (error) {
    if (error instanceof AppError && error.code === 'usage/bad-argument') return null
    throw error
  }
}

/** A record in several files has one fingerprint for each. */
function byFingerprint(records: Iterable<DeliveredRecord>): ReadonlyMap<string, DeliveredRecord> {
  const known = new Map<string, DeliveredRecord>()
  for (const record of records)
    for (let at = 0; at < record.fingerprint.length; at += FINGERPRINT)
      known.set(record.fingerprint.slice(at, at + FINGERPRINT), record)
  return known
}
