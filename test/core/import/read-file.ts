import { createReader, planFile } from '#import'
import type { EntityRow, EventBatch, FilePlan, HeldRow, ImportOptions, ReadResult } from '#schema/import'
import { TABLES } from '#schema/tables'

/** Everything that came of one file. */
export type FileRead = Readonly<{
  plan: FilePlan
  result: Extract<ReadResult, { status: 'done' }>
  rows: readonly EntityRow[]
  batches: readonly EventBatch[]
  held: readonly HeldRow[]
  /** Times the file was read. */
  passes: number
}>

export type ReadSettings = Readonly<{
  options?: ImportOptions & Readonly<{ maxRecordBytes?: number }>
  /** Bytes per chunk. */
  chunk?: number
  /** Bytes of the file that the plan is made from. */
  headBytes?: number
  /** What the plan is made into before the file is read by it. */
  amend?: (plan: FilePlan) => FilePlan
}>

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Plans and reads one file as the app does: again where the proof over all rows asks for it. */
export function readFile(file: string, content: string | Uint8Array, settings: ReadSettings = {}): FileRead {
  const bytes = typeof content === 'string' ? bytesOf(content) : content
  const options = settings.options ?? {}
  const head = bytes.subarray(0, settings.headBytes ?? bytes.length)
  const planned = planFile({ file, head, size: bytes.length, isWhole: head.length === bytes.length, options })
  let plan = settings.amend?.(planned) ?? planned
  for (let passes = 1; passes < 4; passes++) {
    const rows: EntityRow[] = []
    const batches: EventBatch[] = []
    const held: HeldRow[] = []
    const reader = createReader(plan, options, {
      entities: run => rows.push(...run),
      events: batch => batches.push(batch),
      held: run => held.push(...run),
    })
    const step = settings.chunk ?? Math.max(1, bytes.length)
    for (let at = 0; at < bytes.length; at += step) reader.push(bytes.slice(at, at + step))
    const result = reader.end()
    if (result.status === 'done') return { plan, result, rows, batches, held, passes }
    plan = result.plan
  }
  throw new Error('the proof does not settle')
}

/** The values of one column of the table that a file feeds. */
export function column({ plan, rows }: FileRead, name: string): readonly unknown[] {
  const at = Object.keys(TABLES[plan.table ?? 'users'].columns).indexOf(name)
  return rows.map(({ values }) => values[at])
}

/** The cells of a file as the reader splits them: every column kept as a custom field of a users table. */
export function customCells(content: string | Uint8Array, settings: ReadSettings = {}): readonly unknown[] {
  return readFile('users.csv', content, settings).rows.map(row => JSON.parse(row.custom ?? '{}'))
}
