import { createReadStream, rmSync } from 'node:fs'
import type { Readable } from 'node:stream'
import Database from 'better-sqlite3'
import PapaParse from 'papaparse'
import { EVENT_COLUMNS, EVENTS_TABLE } from '../events-table.ts'
import type { Prepare } from '../step.ts'

type Chunk = Readonly<{ data: string[][] }>
type Streaming = Readonly<{
  parse(
    source: Readable,
    config: Readonly<{ chunk(result: Chunk): void; complete(): void; error(cause: Error): void }>,
  ): void
}>
/** The core declares only what it uses; reading a stream is part of Papa Parse, too. */
const Papa = PapaParse as unknown as Streaming

const CHUNK_BYTES = 1 << 20

/** The usual way in JavaScript: Papa Parse to arrays, one prepared insert per row, one transaction, a text key. */
export const papaparseImport: Prepare = ({ events = '', database = '' }) => {
  for (const suffix of ['', '-journal']) rmSync(`${database}${suffix}`, { force: true })
  return {
    runs: {
      run: async () => {
        const db = new Database(database)
        db.pragma('synchronous = FULL')
        db.exec(EVENTS_TABLE)
        const insert = db.prepare(`INSERT OR IGNORE INTO events VALUES (${EVENT_COLUMNS.map(() => '?').join(', ')})`)
        db.exec('BEGIN')
        let isHeader = true
        await eachChunk(events, rows => {
          for (const row of rows) {
            if (isHeader) isHeader = false
            else if (row.length > 1) insert.run(EVENT_COLUMNS.map((_name, i) => row[i] ?? null))
          }
        })
        db.exec('COMMIT')
        const rows = Number(db.prepare('SELECT count(*) FROM events').pluck().get())
        db.close()
        return { rows }
      },
    },
  }
}

async function eachChunk(path: string, take: (rows: readonly string[][]) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    Papa.parse(createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK_BYTES }), {
      chunk: ({ data }) => take(data),
      complete: resolve,
      error: reject,
    })
  })
}
