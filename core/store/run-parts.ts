import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { AppError } from '#lib/errors'
import { type Readable, statement, transaction, type Writable } from './connection.ts'

const SAVE = 'INSERT INTO run_part (run_id, name, content) VALUES (?, ?, ?)'
const READ = 'SELECT content FROM run_part WHERE run_id = ? AND name = ?'

/** Keeps one part of a run beside its units: any JSON value. */
export function saveRunPart(db: Writable, runId: number, name: string, value: unknown): void {
  const content = deflateRawSync(JSON.stringify(value), { level: 1 })
  transaction(db, () => statement(db, SAVE).run(runId, name, content))
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
