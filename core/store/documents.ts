import { type Readable, statement, type Writable } from './connection.ts'

export type DocumentKind = 'scenario' | 'view' | 'model draft'

/** A text that somebody keeps beside the data. */
export type StoredDocument = Readonly<{
  documentId: number
  name: string
  content: string
  /** ms since epoch */
  createdAt: number
  updatedAt: number
}>

const LIST = `
  SELECT document_id AS documentId, name, content, created_at AS createdAt, updated_at AS updatedAt
  FROM document WHERE kind = ? ORDER BY document_id`
const ADD = `
  INSERT INTO document (kind, name, content, created_at, updated_at) VALUES (:kind, :name, :content, :at, :at)`
const CHANGE = `
  UPDATE document SET name = :name, content = :content, updated_at = :at WHERE document_id = :documentId AND kind = :kind`
const REMOVE = 'DELETE FROM document WHERE document_id = ? AND kind = ?'

/** Documents of a kind in the order in which they were first kept. */
export function listDocuments(db: Readable, kind: DocumentKind): readonly StoredDocument[] {
  return statement<StoredDocument>(db, LIST).all(kind)
}

/**
 * Keeps a document.
 *
 * @param documentId of the one whose place it takes; null: a new one
 * @param at ms since epoch
 * @returns its number; null where there is none of that number and kind
 */
export function saveDocument(
  db: Writable,
  kind: DocumentKind,
  { documentId, name, content, at }: Readonly<{ documentId: number | null; name: string; content: string; at: number }>,
): number | null {
  if (documentId === null) return Number(statement(db, ADD).run({ kind, name, content, at }).lastInsertRowid)
  const { changes } = statement(db, CHANGE).run({ kind, documentId, name, content, at })
  return changes > 0 ? documentId : null
}

/** @returns whether there was one */
export function removeDocument(db: Writable, kind: DocumentKind, documentId: number): boolean {
  return statement(db, REMOVE).run(documentId, kind).changes > 0
}
