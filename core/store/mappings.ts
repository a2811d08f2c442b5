import type { FileMapping } from '#schema/mapping'
import { type Readable, statement, transaction, type Writable } from './connection.ts'

/** A mapping that a project remembers, under the signature of the headers it was made for. */
export type StoredMapping = Readonly<{ signature: string; mapping: FileMapping; savedAt: number }>

const SAVE = `
  INSERT INTO import_mapping (signature, source, mapping, saved_at) VALUES (:signature, :source, :mapping, :savedAt)
  ON CONFLICT (signature) DO UPDATE SET source = :source, mapping = :mapping, saved_at = :savedAt`
const LIST = `
  SELECT signature, mapping, saved_at AS savedAt FROM import_mapping ORDER BY source, signature`
const FORGET = 'DELETE FROM import_mapping WHERE signature = ?'

/** Remembers a mapping in the place of the one before it for the same headers. The data do not change by it. */
export function saveMapping(db: Writable, { signature, mapping, savedAt }: StoredMapping): void {
  const values = { signature, source: mapping.source, mapping: JSON.stringify(mapping), savedAt }
  transaction(db, () => statement(db, SAVE).run(values))
}

/** Every mapping that is remembered, by source. */
export function listMappings(db: Readable): readonly StoredMapping[] {
  return statement<Omit<StoredMapping, 'mapping'> & Readonly<{ mapping: string }>>(db, LIST)
    .all()
    .map(stored => ({ ...stored, mapping: JSON.parse(stored.mapping) as FileMapping })) // written by saveMapping
}

/** @returns was there one? */
export function forgetMapping(db: Writable, signature: string): boolean {
  return transaction(db, () => statement(db, FORGET).run(signature).changes > 0)
}
