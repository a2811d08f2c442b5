import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { createEventBuilder, createFastEventReader } from '../../core/import/events/index.ts'
import { planFile } from '../../core/import/index.ts'
import type { EventBatch, FilePlan } from '../../core/schema/import.ts'
import { createProject } from '../../core/store/db.ts'
import { createEventWriter, type EventTotals, openEventKeys } from '../../core/store/events/index.ts'
import { beginImport } from '../../core/store/imports.ts'
import { EVENTS_TABLE } from '../events-table.ts'

const CHUNK_BYTES = 1 << 20

/** One way to do the work; `run` returns the rows it came to. */
export type Contender = Readonly<{ name: string; run(file: string): number }>

/** Bytes to columns with dictionaries and hashes, nothing stored. */
const decode: Contender = { name: 'decode', run: file => readEvents(file, () => {}) }

/** Bytes to arrays of strings. */
const papaparse: Contender = {
  name: 'papaparse arrays',
  run: file => {
    let rows = -1
    let rest = ''
    eachChunk(file, chunk => {
      const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('utf8')
      const cut = text.lastIndexOf('\n') + 1
      rest = text.slice(cut)
      rows += Papa.parse(text.slice(0, cut), { delimiter: ',', newline: '\n' }).data.length - 1
    })
    return rows + 1
  },
}

/** File to a project on the disk: decoded, deduplicated, sorted, written and brought into one file. */
const store: Contender = {
  name: 'decode and write',
  run: file => inFolder(folder => load(join(folder, 'bench.pql'), file, 1).loaded),
}

/** The same file a second time into the same project. Includes the first time. */
const again: Contender = {
  name: 'decode and write, twice',
  run: file => inFolder(folder => load(join(folder, 'bench.pql'), file, 2).same),
}

/** The sqlite3 shell: the table that the event id is the key of, and its own reader of CSV. */
const sqlite: Contender = {
  name: 'sqlite3 .import',
  run: file =>
    inFolder(folder => {
      const database = join(folder, 'bench.db')
      const script = join(folder, 'import.sql')
      writeFileSync(script, `${EVENTS_TABLE};\n.import --csv --skip 1 ${file} events\nSELECT count(*) FROM events;\n`)
      const { stdout, status } = spawnSync('sqlite3', [database, `.read ${script}`], { encoding: 'utf8' })
      if (status === null) throw new Error('the sqlite3 shell is not installed')
      return Number(stdout.trim())
    }),
}

export const CONTENDERS: readonly Contender[] = [decode, papaparse, store, again, sqlite]

function load(path: string, file: string, times: number): EventTotals {
  const project = createProject(path, { uuid: 'bench', createdAt: 0 })
  const keys = openEventKeys(project.db)
  let totals: EventTotals = { loaded: 0, same: 0, repeated: 0, differingCopies: 0 }
  for (let time = 0; time < times; time++) {
    const plan = planOf(file)
    const importId = beginImport(project.db, { batchId: 'bench', file, table: 'events', plan })
    const writer = createEventWriter(project.db, importId, keys)
    readEvents(file, batch => writer.write(batch))
    totals = writer.finish()
  }
  project.close()
  return totals
}

function readEvents(file: string, take: (batch: EventBatch) => void): number {
  const builder = createEventBuilder()
  let rows = 0
  const flush = (): void => {
    if (builder.count > 0) take(builder.take())
  }
  const reader = createFastEventReader({
    plan: planOf(file),
    options: {},
    builder,
    maxRecordBytes: CHUNK_BYTES,
    // The header, and the few records that the generator damages.
    records: () => {},
    rows: count => {
      rows += count
      if (builder.count > 32_768) flush()
    },
  })
  if (reader === null) throw new Error(`${file} is no file of events`)
  eachChunk(file, chunk => reader.push(chunk))
  reader.end()
  flush()
  return rows
}

function planOf(file: string): FilePlan {
  const head = new Uint8Array(65_536)
  const descriptor = openSync(file, 'r')
  const length = readSync(descriptor, head)
  closeSync(descriptor)
  return planFile({ file: 'events.csv', head: head.subarray(0, length), isWhole: false, size: null, options: {} })
}

function eachChunk(file: string, take: (chunk: Uint8Array) => void): void {
  const chunk = new Uint8Array(CHUNK_BYTES)
  const descriptor = openSync(file, 'r')
  for (let length = readSync(descriptor, chunk); length > 0; length = readSync(descriptor, chunk)) {
    take(chunk.subarray(0, length))
  }
  closeSync(descriptor)
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'bench-events-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
