import { type Readable, statement, transaction, type Writable } from './connection.ts'

/** An export of a preset. */
export type NewDelivery = Readonly<{
  exportId: number
  preset: string
  /** ms since epoch */
  asOf: number
  options: Readonly<Record<string, unknown>>
  records: readonly NewRecord[]
  /** What was told beside the records, which a CRM keeps nothing of: alerts. */
  told: readonly NewRecord[]
}>
type NewRecord = Readonly<{ object: string; key: string; unitId: string; fingerprint: string }>

export type StoredDelivery = Readonly<{
  exportId: number
  preset: string
  asOf: number
  target: string
  createdAt: number
  records: number
  /** Of its records that were not handed over again since: those that the CRM sent back. */
  failed: number
}>

/** A record that a CRM was given, as it was handed over last. */
export type DeliveredRecord = Readonly<{
  object: string
  key: string
  unitId: string
  fingerprint: string
  asOf: number
  failure: string | null
}>

const ADD = `
  INSERT INTO delivery (export_id, preset, as_of, options, records) VALUES (:exportId, :preset, :asOf, :options, :count)`
const ADD_RECORD = `
  INSERT INTO delivered_record (preset, object, record_key, unit_id, fingerprint, as_of, export_id)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (preset, object, record_key) DO UPDATE SET
    unit_id = excluded.unit_id, fingerprint = excluded.fingerprint, as_of = excluded.as_of, export_id = excluded.export_id,
    failure = NULL`
const RECORDS = `
  SELECT object, record_key AS key, unit_id AS unitId, fingerprint, as_of AS asOf, failure FROM delivered_record
  WHERE preset = ? ORDER BY object, record_key`
const LIST = `
  SELECT d.export_id AS exportId, d.preset, d.as_of AS asOf, e.target, e.created_at AS createdAt, d.records,
    (SELECT count(*) FROM delivered_record r WHERE r.export_id = d.export_id AND r.failure IS NOT NULL) AS failed
  FROM delivery d JOIN export_run e ON e.export_id = d.export_id ORDER BY d.export_id DESC`
const FAIL = `
  UPDATE delivered_record SET failure = :failure WHERE preset = :preset AND object = :object AND record_key = :key`

/** Keeps what an export handed over, within the caller's transaction or one of its own. */
export function saveDelivery(db: Writable, { exportId, preset, asOf, options, records, told }: NewDelivery): void {
  transaction(db, () => {
    statement(db, ADD).run({ exportId, preset, asOf, options: JSON.stringify(options), count: records.length })
    const add = statement(db, ADD_RECORD)
    for (const { object, key, unitId, fingerprint } of [...records, ...told])
      add.run(preset, object, key, unitId, fingerprint, asOf, exportId)
  })
}

/** All that a CRM was given, one by one. */
export function deliveredRecords(db: Readable, preset: string): Iterable<DeliveredRecord> {
  return statement<DeliveredRecord>(db, RECORDS).iterate(preset)
}

/** Every export of a preset, newest first. */
export function listDeliveries(db: Readable): readonly StoredDelivery[] {
  return statement<StoredDelivery>(db, LIST).all()
}

/** Marks records that a CRM sent back; they count as not handed over. Returns how many there were. */
export function markFailed(
  db: Writable,
  preset: string,
  failures: readonly Readonly<{ object: string; key: string; failure: string }>[],
): number {
  return transaction(db, () => {
    let marked = 0
    for (const failure of failures) marked += statement(db, FAIL).run({ preset, ...failure }).changes
    return marked
  })
}

const TEMPLATES = 'SELECT template_id AS id, content FROM hand_off_template ORDER BY template_id'
const SET_TEMPLATE = `
  INSERT INTO hand_off_template (template_id, content) VALUES (?, ?)
  ON CONFLICT (template_id) DO UPDATE SET content = excluded.content`
const DROP_TEMPLATE = 'DELETE FROM hand_off_template WHERE template_id = ?'

/** Texts of hand-offs that take the place of the built-in ones, by id. */
export function handOffTemplates(db: Readable): ReadonlyMap<string, string> {
  const rows = statement<{ id: string; content: string }>(db, TEMPLATES).all()
  return new Map(rows.map(({ id, content }) => [id, content]))
}

/** Keeps texts of hand-offs; null: the built-in one comes back. */
export function saveHandOffTemplates(
  db: Writable,
  templates: readonly Readonly<{ id: string; text: string | null }>[],
): void {
  transaction(db, () => {
    for (const { id, text } of templates) {
      if (text === null) statement(db, DROP_TEMPLATE).run(id)
      else statement(db, SET_TEMPLATE).run(id, text)
    }
  })
}
