import { invariant } from '#lib/errors'
import { sha256Hex } from '#lib/hash'
import { type Readable, statement, type Writable } from './connection.ts'

/** What a project is, beside its data. Hashes null: the default model and policy are in force. */
export type Meta = Readonly<{
  uuid: string
  createdAt: number
  modelHash: string | null
  policyHash: string | null
}>

/** State of a project without data. */
export const EMPTY_STATE = '0'.repeat(64)

const META = `
  SELECT project_uuid AS uuid, created_at AS createdAt, model_hash AS modelHash, policy_hash AS policyHash
  FROM meta WHERE id = 1`
const STATE = 'SELECT data_state FROM meta WHERE id = 1'
const SET_STATE = 'UPDATE meta SET data_state = ? WHERE id = 1'
const RECORD_STATE = 'SELECT record_state FROM meta WHERE id = 1'
const SET_RECORD_STATE = 'UPDATE meta SET record_state = ? WHERE id = 1'

export function readMeta(db: Readable): Meta {
  const meta = statement<Meta>(db, META).get()
  invariant(meta !== undefined, 'a project has its meta row')
  return meta
}

/**
 * Hash of everything that judgements rest on: it changes whenever published data or decisions change, and only then.
 * It is a chain over the changes, so two projects that were told the same in the same order have the same state.
 */
export function dataState(db: Readable): string {
  const state = statement<string>(db, STATE, 'values').get()
  invariant(state !== undefined, 'a project has its meta row')
  return state
}

/** Hash of the published data alone: decisions leave it as it is. */
export function recordState(db: Readable): string {
  const state = statement<string>(db, RECORD_STATE, 'values').get()
  invariant(state !== undefined, 'a project has its meta row')
  return state
}

/** What no two moments have in common between which the project was written, by this connection or another. */
export function writeMark(db: Readable): string {
  const [own] = statement<number>(db, 'SELECT total_changes()', 'values').all()
  const [others] = statement<number>(db, 'PRAGMA data_version', 'values').all()
  return `${own} ${others}`
}

/** Moves the data state on by one change of the data, described by plain JSON. Belongs into the transaction that makes the change. */
export function advanceDataState(db: Writable, change: readonly (string | number | null)[]): void {
  statement(db, SET_RECORD_STATE).run(nextState(recordState(db), change))
  statement(db, SET_STATE).run(nextState(dataState(db), change))
}

/** Moves the data state on by one decision; the data stay as they are. Belongs into the transaction that makes it. */
export function advanceDecisions(db: Writable, change: readonly (string | number | null)[]): void {
  statement(db, SET_STATE).run(nextState(dataState(db), change))
}

function nextState(state: string, change: readonly (string | number | null)[]): string {
  return sha256Hex(`${state}\n${JSON.stringify(change)}`)
}
