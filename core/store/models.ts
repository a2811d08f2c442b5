import { type Readable, statement, transaction, type Writable } from './connection.ts'

/** One version of the scoring model or of the routing policy, as canonical JSON under its SHA-256. */
export type Version = Readonly<{ hash: string; json: string; createdAt: number }>
export type VersionKind = 'model' | 'policy'

const SAVE = {
  model: 'INSERT INTO model_version (hash, json, created_at) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING',
  policy: 'INSERT INTO policy_version (hash, json, created_at) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING',
} as const
const FIND = {
  model: 'SELECT hash, json, created_at AS createdAt FROM model_version WHERE hash = ?',
  policy: 'SELECT hash, json, created_at AS createdAt FROM policy_version WHERE hash = ?',
} as const
const LIST = {
  model: 'SELECT hash, json, created_at AS createdAt FROM model_version ORDER BY model_no DESC',
  policy: 'SELECT hash, json, created_at AS createdAt FROM policy_version ORDER BY policy_no DESC',
} as const
const PUT_IN_FORCE = {
  model: 'UPDATE meta SET model_hash = ? WHERE id = 1',
  policy: 'UPDATE meta SET policy_hash = ? WHERE id = 1',
} as const
const IN_FORCE = {
  model: 'SELECT hash, json, v.created_at AS createdAt FROM meta JOIN model_version v ON v.hash = model_hash',
  policy: 'SELECT hash, json, v.created_at AS createdAt FROM meta JOIN policy_version v ON v.hash = policy_hash',
} as const

/** Keeps a version; one that is known already stays as it is. Returns whether it is new to the project. */
export function saveVersion(db: Writable, kind: VersionKind, version: Version): boolean {
  const { hash, json, createdAt } = version
  return transaction(db, () => statement(db, SAVE[kind]).run(hash, json, createdAt).changes > 0)
}

/** Keeps a version and puts it in force. */
export function putInForce(db: Writable, kind: VersionKind, version: Version): void {
  transaction(db, () => {
    saveVersion(db, kind, version)
    statement(db, PUT_IN_FORCE[kind]).run(version.hash)
  })
}

export function readVersion(db: Readable, kind: VersionKind, hash: string): Version | null {
  return statement<Version>(db, FIND[kind]).get(hash) ?? null
}

/** Every version, the one first seen last comes first. */
export function listVersions(db: Readable, kind: VersionKind): readonly Version[] {
  return statement<Version>(db, LIST[kind]).all()
}

/** The version in force; null: the default one. */
export function versionInForce(db: Readable, kind: VersionKind): Version | null {
  return statement<Version>(db, IN_FORCE[kind]).get() ?? null
}
