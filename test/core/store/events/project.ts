import Database from 'better-sqlite3'
import fc from 'fast-check'
import { DAY_MS } from '#lib/time'
import type { EventBatch } from '#schema/import'
import { createEventBuilder, type EventRecord } from '../../../../core/import/events/index.ts'
import type { Writable } from '../../../../core/store/connection.ts'
import { createEventWriter, type EventKeys, type EventTotals } from '../../../../core/store/events/index.ts'
import { migrate } from '../../../../core/store/migrate.ts'

/** An empty project in memory. */
export function emptyProject(): Writable {
  const db = new Database(':memory:') as Writable
  db.pragma('foreign_keys = ON')
  migrate(db)
  return db
}

export function beginImport(db: Writable): number {
  const insert = db.prepare(
    `INSERT INTO import (batch_id, file, table_name, status, plan) VALUES ('b', 'events.csv', 'events', 'staging', '{}')`,
  )
  return Number(insert.run().lastInsertRowid)
}

export function publish(db: Writable, importId: number): void {
  db.prepare(
    `UPDATE import SET status = 'published', bytes = 0, sha256 = '${'0'.repeat(64)}', imported_at = 0 WHERE id = ?`,
  ).run(importId)
}

/** Records as batches, cut where `sizes` say, the rest in one. */
export function batchesOf(records: readonly EventRecord[], sizes: readonly number[] = []): readonly EventBatch[] {
  const builder = createEventBuilder()
  const batches: EventBatch[] = []
  let size = sizes[0] ?? Number.POSITIVE_INFINITY
  for (const record of records) {
    builder.add(record)
    if (builder.count < size) continue
    batches.push(builder.take())
    size = sizes[batches.length] ?? Number.POSITIVE_INFINITY
  }
  return [...batches, builder.take()]
}

/** Imports records as one file and publishes it. */
export function load(
  db: Writable,
  keys: EventKeys,
  records: readonly EventRecord[],
  sizes?: readonly number[],
): Readonly<{ importId: number; totals: EventTotals }> {
  const importId = beginImport(db)
  const writer = createEventWriter(db, importId, keys)
  for (const batch of batchesOf(records, sizes)) writer.write(batch)
  const totals = writer.finish()
  publish(db, importId)
  return { importId, totals }
}

export const LOGIN: EventRecord = {
  line: 2,
  eventId: 'e-1',
  name: 'login',
  timestamp: Date.UTC(2026, 4, 1),
  workspace: 'w-1',
  user: 'u-1',
  anonymous: '',
  device: '',
  session: '',
  source: '',
  ip: '',
  isKeyEvent: null,
  weight: null,
  properties: '',
  custom: '',
}

const few = (...texts: readonly string[]) => fc.constantFrom('', ...texts)

/** Any event; ids come again, with the same content or another. */
export const anyRecord: fc.Arbitrary<EventRecord> = fc
  .record({
    isDate: fc.boolean(),
    line: fc.integer({ min: 2, max: 4_000_000_000 }),
    eventId: fc.oneof(fc.constantFrom('', 'e-1', 'e-2', 'é'), fc.uuid()),
    name: fc.constantFrom('login', 'usage_limit_hit', 'Größe geändert'),
    timestamp: fc.integer({ min: -5, max: 5 }).map(hour => Date.UTC(2026, 0, 1) + hour * 3_600_000),
    workspace: few('w-1', 'w-2', 'w-3'),
    user: few('u-1', 'u-2'),
    anonymous: few('a-1'),
    device: few('d-1', 'd-2'),
    session: few('s-1', '😀'),
    source: few('web'),
    ip: few('10.0.0.1'),
    isKeyEvent: fc.constantFrom(null, false, true),
    weight: fc.constantFrom(null, 0, 1.5, -3),
    properties: few('{"a":1}', '{"name":"Zoë"}'),
    custom: few('{"plan":"pro"}'),
  })
  .map(record => ({ ...record, timestamp: record.isDate ? midnight(record.timestamp) : record.timestamp }))

const midnight = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS
