import type { PlacedUser } from '#features'
import type { Instant } from '#lib/time'
import type { ContactLink } from '#route'
import type { SetAside } from '#schema/cells'
import type { Identities } from '#schema/identity'
import { countRunList, type Readable, readRunList, readRunPart, saveRunPart, type Writable } from '#store'
import type { RunLists } from './run-lists.ts'

/** The default instant of the data of a run in a zone. */
export type DefaultAsOf = Readonly<{ timeZone: string; asOf: Instant }>

/** What a run rests on, as it was when the run began to read: what changes meanwhile makes it old. */
export type RunState = Readonly<{
  /** Of data and decisions together. */
  data: string
  /** Of the published data alone. */
  records: string
  /** Hash of the decisions in force. */
  decisions: string
}>

/** What a run keeps beside its units, by the name it is kept under. */
export type RunParts = Readonly<{
  'merged workspaces': Identities['mergedWorkspaces']
  lists: RunLists
  /** Ids of the imports whose rows were judged. */
  imports: readonly number[]
  'default as of': DefaultAsOf | null
  /** Version of the program. */
  'made by': string
  /** Decisions that were in force. */
  decisions: number
  state: RunState
}>

/** What there is much of, kept so that a stretch of it at a time is in memory: the record that each list is of. */
export type RunRecords = Readonly<{
  persons: Identities['persons'][number]
  identifiers: Identities['identifiers'][number]
  'workspace accounts': Identities['workspaceAccounts'][number]
  'workspace links': Identities['workspaceLinks'][number]
  'contact links': ContactLink
  'placed users': PlacedUser
  'set aside': SetAside
}>

/** Records of a run as they were kept: read when they are walked, and not held. */
export type KeptRecords<K extends keyof RunRecords> = Iterable<RunRecords[K]> & Readonly<{ length: number }>

/** Keeps parts of a run, within the caller's transaction. */
export function keepParts(db: Writable, runId: number, parts: Partial<RunParts>): void {
  for (const [name, value] of Object.entries(parts)) saveRunPart(db, runId, name, value)
}

/** One part of a run as it was kept. @throws AppError store/corrupt */
export function keptPart<K extends keyof RunParts>(db: Readable, runId: number, name: K): RunParts[K] {
  return readRunPart(db, runId, name) as RunParts[K] // written by keepParts under this name
}

/** One list of a run as it was kept. @throws AppError store/corrupt */
export function keptRecords<K extends keyof RunRecords>(db: Readable, runId: number, name: K): KeptRecords<K> {
  return {
    length: countRunList(db, runId, name),
    // Written by saveRunList from records of this kind.
    [Symbol.iterator]: () => readRunList(db, runId, name) as Generator<RunRecords[K]>,
  }
}
