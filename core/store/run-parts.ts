import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { AppError } from '#lib/errors'
import type { Steps } from '#lib/steps'
import { type Readable, statement, transaction, type Writable } from './connection.ts'

const SAVE = 'INSERT INTO run_part (run_id, name, content) VALUES (?, ?, ?)'
const READ = 'SELECT content FROM run_part WHERE run_id = ? AND name = ?'
const COPY = `
  INSERT INTO run_part (run_id, name, content)
  SELECT :to, name, content FROM run_part WHERE run_id = :from AND (name = :name OR name GLOB :name || '/*')`

/** Rows in one slice of a list: what is unpacked at a time. */
const SLICE = 8192

/** What a list says of itself; its rows are in slices beside it, by position. */
type ListHead = Readonly<{ rows: number; fields: readonly string[] }>

/** A list made ready to be kept: much smaller than its records. */
export type PackedList = ListHead & Readonly<{ slices: readonly Uint8Array[] }>

/** Keeps one part of a run beside its units: any JSON value. */
export function saveRunPart(db: Writable, runId: number, name: string, value: unknown): void {
  saveContent(db, runId, name, packed(value))
}

function saveContent(db: Writable, runId: number, name: string, content: Uint8Array): void {
  transaction(db, () => statement(db, SAVE).run(runId, name, content))
}

function packed(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value), { level: 1 })
}

/** A part of a run as it was kept; the caller knows its shape by its name. @throws AppError store/corrupt */
export function readRunPart(db: Readable, runId: number, name: string): unknown {
  const content = statement<Uint8Array>(db, READ, 'values').get(runId, name)
  if (content === undefined) throw new AppError('store/corrupt', `run ${runId} lacks its ${name}`, { runId, name })
  try {
    return JSON.parse(inflateRawSync(content).toString('utf8'))
  } catch (cause) {
    throw new AppError('store/corrupt', `the ${name} of run ${runId} are damaged`, { runId, name }, { cause })
  }
}

/** Makes a long list of records ready to be kept, slice by slice; halts after each. The fields are those of the first record. */
export function* packRunList(rows: Iterable<object>): Steps<PackedList> {
  let fields: readonly string[] | null = null
  let count = 0
  let slice: unknown[][] = []
  const slices: Uint8Array[] = []
  for (const row of rows) {
    fields ??= Object.keys(row)
    slice.push(fields.map(field => (row as Record<string, unknown>)[field]))
    count++
    if (slice.length < SLICE) continue
    slices.push(packed(slice))
    slice = []
    yield
  }
  if (slice.length > 0) slices.push(packed(slice))
  return { rows: count, fields: fields ?? [], slices }
}

/** Keeps a long list. */
export function saveRunList(
  db: Writable,
  runId: number,
  { name, list: { rows, fields, slices } }: Readonly<{ name: string; list: PackedList }>,
): void {
  transaction(db, () => {
    saveRunPart(db, runId, name, { rows, fields } satisfies ListHead)
    for (const [no, slice] of slices.entries()) saveContent(db, runId, `${name}/${no}`, slice)
  })
}

/** Records of a list that was kept. @throws AppError store/corrupt */
export function countRunList(db: Readable, runId: number, name: string): number {
  return headOf(db, runId, name).rows
}

/** The records of a list, a slice of them in memory at a time; the caller knows their shape by its name. */
export function* readRunList(db: Readable, runId: number, name: string): Generator<unknown> {
  const { rows, fields } = headOf(db, runId, name)
  for (let from = 0; from < rows; from += SLICE) {
    const slice = readRunPart(db, runId, `${name}/${from / SLICE}`) as readonly (readonly unknown[])[] // by saveRunList
    for (const values of slice) {
      const record: Record<string, unknown> = {}
      for (let i = 0; i < fields.length; i++) record[fields[i] as string] = values[i] // i < length
      yield record
    }
  }
}

/** Gives a run parts and lists of another, as they are. */
export function copyRunParts(
  db: Writable,
  { from, to, names }: Readonly<{ from: number; to: number; names: readonly string[] }>,
): void {
  transaction(db, () => {
    for (const name of names) statement(db, COPY).run({ from, to, name })
  })
}

function headOf(db: Readable, runId: number, name: string): ListHead {
  return readRunPart(db, runId, name) as ListHead // written by saveRunList
}
