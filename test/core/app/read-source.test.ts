import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import type { EventBatch, HeldRow } from '#schema/import'
import type { Job } from '../../../core/app/jobs.ts'
import { readSource, type SourceRead } from '../../../core/app/read-source.ts'
import { openReaderThread } from '../../../core/app/reader-thread.ts'
import { readHead } from '../../../core/app/source-file.ts'
import { planFile } from '../../../core/import/index.ts'
import { recordsOf } from '../import/events/reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'read-source-'))
afterAll(() => rmSync(folder, { recursive: true }))

const HEADER = 'event_id,event_name,timestamp,workspace_id,user_id,session_id,event_weight,event_properties,plan'

/** Rows enough for two batches, more sessions than one dictionary keeps, and of each kind of trouble some. */
function lineOf(i: number): string {
  if (i % 9001 === 5) return `bad${i},login,soon,w,u,,,,`
  if (i % 7001 === 6) return `"odd" x${i},login`
  const id = i % 5003 === 7 ? '' : `6f1b1e0a-1111-4222-8333-9a9b${(10_000_000 + i).toString(16).padStart(8, '0')}`
  const properties = i % 3 === 0 ? `"{""n"": ${i % 11}, ""é"":""${i % 2}""}"` : ''
  const time = `2026-05-01T12:00:00.${String(i % 1000).padStart(3, '0')}Z`
  const weight = i % 4 === 0 ? i % 9 : ''
  return `${id},e${i % 17},${time},w${i % 300},u${i % 5000},s${i},${weight},${properties},${i % 2 ? 'pro' : ''}`
}
const TEXT = `${HEADER}\n${Array.from({ length: 70_000 }, (_, i) => lineOf(i)).join('\n')}\n`

const patient: Job = { report: () => {}, breathe: async () => {}, turn: async () => {} }
/** `rows`: how many, and a hash of them all. */
type Collected = Readonly<{
  read: SourceRead
  rows: readonly [number, string]
  held: readonly HeldRow[]
  bytes: number
}>

async function read(path: string, threadBytes: number, job = patient): Promise<Collected> {
  const file = { path, name: 'events.csv' }
  const { head, isWhole, ...facts } = await readHead(file)
  const plan = planFile({ file: file.name, head, isWhole, size: facts.bytes, options: {} })
  const rows = createHash('sha256')
  let count = 0
  const held: HeldRow[] = []
  let bytes = 0
  const sink = {
    entities: () => {},
    events: (batch: EventBatch) => {
      for (const record of recordsOf(batch)) rows.update(JSON.stringify(record))
      count += batch.count
    },
    held: (list: readonly HeldRow[]) => void held.push(...list),
  }
  const onRead = (done: number): void => {
    bytes = done
  }
  const result = await readSource({ file, facts, plan, reading: {} }, sink, { job, onRead }, threadBytes)
  return { read: result, rows: [count, rows.digest('hex')], held, bytes }
}

describe('a file read by a thread of its own', () => {
  const path = join(folder, 'events.csv')
  writeFileSync(path, TEXT)

  test('comes to what it comes to without one', async () => {
    const here = await read(path, Number.POSITIVE_INFINITY)
    expect([here.rows[0], here.held.length]).toEqual([70_000 - 18, 18])
    // The hash of a plain file is made by another thread.
    expect(await read(path, 0)).toEqual({ ...here, read: { ...here.read, sha256: null } })
    expect(here.read.sha256).toBe(createHash('sha256').update(TEXT).digest('hex'))
  })

  test('may be packed', async () => {
    const packed = join(folder, 'events.csv.gz')
    writeFileSync(packed, gzipSync(TEXT, { level: 1 }))
    const beside = await read(packed, 0)
    expect(beside.rows[0]).toBe(70_000 - 18)
    expect(beside.read.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(beside.read).toEqual((await read(packed, Number.POSITIVE_INFINITY)).read)
  })

  test('is refused as it is without one', async () => {
    const bad = join(folder, 'bad.csv')
    writeFileSync(bad, `${HEADER}\n${'x,login,soon,w,u,,,,\n'.repeat(500)}`)
    const refusal = async (threadBytes: number): Promise<unknown> =>
      await read(bad, threadBytes).catch((error: AppError) => [error.code, error.message, error.context])
    expect(await refusal(0)).toEqual(await refusal(Number.POSITIVE_INFINITY))
    expect(await refusal(0)).toContain('import/mostly-held')
  })

  test('can be given up between two parts', async () => {
    let turns = 0
    const breathe = async (): Promise<void> => {
      if (++turns > 3) throw new AppError('run/cancelled', 'cancelled')
    }
    await expect(read(path, 0, { ...patient, breathe })).rejects.toMatchObject({ code: 'run/cancelled' })
  })

  test('is read without one where none can be started', async () => {
    expect(await openReaderThread(new URL('./no-such-entry.ts', import.meta.url))).toBeNull()
  })
})
